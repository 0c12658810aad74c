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

// bestPages: of a word that fills a long report those on its best pages; see schema::kBestPages. all: however many.
enum class Reading : std::uint8_t { bestPages, all };

using Groups = std::vector<std::vector<query::WeighedTerm>>; // see query::Marks::groups

// Of each document, in the order of `ids`: ascending by position; a title stands before index::kBodyStart.
//
// ids   ascending.
// cost  a term's postings are walked along the ids, so that the many terms which stand in few of the documents cost
//       little; positions are read only where the term stands.
std::vector<std::vector<Occurrence>> occurrencesOf(const Xapian::Database& database,
                                                   const std::vector<Xapian::docid>& ids, const Groups& groups,
                                                   Reading reading = Reading::bestPages);

// Which of the documents have words of which Reading::bestPages leaves something out. ids  ascending.
std::vector<bool> areLong(const Xapian::Database& database, const std::vector<Xapian::docid>& ids);

// Positions from `begin` to the one before `end`.
struct PositionRange {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

// All those in the ranges of each document, which ascend and do not overlap.
std::vector<std::vector<Occurrence>> occurrencesWithin(const Xapian::Database& database,
                                                       const std::vector<Xapian::docid>& ids, const Groups& groups,
                                                       const std::vector<std::vector<PositionRange>>& ranges);

struct WordWeights {
    std::vector<double> rarity; // of each group: BM25's inverse document frequency of the commonest of its terms
    double meanDocument = 1.0;  // words
};

WordWeights weightsOf(const Xapian::Database& database, const Groups& groups);

struct PageScore {
    std::size_t place = 0; // in DocumentData::pages
    double score = 0.0;
    std::size_t words = 0;   // of the query's, different ones
    bool sideBySide = false; // a word of the query right beside the one that follows it there
};

struct PassageScores {
    double title = 0.0;
    std::size_t words = 0;        // of the query's, different ones in title and text
    std::vector<PageScore> pages; // where words of the query stand, ascending
    double wholeText = 0.0;       // BM25 of title and text, each term by its weight in its group
    double ownText = 0.0;         // the best page's, were it a document of its own
};

// BM25 of each page for itself, times ranking.bestPage, and for words that stand close to each other there a
// term-proximity weight. source  Rasolofo and Savoy 2003: pairs within five words, 1 / distance^2, saturated like a
// frequency and weighed by
//         the less telling word of the two; times ranking.proximity.
PassageScores scorePassages(const std::vector<Occurrence>& occurrences, const index::DocumentData& data,
                            const WordWeights& weights, const query::Ranking& ranking);

} // namespace acervo::search::detail
