#include "searchd/search/detail/ordering.h"

#include <algorithm>
#include <cstdint>
#include <unordered_set>
#include <utility>

namespace acervo::search::detail {

namespace {

using index::DocumentSet;

// What decides a document's place, before its number.
struct Place {
    std::uint32_t key = 0; // ascending; the same for all by relevance
    float score = 0.0F;    // descending
    Xapian::docid id = 0;

    bool operator<(const Place& other) const
    {
        if (key != other.key) {
            return key < other.key;
        }
        return score != other.score ? score > other.score : id < other.id;
    }
};

// The first of many, without sorting the rest.
class First {
public:
    explicit First(std::size_t count) : _count(count) { _places.reserve(2 * count); }

    void add(const Place& place)
    {
        if (_isFull && !(place < _last)) {
            return;
        }
        _places.push_back(place);
        if (_places.size() == 2 * _count) {
            std::ranges::nth_element(_places, _places.begin() + static_cast<std::ptrdiff_t>(_count - 1), std::less<>{});
            _places.resize(_count);
            _last = _places.back();
            _isFull = true;
        }
    }

    std::vector<Place> take()
    {
        std::ranges::sort(_places, std::less<>{});
        _places.resize(std::min(_places.size(), _count));
        return std::move(_places);
    }

private:
    std::size_t _count;
    std::vector<Place> _places;
    Place _last;
    bool _isFull = false;
};

// Gives every result its place.
class Places {
public:
    Places(const Found& found, const Ordering& how) : _found(found), _how(how), _columns(how.snapshot.columns)
    {
        if (found.weighed.kind != query::Tree::Kind::everything) {
            _scores = how.scorer.scores(found.weighed, found.results);
        }
        if (how.sort == Sort::title) {
            _titles = &how.snapshot.titleOrder(how.reader);
        }
        // A little for editions in the reader's language: of a work's languages the one he reads is shown, and a work
        // he can read comes before an equal one that he cannot.
        const auto& languages = _columns.column(schema::Facet::language);
        const auto own = std::ranges::find(languages.values, text::codeOf(how.language));
        _readable = DocumentSet{_columns.lastDocid};
        if (own != languages.values.end()) {
            index::add(languages.holders[static_cast<std::size_t>(own - languages.values.begin())], _readable);
        }
    }

    Place of(Xapian::docid id) const
    {
        auto score = _scores.empty() ? 0.0F : _scores[id];
        score += _readable.has(id) ? static_cast<float>(_how.ranking.readersLanguage) : 0.0F;
        score += _found.withMost && _found.withMost->has(id) ? static_cast<float>(_how.ranking.mostWords) : 0.0F;
        return {keyOf(id), score, id};
    }

private:
    // What has no date comes last.
    std::uint32_t keyOf(Xapian::docid id) const
    {
        switch (_how.sort) {
        case Sort::relevance:
            break;
        case Sort::newest:
            return _columns.lastPublished - _columns.published[id];
        case Sort::oldest:
            return _columns.published[id] == 0 ? _columns.lastPublished + 1 : _columns.published[id];
        case Sort::title:
            return (*_titles)[id];
        }
        return 0;
    }

    const Found& _found;
    const Ordering& _how;
    const index::Columns& _columns;
    std::vector<float> _scores; // by docid; empty when nothing weighs anything
    const std::vector<std::uint32_t>* _titles = nullptr;
    DocumentSet _readable;
};

// The first `count` works, each by the first of its documents.
std::vector<Ranked> firstWorks(const Found& found, const Ordering& how, std::size_t count)
{
    const auto& columns = how.snapshot.columns;
    const Places places{found, how};
    // Most works have fewer than three editions among the results.
    for (auto documents = 3 * count;; documents *= 2) {
        First first{documents};
        found.results.forEach([&](Xapian::docid id) { first.add(places.of(id)); });
        const auto listed = first.take();
        std::unordered_set<std::uint32_t> works;
        std::vector<Ranked> ranked;
        for (std::size_t i = 0; i < listed.size() && ranked.size() < count; ++i) {
            if (works.insert(columns.workOf[listed[i].id]).second) {
                ranked.push_back({listed[i].id, listed[i].score});
            }
        }
        if (ranked.size() == count || listed.size() < documents) {
            return ranked;
        }
    }
}

} // namespace

std::vector<Ranked> ordered(const Found& found, Page page, const Ordering& how)
{
    const bool isRelevance = how.sort == Sort::relevance;
    auto ranked = firstWorks(found, how, std::max(page.offset + page.size, isRelevance ? how.ranking.reranked : 0));
    if (isRelevance && page.offset < how.ranking.reranked) {
        rerank(how.reader.database(), ranked, {how.snapshot.columns, how.marks, how.ranking, text::codeOf(how.language)});
    }
    ranked.erase(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(std::min(page.offset, ranked.size())));
    ranked.resize(std::min(ranked.size(), page.size));
    return ranked;
}

Xapian::docid inReadersLanguage(Xapian::docid id, text::Language language, const Snapshot& snapshot,
                                const DocumentSet& results)
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
        if (isRead && results.has(edition)) {
            return edition;
        }
    }
    return id;
}

} // namespace acervo::search::detail
