#include "searchd/http/json_answers.h"

#include "searchd/http/addresses.h"
#include "searchd/http/facet_values.h"
#include "searchd/http/markup.h"
#include "searchd/http/search_parameters.h"
#include "searchd/http/version_json.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace acervo::http {

using nlohmann::ordered_json;

namespace {

// Values of one facet in a search answer; /facets gives them all.
constexpr std::size_t kFacetValuesShown = 100;

ordered_json labelled(const Services& services, schema::Facet facet, const std::vector<std::string>& values,
                      text::Language language)
{
    auto list = ordered_json::array();
    for (const auto& value : values) {
        list.push_back({{"value", value}, {"label", facetLabel(services, facet, value, language)}});
    }
    return list;
}

// Those that people gave, else those that the index found, which say so.
ordered_json themesJson(const Services& services, const std::vector<std::string>& given,
                        const std::vector<std::string>& automatic, text::Language language)
{
    auto list = labelled(services, schema::Facet::theme, given.empty() ? automatic : given, language);
    for (auto& theme : list) {
        theme["automatic"] = given.empty();
    }
    return list;
}

ordered_json conceptsJson(const std::vector<search::WorkConcept>& concepts)
{
    auto list = ordered_json::array();
    for (const auto& one : concepts) {
        list.push_back({{"id", one.id}, {"label", one.label}, {"q", one.q}});
    }
    return list;
}

ordered_json hitJson(const Services& services, const search::SearchRequest& request, const search::Hit& hit)
{
    const auto language = request.interfaceLanguage;
    auto snippets = ordered_json::array();
    for (const auto& snippet : hit.snippets) {
        snippets.push_back({{"page", snippet.page},
                            {"label", snippet.label},
                            {"language", snippet.language},
                            {"html", markedHtml(snippet.text, snippet.marks)}});
    }
    Parameters parameters{{"language", hit.language}};
    if (!hit.snippets.empty() && hit.snippets.front().page > 0) {
        parameters.emplace_back("page", std::to_string(hit.snippets.front().page));
    }
    std::ranges::move(keptWords(request), std::back_inserter(parameters));
    const auto year = yearOf(hit.date);
    return {{"id", hit.citableId},
            {"title", hit.title},
            {"title_html", markedHtml(hit.title, hit.titleMarks)},
            {"language", hit.language},
            {"type", hit.type},
            {"type_label", facetLabel(services, schema::Facet::type, hit.type, language)},
            {"section", hit.section},
            {"section_label", facetLabel(services, schema::Facet::section, hit.section, language)},
            {"year", year ? ordered_json(*year) : ordered_json()},
            {"date", hit.date},
            {"authors", hit.authors},
            {"languages", hit.languages},
            {"media_type", hit.mediaType},
            {"page_count", hit.pageCount},
            {"url", absoluteUrl(services, documentUrl(language, hit.citableId, parameters))},
            {"snippets", snippets}};
}

// The same search with its words respelled; null when there is nothing to propose.
ordered_json didYouMeanJson(const Services& services, const search::SearchRequest& request,
                            const std::optional<search::DidYouMean>& didYouMean)
{
    if (!didYouMean) {
        return {};
    }
    const auto sort = request.sort == search::Sort{} ? std::string{}
                                                     : std::string{sortNames()[static_cast<std::size_t>(request.sort)]};
    auto parameters = keptParameters(request, sort);
    for (auto& [name, value] : parameters) {
        value = name == "q" ? didYouMean->text : value;
    }
    const auto path = "/" + std::string{text::codeOf(request.interfaceLanguage)} + "/" + buildQuery(parameters);
    return {{"query", didYouMean->text},
            {"html", markedHtml(didYouMean->text, didYouMean->changed)},
            {"url", absoluteUrl(services, path)}};
}

// Where a suggestion leads: a document, or the search for a value, a person or a phrase.
std::string urlOf(const search::Suggestion& suggestion, text::Language language)
{
    if (suggestion.kind == "title") {
        return documentUrl(language, suggestion.value);
    }
    Parameters parameters{{suggestion.kind, suggestion.value}};
    if (suggestion.kind == "person" || suggestion.kind == "phrase") {
        std::string quoted = suggestion.value;
        std::erase(quoted, '"');
        parameters = {{"q", (suggestion.kind == "person" ? "author:\"" : "\"") + quoted + "\""}};
    } else if (suggestion.kind == "concept") {
        // Not in quotation marks: plain words are looked for in the other languages as well.
        std::string words = suggestion.value;
        constexpr std::string_view kOperators = "\"():*";
        std::ranges::replace_if(
            words, [&](char c) { return kOperators.find(c) != std::string_view::npos; }, ' ');
        parameters = {{"q", words}};
    }
    return "/" + std::string{text::codeOf(language)} + "/" + buildQuery(parameters);
}

ordered_json editionJson(const Services& services, const model::Edition& edition, const std::vector<model::Page>& pages,
                         text::Language language)
{
    auto outline = ordered_json::array();
    for (const auto& entry : edition.outline) {
        outline.push_back({{"level", entry.level}, {"title", entry.title}, {"page", entry.page}});
    }
    auto pageList = ordered_json::array();
    for (const auto& page : pages) {
        pageList.push_back({{"number", page.number}, {"label", page.label}, {"heading", page.heading}});
    }
    const auto& metadata = edition.metadata;
    return {{"language", metadata.language},
            {"title", metadata.title},
            {"subtitle", metadata.subtitle},
            {"authors", metadata.authors},
            {"abstract", metadata.abstractText},
            {"media_type", edition.mediaType},
            {"bytes", edition.byteSize},
            {"version", edition.versionNumber},
            {"page_languages", edition.pageLanguages},
            {"truncated", edition.truncated},
            {"url", absoluteUrl(services, documentUrl(language, edition.citableId, {{"language", metadata.language}}))},
            {"page_count", edition.pageCount},
            {"pages", pageList},
            {"outline", outline}};
}

} // namespace

Response jsonResponse(const ordered_json& value)
{
    Response response;
    response.contentType = "application/json";
    response.body = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

ordered_json notesJson(const Services& services, const std::vector<query::Note>& notes, text::Language language)
{
    auto list = ordered_json::array();
    for (const auto& note : notes) {
        list.push_back({{"code", note.code}, {"message", noteText(services, note, language)}});
    }
    return list;
}

ordered_json expansionsJson(const std::vector<query::Expansion>& expansions)
{
    auto list = ordered_json::array();
    for (const auto& expansion : expansions) {
        auto alternatives = ordered_json::array();
        for (const auto& alternative : expansion.alternatives) {
            alternatives.push_back({{"id", alternative.id},
                                    {"language", text::codeOf(alternative.language)},
                                    {"text", alternative.text},
                                    {"origin", alternative.origin},
                                    {"source", alternative.source},
                                    {"weight", alternative.weight},
                                    {"on", alternative.isOn}});
        }
        list.push_back({{"words", expansion.words}, {"alternatives", alternatives}});
    }
    return list;
}

ordered_json facetValueJson(const Services& services, schema::Facet facet, const search::FacetValue& value,
                            text::Language language)
{
    return {{"value", value.value},
            {"label", facetLabel(services, facet, value.value, language)},
            {"count", value.count},
            {"selected", value.selected},
            {"parent", parentOf(services, facet, value.value)}};
}

std::optional<int> yearOf(const std::string& partialDate)
{
    if (partialDate.size() < 4) {
        return std::nullopt;
    }
    const int year = std::atoi(partialDate.substr(0, 4).c_str());
    return year > 0 ? std::optional{year} : std::nullopt;
}

ordered_json facetsJson(const Services& services, const search::SearchAnswer& answer, text::Language language,
                        std::size_t maxValues)
{
    auto facets = ordered_json::object();
    for (const auto& counts : answer.facets) {
        auto values = ordered_json::array();
        for (const auto& value : counts.values) {
            if (values.size() < maxValues || value.selected) {
                values.push_back(facetValueJson(services, counts.facet, value, language));
            }
        }
        facets[std::string{schema::infoOf(counts.facet).name}] = std::move(values);
    }
    return facets;
}

ordered_json searchJson(const Services& services, const search::SearchRequest& request,
                        const search::SearchAnswer& answer)
{
    auto results = ordered_json::array();
    for (const auto& hit : answer.hits) {
        results.push_back(hitJson(services, request, hit));
    }
    return {{"query", request.q},
            {"total", answer.total},
            {"page", request.page},
            {"size", request.size},
            {"next", answer.next.empty() ? ordered_json() : ordered_json(answer.next)},
            {"results", results},
            {"facets", facetsJson(services, answer, request.interfaceLanguage, kFacetValuesShown)},
            {"expansions", expansionsJson(answer.expansions)},
            {"notes", notesJson(services, answer.notes, request.interfaceLanguage)},
            {"did_you_mean", didYouMeanJson(services, request, answer.didYouMean)},
            {"generation", answer.generation}};
}

ordered_json suggestionsJson(const std::string& typed, const std::vector<search::Suggestion>& suggestions,
                             text::Language language)
{
    auto list = ordered_json::array();
    for (const auto& suggestion : suggestions) {
        list.push_back({{"text", suggestion.text},
                        {"kind", suggestion.kind},
                        {"value", suggestion.value},
                        {"count", suggestion.count},
                        {"matched", suggestion.matched},
                        {"url", urlOf(suggestion, language)}});
    }
    return {{"query", typed}, {"suggestions", list}};
}

ordered_json similarJson(const Services& services, const std::string& citableId,
                         const std::vector<search::SimilarWork>& works, text::Language language)
{
    auto list = ordered_json::array();
    for (const auto& work : works) {
        const auto year = yearOf(work.date);
        list.push_back({{"id", work.citableId},
                        {"title", work.title},
                        {"language", work.language},
                        {"type", work.type},
                        {"type_label", facetLabel(services, schema::Facet::type, work.type, language)},
                        {"section", work.section},
                        {"section_label", facetLabel(services, schema::Facet::section, work.section, language)},
                        {"year", year ? ordered_json(*year) : ordered_json()},
                        {"date", work.date},
                        {"authors", work.authors},
                        {"languages", work.languages},
                        {"likeness", std::round(work.likeness * 1000.0) / 1000.0},
                        {"url", absoluteUrl(services, documentUrl(language, work.citableId))}});
    }
    return {{"id", citableId}, {"similar", list}};
}

ordered_json documentJson(const Services& services, const ShownWork& shown, text::Language language)
{
    const auto& [editions, pages, versions, subjects] = shown;
    const auto& work = editions.front().metadata;
    auto list = ordered_json::array();
    for (std::size_t i = 0; i < editions.size(); ++i) {
        list.push_back(editionJson(services, editions[i], pages[i], language));
        list.back()["permalink"] = permalink(services, editions[i]);
        list.back()["versions"] = versionsJson(services, editions[i], versions[i], language);
    }
    const auto year = yearOf(work.date);
    return {{"id", editions.front().citableId},
            {"title", work.title},
            {"type", work.type},
            {"type_label", facetLabel(services, schema::Facet::type, work.type, language)},
            {"section", work.section},
            {"section_label", facetLabel(services, schema::Facet::section, work.section, language)},
            {"date", work.date},
            {"year", year ? ordered_json(*year) : ordered_json()},
            {"themes", themesJson(services, work.themes, subjects.automaticThemes, language)},
            {"countries", labelled(services, schema::Facet::country, work.countries, language)},
            {"sdgs", labelled(services, schema::Facet::sdg, work.sdgs, language)},
            {"keywords", work.keywords},
            {"concepts", conceptsJson(subjects.concepts)},
            {"series", work.series},
            {"number", work.number},
            {"isbn", work.isbn},
            {"doi", work.doi},
            {"license", work.license},
            {"url", absoluteUrl(services, documentUrl(language, editions.front().citableId))},
            {"editions", list}};
}

} // namespace acervo::http
