#include "corpus/catalogue/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <utility>

namespace acervo::catalogue {
namespace {

// The process id written in the file; "" when there is none.
std::string holderOf(int descriptor)
{
    std::array<char, 32> text{};
    const auto length = ::pread(descriptor, text.data(), text.size(), 0);
    std::string holder;
    for (ssize_t i = 0;
         i < length && text[static_cast<std::size_t>(i)] >= '0' && text[static_cast<std::size_t>(i)] <= '9'; ++i) {
        holder.push_back(text[static_cast<std::size_t>(i)]);
    }
    return holder;
}

} // namespace

Lock::Lock(Lock&& other) noexcept : _descriptor(std::exchange(other._descriptor, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept
{
    std::swap(_descriptor, other._descriptor);
    return *this;
}

Lock::~Lock()
{
    if (_descriptor >= 0) {
        // Emptied first, so that the next one never reads a process id that has gone. Failing to is harmless.
        [[maybe_unused]] const int emptied = ::ftruncate(_descriptor, 0);
        ::close(_descriptor);
    }
}

Result<Lock> lockExclusively(const std::filesystem::path& file)
{
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return errorFromErrno(errno, "open lock file " + file.string());
    }
    Lock lock{descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        lock._descriptor = -1; // not ours to empty
        const auto holder = holderOf(descriptor);
        ::close(descriptor);
        if (reason != EWOULDBLOCK) {
            return errorFromErrno(reason, "lock " + file.string());
        }
        return Error{ErrorCode::busy, "another indexer is running (" +
                                          (holder.empty() ? std::string{"process unknown"} : "process " + holder) +
                                          ", lock file " + file.string() + "): wait for it to finish"};
    }
    const auto self = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, self.data(), self.size(), 0) != static_cast<ssize_t>(self.size())) {
        return errorFromErrno(errno, "write lock file " + file.string());
    }
    return lock;
}

} // namespace acervo::catalogue
