#include "searchd/search/detail/page_finder.h"

#include "corpus/schema/fields.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxBegunWords =
    200; // the most frequent ones, for one "prefix*"; as query::Budget has them match

// Of the index, in no order.
std::vector<std::string> wordsThatBegin(const Xapian::Database& database, const std::string& prefix)
{
    std::vector<std::pair<Xapian::doccount, std::string>> words;
    const auto end = database.allterms_end(prefix);
    for (auto word = database.allterms_begin(prefix); word != end; ++word) {
        words.emplace_back(word.get_termfreq(), *word);
    }
    if (words.size() > kMaxBegunWords) {
        std::ranges::nth_element(words, words.begin() + kMaxBegunWords, std::greater{});
        words.resize(kMaxBegunWords);
    }
    std::vector<std::string> names;
    std::ranges::transform(words, std::back_inserter(names), [](auto& word) { return std::move(word.second); });
    return names;
}

// The query's words, and those of the index that begin as asked.
Groups groupsOf(const PageSources& sources)
{
    auto groups = sources.marks.groups;
    for (const auto& prefix : sources.marks.prefixes) {
        std::set<std::string> begun;
        for (const auto& folded : wordsThatBegin(sources.database, prefix)) {
            for (const auto& [language, analyzer] : sources.analyzers) {
                begun.insert(schema::wordTerm(schema::kStem, analyzer.stem(folded)));
            }
        }
        begun.erase("");
        auto& group = groups.emplace_back();
        std::ranges::transform(begun, std::back_inserter(group), [](const auto& term) {
            return query::WeighedTerm{term, 1.0};
        });
    }
    return groups;
}

FoundPage foundOf(const PageScore& scored, const index::DocumentData& data)
{
    auto page = data.pages.at(scored.place);
    return {page.number, std::move(page.label), scored.score};
}

// Where to read all words of a long report: the pages that are known to have one.
std::vector<PositionRange> rangesOf(const std::vector<PageScore>& scores, const index::DocumentData& data)
{
    std::vector<PositionRange> ranges;
    for (const auto& page : scores) {
        const bool isLast = page.place + 1 == data.pages.size();
        ranges.push_back({data.pages.firstPosition(page.place),
                          isLast ? data.endPosition : data.pages.firstPosition(page.place + 1)});
    }
    std::ranges::sort(ranges, {}, &PositionRange::begin);
    return ranges;
}

} // namespace

PageFinder::PageFinder(const PageSources& sources)
    : _groups(groupsOf(sources)), _sources(sources), _weights(weightsOf(sources.database, _groups))
{
}

PassageScores PageFinder::bestFirst(const std::vector<Occurrence>& occurrences, const index::DocumentData& data) const
{
    auto scores = scorePassages(occurrences, data, _weights, _sources.ranking);
    std::ranges::stable_sort(scores.pages, std::greater{}, &PageScore::score);
    return scores;
}

std::vector<PageScore> PageFinder::scores(const SoughtDocument& document) const
{
    const auto occurrences = occurrencesOf(_sources.database, {document.id}, _groups, Reading::all);
    return scorePassages(occurrences.front(), *document.data, _weights, _sources.ranking).pages;
}

std::vector<FoundPage> PageFinder::shown(const PassageScores& scores, const index::DocumentData& data,
                                         std::size_t limit) const
{
    std::vector<FoundPage> found;
    for (const auto& page : scores.pages) {
        if (found.size() == limit || page.score <= 0.0) {
            break;
        }
        found.push_back(foundOf(page, data));
    }
    if (found.empty() && !data.pages.empty()) {
        found.push_back(foundOf({}, data));
    }
    return found;
}

std::vector<std::vector<FoundPage>> PageFinder::best(const std::vector<SoughtDocument>& documents,
                                                     std::size_t limit) const
{
    std::vector<Xapian::docid> ids;
    std::ranges::transform(documents, std::back_inserter(ids), &SoughtDocument::id);
    const auto occurrences = occurrencesOf(_sources.database, ids, _groups);
    const auto isLong = areLong(_sources.database, ids);
    std::vector<PassageScores> scores;
    std::vector<std::vector<PositionRange>> ranges(documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
        scores.push_back(bestFirst(occurrences[i], *documents[i].data));
        const auto& pages = scores[i].pages;
        if (isLong[i] && !pages.empty() && pages.front().words < scores[i].words) {
            ranges[i] = rangesOf(pages, *documents[i].data);
        }
    }
    if (std::ranges::any_of(ranges, [](const auto& some) { return !some.empty(); })) {
        const auto whole = occurrencesWithin(_sources.database, ids, _groups, ranges);
        for (std::size_t i = 0; i < documents.size(); ++i) {
            if (!ranges[i].empty()) {
                scores[i] = bestFirst(whole[i], *documents[i].data);
            }
        }
    }
    std::vector<std::vector<FoundPage>> found;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const auto& pages = scores[i].pages;
        if (isLong[i] && _sources.marks.hasPhrases && !pages.empty() && !pages.front().sideBySide) {
            scores[i].pages = this->scores(documents[i]);
            std::ranges::stable_sort(scores[i].pages, std::greater{}, &PageScore::score);
        }
        found.push_back(shown(scores[i], *documents[i].data, limit));
    }
    return found;
}

} // namespace acervo::search::detail
