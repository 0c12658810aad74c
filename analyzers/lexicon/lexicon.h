// Translations and concepts of words and phrases: one read-only file, mapped into memory.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/text/analyzer.h"
#include "analyzers/text/language.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::lexicon {

inline constexpr std::size_t kMaxPhraseTokens = 6; // of a phrase that can be looked up

// Where knowledge comes from, most trusted first. Numbers are written to disk: never renumber, only append.
enum class Origin : std::uint8_t { staff = 0, glossary = 1, thesaurus = 2, dictionary = 3, learned = 4 };

inline constexpr std::size_t kOrigins = 5;

std::string_view nameOf(Origin origin);
std::optional<Origin> originOf(std::string_view name);

// Another way to say a phrase, in another language or (labels of a concept: "ODD" / "objectifs de développement
// durable") the same one.
struct Rendering {
    text::Language language = text::Language::other;
    std::string text;               // as shown: "participatory budgeting"
    std::vector<std::string> stems; // of its words in order, by the analyser of `language`
    double weight = 0.0;            // (0, 1]: how likely it is meant; the best of a language is 1 or a little below
    Origin origin = Origin::learned;
    std::string source; // name of the source: "house", "freedict-fra-eng", "staff"
};

struct Match {
    std::size_t tokens = 0;            // how many tokens it covers; 0: nothing is known
    std::vector<Rendering> renderings; // grouped by language, weight descending, at most 8 a language
    std::vector<std::string> concepts; // ids of the concepts that carry this phrase as a label, best origin first
};

// A label of concepts in a text.
struct LabelMatch {
    std::size_t tokens = 0;              // how many it covers; 0: none begins here
    std::vector<std::uint32_t> concepts; // places, for conceptAt(); best origin first
};

struct ConceptInfo {
    std::string id;
    std::map<std::string, std::string, std::less<>> labels; // preferred, by ISO 639-1 code
    std::vector<std::string> broader;                       // ids, of concepts that may be unknown here
    std::vector<std::string> themes;                        // notations of house themes
    Origin origin = Origin::learned;
    std::string source;
};

struct PairCount {
    text::Language from = text::Language::other;
    text::Language to = text::Language::other;
    Origin origin = Origin::learned;
    std::size_t renderings = 0;
};

struct SourceInfo {
    std::string name;
    Origin origin = Origin::learned;
    std::string title;
    std::string licence;
};

struct Statistics {
    std::size_t phrases = 0; // that can be looked up
    std::size_t renderings = 0;
    std::size_t concepts = 0;
    std::uint64_t fileBytes = 0;
    std::vector<PairCount> pairs; // sorted; only those that are not 0
    std::vector<SourceInfo> sources;
};

// threads  immutable once open, any number may read. Cheap to move.
class Lexicon {
public:
    // errors  notFound; corruptInput when it is no lexicon, cut short or damaged; indexUnavailable when it was compiled
    //         for another version of the analyser or the format: "run acervo-indexer lexicon build".
    // cost    reads the file once, to check it: about 5 ms for 20 MB.
    static Result<Lexicon> open(const std::filesystem::path& file);

    Lexicon(Lexicon&&) noexcept;
    Lexicon& operator=(Lexicon&&) noexcept;
    Lexicon(const Lexicon&) = delete;
    Lexicon& operator=(const Lexicon&) = delete;
    ~Lexicon();

    // The longest phrase of `language`, at most kMaxPhraseTokens long, that begins with tokens.front(), by the stems of
    // its tokens. Of phrases with the same stems ("logement", "loger") the one with the same folded words counts, else
    // the nearest; the others' renderings join, with less weight, only where its own are fewer than two in a language.
    // Concepts are those of the same words or an inflection of them.
    Match longestMatch(std::span<const text::Token> tokens, text::Language language) const;

    // The longest label of a concept that begins with tokens.front(): like longestMatch, but phrases that no concept
    // has as a label do not count. For indexing: makes no renderings.
    LabelMatch longestLabel(std::span<const text::Token> tokens, text::Language language) const;

    // Whether a label of a concept begins with a word of that stem. Of most words none does.
    bool beginsLabel(std::string_view stem, text::Language language) const;

    std::optional<ConceptInfo> conceptInfo(std::string_view id) const;

    // All concepts, in the order of their ids.
    std::size_t conceptCount() const;
    ConceptInfo conceptAt(std::size_t place) const; // an empty one past the end

    std::string fingerprint() const; // changes when the content does

    Statistics statistics() const;

private:
    class Reader;
    explicit Lexicon(std::unique_ptr<const Reader> reader);
    std::unique_ptr<const Reader> _reader;
};

} // namespace acervo::lexicon
