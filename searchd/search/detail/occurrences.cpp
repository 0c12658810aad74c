#include "searchd/search/detail/occurrences.h"

#include "corpus/index/document_builder.h"

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

// relative  length of the text as a share of what is usual.
double saturated(double frequency, double relative, const query::Ranking& ranking)
{
    relative = std::max(relative, ranking.minLength);
    return frequency * (ranking.k1 + 1.0) / (frequency + ranking.k1 * (1.0 - ranking.b + ranking.b * relative));
}

// `passage` ascending by position, all on one page of `length` words.
double scoreOf(std::span<const Occurrence> passage, double length, const WordWeights& weights,
               const query::Ranking& ranking)
{
    std::map<std::uint32_t, double> frequencies;
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> closeness;
    for (std::size_t i = 0; i < passage.size(); ++i) {
        const auto& here = passage[i];
        frequencies[here.group] += here.weight;
        for (std::size_t j = i + 1; j < passage.size() && passage[j].position - here.position <= kNear; ++j) {
            const auto [low, high] = std::minmax(here.group, passage[j].group);
            const auto distance = passage[j].position - here.position;
            if (low != high && high - low <= kNeighbours && distance > 0) {
                closeness[{low, high}] += here.weight * passage[j].weight / (static_cast<double>(distance) * distance);
            }
        }
    }
    double score = 0.0;
    for (const auto& [group, frequency] : frequencies) {
        score += ranking.bestPage * weights.rarity[group] * saturated(frequency, length / kTypicalPageWords, ranking);
    }
    for (const auto& [pair, near] : closeness) {
        score += ranking.proximity * std::min(weights.rarity[pair.first], weights.rarity[pair.second]) *
                 saturated(near, length / kTypicalPageWords, ranking);
    }
    return score;
}

// BM25 of words that are all of a document's. relative  the document's length as a share of the mean.
double asDocument(std::span<const Occurrence> words, double relative, const WordWeights& weights,
                  const query::Ranking& ranking)
{
    std::vector<double> frequencies(weights.rarity.size());
    for (const auto& here : words) {
        frequencies[here.group] += here.position < index::kBodyStart ? here.weight * index::kTitleWeight : here.weight;
    }
    double score = 0.0;
    for (std::size_t group = 0; group < frequencies.size(); ++group) {
        score += weights.rarity[group] * saturated(frequencies[group], relative, ranking);
    }
    return score;
}

} // namespace

std::vector<std::vector<Occurrence>> occurrencesOf(const Xapian::Database& database,
                                                   const std::vector<Xapian::docid>& ids,
                                                   const std::vector<std::vector<query::WeighedTerm>>& groups)
{
    std::vector<std::vector<Occurrence>> all(ids.size());
    for (std::uint32_t group = 0; group < groups.size(); ++group) {
        for (const auto& [term, weight] : groups[group]) {
            const auto end = database.postlist_end(term);
            auto posting = database.postlist_begin(term);
            for (std::size_t i = 0; i < ids.size() && posting != end; ++i) {
                posting.skip_to(ids[i]);
                if (posting == end || *posting != ids[i]) {
                    continue;
                }
                for (auto it = posting.positionlist_begin(); it != posting.positionlist_end(); ++it) {
                    all[i].push_back({*it, group, weight});
                }
            }
        }
    }
    for (auto& occurrences : all) {
        std::ranges::sort(occurrences, {}, [](const Occurrence& o) { return std::pair{o.position, o.group}; });
    }
    return all;
}

WordWeights weightsOf(const Xapian::Database& database, const std::vector<std::vector<query::WeighedTerm>>& groups)
{
    const auto documents = static_cast<double>(database.get_doccount());
    WordWeights weights;
    // Each word is in the index as its stem and as it is written.
    weights.meanDocument = std::max(1.0, database.get_avlength() / 2.0);
    for (const auto& group : groups) {
        double commonest = 0.0;
        for (const auto& [term, weight] : group) {
            commonest = std::max(commonest, static_cast<double>(database.get_termfreq(term)));
        }
        weights.rarity.push_back(std::log(1.0 + (documents - commonest + 0.5) / (commonest + 0.5)));
    }
    return weights;
}

PassageScores scorePassages(const std::vector<Occurrence>& occurrences, const index::DocumentData& data,
                            const WordWeights& weights, const query::Ranking& ranking)
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
        scores.title = scoreOf(occurrences, 0.0, weights, ranking);
        return scores;
    }
    const auto length = static_cast<double>(data.endPosition - data.pages.front().firstPosition);
    scores.wholeText = asDocument(occurrences, length / weights.meanDocument, weights, ranking);
    scores.title = scoreOf(takeUntil(data.pages.front().firstPosition), 0.0, weights, ranking);
    for (std::size_t i = 0; i < data.pages.size(); ++i) {
        const auto end = i + 1 < data.pages.size() ? data.pages[i + 1].firstPosition : data.endPosition;
        const auto words = static_cast<double>(end - data.pages[i].firstPosition);
        const auto page = takeUntil(end);
        scores.pages[i] = scoreOf(page, words, weights, ranking);
        scores.ownText = std::max(scores.ownText, asDocument(page, words / weights.meanDocument, weights, ranking));
    }
    return scores;
}

} // namespace acervo::search::detail
