#include "analyzers/base/error.h"

#include <cerrno>
#include <system_error>

namespace acervo {

std::string_view nameOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::invalidArgument:
        return "invalidArgument";
    case ErrorCode::corruptInput:
        return "corruptInput";
    case ErrorCode::encrypted:
        return "encrypted";
    case ErrorCode::unsupported:
        return "unsupported";
    case ErrorCode::resourceLimit:
        return "resourceLimit";
    case ErrorCode::timeout:
        return "timeout";
    case ErrorCode::workerDied:
        return "workerDied";
    case ErrorCode::notFound:
        return "notFound";
    case ErrorCode::withdrawn:
        return "withdrawn";
    case ErrorCode::permissionDenied:
        return "permissionDenied";
    case ErrorCode::ioFailure:
        return "ioFailure";
    case ErrorCode::diskFull:
        return "diskFull";
    case ErrorCode::busy:
        return "busy";
    case ErrorCode::indexUnavailable:
        return "indexUnavailable";
    case ErrorCode::conflict:
        return "conflict";
    case ErrorCode::internal:
        return "internal";
    }
    return "internal";
}

Error Error::within(std::string_view doing) const
{
    return {code, std::string{doing} + ": " + message};
}

Error errorFromErrno(int number, std::string_view doing)
{
    auto code = ErrorCode::ioFailure;
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        code = ErrorCode::notFound;
        break;
    case EACCES:
    case EPERM:
    case EROFS:
        code = ErrorCode::permissionDenied;
        break;
    case ENOSPC:
    case EDQUOT:
        code = ErrorCode::diskFull;
        break;
    case EAGAIN:
    case EBUSY:
        code = ErrorCode::busy;
        break;
    default:
        break;
    }
    return {code, std::string{doing} + ": " + std::generic_category().message(number)};
}

} // namespace acervo
