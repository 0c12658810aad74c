// Styles, scripts and images (web-ui/assets), held in memory; each has its content's hash in its URL.
#pragma once

#include "analyzers/base/result.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace acervo::http {

struct Asset {
    std::string contentType;
    std::string etag; // quoted
    std::string bytes;
};

// threads  immutable once made.
class Assets {
public:
    // errors  notFound, resourceLimit (a file over 4 MiB).
    static Result<Assets> load(const std::filesystem::path& folder);

    // "/assets/style.0123456789abcdef.css" for "style.css"; throws std::logic_error for a name that is not there.
    const std::string& url(std::string_view name) const;
    // By the name in the URL; nullptr when there is none.
    const Asset* find(std::string_view hashedName) const;

private:
    std::map<std::string, Asset, std::less<>> _byHashedName;
    std::map<std::string, std::string, std::less<>> _urls;
};

} // namespace acervo::http
