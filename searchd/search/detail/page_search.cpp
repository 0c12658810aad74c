#include "searchd/search/detail/page_search.h"

#include "corpus/index/document_data.h"
#include "corpus/index/document_set.h"
#include "corpus/schema/fields.h"
#include "searchd/search/detail/deadline.h"
#include "searchd/search/detail/page_finder.h"
#include "searchd/search/detail/snippet.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace acervo::search::detail {

namespace {

using query::Tree;
using Kind = Tree::Kind;
using Pages = index::DocumentSet; // places in DocumentData::pages

// What a query matches within one document. What is not said of words of the text holds for all pages or none.
class PageMatcher {
public:
    PageMatcher(const PageSearch& sources, const SoughtDocument& document)
        : _sources(sources), _document(document), _deadline(sources.cpu), _all(lastPlace())
    {
        for (std::size_t place = 0; place < document.data->pages.size(); ++place) {
            _all.add(static_cast<Xapian::docid>(place));
        }
    }

    Pages matching(const Tree& tree)
    {
        _deadline.check();
        switch (tree.kind) {
        case Kind::nothing:
            break;
        case Kind::everything:
            return _all;
        case Kind::word:
            return isOfText(tree.term) ? pagesOf(tree.term) : allIf(has(tree.term));
        case Kind::beginning:
            return beginning(tree);
        case Kind::years:
            return allIf(isOfYears(tree));
        case Kind::phrase:
            return phrase(tree);
        case Kind::maybe: // what comes after the first only weighs
            return matching(tree.parts.front());
        case Kind::any:
        case Kind::best:
        case Kind::synonym:
        case Kind::all:
        case Kind::without:
            return combined(tree);
        }
        return Pages{lastPlace()};
    }

private:
    Xapian::docid lastPlace() const { return static_cast<Xapian::docid>(_document.data->pages.size()); }
    Pages allIf(bool holds) const { return holds ? _all : Pages{lastPlace()}; }

    // Terms of titles, authors and filters have other prefixes, with a colon.
    static bool isOfText(const std::string& term)
    {
        return term.starts_with(schema::kStem) && term.find(':') == std::string::npos;
    }

    bool has(const std::string& term) const
    {
        auto posting = _sources.database.postlist_begin(term);
        const auto end = _sources.database.postlist_end(term);
        if (posting != end) {
            posting.skip_to(_document.id);
        }
        return posting != end && *posting == _document.id;
    }

    // Ascending; of the text only, for its terms.
    std::vector<Xapian::termpos> positionsOf(const std::string& term) const
    {
        std::vector<Xapian::termpos> positions;
        if (term.empty() || !has(term)) {
            return positions;
        }
        auto position = _sources.database.positionlist_begin(_document.id, term);
        const auto end = _sources.database.positionlist_end(_document.id, term);
        if (position != end && isOfText(term)) {
            position.skip_to(_document.data->pages.firstPosition(0));
        }
        std::copy(position, end, std::back_inserter(positions));
        return positions;
    }

    Pages placesOf(const std::vector<Xapian::termpos>& positions) const
    {
        Pages pages{lastPlace()};
        std::size_t place = 0;
        for (const auto position : positions) {
            place = _document.data->pages.placeOf(position, place);
            pages.add(static_cast<Xapian::docid>(place));
        }
        return pages;
    }

    Pages pagesOf(const std::string& term) const { return placesOf(positionsOf(term)); }

    // Words have no positions as they are written: they stand where one of their stems does.
    Pages beginning(const Tree& tree)
    {
        Pages pages{lastPlace()};
        const bool isOfWords = tree.term.find(':') == std::string::npos;
        auto word = _sources.database.termlist_begin(_document.id);
        for (word.skip_to(tree.term); word != _sources.database.termlist_end(_document.id); ++word) {
            const auto term = *word;
            if (!term.starts_with(tree.term)) {
                break;
            }
            if (!isOfWords) {
                return _all;
            }
            _deadline.check();
            for (const auto& [language, analyzer] : _sources.analyzers) {
                pages |= pagesOf(schema::wordTerm(schema::kStem, analyzer.stem(term)));
            }
        }
        return pages;
    }

    bool isOfYears(const Tree& years) const
    {
        const auto slot = static_cast<Xapian::valueno>(schema::Slot::year);
        const auto values = schema::splitValues(_sources.database.get_document(_document.id).get_value(slot));
        return std::ranges::any_of(values, [&](const auto& year) { return year >= years.term && year <= years.to; });
    }

    // On the page where it begins.
    Pages phrase(const Tree& tree)
    {
        auto begins = positionsOf(tree.parts.front().term);
        for (std::size_t i = 1; i < tree.parts.size() && !begins.empty(); ++i) {
            const auto next = positionsOf(tree.parts[i].term);
            std::erase_if(begins, [&](Xapian::termpos position) {
                return !std::ranges::binary_search(next, position + static_cast<Xapian::termpos>(i));
            });
        }
        return isOfText(tree.parts.front().term) ? placesOf(begins) : allIf(!begins.empty());
    }

    Pages combined(const Tree& tree)
    {
        auto pages = matching(tree.parts.front());
        for (std::size_t i = 1; i < tree.parts.size(); ++i) {
            const auto part = matching(tree.parts[i]);
            if (tree.kind == Kind::all) {
                pages &= part;
            } else if (tree.kind == Kind::without) {
                pages -= part;
            } else {
                pages |= part;
            }
        }
        return pages;
    }

    const PageSearch& _sources;
    const SoughtDocument& _document;
    Deadline _deadline;
    Pages _all;
};

std::vector<std::size_t> placesIn(const Pages& pages)
{
    std::vector<std::size_t> places;
    pages.forEach([&](Xapian::docid place) { places.push_back(place); });
    return places;
}

struct PageMatches {
    std::vector<std::size_t> places; // in DocumentData::pages, ascending
    bool isRelaxed = false;          // no page is as asked; these have some of the words
};

PageMatches pagesThatMatch(const PageSearch& sources, const SoughtDocument& document, const query::Plan& plan)
{
    PageMatches found;
    if (plan.matchesAll || document.data->pages.empty()) {
        return found;
    }
    PageMatcher matcher{sources, document};
    found.places = placesIn(matcher.matching(plan.strictMatch));
    if (found.places.empty() && plan.canRelax) {
        found.places = placesIn(matcher.matching(plan.relaxedMatch));
        found.isRelaxed = !found.places.empty();
    }
    return found;
}

// 0 when the database does not hold the edition.
Xapian::docid documentOf(const Xapian::Database& database, std::int64_t editionId)
{
    const auto term = schema::wordTerm(schema::kEdition, std::to_string(editionId));
    const auto posting = database.postlist_begin(term);
    return posting == database.postlist_end(term) ? 0 : *posting;
}

} // namespace

Result<PageHits> pageHits(const PageSearch& sources, std::int64_t editionId, const query::Plan& plan,
                          const SearchRequest& request)
{
    PageHits answer;
    const auto id = documentOf(sources.database, editionId);
    if (id == 0) {
        return answer;
    }
    const auto data = index::decode(sources.database.get_document(id).get_data());
    if (!data) {
        return data.error();
    }
    const SoughtDocument document{id, &*data};
    const auto found = pagesThatMatch(sources, document, plan);
    answer.total = found.places.size();
    if (found.isRelaxed) {
        answer.notes.push_back({"someWordsOfPages", {}});
    }
    const auto first = std::uint64_t{request.page - 1} * request.size;
    if (request.size == 0 || first >= found.places.size()) {
        return answer;
    }
    const auto scores = PageFinder{{sources.database, plan.marks, sources.ranking, sources.analyzers}}.scores(document);
    const auto last = std::min<std::uint64_t>(first + request.size, found.places.size());
    for (auto i = first; i < last; ++i) {
        const auto page = data->pages.at(found.places[i]);
        const auto text = sources.catalogue.page(data->versionId, page.number);
        if (!text) {
            return text.error();
        }
        if (!*text) {
            continue; // another version has just taken its place
        }
        const auto& analyzer = sources.analyzers.at(text::languageOf((*text)->language));
        PageHit hit{cutSnippet((*text)->text, analyzer, plan.marks), 0.0};
        hit.snippet.page = page.number;
        hit.snippet.label = page.label;
        hit.snippet.language = (*text)->language;
        const auto scored = std::ranges::lower_bound(scores, found.places[i], {}, &PageScore::place);
        hit.score = scored != scores.end() && scored->place == found.places[i] ? scored->score : 0.0;
        answer.hits.push_back(std::move(hit));
    }
    return answer;
}

} // namespace acervo::search::detail
