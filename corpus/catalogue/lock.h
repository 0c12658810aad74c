// One indexer at a time: a lock file that says who holds it.
#pragma once

#include "analyzers/base/result.h"

#include <filesystem>

namespace acervo::catalogue {

// Held until destroyed, or until the process ends however it ends. The file stays; only the lock on it counts.
class Lock {
public:
    Lock(Lock&& other) noexcept;
    Lock& operator=(Lock&& other) noexcept;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock();

private:
    friend Result<Lock> lockExclusively(const std::filesystem::path& file);
    explicit Lock(int descriptor) : _descriptor(descriptor) {}
    int _descriptor = -1;
};

// Makes the file when it is missing and does not wait.
// errors  busy when another process holds it, with its process id; permissionDenied, notFound (no such folder), ...
Result<Lock> lockExclusively(const std::filesystem::path& file);

} // namespace acervo::catalogue
