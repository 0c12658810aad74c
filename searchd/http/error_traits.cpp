#include "searchd/http/error_traits.h"

#include <array>
#include <stdexcept>

namespace acervo::http {

namespace {

using std::chrono::seconds;

constexpr std::array kErrorTraits{
    ErrorTraits{ErrorCode::invalidArgument, 400, seconds{0}, true},
    ErrorTraits{ErrorCode::corruptInput, 500, seconds{0}, false},
    ErrorTraits{ErrorCode::encrypted, 500, seconds{0}, false},
    ErrorTraits{ErrorCode::unsupported, 500, seconds{0}, false},
    ErrorTraits{ErrorCode::resourceLimit, 500, seconds{0}, false},
    ErrorTraits{ErrorCode::timeout, 503, seconds{10}, false},
    ErrorTraits{ErrorCode::workerDied, 500, seconds{0}, false},
    ErrorTraits{ErrorCode::notFound, 404, seconds{0}, true},
    ErrorTraits{ErrorCode::withdrawn, 410, seconds{0}, true},
    ErrorTraits{ErrorCode::permissionDenied, 500, seconds{0}, false},
    ErrorTraits{ErrorCode::ioFailure, 500, seconds{0}, false},
    ErrorTraits{ErrorCode::diskFull, 503, seconds{60}, false},
    ErrorTraits{ErrorCode::busy, 503, seconds{5}, false},
    ErrorTraits{ErrorCode::indexUnavailable, 503, seconds{30}, false},
    ErrorTraits{ErrorCode::conflict, 503, seconds{1}, false}, // the index changed three times while we read it
    ErrorTraits{ErrorCode::internal, 500, seconds{0}, false},
};

} // namespace

const ErrorTraits& traitsOf(ErrorCode code)
{
    for (const auto& traits : kErrorTraits) {
        if (traits.code == code) {
            return traits;
        }
    }
    throw std::logic_error("an error code without traits");
}

std::string_view reasonOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 301:
        return "Moved Permanently";
    case 302:
        return "Found";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 410:
        return "Gone";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "";
    }
}

} // namespace acervo::http
