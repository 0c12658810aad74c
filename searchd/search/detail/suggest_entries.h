// Gathers what can be suggested from a reader's own databases and the vocabularies.
#pragma once

#include "searchd/search/detail/hints.h"
#include "searchd/search/detail/phrases.h"
#include "searchd/search/detail/suggest_concepts.h"
#include "searchd/search/detail/text_words.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace acervo::search::detail {

inline constexpr std::size_t kMaxTitles = 500'000;       // the newest
inline constexpr std::size_t kMaxPeople = 200'000;       // with the most works
inline constexpr std::size_t kMaxPhrases = 20'000;       // in the most works
inline constexpr std::size_t kMaxPhraseText = 8'000'000; // bytes of titles, then of abstracts, searched for phrases

class SuggestGatherer {
public:
    // sources  must outlive the gatherer.
    SuggestGatherer(const Xapian::Database& database, const Snapshot& snapshot, const HintSources& sources);

    SuggestEntries take();
    // How titles and labels write the words that have accents; `words` are the ones to speak of.
    std::vector<SpellingWords::Accented> accented(const WordList& words) const;
    // By word: whether a label of a vocabulary holds it.
    std::vector<bool> ofTheField(const WordList& words) const;

private:
    using Uses = std::array<std::uint32_t, 4>; // by Language

    void readLabels(const vocabulary::Vocabularies& vocabularies);
    void keepConcepts(std::vector<KnownConcept> concepts);
    void readLabel(const std::string& label, text::Language language);
    void readDocuments(const Xapian::Database& database);
    void addPerson(const std::string& name, std::uint32_t work);
    void orderTitles();
    void keepPeople();
    void keepPhrases();
    void indexWords();
    std::vector<std::uint32_t> wordsOf(const std::vector<TextWord>& text, text::Language language);

    struct Seen {
        std::string name; // as first met
        std::vector<std::uint32_t> works;
    };
    struct Title {
        Xapian::docid id = 0;
        std::string_view year;
        std::vector<std::uint32_t> words;
    };

    const Snapshot& _snapshot;
    const HintSources& _sources;
    WordTable _table;
    std::vector<Uses> _uses; // by word form
    PhraseCounter _phrases{_table};
    std::size_t _phraseText = 0;
    std::map<std::string, Seen, std::less<>> _people; // by folded name
    std::vector<Title> _titles;
    std::vector<std::string> _fieldWords;         // folded, sorted when the labels have been read
    std::unordered_set<std::string> _conceptKeys; // labelKey of the labels of concepts that are kept
    SuggestEntries _entries;
};

} // namespace acervo::search::detail
