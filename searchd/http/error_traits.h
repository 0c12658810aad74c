// What an error means on the wire: one table from ErrorCode to HTTP status and retry advice.
#pragma once

#include "analyzers/base/error.h"

#include <chrono>
#include <string_view>

namespace acervo::http {

struct ErrorTraits {
    ErrorCode code;
    int status;
    std::chrono::seconds retryAfter; // 0: trying again does not help
    bool tellDetail;                 // the message was written for the person who asked
};

const ErrorTraits& traitsOf(ErrorCode code);

// "Bad Request"; "" for a status we never send.
std::string_view reasonOf(int status);

} // namespace acervo::http
