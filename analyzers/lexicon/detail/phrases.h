// Every phrase that a source mentions, analysed once.
#pragma once

#include "analyzers/text/analyzer.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace acervo::lexicon {

using PhraseId = std::uint32_t;
inline constexpr PhraseId kNoPhrase = 0xFFFFFFFFU;

struct Phrase {
    text::Language language = text::Language::other;
    std::string text;   // as its first source writes it
    std::string folded; // words with single spaces between
    std::string stems;  // likewise
    std::size_t words = 0;
};

// Phrases are the same when their folded words are.
class Phrases {
public:
    // kNoPhrase when there is nothing to look up: no word, function words alone, more bytes or words than the rules
    // allow, a language that is none of the three.
    PhraseId intern(text::Language language, std::string_view text);

    const Phrase& operator[](PhraseId id) const { return _phrases[id]; }
    std::size_t size() const { return _phrases.size(); }

private:
    PhraseId analysed(text::Language language, std::string_view text);

    std::array<text::Analyzer, 3> _analyzers{text::Analyzer{text::Language::en}, text::Analyzer{text::Language::fr},
                                             text::Analyzer{text::Language::es}};
    std::unordered_map<std::string, PhraseId> _byText; // language letter and text: saves analysing it again
    std::unordered_map<std::string, PhraseId> _byWords;
    std::vector<Phrase> _phrases;
};

} // namespace acervo::lexicon
