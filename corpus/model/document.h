// What a document is: work, edition, version, page. Plain data, shared by catalogue, index and search.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace acervo::model {

// "2021", "2021-06" or "2021-06-15"; "" when unknown. Sorts as text.
using PartialDate = std::string;

// Metadata as found in one place (sidecar, document properties, path, content); empty means "says nothing".
// Strings are valid UTF-8. Lists of vocabulary values hold notations where they are known, else the value as written.
struct Metadata {
    std::string workKey;    // groups the language editions of one work within a source
    std::string assignedId; // citable ID the organisation already gave
    std::string type;
    std::string section;
    std::vector<std::string> themes;
    std::vector<std::string> countries; // ISO 3166-1 alpha-2
    std::vector<std::string> sdgs;      // "1".."17"
    std::vector<std::string> keywords;
    PartialDate date;
    std::string series;
    std::string number;
    std::string isbn;
    std::string doi;
    std::string license;
    std::string language; // ISO 639-1, lower case
    std::string title;
    std::string subtitle;
    std::vector<std::string> authors;
    std::string abstractText;

    friend bool operator==(const Metadata&, const Metadata&) = default;
};

// One numbered unit: a PDF page, a slide, a sheet, or a section under a heading.
struct Page {
    std::uint32_t number = 0; // from 1
    std::string label;        // as printed ("iv", "23"); "" when the format has none
    std::string heading;      // the heading it stands under; "" when none
    std::string language;     // ISO 639-1; "" unknown or other
    std::string text;         // valid UTF-8, NFC

    friend bool operator==(const Page&, const Page&) = default;
};

struct OutlineEntry {
    std::uint32_t level = 1; // 1..6
    std::string title;
    std::uint32_t page = 0; // 0 when unknown

    friend bool operator==(const OutlineEntry&, const OutlineEntry&) = default;
};

// An edition as it was published at one time. A version that was replaced has the names it had then; all other
// metadata, and the names of the current one, are the edition's.
struct Version {
    std::int64_t versionId = 0;
    std::uint32_t number = 1; // from 1; the highest is current
    std::string audience;     // as it was when this version was current: a report opened later does not open its drafts
    std::string mediaType;
    std::uint64_t byteSize = 0;
    std::string sha256; // lower-case hex of the file's bytes
    std::uint32_t pageCount = 0;
    std::uint64_t textBytes = 0;
    bool truncated = false;
    std::int64_t indexedAt = 0; // seconds since 1970-01-01 UTC: when the catalogue took it
    std::vector<OutlineEntry> outline;
    std::vector<std::string> pageLanguages; // distinct, most frequent first
    std::string title, subtitle, date;      // all "" in the current one, and where they were not kept
    std::vector<std::string> authors;

    friend bool operator==(const Version&, const Version&) = default;
};

enum class EditionState : std::uint8_t { current = 0, withdrawn = 1 };

// An edition as the index and the reader see it: its work's metadata, its own, and its current version's facts.
struct Edition {
    std::int64_t editionId = 0;
    std::int64_t workId = 0;
    std::int64_t versionId = 0;
    std::uint32_t versionNumber = 1;
    std::string citableId; // of the work
    std::string audience;  // exactly one
    EditionState state = EditionState::current;
    Metadata metadata;     // work and edition merged
    std::string mediaType; // "application/pdf"
    std::string sourceUri; // where it was found: path below the source's root
    std::string sourceName;
    std::uint64_t byteSize = 0;
    std::string sha256; // lower-case hex of the file's bytes
    std::uint32_t pageCount = 0;
    std::uint64_t textBytes = 0; // of all page texts, before compression
    bool truncated = false;      // text was cut at a limit
    std::int64_t indexedAt = 0;  // seconds since 1970-01-01 UTC: when the catalogue took it
    std::vector<OutlineEntry> outline;
    std::vector<std::string> pageLanguages; // distinct, most frequent first
    std::string withdrawnReason;            // "" unless withdrawn
    std::int64_t withdrawnAt = 0;           // seconds since 1970-01-01 UTC; 0 unless withdrawn
    std::int64_t changedAt = 0;             // seconds since 1970-01-01 UTC: anything of it that a reader may see

    friend bool operator==(const Edition&, const Edition&) = default;
};

} // namespace acervo::model
