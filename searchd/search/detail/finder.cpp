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

Answering answering(const query::Plan& plan, const SearchRequest& request, const Field& field)
{
    const auto& columns = field.snapshot.columns;
    if (plan.matchesAll) {
        return {columns.documents, nullptr, false};
    }
    const auto& asAsked = field.matcher.matching(plan.strictMatch);
    // By relevance only: in any other order works with one of the words would stand among those with all.
    const bool few = plan.relaxesWhenFew && request.sort == Sort::relevance &&
                     distinctWorks(columns, asAsked) < field.ranking.enough;
    const bool isEnough = !plan.canRelax || (!few && !passing(asAsked, field.filters).empty());
    return {asAsked, isEnough ? nullptr : &field.matcher.matching(plan.relaxedMatch), few};
}

Found find(const query::Plan& plan, const SearchRequest& request, const Field& field)
{
    if (plan.matchesAll) {
        return everything(plan, field);
    }
    const auto& columns = field.snapshot.columns;
    const auto& [matched, any, few] = answering(plan, request, field);
    Found found;
    found.weighed = plan.strict;
    found.counts = countWorks(columns, matched, field.filters);
    found.asAsked = found.counts.total > 0;
    found.results = passing(matched, field.filters);
    if (any == nullptr) {
        return found;
    }
    auto relaxed = countWorks(columns, *any, field.filters);
    const auto works = distinctWorks(columns, matched);
    const bool isMore = few ? distinctWorks(columns, *any) > works : relaxed.total > 0;
    if (isMore) {
        found.weighed = plan.relaxed;
        found.withMost = std::exchange(found.results, passing(*any, field.filters));
        found.note = few && works > 0 ? "someWordsToo" : "allWordsRelaxed";
    }
    // With nothing found, the ways out.
    found.counts = few ? std::move(relaxed) : afterRelaxing(found.counts, std::move(relaxed));
    return found;
}

} // namespace acervo::search::detail
