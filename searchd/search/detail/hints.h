// What completes what is typed, and what words there are to mend a mistyped one: made of a reader's own databases only.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "analyzers/text/analyzer.h"
#include "analyzers/text/language.h"
#include "corpus/schema/fields.h"
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/detail/word_list.h"

#include <xapian.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace acervo::search::detail {

// Entries to suggest, the best of each kind first, found by the words they hold.
// Bounded: kMaxTitles, kMaxPeople, kMaxPhrases; what is over is left out, the oldest or rarest.
struct SuggestEntries {
    struct Label {
        schema::Facet facet;
        std::string notation;
        std::string text; // one of the concept's labels, in any language
    };
    // A concept of the lexicon.
    struct Concept {
        std::map<std::string, std::string, std::less<>> names; // by ISO 639-1 code
        std::vector<std::string> evidence; // terms that the index must have, else there is nothing to find
    };
    struct ConceptLabel {
        std::uint32_t number = 0; // of the concept
        std::string text;
    };
    struct Phrase {
        std::string text;
        text::Language language = text::Language::other;
    };
    struct Person {
        std::string name;
        std::uint32_t works = 0;
    };

    std::vector<Concept> concepts;

    // An entry's number: labels first, then labels of concepts, phrases, people, titles.
    std::vector<Label> labels;
    std::vector<ConceptLabel> conceptLabels;
    std::vector<Phrase> phrases;
    std::vector<Person> people;
    std::vector<Xapian::docid> titles;

    WordList words;                     // folded
    std::vector<std::uint32_t> starts;  // by word: first index into `entries`; one more at the end
    std::vector<std::uint32_t> entries; // numbers of the entries that hold the word, ascending

    std::uint32_t count() const
    {
        return static_cast<std::uint32_t>(labels.size() + conceptLabels.size() + phrases.size() + people.size() +
                                          titles.size());
    }
};

// The words of the index that a mistyped one may stand for: of Latin letters, at least kMinLetters. Bounded:
// kMaxSpellingWords, the most frequent.
struct SpellingWords {
    static constexpr std::size_t kMinLetters = 3;

    WordList words;
    std::vector<std::uint32_t> documents; // by word: in how many it stands
    std::vector<bool> ofTheField;         // by word: it stands in a label of a vocabulary or of the lexicon
    struct Accented {
        std::uint32_t word = 0;
        text::Language language = text::Language::other; // of the titles and labels that write it so
        std::string exact;
    };
    std::vector<Accented> accented; // by word and language, of titles and labels
};

// What hints are made of beside the index.
struct HintSources {
    const vocabulary::Vocabularies& vocabularies;
    const lexicon::Lexicon* lexicon; // nullptr: none
    const std::map<text::Language, text::Analyzer>& analyzers;
};

struct Hints {
    std::string key;        // hintsKey of what they were made from
    std::string generation; // its docids hold within this generation only
    std::chrono::steady_clock::time_point made{};
    std::chrono::steady_clock::duration cost{};
    SuggestEntries suggestions;
    SpellingWords spelling;

    std::size_t bytes() const; // of memory, about
};

// cost  reads the head of every document once and every word of the index: see docs/measurements.md.
Hints makeHints(const Xapian::Database& database, const Snapshot& snapshot, const HintSources& sources);

// Another one when the index or the lexicon is another one.
std::string hintsKey(const Snapshot& snapshot, const lexicon::Lexicon* lexicon);

} // namespace acervo::search::detail
