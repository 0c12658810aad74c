#include "searchd/search/detail/finder.h"

#include <algorithm>
#include <utility>

namespace acervo::search::detail {

namespace {

bool isFiltered(const ColumnFilters& filters)
{
    return filters.years || std::ranges::any_of(filters.byFacet, [](const auto& filter) { return filter.has_value(); });
}

Found everything(const query::Plan& plan, const Field& field)
{
    const auto& columns = field.snapshot.columns;
    Found found;
    found.weighed = plan.strict;
    found.counts =
        isFiltered(field.filters) ? countWorks(columns, columns.documents, field.filters) : field.snapshot.everything;
    found.results = passing(columns.documents, field.filters);
    found.asAsked = found.counts.total > 0;
    return found;
}

} // namespace

Found find(const query::Plan& plan, const SearchRequest& request, const Field& field)
{
    if (plan.matchesAll) {
        return everything(plan, field);
    }
    const auto& columns = field.snapshot.columns;
    auto& matcher = field.matcher;
    Found found;
    found.weighed = plan.strict;
    const auto& matched = matcher.matching(plan.strictMatch);
    found.counts = countWorks(columns, matched, field.filters);
    found.asAsked = found.counts.total > 0;
    const auto works = isFiltered(field.filters) ? distinctWorks(columns, matched) : found.counts.total;
    // Decided whatever the filters, so that a number beside a facet's value is what a click on it gives. By
    // relevance only: in any other order works with one of the words would stand among those with all.
    const bool few = works < field.ranking.enough && plan.relaxesWhenFew && request.sort == Sort::relevance;
    if (!plan.canRelax || (found.asAsked && !few)) {
        found.results = passing(matched, field.filters);
        return found;
    }
    const auto& any = matcher.matching(plan.relaxedMatch);
    auto relaxed = countWorks(columns, any, field.filters);
    const bool isMore = few ? distinctWorks(columns, any) > works : relaxed.total > 0;
    if (isMore) {
        found.weighed = plan.relaxed;
        found.withMost = passing(matched, field.filters);
        found.results = passing(any, field.filters);
        found.note = few && works > 0 ? "someWordsToo" : "allWordsRelaxed";
    } else {
        found.results = passing(matched, field.filters);
    }
    // With nothing found, the ways out.
    found.counts = few ? std::move(relaxed) : afterRelaxing(found.counts, std::move(relaxed));
    return found;
}

} // namespace acervo::search::detail
