#include "searchd/search/detail/reranker.h"

#include "corpus/index/document_data.h"
#include "corpus/schema/fields.h"
#include "searchd/search/detail/occurrences.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace acervo::search::detail {

namespace {

constexpr double kFreshnessHalvesIn = 10.0; // years

// Years since 0, from "YYYYMMDD" with "00" for what is not known; 0 when nothing is.
double yearsOf(const std::string& published)
{
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = 0;
        if (published.size() >= at + length) {
            std::from_chars(published.data() + at, published.data() + at + length, value);
        }
        return static_cast<double>(value);
    };
    return number(0, 4) + std::max(0.0, number(4, 2) - 1.0) / 12.0;
}

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
        // Xapian counts a possible translation as much as the best one; the mean of both ways is better than either.
        whole = std::lerp(whole, scores.wholeText + readers, how.ranking.byMeaning);
    }
    if (data->pages.size() > 1) {
        whole = std::max(whole, scores.ownText + readers);
    }
    return whole + scores.title + (best == scores.pages.end() ? 0.0 : best->score);
}

} // namespace

std::vector<Ranked> rerank(const Xapian::Database& database, const Xapian::MSet& matches, const Reranking& how)
{
    const auto& marks = how.marks;
    const auto& ranking = how.ranking;
    const auto slot = static_cast<Xapian::valueno>(schema::Slot::published);
    const auto newest = yearsOf(database.get_value_upper_bound(slot));
    const auto weights = weightsOf(database, marks.groups);
    auto ranked = inOrder(matches);
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
        ranked[i].score += ranking.freshness * freshnessOf(yearsOf(document.get_value(slot)), newest);
    }
    std::stable_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(count),
                     [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
    return ranked;
}

std::vector<Ranked> inOrder(const Xapian::MSet& matches)
{
    std::vector<Ranked> ranked;
    for (auto match = matches.begin(); match != matches.end(); ++match) {
        ranked.push_back({*match, match.get_weight()});
    }
    return ranked;
}

} // namespace acervo::search::detail
