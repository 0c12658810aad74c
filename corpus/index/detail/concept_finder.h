// Finds the concepts of the lexicon in the words of a document.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "analyzers/text/analyzer.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace acervo::index::detail {

// What a document says of a concept.
struct ConceptUse {
    std::string id;
    std::vector<std::string> themes; // notations of house themes that it points to
    std::uint32_t inTitle = 0;
    std::uint32_t inText = 0; // and in keywords, abstract and headings
    // Of these, where no better concept with the same label points to the same theme: what counts for themes.
    std::uint32_t tellsInTitle = 0;
    std::uint32_t tellsInText = 0;
};

// Where words stand.
enum class Part : std::uint8_t { title, text };

// threads  one per thread.
class ConceptFinder {
public:
    explicit ConceptFinder(const lexicon::Lexicon& lexicon) : _lexicon(lexicon) {}

    // Counts the concepts in the tokens: at each word the longest label wins, and its words are used up.
    // text  what the tokens were made of.
    void read(const std::vector<text::Token>& tokens, std::string_view text, text::Language language, Part part);

    // What was read since the last call, by id.
    std::vector<ConceptUse> take();

private:
    struct Known {
        ConceptUse use;
        std::map<text::Language, std::string> preferred; // folded
        bool isSubject = false;
    };

    bool mayBegin(const std::string& stem, text::Language language);
    const Known& known(std::uint32_t place);
    bool isMeant(const text::Token& token, std::string_view text, text::Language language, std::uint32_t place);

    const lexicon::Lexicon& _lexicon;
    std::map<text::Language, std::unordered_map<std::string, bool>> _beginnings; // by stem: whether a label begins so
    std::unordered_map<std::uint32_t, Known> _known;                             // by place in the lexicon
    std::unordered_map<std::uint32_t, ConceptUse> _found;
};

} // namespace acervo::index::detail
