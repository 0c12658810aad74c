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

WeighedWords weighed(const Xapian::Database& database, const std::vector<query::PlacedWord>& words,
                     const query::Ranking& ranking)
{
    WeighedWords weighed;
    for (const auto& word : words) {
        weighed.groups.push_back(word.terms);
    }
    weighed.rarity = rarityOf(database, weighed.groups);
    for (std::size_t i = 0; i < words.size(); ++i) {
        weighed.weights.push_back(weighed.rarity[i] *
                                  (words[i].isFunctionWord ? ranking.functionWords : ranking.bestPage));
    }
    return weighed;
}

double passageScore(const Xapian::Database& database, const Xapian::Document& document, const WeighedWords& words,
                    const query::Ranking& ranking)
{
    const auto data = index::decode(document.get_data());
    if (!data) {
        return 0.0; // said when the hit is shown
    }
    const auto occurrences = occurrencesOf(database, document.get_docid(), words.groups);
    const auto scores = scorePassages(occurrences, *data, words, ranking);
    const auto best = std::ranges::max_element(scores.pages);
    return scores.title + (best == scores.pages.end() ? 0.0 : *best);
}

} // namespace

std::vector<Ranked> rerank(const Xapian::Database& database, const Xapian::MSet& matches,
                           const std::vector<query::PlacedWord>& words, const query::Ranking& ranking)
{
    const auto slot = static_cast<Xapian::valueno>(schema::Slot::published);
    const auto newest = yearsOf(database.get_value_upper_bound(slot));
    const auto weights = weighed(database, words, ranking);
    std::vector<Ranked> ranked;
    for (auto match = matches.begin(); match != matches.end(); ++match) {
        Ranked result{*match, match.get_weight()};
        if (ranked.size() < ranking.reranked) {
            const auto document = match.get_document();
            result.score += passageScore(database, document, weights, ranking);
            result.score += ranking.freshness * freshnessOf(yearsOf(document.get_value(slot)), newest);
        }
        ranked.push_back(result);
    }
    const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(ranked.size(), ranking.reranked));
    std::stable_sort(ranked.begin(), end, [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
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
