#include "indexer/crawl/folder_source.h"

#include "analyzers/text/normalise.h"

#include <dirent.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <tuple>

namespace acervo::crawl {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxDepth = 64;

struct DirClose {
    void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, DirClose>;

std::string extensionOf(const std::string& name)
{
    const auto dot = name.rfind('.');
    if (dot == std::string::npos || dot == 0) {
        return {};
    }
    auto extension = name.substr(dot + 1);
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
    return extension;
}

// Every byte that is not ASCII, and "%" itself, in hexadecimal.
std::string escaped(const std::string& name)
{
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string result;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || c == '%') {
            result += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
        } else {
            result += c;
        }
    }
    return result;
}

// A name that is not UTF-8 cannot be told from another one once its bytes are replaced.
std::string uriOf(const std::string& below)
{
    auto uri = text::clean(below);
    return uri.find("\xEF\xBF\xBD") != std::string::npos ? escaped(below) : uri;
}

class Walker {
public:
    Walker(const config::Source& source, const std::vector<std::string>& extensions)
        : _source(source), _extensions(extensions.begin(), extensions.end())
    {
    }

    Result<Listing> walk()
    {
        const Folder root{::opendir(_source.folder.c_str())};
        if (!root) {
            return errorFromErrno(errno, "read the folder " + _source.folder.string() + " of source " + _source.name);
        }
        list(root.get(), _source.folder, "", 0);
        separateSidecars();
        std::ranges::sort(_listing.files, [](const FoundFile& a, const FoundFile& b) {
            return std::tie(a.uri, a.path) < std::tie(b.uri, b.path);
        });
        distinguish();
        return std::move(_listing);
    }

private:
    void list(DIR* folder, const fs::path& path, const std::string& below, std::size_t depth)
    {
        for (;;) {
            errno = 0;
            const auto* entry = ::readdir(folder);
            if (entry == nullptr) {
                if (errno != 0) {
                    _listing.problems.push_back({below, errorFromErrno(errno, "read the folder " + path.string())});
                }
                return;
            }
            const std::string name = entry->d_name;
            if (name.starts_with('.')) {
                continue;
            }
            add(path / name, (fs::path{below} / name).string(), depth);
        }
    }

    void add(const fs::path& path, const std::string& below, std::size_t depth)
    {
        const auto uri = uriOf(below);
        for (const auto& pattern : _source.exclude) {
            if (::fnmatch(pattern.c_str(), below.c_str(), 0) == 0) {
                return;
            }
        }
        struct stat facts {};
        if (::lstat(path.c_str(), &facts) != 0) {
            _listing.problems.push_back({uri, errorFromErrno(errno, "look at " + path.string())});
        } else if (S_ISDIR(facts.st_mode)) {
            const Folder folder{depth < kMaxDepth ? ::opendir(path.c_str()) : nullptr};
            if (folder) {
                list(folder.get(), path, below, depth + 1);
            } else {
                _listing.problems.push_back(
                    {uri, depth < kMaxDepth ? errorFromErrno(errno, "read the folder " + path.string())
                                            : Error{ErrorCode::resourceLimit, "folders too deep: " + path.string()}});
            }
        } else if (S_ISREG(facts.st_mode)) {
            const auto seconds = static_cast<std::int64_t>(facts.st_mtim.tv_sec);
            _listing.files.push_back({uri, path, static_cast<std::uint64_t>(facts.st_size),
                                      seconds * 1'000'000'000 + facts.st_mtim.tv_nsec});
        }
    }

    // "été.txt" composed and decomposed are two files to the system and one name to everybody else, and a name may look
    // like another one escaped: one of them keeps the name, the others go by their bytes.
    void distinguish()
    {
        auto& files = _listing.files;
        const auto byBytes = [this](const FoundFile& file) {
            return escaped(file.path.lexically_relative(_source.folder).string());
        };
        bool any = false;
        for (auto first = files.begin(); first != files.end();) {
            const auto last =
                std::find_if(first, files.end(), [uri = first->uri](const FoundFile& file) { return file.uri != uri; });
            if (last - first > 1) {
                const auto bound =
                    std::find_if(first, last, [&](const auto& file) { return byBytes(file) == file.uri; });
                const auto keeper = bound == last ? first : bound;
                for (auto file = first; file != last; ++file) {
                    file->uri = file == keeper ? file->uri : byBytes(*file);
                }
                any = true;
            }
            first = last;
        }
        if (any) {
            std::ranges::sort(files, {}, &FoundFile::uri);
        }
    }

    void separateSidecars()
    {
        std::set<fs::path> paths;
        for (const auto& file : _listing.files) {
            paths.insert(file.path);
        }
        std::erase_if(_listing.files, [&](const FoundFile& file) {
            const auto name = file.path.filename().string();
            const bool describesFolder = name == "metadata.toml" || name == "metadata.csv";
            const bool describesFile =
                name.ends_with(".toml") && paths.contains(file.path.parent_path() / name.substr(0, name.size() - 5));
            if (describesFolder || describesFile) {
                _listing.sidecars.push_back(file.path);
                return true;
            }
            const auto extension = extensionOf(name);
            if (!_extensions.contains(extension)) {
                ++_listing.ignored[extension];
                return true;
            }
            return false;
        });
        std::ranges::sort(_listing.sidecars);
    }

    const config::Source& _source;
    std::set<std::string> _extensions;
    Listing _listing;
};

} // namespace

Result<Listing> listFolder(const config::Source& source, const std::vector<std::string>& extensions)
{
    return Walker{source, extensions}.walk();
}

} // namespace acervo::crawl
