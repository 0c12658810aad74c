#include "searchd/http/citations.h"
#include "searchd/http/documents.h"
#include "searchd/http/json_answers.h"
#include "searchd/http/markup.h"
#include "searchd/http/search_parameters.h"
#include "searchd/http/site.h"

#include <limits>

namespace acervo::http {

using nlohmann::ordered_json;

namespace {

constexpr int kMaxSuggestions = 20;
constexpr int kDefaultSuggestions = 8;
constexpr int kMaxSimilar = 20;
constexpr int kDefaultSimilar = 5;
constexpr std::size_t kConcepts = 12;
constexpr std::size_t kMaxTypedBytes = 256;
constexpr int kMaxPageNumber = 1'000'000;

Response json(const ordered_json& value)
{
    Response response;
    response.contentType = "application/json";
    response.body = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

text::Language languageFor(ParameterReader& reader, const Services& services)
{
    return reader.language("lang").value_or(text::languageOf(services.config.search.defaultLanguage));
}

Answer search(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto wanted = readSearch(reader, languageFor(reader, services));
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto answer = readers->engine().search(wanted);
    if (!answer) {
        readers->discard();
        return Failure{answer.error()};
    }
    return json(searchJson(services, wanted, *answer));
}

Answer facets(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    auto wanted = readSearch(reader, languageFor(reader, services));
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    wanted.size = 0;
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto answer = readers->engine().search(wanted);
    if (!answer) {
        readers->discard();
        return Failure{answer.error()};
    }
    return json(
        {{"query", wanted.q},
         {"total", answer->total},
         {"facets", facetsJson(services, *answer, wanted.interfaceLanguage, std::numeric_limits<std::size_t>::max())}});
}

Answer suggest(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = languageFor(reader, services);
    const auto typed = reader.text("q", kMaxTypedBytes);
    const auto limit = reader.number("limit", 1, kMaxSuggestions).value_or(kDefaultSuggestions);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto suggestions = readers->engine().suggest(typed, language, static_cast<std::size_t>(limit));
    if (!suggestions) {
        readers->discard();
        return Failure{suggestions.error()};
    }
    return json(suggestionsJson(typed, *suggestions, language));
}

Answer document(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = languageFor(reader, services);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto found = findEditions(services, *readers, request.captures[0], text::codeOf(language));
    if (const auto* failure = std::get_if<Failure>(&found)) {
        return *failure;
    }
    const auto& editions = std::get<std::vector<model::Edition>>(found);
    std::vector<std::vector<model::Page>> pages;
    for (const auto& edition : editions) {
        auto own = readers->catalogue().pages(edition.versionId);
        if (!own) {
            return Failure{own.error()};
        }
        pages.push_back(std::move(*own));
    }
    // An index that cannot be asked now hides no document.
    const auto subjects = readers->engine().subjects(editions.front().citableId, language, kConcepts);
    return json(documentJson(services, {editions, pages, subjects ? *subjects : search::Subjects{}}, language));
}

Answer similar(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = languageFor(reader, services);
    const auto limit = reader.number("limit", 1, kMaxSimilar).value_or(kDefaultSimilar);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto found = findEditions(services, *readers, request.captures[0], text::codeOf(language));
    if (const auto* failure = std::get_if<Failure>(&found)) {
        return *failure;
    }
    const auto& id = std::get<std::vector<model::Edition>>(found).front().citableId;
    const auto works = readers->engine().similar(id, language, static_cast<std::size_t>(limit));
    if (!works) {
        readers->discard();
        return Failure{works.error()};
    }
    return json(similarJson(services, id, *works, language));
}

Answer page(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = languageFor(reader, services);
    const auto wanted = reader.text("language", kMaxTypedBytes);
    const auto asked = readWords(reader, language);
    const Parameters inPath{{"n", request.captures[1]}};
    ParameterReader path{inPath};
    const auto number = path.number("n", 1, kMaxPageNumber);
    if (path.malformed() || reader.malformed()) {
        return Failure{path.malformed() ? *path.malformed() : *reader.malformed()};
    }
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto found = findEditions(services, *readers, request.captures[0], text::codeOf(language));
    if (const auto* failure = std::get_if<Failure>(&found)) {
        return *failure;
    }
    const auto* edition = editionIn(std::get<std::vector<model::Edition>>(found), wanted);
    if (edition == nullptr) {
        return Failure{ErrorCode::notFound, "the document has no edition in this language", "language"};
    }
    const auto page = readers->catalogue().page(edition->versionId, static_cast<std::uint32_t>(*number));
    if (!page) {
        return Failure{page.error()};
    }
    if (!*page) {
        return Failure{ErrorCode::notFound, "the document has no page " + std::to_string(*number), "n"};
    }
    ordered_json answer{{"id", edition->citableId},         {"edition", edition->metadata.language},
                        {"page", (*page)->number},          {"label", (*page)->label},
                        {"heading", (*page)->heading},      {"language", (*page)->language},
                        {"page_count", edition->pageCount}, {"text", (*page)->text}};
    if (!asked.q.empty()) {
        const auto marked = readers->engine().mark((*page)->text, text::languageOf((*page)->language), asked);
        if (!marked) {
            return Failure{marked.error()};
        }
        answer["html"] = markedHtml(marked->text, marked->marks);
    }
    return json(answer);
}

Answer health(const Services& services, const Request&)
{
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto count = readers->engine().documentCount();
    const auto generation = readers->engine().generation();
    if (!count || !generation) {
        readers->discard();
        return Failure{count ? generation.error() : count.error()};
    }
    return json({{"status", "ok"}, {"version", ACERVO_VERSION}, {"documents", *count}, {"generation", *generation}});
}

} // namespace

std::vector<Route> apiRoutes()
{
    return {
        {"/api/v1/search", Kind::api, searchParameterNames(), search},
        {"/api/v1/facets", Kind::api, facetParameterNames(), facets},
        {"/api/v1/suggest", Kind::api, {"q", "lang", "limit"}, suggest},
        {"/api/v1/documents/{id}", Kind::api, {"lang"}, document},
        {"/api/v1/documents/{id}/similar", Kind::api, {"lang", "limit"}, similar},
        {"/api/v1/documents/{id}/pages/{n}", Kind::api, {"lang", "language", "q", "xlang", "without"}, page},
        {"/api/v1/health", Kind::api, {}, health},
        {"/api/v1/documents/{id}/citation", Kind::api, {"lang", "language", "page", "format"}, citation},
        {"/api/v1/search/export", Kind::api, exportParameterNames(), searchExport},
    };
}

} // namespace acervo::http
