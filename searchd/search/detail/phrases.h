// Finds phrases of two or three words that stand in many works.
#pragma once

#include "analyzers/text/language.h"
#include "searchd/search/detail/text_words.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace acervo::search::detail {

struct Phrase {
    std::string text;                                // as most works write it
    text::Language language = text::Language::other; // of most texts that have it
    std::uint32_t works = 0;
};

// A phrase begins and ends with a word that says something and holds one more at most; function words may stand between
// ("droit à la ville"), punctuation may not.
class PhraseCounter {
public:
    // words  must outlive the counter.
    explicit PhraseCounter(WordTable& words) : _words(words) {}

    void add(const std::vector<TextWord>& text, text::Language language, std::uint32_t work);

    // Those in at least `minWorks` works, in most of them first. A phrase that hardly stands outside a longer one is
    // left to it.
    // cost  a sort of some 12 bytes for each phrase of the texts.
    std::vector<Phrase> frequent(std::uint32_t minWorks, std::size_t maxPhrases) const;

private:
    struct Text {
        std::uint32_t begin = 0; // into _sequence
        std::uint32_t work = 0;
        text::Language language = text::Language::other;
    };
    struct Seen {
        std::uint32_t works = 0;
        std::uint32_t worksOfLonger = 0; // the most of a frequent phrase that holds this one
        std::map<std::string, std::uint32_t> spellings;
        std::array<std::uint32_t, 4> texts{}; // by Language
    };

    template <class Visit>
    void forEachPhrase(const Visit& visit) const;
    std::uint64_t keyOf(std::uint32_t begin, std::uint32_t end) const;
    std::string spellingOf(std::uint32_t begin, std::uint32_t end) const;
    std::unordered_map<std::uint64_t, Seen> counted(std::uint32_t minWorks) const;

    WordTable& _words;
    std::vector<std::uint32_t> _sequence; // word numbers with the marks of the .cpp
    std::vector<Text> _texts;
};

} // namespace acervo::search::detail
