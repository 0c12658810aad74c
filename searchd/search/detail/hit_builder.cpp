#include "searchd/search/detail/hit_builder.h"

#include "searchd/search/detail/snippet.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kSnippetPages = 3;

} // namespace

Result<std::vector<Hit>> HitBuilder::hits(const std::vector<Ranked>& ranked) const
{
    std::vector<index::DocumentData> all;
    for (const auto& one : ranked) {
        auto data = index::decode(_sources.database.get_document(one.id).get_data());
        if (!data) {
            return data.error();
        }
        all.push_back(std::move(*data));
    }
    const auto pages = _sources.wantsSnippets ? pagesOf(ranked, all) : std::vector<std::vector<FoundPage>>{};
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < ranked.size(); ++i) {
        std::vector<Snippet> cut;
        if (_sources.wantsSnippets) {
            auto made = snippets(pages[i], all[i]);
            if (!made) {
                return made.error();
            }
            cut = std::move(*made);
        }
        hits.push_back(hit(ranked[i], std::move(all[i])));
        hits.back().snippets = std::move(cut);
    }
    return hits;
}

// The best of each.
std::vector<std::vector<FoundPage>> HitBuilder::pagesOf(const std::vector<Ranked>& ranked,
                                                        const std::vector<index::DocumentData>& data) const
{
    std::vector<std::size_t> order(ranked.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return ranked[i].id; });
    std::vector<SoughtDocument> documents;
    std::ranges::transform(order, std::back_inserter(documents), [&](std::size_t i) {
        return SoughtDocument{ranked[i].id, &data[i]};
    });
    const PageFinder finder{{_sources.database, _sources.marks, _sources.ranking, _sources.analyzers}};
    auto found = finder.best(documents, kSnippetPages);
    std::vector<std::vector<FoundPage>> pages(ranked.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        pages[order[i]] = std::move(found[i]);
    }
    return pages;
}

Hit HitBuilder::hit(const Ranked& ranked, index::DocumentData data) const
{
    Hit hit;
    hit.score = ranked.score;
    hit.titleMarks = findMarks(data.title, analyzerFor(data.language), _sources.marks);
    hit.languages = languagesOf(ranked.id);
    hit.citableId = std::move(data.citableId);
    hit.editionId = data.editionId;
    hit.title = std::move(data.title);
    hit.language = std::move(data.language);
    hit.type = std::move(data.type);
    hit.section = std::move(data.section);
    hit.date = std::move(data.date);
    hit.authors = std::move(data.authors);
    hit.mediaType = std::move(data.mediaType);
    hit.pageCount = data.pageCount;
    return hit;
}

// Of all editions of the document's work.
std::vector<std::string> HitBuilder::languagesOf(Xapian::docid id) const
{
    std::vector<std::string> languages;
    const auto& columns = _sources.snapshot.columns;
    if (id >= columns.workOf.size()) {
        return languages;
    }
    const auto& column = columns.column(schema::Facet::language);
    for (const auto edition : columns.documentsOf(columns.workOf[id])) {
        for (const auto value : column.of(edition)) {
            languages.push_back(column.values[value]);
        }
    }
    std::ranges::sort(languages);
    const auto repeated = std::ranges::unique(languages);
    languages.erase(repeated.begin(), repeated.end());
    return languages;
}

Result<std::vector<Snippet>> HitBuilder::snippets(const std::vector<FoundPage>& pages,
                                                  const index::DocumentData& data) const
{
    std::vector<Snippet> cut;
    for (const auto& found : pages) {
        const auto page = _sources.catalogue.page(data.versionId, found.number);
        if (!page) {
            return page.error();
        }
        if (*page) {
            auto snippet = cutSnippet((*page)->text, analyzerFor((*page)->language), _sources.marks);
            if (snippet.marks.empty() && !cut.empty()) {
                continue;
            }
            snippet.page = found.number;
            snippet.label = found.label;
            snippet.language = (*page)->language;
            cut.push_back(std::move(snippet));
        }
    }
    const bool anyMark = std::ranges::any_of(cut, [](const Snippet& snippet) { return !snippet.marks.empty(); });
    if (!anyMark && !data.abstractText.empty()) {
        auto snippet = cutSnippet(data.abstractText, analyzerFor(data.language), _sources.marks);
        snippet.language = data.language;
        cut.assign(1, std::move(snippet));
    }
    return cut;
}

} // namespace acervo::search::detail
