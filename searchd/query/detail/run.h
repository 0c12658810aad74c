// Words that stand side by side in a query, and what some of them together are also searched as.
#pragma once

#include "searchd/query/detail/expander.h"
#include "searchd/query/detail/reading.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace acervo::query {

struct Run {
    std::vector<Word> words; // function words left aside when others remain
    std::vector<Span> spans; // over `words`
};

// Strict and relaxed plans walk the same words: they are read, expanded and marked once.
class RunReader {
public:
    // reading  its references must outlive the reader; of `plan` the marks and expansions are completed.
    RunReader(const Reading& reading, Plan& plan);

    // text     phrases of the lexicon may span several of its words.
    // asTyped  is not expanded.
    const Run& read(const std::string& text, const std::string& asTyped = {});

    std::size_t wordsRead() const { return _wordsRead; }

private:
    Run readAnew(const std::string& text, const std::string& asTyped);

    Reading _reading;
    Expander _expander;
    Plan& _plan;
    std::map<std::string, Run> _runs; // by text
    std::size_t _wordsRead = 0;
};

} // namespace acervo::query
