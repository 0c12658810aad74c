// What a query looks for in the index and how much it counts: the terms and how they are put together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace acervo::query {

struct Tree {
    enum class Kind : std::uint8_t {
        nothing,
        everything,
        word,      // documents with `term`, by BM25
        beginning, // any of the terms that begin with `term`, the `most` most frequent of them, as one word
        years,     // documents of the years `term` to `to`, both four digits; weighs nothing
        phrase,    // the words of `parts` one after the other; weighs as they do
        any,       // any of the parts; the weights of those that a document has are added up
        all,       // all of them, likewise
        best,      // any of them; the greatest weight counts
        synonym,   // any of them, which are words: as if they were one word
        maybe,     // the first; what the others weigh is added where they are
        without,   // the first where none of the others is
    };

    Kind kind = Kind::nothing;
    std::string term;
    std::string to;
    std::size_t most = 0;
    double share = 1.0; // of its weight
    std::vector<Tree> parts;

    bool empty() const { return kind == Kind::nothing; }
};

// As text: equal for equal trees and for no others, for people who look at plans, and with every term in it.
std::string describe(const Tree& tree);

} // namespace acervo::query
