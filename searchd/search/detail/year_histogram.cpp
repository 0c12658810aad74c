#include "searchd/search/detail/year_histogram.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace acervo::search::detail {

namespace {

using Counts = std::map<int, std::uint64_t>; // by the span's first year

Counts countSpans(const index::Columns& columns, const index::DocumentSet& documents, int interval)
{
    const auto& column = columns.column(schema::Facet::year);
    std::vector<int> years;
    for (const auto& value : column.values) {
        int year = 0;
        std::from_chars(value.data(), value.data() + value.size(), year);
        years.push_back(year);
    }
    std::vector<std::pair<int, std::uint32_t>> worksOfSpans;
    documents.forEach([&](Xapian::docid id) {
        for (const auto value : column.of(id)) {
            if (const auto year = years[value]; year > 0) {
                worksOfSpans.emplace_back(year - year % interval, columns.workOf[id]);
            }
        }
    });
    std::ranges::sort(worksOfSpans);
    const auto repeated = std::ranges::unique(worksOfSpans);
    worksOfSpans.erase(repeated.begin(), repeated.end());
    Counts counts;
    for (const auto& [first, work] : worksOfSpans) {
        ++counts[first];
    }
    return counts;
}

SearchRequest withoutYears(SearchRequest request)
{
    request.filter(schema::Facet::year).clear();
    request.yearFrom.reset();
    request.yearTo.reset();
    return request;
}

// As afterRelaxing(): a span that the words find as they are asked for keeps its number.
Counts countsOf(const query::Plan& plan, const SearchRequest& request, const Field& field, int interval)
{
    const auto& columns = field.snapshot.columns;
    const auto open = resolveFilters(columns, withoutYears(request));
    const auto found = answering(plan, request, field);
    auto counts =
        found.any == nullptr || !found.areFew ? countSpans(columns, passing(found.asAsked, open), interval) : Counts{};
    if (found.any != nullptr) {
        counts.merge(countSpans(columns, passing(*found.any, open), interval));
    }
    return counts;
}

} // namespace

std::vector<YearSpan> yearHistogram(const query::Plan& plan, const SearchRequest& request, const Field& field,
                                    int interval)
{
    const auto counts = countsOf(plan, request, field, interval);
    std::vector<YearSpan> spans;
    if (counts.empty()) {
        return spans;
    }
    for (int first = counts.begin()->first; first <= counts.rbegin()->first; first += interval) {
        const auto found = counts.find(first);
        // Year 0 is no year.
        spans.push_back({std::max(first, 1), first + interval - 1, found == counts.end() ? 0 : found->second});
    }
    return spans;
}

} // namespace acervo::search::detail
