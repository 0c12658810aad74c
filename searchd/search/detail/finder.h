// Finds what a plan asks for, and decides whether fewer of its words are enough.
#pragma once

#include "searchd/query/plan.h"
#include "searchd/search/detail/facet_counter.h"
#include "searchd/search/detail/matching.h"
#include "searchd/search/detail/snapshot.h"

#include <optional>
#include <string>

namespace acervo::search::detail {

// Where to look.
struct Field {
    Matcher& matcher;
    const Snapshot& snapshot;
    const ColumnFilters& filters;
    const query::Ranking& ranking;
};

// Which documents answer, whatever the filters.
struct Answering {
    const index::DocumentSet& asAsked; // have what is asked for, most of the words
    const index::DocumentSet* any; // have any of the words, where `asAsked` are too few to leave it at them; else null
    bool areFew;                   // else those of `asAsked` that pass the filters are none
};

// Decided by the text alone wherever there are few, so that a number beside a facet's value is what a click on it
// gives. Valid as long as the field's matcher.
Answering answering(const query::Plan& plan, const SearchRequest& request, const Field& field);

struct Found {
    query::Tree weighed;                        // what the results weigh
    index::DocumentSet results;                 // what it matches, kept to the filters
    std::optional<index::DocumentSet> withMost; // of them, those with most of the words, where any of them suffice
    Counts counts;
    bool asAsked = false; // something has most of the words and passes the filters
    std::string note;     // code; "" when there is nothing to say
};

// As asked, or with fewer of the words where that finds too little.
Found find(const query::Plan& plan, const SearchRequest& request, const Field& field);

} // namespace acervo::search::detail
