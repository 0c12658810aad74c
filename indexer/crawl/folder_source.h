// Finds the documents below a folder: what there is, and what could not be looked at.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/config/config.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace acervo::crawl {

struct FoundFile {
    std::string uri; // path below the root, unique, valid UTF-8 (bytes that are not: "%FF"), "/" between parts
    std::filesystem::path path;
    std::uint64_t byteSize = 0;
    std::int64_t modifiedAt = 0; // nanoseconds since 1970-01-01 UTC
};

struct Problem {
    std::string uri;
    Error error;
};

struct Listing {
    std::vector<FoundFile> files;                // by uri
    std::vector<std::filesystem::path> sidecars; // metadata.toml, metadata.csv and FILE.toml beside a document
    std::vector<Problem> problems; // folders and files that could not be looked at: their documents are not gone
    std::map<std::string, std::uint64_t> ignored; // by extension: files of kinds we do not read
};

// Walks the folder; symbolic links are not followed, hidden files and folders are left out.
// errors  notFound, permissionDenied, ioFailure for the root itself: nothing may be concluded from that.
Result<Listing> listFolder(const config::Source& source, const std::vector<std::string>& extensions);

} // namespace acervo::crawl
