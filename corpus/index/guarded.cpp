#include "corpus/index/guarded.h"

#include <cerrno>
#include <cstring>
#include <string>

namespace acervo::index {

Error errorFromXapian(const Xapian::Error& error, std::string_view doing)
{
    const std::string_view type = error.get_type();
    auto code = ErrorCode::internal;
    if (type == "DatabaseLockError") {
        code = ErrorCode::busy;
    } else if (type == "DatabaseModifiedError") {
        code = ErrorCode::conflict;
    } else if (type == "DatabaseOpeningError" || type == "DatabaseNotFoundError" || type == "DatabaseVersionError" ||
               type == "DatabaseCorruptError" || type == "DatabaseClosedError") {
        code = ErrorCode::indexUnavailable;
    } else if (type == "DatabaseError") {
        const char* reason = error.get_error_string();
        code = reason != nullptr && std::strstr(reason, std::strerror(ENOSPC)) != nullptr ? ErrorCode::diskFull
                                                                                          : ErrorCode::ioFailure;
    } else if (type == "InvalidArgumentError" || type == "QueryParserError" || type == "WildcardError") {
        code = ErrorCode::invalidArgument;
    } else if (type == "NetworkTimeoutError") {
        code = ErrorCode::timeout;
    } else if (type == "DocNotFoundError") {
        code = ErrorCode::notFound;
    }
    if (code == ErrorCode::diskFull) {
        return {code, std::string{doing} + ": no space left on the disk; nothing that was committed is lost. Free some "
                                           "room and run again"};
    }
    return {code, std::string{doing} + ": " + error.get_description()};
}

} // namespace acervo::index
