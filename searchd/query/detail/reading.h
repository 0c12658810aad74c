// How the texts of one query are read: by whose rules, how much of them, and what has to be said about it.
#pragma once

#include "searchd/query/detail/words.h"
#include "searchd/query/plan.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::query {

struct Reading {
    const WordReader& words;
    const Asked& asked;
    text::Language leading;   // its rules cut
    std::vector<Note>& notes; // completed by those who read
};

// Strict and relaxed plans walk the same tree: each note is said once.
void say(std::vector<Note>& notes, const std::string& code, std::vector<std::string> arguments);

// One "word" of the parser may hold many: "a/b/c/d".
void keepToBudget(std::vector<Word>& words, const Reading& reading);

// Whether a beginning is long enough to be completed.
bool isLongEnough(std::string_view beginning, const Budget& budget);

// Any of the words that begin so, the most frequent first.
Tree beginningWith(const std::string& term, const Budget& budget);

// The words in this order, by their stems, in each language's own cut; the prefix may name a field. An empty query when
// there are none.
Tree phraseIn(std::string_view prefix, const std::string& text, const Reading& reading);

} // namespace acervo::query
