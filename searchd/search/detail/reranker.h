// Weighs the first results again, by where their words stand: the best page, words close together, freshness.
#pragma once

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
    const query::Marks& marks;
    const query::Ranking& ranking;
    std::string_view language; // of the reader, ISO 639-1
};

// `matches` in the order of their new scores, the best ranking.reranked of them; the others keep their order after
// these. Equal scores keep their order too.
//
// cost  reads the positions of the query's words in ranking.reranked documents.
std::vector<Ranked> rerank(const Xapian::Database& database, const Xapian::MSet& matches, const Reranking& how);

// As they come.
std::vector<Ranked> inOrder(const Xapian::MSet& matches);

} // namespace acervo::search::detail
