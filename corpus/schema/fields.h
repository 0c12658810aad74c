// The one table of what the index holds: term prefixes, value slots, facets. Whoever indexes, queries or counts reads
// it here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::schema {

// Raise it whenever an index written before cannot be read any more; readers then ask for "reindex".
inline constexpr std::uint32_t kSchemaVersion = 3;

// Term prefixes. Words of the body carry none (folded form, no positions); everything else starts with one of these.
// Written to disk: changing one raises kSchemaVersion.
inline constexpr std::string_view kStem = "Z";       // Z + stem, with positions: body, title, authors
inline constexpr std::string_view kTitleStem = "ZS"; // ZS + ":" + stem, with positions: `title:`
// ZP + ":" + stem, with positions: some of the stem's, where it has many in a document; see kManyPositions. ZP alone
// stands on every document that has such a term.
inline constexpr std::string_view kBestPages = "ZP";
inline constexpr std::string_view kAuthor = "A"; // A + ":" + folded word, with positions: `author:`
inline constexpr std::string_view kExact = "E";  // E + folded word + ":" + the word with its accents, where they differ
inline constexpr std::string_view kEdition = "Q"; // Q + edition id: the document's unique term
inline constexpr std::string_view kWork = "W";    // W + citable ID: `id:`
inline constexpr std::string_view kConcept = "C"; // C + ":" + id of a concept of the lexicon: `concept:`

// Value slots. Numbers are written to disk: never renumber, only append.
enum class Slot : std::uint32_t {
    work = 0,      // decimal work id: what editions are joined by
    published = 1, // "YYYYMMDD", unknown parts "00": sorts as text; empty when unknown
    titleKey = 2,  // folded title, at most 64 bytes
    section = 3,   // facets: values joined by kValueSeparator
    type = 4,
    theme = 5,
    year = 6,
    country = 7,
    language = 8,
    sdg = 9,
};

inline constexpr char kValueSeparator = '\x1f';

// A stem with more positions than these in one document has them on its best pages once more, as kBestPages: to find
// the best page of a long report those few are enough.
inline constexpr std::uint32_t kManyPositions = 1024;

// For the document data see corpus/index/document_data.h.

enum class Facet : std::uint8_t { section, type, theme, year, country, language, sdg };
inline constexpr std::size_t kFacetCount = 7;

struct FacetInfo {
    Facet facet;
    std::string_view name; // in URLs, JSON, configuration and `name:value` queries
    Slot slot;
    std::string_view prefix; // boolean filter terms: prefix + ":" + value
    bool hierarchical;       // ancestors of a value are indexed with it
};

inline constexpr std::array<FacetInfo, kFacetCount> kFacets{{
    {Facet::section, "section", Slot::section, "XSEC", false},
    {Facet::type, "type", Slot::type, "XTYP", true},
    {Facet::theme, "theme", Slot::theme, "XTHM", true},
    {Facet::year, "year", Slot::year, "XYR", false},
    {Facet::country, "country", Slot::country, "XCTY", true},
    {Facet::language, "language", Slot::language, "XLNG", false},
    {Facet::sdg, "sdg", Slot::sdg, "XSDG", false},
}};

constexpr const FacetInfo& infoOf(Facet facet)
{
    return kFacets[static_cast<std::size_t>(facet)];
}

std::optional<Facet> facetNamed(std::string_view name);

// Xapian refuses terms of more than 245 bytes (a NUL counts twice). Longer values are cut at a character boundary, the
// same way when indexing and when filtering.
inline constexpr std::size_t kMaxTermBytes = 245;

// The value as the index knows it: cut so that its filter term fits.
std::string_view filterValue(Facet facet, std::string_view value);

// prefix + ":" + filterValue.
std::string filterTerm(Facet facet, std::string_view value);

// A prefix and a word; "" when together they are too long for a term.
std::string wordTerm(std::string_view prefix, std::string_view word);
std::string fieldTerm(std::string_view prefix, std::string_view word); // with ":" between

// The spelling with accents of a word; the prefix of all spellings of `folded` when `exact` is left out.
std::string exactTerm(std::string_view folded, std::string_view exact = {});

std::string joinValues(const std::vector<std::string>& values);
std::vector<std::string> splitValues(std::string_view joined);

} // namespace acervo::schema
