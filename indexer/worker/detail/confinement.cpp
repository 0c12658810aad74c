#include "indexer/worker/detail/confinement.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>

namespace acervo::worker::detail {
namespace {

constexpr rlim_t kMaxOpenFiles = 64; // poppler opens character maps, fontconfig its cache

Result<void> limit(__rlimit_resource resource, rlim_t soft, rlim_t hard)
{
    const rlimit value{soft, hard};
    if (::setrlimit(resource, &value) != 0) {
        return errorFromErrno(errno, "limit resource " + std::to_string(resource));
    }
    return {};
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

} // namespace

Result<void> confine(int parentProcess, std::uint64_t maxMemoryBytes)
{
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        return errorFromErrno(errno, "ask to die with the parent");
    }
    if (::getppid() != parentProcess) {
        return Error{ErrorCode::workerDied, "the parent was gone before the worker began"};
    }
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return errorFromErrno(errno, "renounce privileges");
    }
    if (::close_range(3, UINT_MAX, 0) != 0) {
        return errorFromErrno(errno, "close descriptors");
    }
    if (auto done = limit(RLIMIT_CORE, 0, 0); !done) {
        return done;
    }
    if (auto done = limit(RLIMIT_FSIZE, 0, 0); !done) {
        return done;
    }
    if (auto done = limit(RLIMIT_NOFILE, kMaxOpenFiles, kMaxOpenFiles); !done) {
        return done;
    }
    return kSanitized ? Result<void>{} : limit(RLIMIT_AS, maxMemoryBytes, maxMemoryBytes);
}

Result<void> allowProcessorTime(std::uint64_t seconds)
{
    rusage used{};
    if (::getrusage(RUSAGE_SELF, &used) != 0) {
        return errorFromErrno(errno, "read the processor time");
    }
    const auto spent = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
    return limit(RLIMIT_CPU, spent + seconds + 1, RLIM_INFINITY);
}

} // namespace acervo::worker::detail
