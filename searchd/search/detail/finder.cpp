#include "searchd/search/detail/finder.h"

#include "searchd/search/detail/matching.h"

#include <utility>

namespace acervo::search::detail {

Found find(const query::Plan& plan, const SearchRequest& request, const Field& field)
{
    const auto& columns = field.snapshot.columns;
    Found found;
    found.query = plan.strict;
    found.matched = plan.matchesAll ? columns.workDocids : matching(field.reader, plan.strictMatch, field.cpu);
    found.counts = countWorks(columns, found.matched, field.filters);
    found.asAsked = found.counts.total > 0;
    const auto works = distinctWorks(columns, found.matched);
    // Decided whatever the filters, so that a number beside a facet's value is what a click on it gives. By
    // relevance only: in any other order works with one of the words would stand among those with all.
    const bool few = works < field.ranking.enough && plan.relaxesWhenFew && request.sort == Sort::relevance;
    if (!plan.canRelax || (found.asAsked && !few)) {
        return found;
    }
    auto any = matching(field.reader, plan.relaxedMatch, field.cpu);
    auto relaxed = countWorks(columns, any, field.filters);
    const bool isMore = few ? distinctWorks(columns, any) > works : relaxed.total > 0;
    if (isMore) {
        found.query = prefer(plan.relaxed, plan.strictMatch, field.ranking.mostWords);
        found.matched = std::move(any);
        found.note = few && works > 0 ? "someWordsToo" : "allWordsRelaxed";
    }
    // With nothing found, the ways out.
    found.counts = few ? std::move(relaxed) : afterRelaxing(found.counts, std::move(relaxed));
    return found;
}

} // namespace acervo::search::detail
