#include "analyzers/base/durable_file.h"

#include "analyzers/base/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace acervo {

namespace fs = std::filesystem;

Result<void> replaceDurably(const fs::path& file, std::string_view content)
{
    const fs::path beside = file.string() + ".new";
    {
        const Descriptor out{::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
        if (!out) {
            return errorFromErrno(errno, "create " + beside.string());
        }
        while (!content.empty()) {
            const auto written = ::write(out.number(), content.data(), content.size());
            if (written < 0) {
                if (errno == EINTR) {
                    continue;
                }
                return errorFromErrno(errno, "write " + beside.string());
            }
            content.remove_prefix(static_cast<std::size_t>(written));
        }
        if (::fsync(out.number()) != 0) {
            return errorFromErrno(errno, "sync " + beside.string());
        }
    }
    if (std::rename(beside.c_str(), file.c_str()) != 0) {
        return errorFromErrno(errno, "rename " + beside.string());
    }
    return syncFolder(file.has_parent_path() ? file.parent_path() : fs::path{"."});
}

Result<void> syncFolder(const fs::path& folder)
{
    const Descriptor handle{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!handle) {
        return errorFromErrno(errno, "open folder " + folder.string());
    }
    if (::fsync(handle.number()) != 0) {
        return errorFromErrno(errno, "sync folder " + folder.string());
    }
    return {};
}

Result<void> syncTree(const fs::path& folder)
{
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        const Descriptor file{::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC)};
        if (!file || ::fsync(file.number()) != 0) {
            return errorFromErrno(errno, "sync " + entry.path().string());
        }
    }
    if (problem) {
        return errorFromErrno(problem.value(), "read folder " + folder.string());
    }
    return syncFolder(folder);
}

} // namespace acervo
