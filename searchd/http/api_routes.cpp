#include "searchd/http/addresses.h"
#include "searchd/http/citations.h"
#include "searchd/http/documents.h"
#include "searchd/http/facet_values.h"
#include "searchd/http/json_answers.h"
#include "searchd/http/markup.h"
#include "searchd/http/page_hits.h"
#include "searchd/http/search_parameters.h"
#include "searchd/http/searches.h"
#include "searchd/http/site.h"
#include "searchd/http/version_json.h"
#include "searchd/http/versions.h"

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
constexpr int kMaxInterval = 1000; // years

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
    return onSearch(services, wanted, [&](auto&, const auto& answer) -> Answer {
        return jsonResponse(searchJson(services, wanted, answer));
    });
}

ordered_json histogramJson(int interval, const std::vector<search::YearSpan>& spans)
{
    auto list = ordered_json::array();
    for (const auto& span : spans) {
        list.push_back({{"year_from", span.first}, {"year_to", span.last}, {"count", span.count}});
    }
    return {{"interval", interval}, {"spans", list}};
}

std::vector<std::string_view> facetsParameterNames()
{
    auto names = facetParameterNames();
    names.emplace_back("histogram");
    return names;
}

Answer facets(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    auto wanted = readSearch(reader, languageFor(reader, services));
    const auto interval = reader.number("histogram", 1, kMaxInterval);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    wanted.size = 0;
    return onSearch(services, wanted, [&](auto& readers, const auto& answer) -> Answer {
        constexpr auto kAll = std::numeric_limits<std::size_t>::max();
        ordered_json facets{{"query", wanted.q},
                            {"total", answer.total},
                            {"facets", facetsJson(services, answer, wanted.interfaceLanguage, kAll)}};
        if (interval) {
            const auto spans = readers.engine().yearHistogram(wanted, *interval);
            if (!spans) {
                readers.discard();
                return Failure{spans.error()};
            }
            facets["histogram"] = histogramJson(*interval, *spans);
        }
        return jsonResponse(facets);
    });
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
    return jsonResponse(suggestionsJson(typed, *suggestions, language));
}

Answer document(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = languageFor(reader, services);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    return onWork(services, request.captures[0], language, [&](auto& readers, const auto& editions) -> Answer {
        std::vector<std::vector<model::Page>> pages;
        std::vector<std::vector<model::Version>> versions;
        for (const auto& edition : editions) {
            auto ownVersions = readableVersions(services, readers, edition);
            if (!ownVersions) {
                return Failure{ownVersions.error()};
            }
            versions.push_back(std::move(*ownVersions));
            auto own = readers.catalogue().pages(edition.versionId);
            if (!own) {
                return Failure{own.error()};
            }
            pages.push_back(std::move(*own));
        }
        // An index that cannot be asked now hides no document.
        const auto subjects = readers.engine().subjects(editions.front().citableId, language, kConcepts);
        return jsonResponse(
            documentJson(services, {editions, pages, versions, subjects ? *subjects : search::Subjects{}}, language));
    });
}

Answer similar(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = languageFor(reader, services);
    const auto limit = reader.number("limit", 1, kMaxSimilar).value_or(kDefaultSimilar);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    return onWork(services, request.captures[0], language, [&](auto& readers, const auto& editions) -> Answer {
        const auto& id = editions.front().citableId;
        const auto works = readers.engine().similar(id, language, static_cast<std::size_t>(limit));
        if (!works) {
            readers.discard();
            return Failure{works.error()};
        }
        return jsonResponse(similarJson(services, id, *works, language));
    });
}

// What the address of a page says besides the work.
struct PageAsked {
    text::Language language;
    std::string edition; // a language; "" for the first
    std::optional<int> version;
    std::uint32_t number = 0;
    std::string quote;
    search::SearchRequest words;
};

Answer pageOfEdition(const Services& services, ReaderPool::Loan& readers, const model::Edition& current,
                     const PageAsked& asked)
{
    const auto found = openVersion(services, readers, current, asked.version);
    if (const auto* failure = std::get_if<Failure>(&found)) {
        return *failure;
    }
    const auto& [versions, version, edition, pages] = std::get<OpenedVersion>(found);
    const auto* page = pageOf(pages, asked.number);
    if (page == nullptr) {
        return Failure{ErrorCode::notFound, "the document has no page " + std::to_string(asked.number), "n"};
    }
    ordered_json answer{{"id", edition.citableId},
                        {"edition", edition.metadata.language},
                        {"version", version.number},
                        {"newest_version", versions.front().number},
                        {"page", page->number},
                        {"label", page->label},
                        {"heading", page->heading},
                        {"language", page->language},
                        {"page_count", edition.pageCount},
                        {"permalink", permalink(services, edition, nameOf(*page, pages))},
                        {"text", page->text}};
    if (!asked.words.q.empty()) {
        const auto marked = readers.engine().mark(page->text, text::languageOf(page->language), asked.words);
        if (!marked) {
            return Failure{marked.error()};
        }
        answer["html"] = markedHtml(marked->text, marked->marks);
    }
    if (!asked.quote.empty()) {
        const auto quote = answerQuote(readers, {version, pages, versions, asked.quote, asked.number});
        if (!quote) {
            return Failure{quote.error()};
        }
        answer["quote"] = quoteJson(services, edition, pages, *quote);
    }
    return jsonResponse(answer);
}

Answer page(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    PageAsked asked;
    asked.language = languageFor(reader, services);
    asked.edition = reader.text("language", kMaxTypedBytes);
    asked.version = reader.number("v", 1, kMaxVersionNumber);
    asked.quote = reader.text("quote", passage::kMaxQuoteBytes);
    asked.words = readWords(reader, asked.language);
    const Parameters inPath{{"n", request.captures[1]}};
    ParameterReader path{inPath};
    asked.number = static_cast<std::uint32_t>(path.number("n", 1, kMaxPageNumber).value_or(0));
    if (path.malformed() || reader.malformed()) {
        return Failure{path.malformed() ? *path.malformed() : *reader.malformed()};
    }
    return onEdition(services, request.captures[0], asked.language, asked.edition,
                     [&](auto& readers, const auto&, const auto& edition) {
                         return pageOfEdition(services, readers, edition, asked);
                     });
}

Answer changes(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = languageFor(reader, services);
    const auto asked = readChanges(reader);
    const auto part = static_cast<std::size_t>(reader.number("page", 1, kMaxPageNumber).value_or(1)) - 1;
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    return onWork(services, request.captures[0], language, [&](auto& readers, const auto& editions) -> Answer {
        const auto found = findChanges(services, readers, editions, asked);
        if (const auto* failure = std::get_if<Failure>(&found)) {
            return *failure;
        }
        return jsonResponse(changesJson(services, std::get<VersionChanges>(found), part));
    });
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
    return jsonResponse(
        {{"status", "ok"}, {"version", ACERVO_VERSION}, {"documents", *count}, {"generation", *generation}});
}

} // namespace

std::vector<Route> apiRoutes()
{
    return {
        {"/api/v1/search", Kind::api, searchParameterNames(), search},
        {"/api/v1/facets", Kind::api, facetsParameterNames(), facets},
        {"/api/v1/facets/{facet}", Kind::api, facetValuesParameterNames(), facetValues},
        {"/api/v1/suggest", Kind::api, {"q", "lang", "limit"}, suggest},
        {"/api/v1/documents/{id}", Kind::api, {"lang"}, document},
        {"/api/v1/documents/{id}/similar", Kind::api, {"lang", "limit"}, similar},
        {"/api/v1/documents/{id}/pages/{n}",
         Kind::api,
         {"lang", "language", "v", "quote", "q", "xlang", "without"},
         page},
        {"/api/v1/documents/{id}/search", Kind::api, documentSearchParameterNames(), documentSearch},
        {"/api/v1/documents/{id}/changes", Kind::api, {"lang", "language", "from", "to", "page"}, changes},
        {"/api/v1/health", Kind::api, {}, health},
        {"/api/v1/documents/{id}/citation", Kind::api, {"lang", "language", "page", "format"}, citation},
        {"/api/v1/search/export", Kind::api, exportParameterNames(), searchExport},
    };
}

} // namespace acervo::http
