// What can go wrong with good code: a code for programs, a message for operators.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace acervo {

enum class ErrorCode : std::uint8_t {
    invalidArgument,  // the caller's input is malformed: query, parameter, configuration
    corruptInput,     // bytes from outside are not what they claim to be
    encrypted,        // a document needs a password
    unsupported,      // a format or feature we do not read
    resourceLimit,    // a named limit (bytes, depth, pages, seconds) was exceeded
    timeout,          // the wall clock or CPU deadline passed
    workerDied,       // an extraction worker crashed or was killed
    notFound,         // no such document, file, page
    withdrawn,        // existed, and was withdrawn: there is a tombstone
    permissionDenied, // the operating system refused
    ioFailure,        // reading or writing failed
    diskFull,         // no space left on the device
    busy,             // another process holds the lock, or the queue is full: try again
    indexUnavailable, // there is no usable index: missing, corrupt or of another version
    conflict,         // the change contradicts what is stored
    internal,         // a bug or an unexpected answer from a library
};

// The code's stable name, as it appears in reports, logs and JSON ("corruptInput").
std::string_view nameOf(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message; // for operators, in English; says what to do where that is known

    // The same error with what the calling layer was doing in front: "read title: ...".
    [[nodiscard]] Error within(std::string_view doing) const;
};

// Translates an errno value; `doing` is what was attempted, usually with the path.
Error errorFromErrno(int number, std::string_view doing);

} // namespace acervo
