#include "indexer/worker/detail/serve.h"

#include "indexer/worker/detail/channel.h"
#include "indexer/worker/detail/confinement.h"
#include "indexer/worker/detail/wire.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <new>
#include <optional>

namespace acervo::worker::detail {
namespace {

constexpr int kSocket = STDIN_FILENO;
constexpr std::uint64_t kMaxRequestBytes = 64 * 1024;

std::optional<std::uint64_t> numberIn(const char* text)
{
    std::uint64_t value = 0;
    const auto* end = text + std::strlen(text);
    const auto parsed = std::from_chars(text, end, value);
    return parsed.ec == std::errc{} && parsed.ptr == end ? std::optional{value} : std::nullopt;
}

// pread leaves the offset, which the caller's descriptor shares, where it is.
Result<std::string> contentOf(int descriptor, std::uint64_t maxBytes)
{
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        return errorFromErrno(errno, "look at the file");
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::unsupported, "not a regular file"};
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > maxBytes) {
        return Error{ErrorCode::resourceLimit, "a file of " + std::to_string(size) + " bytes, more than " +
                                                   std::to_string(maxBytes) + " are read"};
    }
    std::string content(static_cast<std::size_t>(size), '\0');
    std::size_t filled = 0;
    while (filled < content.size()) {
        const auto got =
            ::pread(descriptor, content.data() + filled, content.size() - filled, static_cast<off_t>(filled));
        if (got < 0 && errno != EINTR) {
            return errorFromErrno(errno, "read the file");
        }
        if (got == 0) {
            break; // it became shorter meanwhile
        }
        filled += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    content.resize(filled);
    return content;
}

Result<extract::ExtractedDocument> answer(const Frame& frame, const ReadDocument& read)
{
    const auto request = decodeRequest(frame.bytes);
    if (!request) {
        return request.error();
    }
    if (!frame.descriptor) {
        return Error{ErrorCode::invalidArgument, "no file came with the request"};
    }
    if (auto allowed = allowProcessorTime(request->cpuSeconds); !allowed) {
        return allowed.error();
    }
    const auto content = contentOf(frame.descriptor.number(), request->maxFileBytes);
    if (!content) {
        return content.error();
    }
    return read(*content, request->fileName, request->limits);
}

} // namespace

int serve(int argc, const char* const* argv, const ReadDocument& read)
{
    const auto parent = argc == 3 ? numberIn(argv[1]) : std::nullopt;
    const auto memory = argc == 3 ? numberIn(argv[2]) : std::nullopt;
    if (!parent || !memory) {
        constexpr std::string_view kUsage =
            "This program is started by acervo-indexer; there is no use for it alone.\n";
        [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kUsage.data(), kUsage.size());
        return 64; // EX_USAGE of sysexits.h
    }
    if (!confine(static_cast<int>(*parent), *memory)) {
        return 71; // EX_OSERR
    }
    while (true) {
        const auto frame = receiveFrame(kSocket, kMaxRequestBytes, std::nullopt);
        if (!frame) {
            return 0; // the pool hung up
        }
        bool fit = true; // for another document
        std::string reply;
        try {
            reply = encode(answer(*frame, read));
        } catch (const std::bad_alloc&) {
            fit = false;
            reply = encode(Result<extract::ExtractedDocument>{Error{
                ErrorCode::resourceLimit, "needs more than " + std::to_string(*memory >> 20U) + " MB of memory"}});
        } catch (const std::exception& failure) {
            fit = false;
            reply = encode(Result<extract::ExtractedDocument>{Error{ErrorCode::internal, failure.what()}});
        } catch (...) {
            fit = false;
            reply = encode(Result<extract::ExtractedDocument>{Error{ErrorCode::internal, "an unknown exception"}});
        }
        if (!sendFrame(kSocket, reply, -1, std::nullopt)) {
            return 0;
        }
        if (!fit) {
            return 0;
        }
    }
}

} // namespace acervo::worker::detail
