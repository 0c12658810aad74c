// Weighs the first results again, by where their words stand: the best page, words close together, freshness.
#pragma once

#include "corpus/index/columns.h"
#include "searchd/query/plan.h"

#include <xapian.h>

#include <string_view>
#include <vector>

namespace acervo::search::detail {

struct Ranked {
    Xapian::docid id = 0;
    double score = 0.0;
};

struct Reranking {
    const index::Columns& columns;
    const query::Marks& marks;
    const query::Ranking& ranking;
    std::string_view language; // of the reader, ISO 639-1
};

// Brings the first ranking.reranked of them into the order of their new scores; the others keep their order after
// these. Equal scores keep their order too.
//
// cost  reads the positions of the query's words in ranking.reranked documents.
void rerank(const Xapian::Database& database, std::vector<Ranked>& ranked, const Reranking& how);

} // namespace acervo::search::detail
