#include "searchd/search/detail/occurrences.h"

#include "corpus/index/document_builder.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
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

// Scores one page after the other with the same memory.
class PassageScorer {
public:
    PassageScorer(const WordWeights& weights, const query::Ranking& ranking)
        : _weights(weights),
          _ranking(ranking),
          _frequencies(weights.rarity.size()),
          _closeness(weights.rarity.size() * kNeighbours)
    {
    }

    // `passage` ascending by position, all on one page of `length` words.
    double scoreOf(std::span<const Occurrence> passage, double length)
    {
        std::ranges::fill(_frequencies, 0.0);
        std::ranges::fill(_closeness, 0.0);
        sideBySide = false;
        for (std::size_t i = 0; i < passage.size(); ++i) {
            const auto& here = passage[i];
            _frequencies[here.group] += here.weight;
            for (std::size_t j = i + 1; j < passage.size() && passage[j].position - here.position <= kNear; ++j) {
                const auto [low, high] = std::minmax(here.group, passage[j].group);
                const auto distance = passage[j].position - here.position;
                if (low != high && high - low <= kNeighbours && distance > 0) {
                    _closeness[low * kNeighbours + (high - low - 1)] +=
                        here.weight * passage[j].weight / (static_cast<double>(distance) * distance);
                    sideBySide = sideBySide || (distance == 1 && passage[j].group == here.group + 1);
                }
            }
        }
        const auto relative = length / kTypicalPageWords;
        double score = 0.0;
        words = 0;
        for (std::size_t group = 0; group < _frequencies.size(); ++group) {
            if (_frequencies[group] > 0.0) {
                ++words;
                score +=
                    _ranking.bestPage * _weights.rarity[group] * saturated(_frequencies[group], relative, _ranking);
            }
        }
        for (std::size_t pair = 0; pair < _closeness.size(); ++pair) {
            if (_closeness[pair] > 0.0) {
                const auto low = pair / kNeighbours;
                const auto high = low + pair % kNeighbours + 1;
                score += _ranking.proximity * std::min(_weights.rarity[low], _weights.rarity[high]) *
                         saturated(_closeness[pair], relative, _ranking);
            }
        }
        return score;
    }

    // BM25 of words that are all of a document's. relative  the document's length as a share of the mean.
    double asDocument(std::span<const Occurrence> all, double relative)
    {
        std::ranges::fill(_frequencies, 0.0);
        for (const auto& here : all) {
            _frequencies[here.group] +=
                here.position < index::kBodyStart ? here.weight * index::kTitleWeight : here.weight;
        }
        double score = 0.0;
        words = 0;
        for (std::size_t group = 0; group < _frequencies.size(); ++group) {
            words += _frequencies[group] > 0.0 ? 1 : 0;
            score += _weights.rarity[group] * saturated(_frequencies[group], relative, _ranking);
        }
        return score;
    }

    std::size_t words = 0;   // different ones of the last passage
    bool sideBySide = false; // two of them; see PageScore

private:
    const WordWeights& _weights;
    const query::Ranking& _ranking;
    std::vector<double> _frequencies; // by group
    std::vector<double> _closeness;   // by lower group and distance to the higher one
};

bool isBefore(const Occurrence& a, const Occurrence& b)
{
    return a.position != b.position ? a.position < b.position : a.group < b.group;
}

// Calls read(i, posting) for each of the ids, ascending, that the term stands in and isWanted(i).
template <class IsWanted, class Read>
void walk(const Xapian::Database& database, const std::string& term, const std::vector<Xapian::docid>& ids,
          const IsWanted& isWanted, const Read& read)
{
    const auto end = database.postlist_end(term);
    auto posting = database.postlist_begin(term);
    for (std::size_t i = 0; i < ids.size() && posting != end; ++i) {
        if (isWanted(i)) {
            posting.skip_to(ids[i]);
            if (posting != end && *posting == ids[i]) {
                read(i, posting);
            }
        }
    }
}

// Adds a term's, which `add` appends in order, to those of other terms.
template <class Add>
void mergeIn(std::vector<Occurrence>& all, const Add& add)
{
    const auto before = static_cast<std::ptrdiff_t>(all.size());
    add();
    std::inplace_merge(all.begin(), all.begin() + before, all.end(), isBefore);
}

} // namespace

std::vector<bool> areLong(const Xapian::Database& database, const std::vector<Xapian::docid>& ids)
{
    std::vector<bool> have(ids.size(), false);
    walk(
        database, std::string{schema::kBestPages}, ids, [](std::size_t) { return true; },
        [&](std::size_t i, const Xapian::PostingIterator&) { have[i] = true; });
    return have;
}

std::vector<std::vector<Occurrence>> occurrencesOf(const Xapian::Database& database,
                                                   const std::vector<Xapian::docid>& ids, const Groups& groups,
                                                   Reading reading)
{
    std::vector<std::vector<Occurrence>> all(ids.size());
    const auto isLong = reading == Reading::all ? std::vector<bool>(ids.size()) : areLong(database, ids);
    const bool anyLong = std::ranges::find(isLong, true) != isLong.end();
    std::vector<bool> isRead;
    for (std::uint32_t group = 0; group < groups.size(); ++group) {
        for (const auto& [term, weight] : groups[group]) {
            const auto read = [&, &weight = weight](std::size_t i, const Xapian::PostingIterator& posting) {
                mergeIn(all[i], [&] {
                    for (auto it = posting.positionlist_begin(); it != posting.positionlist_end(); ++it) {
                        all[i].push_back({*it, group, weight});
                    }
                });
                isRead[i] = true;
            };
            isRead.assign(ids.size(), false);
            const auto best =
                schema::fieldTerm(schema::kBestPages, std::string_view{term}.substr(schema::kStem.size()));
            if (anyLong && !best.empty()) {
                walk(
                    database, best, ids, [&](std::size_t i) { return isLong[i]; }, read);
            }
            walk(
                database, term, ids, [&](std::size_t i) { return !isRead[i]; }, read);
        }
    }
    return all;
}

std::vector<std::vector<Occurrence>> occurrencesWithin(const Xapian::Database& database,
                                                       const std::vector<Xapian::docid>& ids, const Groups& groups,
                                                       const std::vector<std::vector<PositionRange>>& ranges)
{
    std::vector<std::vector<Occurrence>> all(ids.size());
    for (std::uint32_t group = 0; group < groups.size(); ++group) {
        for (const auto& [term, weight] : groups[group]) {
            const auto read = [&, &weight = weight](std::size_t i, const Xapian::PostingIterator& posting) {
                mergeIn(all[i], [&] {
                    auto it = posting.positionlist_begin();
                    const auto end = posting.positionlist_end();
                    for (auto range = ranges[i].begin(); range != ranges[i].end() && it != end; ++range) {
                        for (it.skip_to(range->begin); it != end && *it < range->end; ++it) {
                            all[i].push_back({*it, group, weight});
                        }
                    }
                });
            };
            walk(
                database, term, ids, [&](std::size_t i) { return !ranges[i].empty(); }, read);
        }
    }
    return all;
}

WordWeights weightsOf(const Xapian::Database& database, const Groups& groups)
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
    PassageScorer scorer{weights, ranking};
    PassageScores scores;
    const auto& pages = data.pages;
    if (pages.empty()) {
        scores.title = scorer.scoreOf(occurrences, 0.0);
        return scores;
    }
    std::span left{occurrences};
    const auto takeUntil = [&](std::uint32_t end) {
        const auto next = std::ranges::find_if(left, [&](const Occurrence& o) { return o.position >= end; });
        const auto taken = left.first(static_cast<std::size_t>(next - left.begin()));
        left = left.subspan(taken.size());
        return taken;
    };
    const auto length = static_cast<double>(data.endPosition - pages.firstPosition(0));
    scores.wholeText = scorer.asDocument(left, length / weights.meanDocument);
    scores.words = scorer.words;
    scores.title = scorer.scoreOf(takeUntil(pages.firstPosition(0)), 0.0);
    std::size_t place = 0;
    while (!left.empty() && left.front().position < data.endPosition) {
        place = pages.placeOf(left.front().position, place);
        const auto end = place + 1 < pages.size() ? pages.firstPosition(place + 1) : data.endPosition;
        const auto words = static_cast<double>(end - pages.firstPosition(place));
        const auto page = takeUntil(end);
        const auto score = scorer.scoreOf(page, words);
        scores.pages.push_back({place, score, scorer.words, scorer.sideBySide});
        scores.ownText = std::max(scores.ownText, scorer.asDocument(page, words / weights.meanDocument));
    }
    return scores;
}

} // namespace acervo::search::detail
