// A request, read and ready to be looked for on one state of the index.
#pragma once

#include "corpus/index/reader.h"
#include "searchd/query/plan.h"
#include "searchd/search/detail/finder.h"
#include "searchd/search/detail/matching.h"
#include "searchd/search/detail/postings.h"
#include "searchd/search/detail/scorer.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <chrono>
#include <utility>

namespace acervo::search::detail {

// What is looked in; outlives what is sought.
struct Where {
    const index::Reader& reader;
    const Snapshot& snapshot; // of it
    const query::Ranking& ranking;
};

// threads  for one search.
class Sought {
public:
    // cpu  of all that is done with it.
    Sought(query::Plan readPlan, const SearchRequest& request, const Where& where, std::chrono::milliseconds cpu)
        : plan(std::move(readPlan)),
          filters(resolveFilters(where.snapshot.columns, request)),
          _postings(where.reader, where.snapshot.columns.lastDocid, *where.snapshot.postings, Deadline{cpu}),
          _matcher(_postings, where.snapshot.columns),
          scorer(_postings, _matcher, where.snapshot.columns, where.ranking),
          field{_matcher, where.snapshot, filters, where.ranking}
    {
    }
    Sought(const Sought&) = delete; // its parts know each other
    Sought& operator=(const Sought&) = delete;

    query::Plan plan;
    ColumnFilters filters;

private:
    PostingReader _postings;
    Matcher _matcher;

public:
    Scorer scorer;
    Field field;
};

} // namespace acervo::search::detail
