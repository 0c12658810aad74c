// How the lexicon lies on disk: a header, then arrays of fixed records in the order of Section, then the strings.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace acervo::lexicon {

// All numbers are little-endian, records are packed as they stand here and begin on multiples of 4 bytes.
inline constexpr std::array<char, 8> kMagic{'A', 'C', 'E', 'R', 'V', 'O', 'L', 'X'};
inline constexpr std::uint32_t kFormatVersion = 1;

// In the order they lie in the file. Numbers are written to disk.
enum class Section : std::uint32_t {
    keys,            // KeyRecord, sorted by text; one more than there are keys, to end the last
    surfaces,        // SurfaceRecord; one more
    renderings,      // RenderingRecord
    surfaceConcepts, // u32: place in concepts
    concepts,        // ConceptRecord, sorted by id; one more
    references,      // u32: string
    sources,         // SourceRecord
    pairCounts,      // PairCountRecord
    strings,         // bytes: each a u16 length and that many bytes of UTF-8; a string is named by where it begins
};
inline constexpr std::size_t kSections = 9;

struct Header {
    std::array<char, 8> magic{};
    std::uint32_t formatVersion = 0;
    std::uint32_t analyzerVersion = 0; // text::kAnalyzerVersion: keys are its stems
    std::uint64_t fileBytes = 0;
    std::uint64_t checksum = 0; // checksumOf what follows the header
    std::array<std::uint32_t, kSections> counts{};
    std::uint32_t zero = 0;
};
static_assert(sizeof(Header) == 72);

// "f" (language: e, f, s) and the stems with single spaces between: "fbudget particip".
struct KeyRecord {
    std::uint32_t text = 0;
    std::uint32_t firstSurface = 0;
};

// Phrases that share their stems: the folded words, with single spaces between.
struct SurfaceRecord {
    std::uint32_t folded = 0;
    std::uint32_t firstRendering = 0;
    std::uint32_t firstConcept = 0; // in surfaceConcepts
};

struct RenderingRecord {
    std::uint32_t text = 0;
    std::uint32_t stems = 0; // with single spaces between
    float weight = 0;
    std::uint16_t source = 0;
    std::uint8_t language = 0; // text::Language
    std::uint8_t origin = 0;   // Origin
};
static_assert(sizeof(RenderingRecord) == 16);

struct ConceptRecord {
    std::uint32_t id = 0;
    std::array<std::uint32_t, 3> labels{}; // preferred, in en, fr, es; kNoString when there is none
    std::uint32_t firstBroader = 0;        // in references
    std::uint32_t firstTheme = 0;          // in references, after its broader ones, up to the next firstBroader
    std::uint16_t source = 0;
    std::uint16_t origin = 0;
};
static_assert(sizeof(ConceptRecord) == 28);

struct SourceRecord {
    std::uint32_t name = 0;
    std::uint32_t title = 0;
    std::uint32_t licence = 0;
    std::uint32_t origin = 0;
};

struct PairCountRecord {
    std::uint8_t from = 0;
    std::uint8_t to = 0;
    std::uint8_t origin = 0;
    std::uint8_t zero = 0;
    std::uint32_t count = 0;
};

inline constexpr std::uint32_t kNoString = 0xFFFFFFFFU;

// Bytes of one record of each section.
inline constexpr std::array<std::size_t, kSections> kRecordBytes{
    sizeof(KeyRecord),     sizeof(SurfaceRecord),   sizeof(RenderingRecord),
    sizeof(std::uint32_t), sizeof(ConceptRecord),   sizeof(std::uint32_t),
    sizeof(SourceRecord),  sizeof(PairCountRecord), 1};

// Differs for any two contents of a length that differ in eight bytes or fewer side by side, and as good as always
// otherwise. Against damage, not against attackers: a reader checks every offset as well.
std::uint64_t checksumOf(std::string_view bytes);

// 'e', 'f', 's'; 0 for any other language number.
char letterOf(std::uint8_t language);

} // namespace acervo::lexicon
