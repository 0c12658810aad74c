// Where the words of a query stand in one document, and what its pages are worth by that.
#pragma once

#include "corpus/index/document_data.h"
#include "searchd/query/plan.h"

#include <xapian.h>

#include <cstdint>
#include <string>
#include <vector>

namespace acervo::search::detail {

struct Occurrence {
    std::uint32_t position = 0;
    std::uint32_t group = 0; // of query::Marks::groups
    double weight = 1.0;     // of the term in its group
};

// Of each document, in the order of `ids`: ascending by position; a title stands before index::kBodyStart.
//
// ids   ascending.
// cost  a term's postings are walked along the ids, so that the many terms which stand in few of the documents cost
//       little; positions are read only where the term stands.
std::vector<std::vector<Occurrence>> occurrencesOf(const Xapian::Database& database,
                                                   const std::vector<Xapian::docid>& ids,
                                                   const std::vector<std::vector<query::WeighedTerm>>& groups);

struct WordWeights {
    std::vector<double> rarity; // of each group: BM25's inverse document frequency of the commonest of its terms
    double meanDocument = 1.0;  // words
};

WordWeights weightsOf(const Xapian::Database& database, const std::vector<std::vector<query::WeighedTerm>>& groups);

struct PassageScores {
    double title = 0.0;
    std::vector<double> pages; // as DocumentData::pages
    double wholeText = 0.0;    // BM25 of title and text, each term by its weight in its group
    double ownText = 0.0;      // the best page's, were it a document of its own
};

// BM25 of each page for itself, times ranking.bestPage, and for words that stand close to each other there a
// term-proximity weight. source  Rasolofo and Savoy 2003: pairs within five words, 1 / distance^2, saturated like a
// frequency and weighed by
//         the less telling word of the two; times ranking.proximity.
PassageScores scorePassages(const std::vector<Occurrence>& occurrences, const index::DocumentData& data,
                            const WordWeights& weights, const query::Ranking& ranking);

} // namespace acervo::search::detail
