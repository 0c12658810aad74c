#include "indexer/worker/detail/channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace acervo::worker::detail {
namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kChunkBytes = 1U << 20;

Error gone(std::string_view doing)
{
    return {ErrorCode::ioFailure, std::string{doing} + ": the other end is gone"};
}

// Waits until the socket is ready for `events`.
Result<void> await(int socket, short events, Deadline deadline)
{
    while (true) {
        int wait = -1;
        if (deadline) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now()).count();
            if (left <= 0) {
                return Error{ErrorCode::timeout, "no answer in time"};
            }
            wait = static_cast<int>(std::min<std::int64_t>(left, 60'000));
        }
        pollfd polled{socket, events, 0};
        const auto ready = ::poll(&polled, 1, wait);
        if (ready > 0) {
            return {};
        }
        if (ready < 0 && errno != EINTR) {
            return errorFromErrno(errno, "wait for a worker");
        }
    }
}

Result<void> sendAll(int socket, std::string_view bytes, Deadline deadline)
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (auto ready = await(socket, POLLOUT, deadline); !ready) {
                return ready.error();
            }
        } else if (errno == EPIPE || errno == ECONNRESET) {
            return gone("send");
        } else if (errno != EINTR) {
            return errorFromErrno(errno, "send");
        }
    }
    return {};
}

// The header travels alone, so that the descriptor is attached to bytes that are never split.
Result<void> sendHeader(int socket, std::string_view header, int descriptorToPass)
{
    iovec part{const_cast<char*>(header.data()), header.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (descriptorToPass >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        auto* first = CMSG_FIRSTHDR(&message);
        first->cmsg_level = SOL_SOCKET;
        first->cmsg_type = SCM_RIGHTS;
        first->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(first), &descriptorToPass, sizeof(int));
    }
    ssize_t sent = 0;
    do {
        sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0) {
        return errno == EPIPE || errno == ECONNRESET ? gone("send") : errorFromErrno(errno, "send");
    }
    return sent == static_cast<ssize_t>(header.size()) ? Result<void>{} : Result<void>{gone("send")};
}

// Reads what has arrived, at most `size` bytes; keeps a descriptor that came along.
Result<std::size_t> receiveSome(int socket, char* to, std::size_t size, Descriptor& descriptor, Deadline deadline)
{
    while (true) {
        if (auto ready = await(socket, POLLIN, deadline); !ready) {
            return ready.error();
        }
        iovec part{to, size};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const auto received = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (received < 0) {
            if (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK) {
                continue;
            }
            return errno == ECONNRESET ? gone("receive") : errorFromErrno(errno, "receive");
        }
        for (auto* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
            if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
                int number = -1;
                std::memcpy(&number, CMSG_DATA(header), sizeof(int));
                descriptor = Descriptor{number};
            }
        }
        if (received == 0) {
            return gone("receive");
        }
        return static_cast<std::size_t>(received);
    }
}

} // namespace

Result<void> sendFrame(int socket, std::string_view bytes, int descriptorToPass, Deadline deadline)
{
    std::string header;
    for (unsigned shift = 0; shift < kHeaderBytes * 8; shift += 8) {
        header += static_cast<char>(static_cast<std::uint64_t>(bytes.size()) >> shift);
    }
    if (auto sent = sendHeader(socket, header, descriptorToPass); !sent) {
        return sent.error();
    }
    return sendAll(socket, bytes, deadline);
}

Result<Frame> receiveFrame(int socket, std::uint64_t maxBytes, Deadline deadline)
{
    Frame frame;
    std::array<char, kHeaderBytes> header{};
    for (std::size_t filled = 0; filled < header.size();) {
        const auto got =
            receiveSome(socket, header.data() + filled, header.size() - filled, frame.descriptor, deadline);
        if (!got) {
            return got.error();
        }
        filled += *got;
    }
    std::uint64_t size = 0;
    for (std::size_t i = header.size(); i-- > 0;) {
        size = size << 8U | static_cast<unsigned char>(header[i]);
    }
    if (size > maxBytes) {
        return Error{ErrorCode::resourceLimit, "an answer of " + std::to_string(size) + " bytes, more than " +
                                                   std::to_string(maxBytes) + " are allowed"};
    }
    // Memory grows with what arrives, not with what was announced.
    while (frame.bytes.size() < size) {
        const auto filled = frame.bytes.size();
        const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(size - filled, kChunkBytes));
        frame.bytes.resize(filled + step);
        Descriptor unexpected;
        const auto got = receiveSome(socket, frame.bytes.data() + filled, step, unexpected, deadline);
        if (!got) {
            return got.error();
        }
        frame.bytes.resize(filled + *got);
    }
    return frame;
}

} // namespace acervo::worker::detail
