// Frames over a Unix stream socket, one of them with a file descriptor, and never longer than a deadline.
#pragma once

#include "analyzers/base/result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace acervo::worker::detail {

// Closes what it owns.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : _number(number) {}
    Descriptor(Descriptor&& other) noexcept : _number(std::exchange(other._number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor() { reset(); }

    int number() const { return _number; }
    explicit operator bool() const { return _number >= 0; }
    void reset();

private:
    int _number = -1;
};

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
