#include "searchd/search/detail/reranker.h"

#include "corpus/index/document_data.h"
#include "searchd/search/detail/occurrences.h"

#include <algorithm>
#include <cmath>

namespace acervo::search::detail {

namespace {

constexpr double kFreshnessHalvesIn = 10.0; // years

// 1 for what was published when the newest work was, halving every ten years before. Counted from the newest work, not
// from today, so that an answer does not change overnight.
double freshnessOf(double years, double newest)
{
    return years == 0.0 ? 0.0 : std::exp2((years - newest) / kFreshnessHalvesIn);
}

// A report of many pages is worth at least its best page, were that a note of its own; then closeness and the page's
// share are added, to whatever length.
double scoreOf(const Ranked& result, const Xapian::Document& document, const std::vector<Occurrence>& occurrences,
               const WordWeights& weights, const Reranking& how)
{
    const auto data = index::decode(document.get_data());
    if (!data) {
        return result.score; // said when the hit is shown
    }
    const auto scores = scorePassages(occurrences, *data, weights, how.ranking);
    const auto best = std::ranges::max_element(scores.pages, {}, &PageScore::score);
    const auto readers = data->language == how.language ? how.ranking.readersLanguage : 0.0;
    auto whole = result.score;
    if (how.marks.areTranslated) {
        // The first weighing counts a possible translation as much as the best one; the mean of both ways is better
        // than either.
        whole = std::lerp(whole, scores.wholeText + readers, how.ranking.byMeaning);
    }
    if (data->pages.size() > 1) {
        whole = std::max(whole, scores.ownText + readers);
    }
    return whole + scores.title + (best == scores.pages.end() ? 0.0 : best->score);
}

} // namespace

void rerank(const Xapian::Database& database, std::vector<Ranked>& ranked, const Reranking& how)
{
    const auto& marks = how.marks;
    const auto& ranking = how.ranking;
    const auto& columns = how.columns;
    const auto newest = columns.years[columns.lastPublished];
    const auto weights = weightsOf(database, marks.groups);
    const auto count = std::min(ranked.size(), ranking.reranked);
    std::vector<Xapian::docid> ids;
    for (std::size_t i = 0; i < count; ++i) {
        ids.push_back(ranked[i].id);
    }
    std::ranges::sort(ids);
    const auto occurrences = occurrencesOf(database, ids, marks.groups);
    for (std::size_t i = 0; i < count; ++i) {
        const auto document = database.get_document(ranked[i].id);
        const auto place = std::ranges::lower_bound(ids, ranked[i].id) - ids.begin();
        ranked[i].score = scoreOf(ranked[i], document, occurrences[static_cast<std::size_t>(place)], weights, how);
        ranked[i].score += ranking.freshness * freshnessOf(columns.years[columns.published[ranked[i].id]], newest);
    }
    std::stable_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count),
                     [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
}

} // namespace acervo::search::detail
