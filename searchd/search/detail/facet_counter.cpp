#include "searchd/search/detail/facet_counter.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace acervo::search::detail {

namespace {

using index::Column;
using index::Columns;
using index::DocumentSet;
using index::Holders;
using index::Sharing;

std::optional<DocumentSet> inYears(const Columns& columns, const SearchRequest& request)
{
    if (!request.yearFrom && !request.yearTo) {
        return std::nullopt;
    }
    DocumentSet set{columns.lastDocid};
    const auto& column = columns.column(schema::Facet::year);
    for (std::size_t value = 0; value < column.values.size(); ++value) {
        int year = 0;
        std::from_chars(column.values[value].data(), column.values[value].data() + column.values[value].size(), year);
        if (year != 0 && (!request.yearFrom || year >= *request.yearFrom) &&
            (!request.yearTo || year <= *request.yearTo)) {
            index::add(column.holders[value], set);
        }
    }
    return set;
}

// One document of each work of `documents`.
DocumentSet oneOfEachWork(const Columns& columns, const DocumentSet& documents)
{
    auto one = documents;
    one -= columns.severalEditions;
    std::vector<bool> isSeen(columns.workCount, false);
    documents.forEachCommon(columns.severalEditions, [&](Xapian::docid id) {
        if (const auto work = columns.workOf[id]; !isSeen[work]) {
            isSeen[work] = true;
            one.add(id);
        }
    });
    return one;
}

// Counts the values of one facet after the other over the same documents.
class ValueCounter {
public:
    ValueCounter(const Columns& columns, const DocumentSet& documents)
        : _columns(columns), _documents(documents), _one(oneOfEachWork(columns, documents)), _size(documents.size())
    {
    }

    std::uint64_t works() const { return _one.size(); }

    std::vector<std::uint32_t> valuesOf(const Column& column) const
    {
        // Looking up the values of a document costs about as much as forty words of bits.
        constexpr std::size_t kWordsPerDocument = 40;
        const auto words = std::size_t{_columns.lastDocid} / 64 + 1;
        return _size * kWordsPerDocument < column.values.size() * words ? byDocument(column) : byValue(column);
    }

private:
    std::vector<std::uint32_t> byDocument(const Column& column) const
    {
        std::vector<std::uint32_t> counts(column.values.size(), 0);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> worksOfValue;
        _documents.forEach([&](Xapian::docid id) {
            const bool isOne = _one.has(id);
            for (const auto value : column.of(id)) {
                switch (column.holders[value].sharing) {
                case Sharing::oneOfEach:
                    ++counts[value];
                    break;
                case Sharing::allOfEach:
                    counts[value] += isOne ? 1 : 0;
                    break;
                case Sharing::some:
                    worksOfValue.emplace_back(value, _columns.workOf[id]);
                    break;
                }
            }
        });
        std::ranges::sort(worksOfValue);
        const auto repeated = std::ranges::unique(worksOfValue);
        worksOfValue.erase(repeated.begin(), repeated.end());
        for (const auto& [value, work] : worksOfValue) {
            ++counts[value];
        }
        return counts;
    }

    std::vector<std::uint32_t> byValue(const Column& column) const
    {
        std::vector<std::uint32_t> counts;
        counts.reserve(column.values.size());
        for (const auto& holders : column.holders) {
            const auto& documents = holders.sharing == Sharing::allOfEach ? _one : _documents;
            counts.push_back(static_cast<std::uint32_t>(holders.sharing == Sharing::some ? worksOf(holders)
                                                                                         : common(holders, documents)));
        }
        return counts;
    }

    static std::size_t common(const Holders& holders, const DocumentSet& documents)
    {
        return holders.areMany() ? holders.set.sizeOfCommon(documents)
                                 : static_cast<std::size_t>(std::ranges::count_if(
                                       holders.few, [&](Xapian::docid id) { return documents.has(id); }));
    }

    std::size_t worksOf(const Holders& holders) const
    {
        std::vector<std::uint32_t> works;
        const auto add = [&](Xapian::docid id) { works.push_back(_columns.workOf[id]); };
        if (holders.areMany()) {
            holders.set.forEachCommon(_documents, add);
        } else {
            std::ranges::for_each(holders.few, [&](Xapian::docid id) {
                if (_documents.has(id)) {
                    add(id);
                }
            });
        }
        std::vector<bool> isSeen(_columns.workCount, false);
        return static_cast<std::size_t>(std::ranges::count_if(works, [&](std::uint32_t work) {
            const bool isNew = !isSeen[work];
            isSeen[work] = true;
            return isNew;
        }));
    }

    const Columns& _columns;
    const DocumentSet& _documents;
    DocumentSet _one; // of each work
    std::size_t _size;
};

} // namespace

ColumnFilters resolveFilters(const Columns& columns, const SearchRequest& request)
{
    ColumnFilters filters;
    filters.years = inYears(columns, request);
    for (const auto& info : schema::kFacets) {
        const auto& wanted = request.filter(info.facet);
        if (wanted.empty()) {
            continue;
        }
        const auto& column = columns.column(info.facet);
        DocumentSet set{columns.lastDocid};
        for (std::size_t value = 0; value < column.values.size(); ++value) {
            if (std::ranges::find(wanted, column.values[value]) != wanted.end()) {
                index::add(column.holders[value], set);
            }
        }
        filters.byFacet[static_cast<std::size_t>(info.facet)] = std::move(set);
    }
    return filters;
}

DocumentSet passing(DocumentSet matched, const ColumnFilters& filters, std::optional<schema::Facet> besides)
{
    if (filters.years) {
        matched &= *filters.years;
    }
    for (const auto& info : schema::kFacets) {
        const auto& filter = filters.byFacet[static_cast<std::size_t>(info.facet)];
        if (filter && info.facet != besides) {
            matched &= *filter;
        }
    }
    return matched;
}

std::uint64_t distinctWorks(const Columns& columns, const DocumentSet& documents)
{
    return oneOfEachWork(columns, documents).size();
}

Counts countWorks(const Columns& columns, const DocumentSet& matched, const ColumnFilters& filters)
{
    Counts counts;
    const auto passed = passing(matched, filters);
    const ValueCounter counter{columns, passed};
    counts.total = counter.works();
    for (const auto& info : schema::kFacets) {
        const auto facet = static_cast<std::size_t>(info.facet);
        const auto& column = columns.facets[facet];
        if (filters.byFacet[facet]) {
            const auto without = passing(matched, filters, info.facet);
            counts.byValue[facet] = ValueCounter{columns, without}.valuesOf(column);
        } else {
            counts.byValue[facet] = counter.valuesOf(column);
        }
    }
    return counts;
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
