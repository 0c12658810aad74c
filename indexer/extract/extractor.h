// Reads one document of any supported format: pages of text, properties, outline, warnings.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/model/document.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract {

// Raise it whenever the same bytes could give another result: documents are then read again.
inline constexpr std::uint32_t kExtractorVersion = 2;

struct Limits {
    std::uint64_t maxTextBytes = 64ULL << 20; // of text kept per document; what is over is cut, `truncated` says so
    std::uint32_t maxPages = 20'000;
    std::uint64_t maxUnpackedBytes = 512ULL << 20; // inflated bytes of one archive in all
    std::uint32_t maxArchiveEntries = 20'000;
    std::uint32_t maxDepth = 256; // nesting of elements, groups or lists
};

struct ExtractedDocument {
    std::string mediaType;    // what the bytes are, whatever the name says
    model::Metadata metadata; // what the document says of itself
    std::multimap<std::string, std::string>
        properties;                 // everything it says: "dc:title", "pdf:encrypted", "custom:Editor"
    std::vector<model::Page> pages; // numbered 1..n; language left empty
    std::uint64_t textBytes = 0;    // of all pages
    std::vector<model::OutlineEntry> outline;
    std::vector<std::string> warnings; // for the report: what could not be read, in English
    bool truncated = false;
};

// bytes     the whole file; fileName: its name, used as a hint only.
// errors    corruptInput, encrypted, unsupported, resourceLimit. A document without text is not an error: it has
//           pages without text and a warning.
// threads   safe. Runs inside the worker process; see indexer/worker.
Result<ExtractedDocument> extract(std::string_view bytes, std::string_view fileName, const Limits& limits = {});

// File name extensions that a folder source picks up, lower case without dot.
const std::vector<std::string>& supportedExtensions();

} // namespace acervo::extract
