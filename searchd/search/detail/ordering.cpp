#include "searchd/search/detail/ordering.h"

#include "searchd/search/detail/matching.h"

#include <algorithm>

namespace acervo::search::detail {

namespace {

// A little weight for editions in the reader's language: of a work's languages the one he reads is shown, and a work he
// can read comes before an equal one that he cannot.
Xapian::Query preferLanguage(const Xapian::Query& query, text::Language language, double weight)
{
    return prefer(query, Xapian::Query{schema::filterTerm(schema::Facet::language, text::codeOf(language))}, weight);
}

} // namespace

std::vector<Ranked> ordered(const Xapian::Query& query, const SearchRequest& request, const Ordering& how)
{
    Xapian::Enquire enquire{how.database};
    enquire.set_query(limited(preferLanguage(query, request.interfaceLanguage, how.ranking.readersLanguage), how.cpu));
    const auto& ranking = how.ranking;
    enquire.set_weighting_scheme(Xapian::BM25Weight{ranking.k1, 0.0, 1.0, ranking.b, ranking.minLength});
    enquire.set_collapse_key(static_cast<Xapian::valueno>(schema::Slot::work));
    Xapian::MultiValueKeyMaker key;
    const auto published = static_cast<Xapian::valueno>(schema::Slot::published);
    switch (how.sort) {
    case Sort::relevance:
        break;
    case Sort::newest:
        enquire.set_sort_by_value_then_relevance(published, true);
        break;
    case Sort::oldest:
        key.add_value(published, false, "99999999");
        enquire.set_sort_by_key_then_relevance(&key, false);
        break;
    case Sort::title:
        enquire.set_sort_by_value_then_relevance(static_cast<Xapian::valueno>(schema::Slot::titleKey), false);
        break;
    }
    // All matches are weighed: pruned as soon as a page is full, Xapian 1.4.22 adds the weights in another order on
    // each page, and works that are equal but for rounding came twice or never (FacetProperty, seed 2).
    const auto all = how.database.get_doccount();
    const auto offset = (request.page - 1) * request.size;
    if (how.sort != Sort::relevance || offset >= ranking.reranked) {
        return inOrder(enquire.get_mset(offset, request.size, all));
    }
    const auto needed =
        std::max<Xapian::doccount>(offset + request.size, static_cast<Xapian::doccount>(ranking.reranked));
    auto best = rerank(how.database, enquire.get_mset(0, needed, all),
                       {how.marks, ranking, text::codeOf(request.interfaceLanguage)});
    best.erase(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(offset, best.size())));
    best.resize(std::min<std::size_t>(best.size(), request.size));
    return best;
}

Xapian::docid inReadersLanguage(Xapian::docid id, text::Language language, const Snapshot& snapshot,
                                const std::function<bool(Xapian::docid)>& isResult)
{
    const auto& columns = snapshot.columns;
    if (id >= columns.workOf.size() || columns.workOf[id] == index::kNoWork) {
        return id;
    }
    const auto& languages = columns.column(schema::Facet::language);
    for (const auto edition : columns.documentsOf(columns.workOf[id])) {
        const bool isRead = std::ranges::any_of(languages.of(edition), [&](std::uint32_t value) {
            return languages.values[value] == text::codeOf(language);
        });
        if (isRead && isResult(edition)) {
            return edition;
        }
    }
    return id;
}

} // namespace acervo::search::detail
