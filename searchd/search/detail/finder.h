// Finds what a plan asks for, and decides whether fewer of its words are enough.
#pragma once

#include "corpus/index/reader.h"
#include "searchd/query/plan.h"
#include "searchd/search/detail/facet_counter.h"
#include "searchd/search/detail/snapshot.h"

#include <chrono>
#include <string>
#include <vector>

namespace acervo::search::detail {

// Where and how long to look.
struct Field {
    const index::Reader& reader;
    const Snapshot& snapshot; // of it
    const ColumnFilters& filters;
    const query::Ranking& ranking;
    std::chrono::milliseconds cpu; // for each match
};

struct Found {
    Xapian::Query query;
    std::vector<Xapian::docid> matched; // whatever the filters
    Counts counts;
    bool asAsked = false; // something has most of the words and passes the filters
    std::string note;     // code; "" when there is nothing to say
};

// As asked, or with fewer of the words where that finds too little.
Found find(const query::Plan& plan, const SearchRequest& request, const Field& field);

} // namespace acervo::search::detail
