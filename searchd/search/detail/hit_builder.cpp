#include "searchd/search/detail/hit_builder.h"

#include "searchd/search/detail/page_finder.h"
#include "searchd/search/detail/snippet.h"

#include <algorithm>
#include <utility>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kSnippetPages = 2;

} // namespace

Result<Hit> HitBuilder::hit(const Ranked& ranked) const
{
    auto data = index::decode(_sources.database.get_document(ranked.id).get_data());
    if (!data) {
        return data.error();
    }
    Hit hit;
    hit.score = ranked.score;
    hit.titleMarks = findMarks(data->title, analyzerFor(data->language), _sources.marks);
    hit.languages = languagesOf(ranked.id);
    if (_sources.wantsSnippets) {
        auto cut = snippets(ranked.id, *data);
        if (!cut) {
            return cut.error();
        }
        hit.snippets = std::move(*cut);
    }
    hit.citableId = std::move(data->citableId);
    hit.editionId = data->editionId;
    hit.title = std::move(data->title);
    hit.language = std::move(data->language);
    hit.type = std::move(data->type);
    hit.section = std::move(data->section);
    hit.date = std::move(data->date);
    hit.authors = std::move(data->authors);
    hit.mediaType = std::move(data->mediaType);
    hit.pageCount = data->pageCount;
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

Result<std::vector<Snippet>> HitBuilder::snippets(Xapian::docid id, const index::DocumentData& data) const
{
    std::vector<Snippet> cut;
    for (const auto& found :
         findPages(_sources.database, id, data, _sources.marks, _sources.ranking, _sources.analyzers, kSnippetPages)) {
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
