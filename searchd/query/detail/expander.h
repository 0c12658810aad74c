// Finds what the words of a query are also searched as: longest phrases first, words, cognates of unknown ones.
#pragma once

#include "searchd/query/detail/words.h"
#include "searchd/query/plan.h"

#include <string>
#include <vector>

namespace acervo::query {

// One alternative of a word or phrase, ready to be searched.
struct Choice {
    std::vector<std::string> stems; // of its words, in order
    double weight = 0.0;            // (0, 1]
};

// Words [first, first + count) and what they are also searched as.
struct Span {
    std::size_t first = 0;
    std::size_t count = 0;
    std::vector<Choice> choices;
};

// Expansions of one query share a budget of terms, so that long queries stay affordable.
class Expander {
public:
    // asked, words  must outlive the expander.
    Expander(const Asked& asked, const WordReader& words, text::Language leading);

    // `said` is completed with what was found, also with what the reader switched off.
    std::vector<Span> expand(const std::vector<Word>& words, std::vector<Expansion>& said);

private:
    struct Found {
        std::size_t count = 0;
        std::vector<Alternative> alternatives;
        std::vector<Choice> choices; // same order
    };

    Found known(const std::vector<Word>& words, std::size_t first, std::size_t most, text::Language language) const;
    Found cognates(const Word& word) const;
    void take(const std::vector<Word>& words, std::size_t first, Found found, std::vector<Span>& spans,
              std::vector<Expansion>& said);
    bool isHeld(const std::vector<std::string>& stems) const;

    const Asked& _asked;
    const WordReader& _words;
    text::Language _leading;
    std::size_t _termsLeft;
};

} // namespace acervo::query
