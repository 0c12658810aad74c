#include "searchd/http/page_hits.h"

#include "searchd/http/addresses.h"
#include "searchd/http/documents.h"
#include "searchd/http/json_answers.h"
#include "searchd/http/markup.h"
#include "searchd/http/page_view.h"
#include "searchd/http/search_parameters.h"

#include <cmath>

namespace acervo::http {

using nlohmann::ordered_json;

namespace {

constexpr int kDefaultSize = 20;
constexpr std::size_t kMaxLanguageBytes = 16;

// To a page of the edition, with the words marked on it.
std::string hitUrl(const Parameters& edition, const std::string& citableId, text::Language language,
                   const search::SearchRequest& request, std::uint32_t page)
{
    auto parameters = edition;
    parameters.emplace_back("page", std::to_string(page));
    return documentUrl(language, citableId, joined(std::move(parameters), keptWords(request))) + "#page";
}

std::string labelOf(const search::Snippet& snippet)
{
    return snippet.label.empty() ? std::to_string(snippet.page) : snippet.label;
}

ordered_json hitsJson(const Services& services, const model::Edition& edition, const search::SearchRequest& request,
                      const search::PageHits& found)
{
    auto list = ordered_json::array();
    for (const auto& [snippet, score] : found.hits) {
        const auto url = hitUrl({{"language", edition.metadata.language}}, edition.citableId, request.interfaceLanguage,
                                request, snippet.page);
        list.push_back({{"page", snippet.page},
                        {"label", snippet.label},
                        {"language", snippet.language},
                        {"html", markedHtml(snippet.text, snippet.marks)},
                        {"score", std::round(score * 1e6) / 1e6},
                        {"url", absoluteUrl(services, url)}});
    }
    return {{"id", edition.citableId},
            {"edition", edition.metadata.language},
            {"query", request.q},
            {"total", found.total},
            {"page", request.page},
            {"size", request.size},
            {"pages", list},
            {"expansions", expansionsJson(found.expansions)},
            {"notes", notesJson(services, found.notes, request.interfaceLanguage)},
            {"generation", found.generation}};
}

} // namespace

const std::vector<std::string_view>& documentSearchParameterNames()
{
    static const std::vector<std::string_view> names{"q", "lang", "language", "page", "size", "xlang", "without"};
    return names;
}

Answer documentSearch(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = reader.language("lang").value_or(text::languageOf(services.config.search.defaultLanguage));
    auto wanted = readWords(reader, language);
    const auto edition = reader.text("language", kMaxLanguageBytes);
    wanted.size = static_cast<std::uint32_t>(
        reader.number("size", 0, static_cast<int>(search::kMaxPageSize)).value_or(kDefaultSize));
    wanted.page = static_cast<std::uint32_t>(reader.number("page", 1, kMaxHitsPart).value_or(1));
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    return onEdition(services, request.captures[0], language, edition,
                     [&](auto& readers, const auto&, const auto& chosen) -> Answer {
                         const auto found = readers.engine().pagesOf(chosen.editionId, wanted);
                         if (!found) {
                             readers.discard();
                             return Failure{found.error()};
                         }
                         return jsonResponse(hitsJson(services, chosen, wanted, *found));
                     });
}

void addInDocument(nlohmann::json& view, const InDocument& shown, ReaderPool::Loan& readers)
{
    const auto& [services, edition, language, request, edited, isCurrent] = shown;
    const auto say = [&](std::string_view key, const std::vector<Argument>& arguments) {
        return services.messages.text(language, key, arguments);
    };
    auto kept = nlohmann::json::array();
    for (const auto& [name, value] : joined(edited, keptWords(request))) {
        if (name != "q") { // which is typed
            kept.push_back({{"name", name}, {"value", value}});
        }
    }
    nlohmann::json box{{"q", request.q},
                       {"url", documentUrl(language, edition.citableId)},
                       {"kept", kept},
                       {"asked", false},
                       {"hits", nlohmann::json::array()},
                       {"notes", nlohmann::json::array()},
                       {"previous_url", ""},
                       {"next_url", ""}};
    const auto found =
        isCurrent && !request.q.empty()
            ? readers.engine().pagesOf(edition.editionId, request)
            : Result<search::PageHits>{Error{ErrorCode::notFound, "nothing was asked of the current version"}};
    if (found) {
        box["asked"] = true;
        box["total"] =
            say("in_document.total", {{"count", static_cast<std::int64_t>(found->total)}, {"query", request.q}});
        for (const auto& [snippet, score] : found->hits) {
            box["hits"].push_back(
                {{"url", hitUrl(edited, edition.citableId, language, request, snippet.page)},
                 {"page", say("result.page", {{"label", labelOf(snippet)}})},
                 {"language", snippet.language.empty() ? edition.metadata.language : snippet.language},
                 {"html", markedHtml(snippet.text, snippet.marks)}});
        }
        for (const auto& note : found->notes) {
            box["notes"].push_back({{"message", noteText(services, note, language)}});
        }
        const auto part = [&](std::uint32_t number) {
            auto parameters = joined(edited, keptWords(request));
            parameters.emplace_back("hits", std::to_string(number));
            return documentUrl(language, edition.citableId, parameters) + "#in-document";
        };
        if (request.page > 1) {
            box["previous_url"] = part(request.page - 1);
        }
        if (std::uint64_t{request.page} * request.size < found->total) {
            box["next_url"] = part(request.page + 1);
        }
    }
    box["any_notes"] = !box["notes"].empty();
    box["turns"] = box["previous_url"] != "" || box["next_url"] != "";
    view["in_document"] = std::move(box);
}

} // namespace acervo::http
