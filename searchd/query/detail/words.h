// The words of a query with their forms in all languages.
#pragma once

#include "analyzers/text/analyzer.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::query {

struct Word {
    std::string typed;              // as it stands in the text
    text::Token token;              // as the leading language cuts and stems it
    std::vector<std::string> stems; // distinct, the leading language's first
    bool isStopword = false;        // of the leading language
};

// threads  one per thread (owns analysers).
class WordReader {
public:
    WordReader();

    // The leading language cuts; the stems the other languages give to the same bytes join the word.
    std::vector<Word> read(std::string_view text, text::Language leading) const;

    // Words written with hyphens, joined: "co-gestion" is in the index as "cogestion" too. `token` counts the words of
    // read().
    std::vector<text::CompoundForm> compounds(std::string_view text, text::Language leading) const;

    const std::map<text::Language, text::Analyzer>& analyzers() const { return _analyzers; }

private:
    std::map<text::Language, text::Analyzer> _analyzers;
};

} // namespace acervo::query
