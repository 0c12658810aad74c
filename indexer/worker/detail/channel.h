// Frames over a Unix stream socket, one of them with a file descriptor, and never longer than a deadline.
#pragma once

#include "analyzers/base/descriptor.h"
#include "analyzers/base/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acervo::worker::detail {

using Deadline = std::optional<std::chrono::steady_clock::time_point>; // nullopt: wait for ever

// A frame is its length (64 bits, little-endian) and that many bytes. A broken pipe is an error, never a signal.
// errors  timeout; ioFailure when the other end is gone.
Result<void> sendFrame(int socket, std::string_view bytes, int descriptorToPass, Deadline deadline);

struct Frame {
    std::string bytes;
    Descriptor descriptor; // when one came along
};

// errors  timeout; resourceLimit when the frame says it is longer than maxBytes; ioFailure when the other end is gone.
Result<Frame> receiveFrame(int socket, std::uint64_t maxBytes, Deadline deadline);

} // namespace acervo::worker::detail
