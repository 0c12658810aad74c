// Counts works by spans of years, exactly: the number of a span is what choosing it as the years finds.
#pragma once

#include "searchd/query/plan.h"
#include "searchd/search/detail/finder.h"
#include "searchd/search/engine.h"

#include <vector>

namespace acervo::search::detail {

// Spans of `interval` years, the first year of each a multiple of it, from the first with a work to the last, those
// without any included. The request's own years do not matter; its other filters do. A work that has editions of
// several years counts once in each span.
//
// field     its filters are those of the request.
// interval  from 1.
// errors    as PostingReader.
std::vector<YearSpan> yearHistogram(const query::Plan& plan, const SearchRequest& request, const Field& field,
                                    int interval);

} // namespace acervo::search::detail
