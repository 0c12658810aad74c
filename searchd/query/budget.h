// How large a query may be before it is parsed; what is over is left out and said in a note.
#pragma once

#include <chrono>
#include <cstddef>

namespace acervo::query {

// source  measured on Xapian 1.4.22 at 100,000 documents: 500 phrases in 8 KB cost 7 s, 100 short wildcards 20 s.
struct Budget {
    std::size_t maxBytes = 512;
    std::size_t maxTerms = 32;
    std::size_t maxPhrases = 4;
    std::size_t maxWildcards = 2;
    std::size_t minWildcardLetters = 3;
    std::size_t maxWildcardExpansion = 200; // words, the most frequent first
    std::size_t maxOperators = 16;          // AND, OR, -, parentheses
    std::chrono::milliseconds cpu{2000};    // of matching; past it the query ends with ErrorCode::timeout
};

} // namespace acervo::query
