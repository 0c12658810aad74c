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
};

// Ascending by position; a document's title stands before index::kBodyStart.
std::vector<Occurrence> occurrencesOf(const Xapian::Database& database, Xapian::docid id,
                                      const std::vector<std::vector<std::string>>& groups);

// How much each group of words tells: BM25's inverse document frequency of the commonest of its terms.
std::vector<double> rarityOf(const Xapian::Database& database, const std::vector<std::vector<std::string>>& groups);

// The words of a query, weighed for one database.
struct WeighedWords {
    std::vector<std::vector<std::string>> groups; // terms of each word
    std::vector<double> weights;                  // what a word brings that a page is full of
    std::vector<double> rarity;                   // of each group, for pairs
};

struct PassageScores {
    double title = 0.0;
    std::vector<double> pages; // as DocumentData::pages
};

// BM25 of each page for itself, and for words that stand close to each other there a term-proximity weight.
// source  Rasolofo and Savoy 2003: pairs within five words, 1 / distance^2, saturated like a frequency and weighed by
//         the less telling word of the two.
PassageScores scorePassages(const std::vector<Occurrence>& occurrences, const index::DocumentData& data,
                            const WeighedWords& words, const query::Ranking& ranking);

} // namespace acervo::search::detail
