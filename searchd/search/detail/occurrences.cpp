#include "searchd/search/detail/occurrences.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <utility>

namespace acervo::search::detail {

namespace {

constexpr double kTypicalPageWords = 400.0;
constexpr std::uint32_t kNear = 5;       // words
constexpr std::uint32_t kNeighbours = 2; // pairs of query words at most this far apart in the query

double saturated(double frequency, double length, const query::Ranking& ranking)
{
    const auto relative = std::max(length / kTypicalPageWords, ranking.minLength);
    return frequency * (ranking.k1 + 1.0) / (frequency + ranking.k1 * (1.0 - ranking.b + ranking.b * relative));
}

// `passage` ascending by position, all on one page of `length` words.
double scoreOf(std::span<const Occurrence> passage, double length, const WeighedWords& words,
               const query::Ranking& ranking)
{
    std::map<std::uint32_t, double> frequencies;
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> closeness;
    for (std::size_t i = 0; i < passage.size(); ++i) {
        const auto& here = passage[i];
        frequencies[here.group] += 1.0;
        for (std::size_t j = i + 1; j < passage.size() && passage[j].position - here.position <= kNear; ++j) {
            const auto [low, high] = std::minmax(here.group, passage[j].group);
            const auto distance = passage[j].position - here.position;
            if (low != high && high - low <= kNeighbours && distance > 0) {
                closeness[{low, high}] += 1.0 / (static_cast<double>(distance) * distance);
            }
        }
    }
    double score = 0.0;
    for (const auto& [group, frequency] : frequencies) {
        score += words.weights[group] * saturated(frequency, length, ranking);
    }
    for (const auto& [pair, near] : closeness) {
        score += ranking.proximity * std::min(words.rarity[pair.first], words.rarity[pair.second]) *
                 saturated(near, length, ranking);
    }
    return score;
}

} // namespace

std::vector<Occurrence> occurrencesOf(const Xapian::Database& database, Xapian::docid id,
                                      const std::vector<std::vector<std::string>>& groups)
{
    std::vector<Occurrence> all;
    for (std::uint32_t group = 0; group < groups.size(); ++group) {
        for (const auto& term : groups[group]) {
            for (auto it = database.positionlist_begin(id, term); it != database.positionlist_end(id, term); ++it) {
                all.push_back({*it, group});
            }
        }
    }
    std::ranges::sort(all, {}, [](const Occurrence& o) { return std::pair{o.position, o.group}; });
    return all;
}

std::vector<double> rarityOf(const Xapian::Database& database, const std::vector<std::vector<std::string>>& groups)
{
    const auto documents = static_cast<double>(database.get_doccount());
    std::vector<double> rarity;
    for (const auto& group : groups) {
        double commonest = 0.0;
        for (const auto& term : group) {
            commonest = std::max(commonest, static_cast<double>(database.get_termfreq(term)));
        }
        rarity.push_back(std::log(1.0 + (documents - commonest + 0.5) / (commonest + 0.5)));
    }
    return rarity;
}

PassageScores scorePassages(const std::vector<Occurrence>& occurrences, const index::DocumentData& data,
                            const WeighedWords& words, const query::Ranking& ranking)
{
    PassageScores scores;
    scores.pages.assign(data.pages.size(), 0.0);
    std::size_t next = 0;
    const auto takeUntil = [&](std::uint32_t end) {
        const auto first = next;
        while (next < occurrences.size() && occurrences[next].position < end) {
            ++next;
        }
        return std::span{occurrences}.subspan(first, next - first);
    };
    if (data.pages.empty()) {
        scores.title = scoreOf(occurrences, 0.0, words, ranking);
        return scores;
    }
    scores.title = scoreOf(takeUntil(data.pages.front().firstPosition), 0.0, words, ranking);
    for (std::size_t i = 0; i < data.pages.size(); ++i) {
        const auto end = i + 1 < data.pages.size() ? data.pages[i + 1].firstPosition : data.endPosition;
        scores.pages[i] =
            scoreOf(takeUntil(end), static_cast<double>(end - data.pages[i].firstPosition), words, ranking);
    }
    return scores;
}

} // namespace acervo::search::detail
