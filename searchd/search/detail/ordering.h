// Brings what was found into the order asked for, a page of it.
#pragma once

#include "searchd/query/plan.h"
#include "searchd/search/detail/reranker.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <xapian.h>

#include <chrono>
#include <functional>
#include <vector>

namespace acervo::search::detail {

struct Ordering {
    const Xapian::Database& database;
    const query::Ranking& ranking;
    const query::Marks& marks;
    Sort sort; // not always the request's: without words nothing is more relevant than anything else
    std::chrono::milliseconds cpu;
};

// The documents of the page asked for, one a work, best first.
std::vector<Ranked> ordered(const Xapian::Query& query, const SearchRequest& request, const Ordering& how);

// The edition of the same work in the reader's language, if that is a result too.
Xapian::docid inReadersLanguage(Xapian::docid id, text::Language language, const Snapshot& snapshot,
                                const std::function<bool(Xapian::docid)>& isResult);

} // namespace acervo::search::detail
