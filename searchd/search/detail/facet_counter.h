// Counts works by facet value over the documents a query matches: exact, disjunctive, languages collapsed.
#pragma once

#include "corpus/index/columns.h"
#include "searchd/search/engine.h"

#include <array>
#include <optional>
#include <vector>

namespace acervo::search::detail {

// The documents that a reader's filters let pass, each filter for itself; none: it lets all pass.
struct ColumnFilters {
    std::array<std::optional<index::DocumentSet>, schema::kFacetCount> byFacet;
    std::optional<index::DocumentSet> years;
};

ColumnFilters resolveFilters(const index::Columns& columns, const SearchRequest& request);

// Those of `matched` that pass every filter; of all but one facet's, to count that facet.
index::DocumentSet passing(index::DocumentSet matched, const ColumnFilters& filters,
                           std::optional<schema::Facet> besides = std::nullopt);

struct Counts {
    std::uint64_t total = 0;                                             // works that pass every filter
    std::array<std::vector<std::uint32_t>, schema::kFacetCount> byValue; // by value number
};

// How many works the documents belong to.
std::uint64_t distinctWorks(const index::Columns& columns, const index::DocumentSet& documents);

// matched  what the text of the query matches, no filter applied.
// A work counts for a value when one of its documents matches, has the value, and passes the year range and all
// filters of other facets: what choosing that value alone in its facet would show.
Counts countWorks(const index::Columns& columns, const index::DocumentSet& matched, const ColumnFilters& filters);

// The numbers to show when the strict query found nothing under the filters and the relaxed one is shown instead: a
// click on a value asks the strict query first, so its number stands wherever it is not zero.
Counts afterRelaxing(const Counts& strict, Counts relaxed);

// As they are shown: values that nothing has left out, unless they are chosen.
std::vector<FacetCounts> facetCounts(const index::Columns& columns, const Counts& counts, const SearchRequest& request);

} // namespace acervo::search::detail
