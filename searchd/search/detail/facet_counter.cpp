#include "searchd/search/detail/facet_counter.h"

#include <algorithm>
#include <charconv>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kYear = static_cast<std::size_t>(schema::Facet::year);

// Which facets' filters a document fails: none, one (it then counts for that facet only), or more.
struct Verdict {
    bool passesAll = true;
    bool failsOne = false;
    std::size_t failed = 0;
};

bool inYearRange(const index::Columns& columns, const ColumnFilters& filters, Xapian::docid id)
{
    if (!filters.yearFrom && !filters.yearTo) {
        return true;
    }
    return std::ranges::any_of(columns.facets[kYear].of(id), [&](std::uint32_t value) {
        const auto year = filters.yearOfValue[value];
        return year != 0 && (!filters.yearFrom || year >= *filters.yearFrom) &&
               (!filters.yearTo || year <= *filters.yearTo);
    });
}

Verdict judge(const index::Columns& columns, const ColumnFilters& filters, Xapian::docid id)
{
    Verdict verdict;
    for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
        const auto& filter = filters.facets[facet];
        if (!filter.active) {
            continue;
        }
        const auto values = columns.facets[facet].of(id);
        if (std::ranges::any_of(values, [&](std::uint32_t value) { return filter.chosen[value]; })) {
            continue;
        }
        if (!verdict.passesAll) {
            return {false, false, 0};
        }
        verdict = {false, true, facet};
    }
    return verdict;
}

class Counter {
public:
    Counter(const index::Columns& columns, const ColumnFilters& filters) : _columns(columns), _filters(filters)
    {
        for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
            const auto values = columns.facets[facet].values.size();
            _counts.byValue[facet].assign(values, 0);
            _lastWork[facet].assign(values, 0);
        }
    }

    void count(std::uint32_t work, const std::vector<bool>& isMatched)
    {
        bool passes = false;
        for (const auto id : _columns.documentsOf(work)) {
            if (!isMatched[id] || !inYearRange(_columns, _filters, id)) {
                continue;
            }
            const auto verdict = judge(_columns, _filters, id);
            if (verdict.passesAll) {
                passes = true;
                for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
                    countValues(facet, id, work);
                }
            } else if (verdict.failsOne) {
                countValues(verdict.failed, id, work);
            }
        }
        _counts.total += passes ? 1 : 0;
    }

    Counts take() { return std::move(_counts); }

private:
    void countValues(std::size_t facet, Xapian::docid id, std::uint32_t work)
    {
        for (const auto value : _columns.facets[facet].of(id)) {
            if (_lastWork[facet][value] != work + 1) {
                _lastWork[facet][value] = work + 1;
                ++_counts.byValue[facet][value];
            }
        }
    }

    const index::Columns& _columns;
    const ColumnFilters& _filters;
    Counts _counts;
    std::array<std::vector<std::uint32_t>, schema::kFacetCount> _lastWork; // work + 1 that last counted for the value
};

} // namespace

ColumnFilters resolveFilters(const index::Columns& columns, const SearchRequest& request)
{
    ColumnFilters filters;
    filters.yearFrom = request.yearFrom;
    filters.yearTo = request.yearTo;
    for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
        const auto& wanted = request.filters[facet];
        const auto& values = columns.facets[facet].values;
        filters.facets[facet].active = !wanted.empty();
        filters.facets[facet].chosen.assign(values.size(), false);
        for (std::size_t value = 0; !wanted.empty() && value < values.size(); ++value) {
            filters.facets[facet].chosen[value] = std::ranges::find(wanted, values[value]) != wanted.end();
        }
    }
    for (const auto& year : columns.facets[kYear].values) {
        int number = 0;
        std::from_chars(year.data(), year.data() + year.size(), number);
        filters.yearOfValue.push_back(number);
    }
    return filters;
}

bool passes(const index::Columns& columns, const ColumnFilters& filters, Xapian::docid id)
{
    return inYearRange(columns, filters, id) && judge(columns, filters, id).passesAll;
}

std::uint64_t distinctWorks(const index::Columns& columns, const std::vector<Xapian::docid>& documents)
{
    std::vector<bool> seen(columns.workCount, false);
    std::uint64_t works = 0;
    for (const auto id : documents) {
        const auto work = id <= columns.lastDocid ? columns.workOf[id] : index::kNoWork;
        if (work != index::kNoWork && !seen[work]) {
            seen[work] = true;
            ++works;
        }
    }
    return works;
}

Counts countWorks(const index::Columns& columns, const std::vector<Xapian::docid>& matched,
                  const ColumnFilters& filters)
{
    std::vector<bool> isMatched(columns.lastDocid + 1, false);
    for (const auto id : matched) {
        if (id <= columns.lastDocid) {
            isMatched[id] = true;
        }
    }
    std::vector<bool> isCounted(columns.workCount, false);
    Counter counter{columns, filters};
    for (const auto id : matched) {
        const auto work = id <= columns.lastDocid ? columns.workOf[id] : index::kNoWork;
        if (work != index::kNoWork && !isCounted[work]) {
            isCounted[work] = true;
            counter.count(work, isMatched);
        }
    }
    return counter.take();
}

Counts afterRelaxing(const Counts& strict, Counts relaxed)
{
    for (std::size_t facet = 0; facet < schema::kFacetCount; ++facet) {
        for (std::size_t value = 0; value < relaxed.byValue[facet].size(); ++value) {
            if (strict.byValue[facet][value] > 0) {
                relaxed.byValue[facet][value] = strict.byValue[facet][value];
            }
        }
    }
    return relaxed;
}

std::vector<FacetCounts> facetCounts(const index::Columns& columns, const Counts& counts, const SearchRequest& request)
{
    std::vector<FacetCounts> facets;
    for (const auto& info : schema::kFacets) {
        const auto facet = static_cast<std::size_t>(info.facet);
        const auto& names = columns.facets[facet].values;
        const auto& wanted = request.filters[facet];
        FacetCounts shown{info.facet, {}};
        for (std::size_t value = 0; value < names.size(); ++value) {
            const bool selected = std::ranges::find(wanted, names[value]) != wanted.end();
            if (counts.byValue[facet][value] > 0 || selected) {
                shown.values.push_back({names[value], counts.byValue[facet][value], selected});
            }
        }
        for (const auto& value : wanted) {
            if (std::ranges::find(names, value) == names.end()) {
                shown.values.push_back({value, 0, true});
            }
        }
        std::ranges::sort(shown.values, [&](const FacetValue& a, const FacetValue& b) {
            if (info.facet == schema::Facet::year) {
                return a.value > b.value;
            }
            return a.count != b.count ? a.count > b.count : a.value < b.value;
        });
        facets.push_back(std::move(shown));
    }
    return facets;
}

} // namespace acervo::search::detail
