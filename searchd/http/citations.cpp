#include "searchd/http/citations.h"

#include "corpus/cite/reference.h"
#include "searchd/http/documents.h"
#include "searchd/http/search_parameters.h"

#include <algorithm>
#include <ctime>

namespace acervo::http {

using nlohmann::json;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t kMaxLanguageBytes = 16;
constexpr int kMaxPageNumber = 1'000'000;

// "2026-11-25", in UTC.
std::string today()
{
    const auto now = std::time(nullptr);
    std::tm parts{};
    std::array<char, 16> text{};
    if (gmtime_r(&now, &parts) == nullptr || std::strftime(text.data(), text.size(), "%F", &parts) == 0) {
        return {};
    }
    return text.data();
}

std::string apiUrl(const std::string& citableId, const Parameters& parameters)
{
    return "/api/v1/documents/" + percentEncode(citableId) + "/citation" + buildQuery(parameters);
}

// The page that is cited: its printed label, else its number.
struct Place {
    std::string label;
    std::string url;
};

Place placeOf(const cite::Work& work, const model::Page* page)
{
    if (page == nullptr) {
        return {};
    }
    const auto& edition = work.editions.front();
    const auto number = std::to_string(page->number); // "/p/n2": the second page; "/p/2": the one with that label
    const auto version = ";v=" + std::to_string(edition.versionNumber); // another version may have it on another page
    return {page->label.empty() ? number : page->label, cite::editionUrl(work, edition) + version + "/p/n" + number};
}

cite::Reference referenceIn(cite::Style style, text::Language language, const cite::Work& work, const Place& place)
{
    return cite::reference(work, {style, std::string{text::codeOf(language)}, today(), place.label, place.url});
}

std::vector<std::string_view> formatNames(bool ofLists)
{
    std::vector<std::string_view> names;
    for (const auto& format : cite::formats()) {
        if (ofLists ? format.ofList != nullptr : format.ofWork != nullptr) {
            names.push_back(format.name);
        }
    }
    return names;
}

Response download(const cite::Format& format, std::string body, const std::string& name)
{
    Response response;
    response.contentType =
        std::string{format.mediaType} + (format.name == "csljson" || format.name == "jsonld" ? "" : "; charset=utf-8");
    response.body = std::move(body);
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"" + name + "." + std::string{format.extension} + "\"");
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

// Everything there is, for programs that choose later.
Response overview(const Services& services, text::Language language, const cite::Work& work, const Place& place)
{
    const auto& edition = work.editions.front();
    auto references = ordered_json::array();
    for (const auto style : cite::kStyles) {
        const auto made = referenceIn(style, language, work, place);
        references.push_back({{"style", cite::nameOf(style)},
                              {"label", cite::labelOf(style)},
                              {"text", made.text},
                              {"italic", {made.italicBegin, made.italicEnd}}});
    }
    auto formats = ordered_json::array();
    for (const auto name : formatNames(false)) {
        const auto& format = *cite::formatNamed(name);
        formats.push_back(
            {{"format", name},
             {"label", format.label},
             {"media_type", format.mediaType},
             {"url", absoluteUrl(services, apiUrl(edition.citableId, {{"format", std::string{name}},
                                                                      {"language", edition.metadata.language}}))}});
    }
    const ordered_json answer{
        {"id", edition.citableId},  {"edition", edition.metadata.language},
        {"page", place.label},      {"url", place.url.empty() ? cite::editionUrl(work, edition) : place.url},
        {"references", references}, {"formats", formats}};
    Response response;
    response.contentType = "application/json";
    response.body = answer.dump(-1, ' ', false, json::error_handler_t::replace);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

Response plainText(std::string text)
{
    Response response;
    response.contentType = "text/plain; charset=utf-8";
    response.body = std::move(text) + "\n";
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

// The formats and the styles of references, in this order.
const std::vector<std::string_view>& citationChoices()
{
    static const auto choices = [] {
        auto names = formatNames(false);
        for (const auto style : cite::kStyles) {
            names.push_back(cite::nameOf(style));
        }
        return names;
    }();
    return choices;
}

} // namespace

cite::Work citedWork(const Services& services, std::vector<model::Edition> editions, std::int64_t citedEditionId)
{
    const auto cited = std::ranges::find(editions, citedEditionId, &model::Edition::editionId);
    if (cited != editions.end()) {
        std::rotate(editions.begin(), cited, cited + 1);
    }
    vocabulary::Labels publisher;
    for (const auto language : text::kLanguages) {
        publisher[std::string{text::codeOf(language)}] = services.messages.text(language, "site.owner");
    }
    return cite::makeWork(std::move(editions), absoluteUrl(services, ""), std::move(publisher), services.vocabularies);
}

void addCitation(json& view, const Services& services, text::Language language, const cite::Work& work,
                 const model::Page* page)
{
    const auto& edition = work.editions.front();
    auto references = json::array();
    const auto place = placeOf(work, page);
    for (const auto style : cite::kStyles) {
        const auto made = referenceIn(style, language, work, place);
        references.push_back({{"style", cite::nameOf(style)},
                              {"label", cite::labelOf(style)},
                              {"before", made.text.substr(0, made.italicBegin)},
                              {"title", made.text.substr(made.italicBegin, made.italicEnd - made.italicBegin)},
                              {"after", made.text.substr(made.italicEnd)},
                              {"title_language", edition.metadata.language}});
    }
    auto formats = json::array();
    for (const auto name : formatNames(false)) {
        const auto& format = *cite::formatNamed(name);
        formats.push_back({{"label", format.label},
                           {"media_type", format.mediaType},
                           {"url", apiUrl(edition.citableId,
                                          {{"format", std::string{name}}, {"language", edition.metadata.language}})}});
    }
    view["cite"] = {{"references", references},
                    {"formats", formats},
                    {"copy", services.messages.text(language, "cite.copy")},
                    {"copied", services.messages.text(language, "cite.copied")}};
    view["meta"] = json::array();
    for (const auto& [name, content] : cite::highwire(work)) {
        view["meta"].push_back({{"name", name}, {"content", content}});
    }
    view["json_ld"] = cite::jsonLd(work);
}

void addExport(json& view, const Services& services, const search::SearchRequest& request,
               const search::SearchAnswer& answer, const Parameters& parameters)
{
    const auto language = request.interfaceLanguage;
    const auto text = [&](std::string_view key, const std::vector<Argument>& arguments = {}) {
        return services.messages.text(language, key, arguments);
    };
    auto formats = json::array();
    for (const auto name : formatNames(true)) {
        const auto& format = *cite::formatNamed(name);
        Parameters wanted{{"format", std::string{name}}, {"lang", std::string{text::codeOf(language)}}};
        for (const auto& one : parameters) {
            if (one.first != "size") {
                wanted.push_back(one);
            }
        }
        formats.push_back({{"label", format.label},
                           {"media_type", format.mediaType},
                           {"url", "/api/v1/search/export" + buildQuery(wanted)}});
    }
    auto permanent = parameters;
    permanent.emplace_back("generation", answer.generation);
    permanent.emplace_back("on", today());
    const auto url = absoluteUrl(services, "/" + std::string{text::codeOf(language)} + "/" + buildQuery(permanent));
    const auto total = static_cast<std::int64_t>(answer.total);
    const auto most = static_cast<std::int64_t>(kMaxExported);
    view["export"] = {{"formats", formats},
                      {"first", total > most ? text("cite.export_first", {{"count", most}}) : ""},
                      {"url", url},
                      {"search", text(request.q.empty() ? "cite.search_all" : "cite.search_text",
                                      {{"query", request.q},
                                       {"count", total},
                                       {"generation", answer.generation},
                                       {"date", formatDate(today(), language)}})}};
}

std::string citedSearchNote(const Services& services, text::Language language, const Parameters& parameters)
{
    std::string generation;
    std::string date;
    for (const auto& [name, value] : parameters) {
        generation = name == "generation" ? value : generation;
        date = name == "on" ? value : date;
    }
    // Anybody may write anything into an address: only what Acervo itself writes there comes back.
    constexpr std::string_view kDigits = "0123456789";
    const bool isGeneration = generation.size() > 1 && generation.size() <= 12 && generation[0] == 'g' &&
                              generation.find_first_not_of(kDigits, 1) == std::string::npos;
    const bool isDate = date.size() == 10 && date[4] == '-' && date[7] == '-' &&
                        date.find_first_not_of("0123456789-") == std::string::npos;
    return isGeneration && isDate
               ? services.messages.text(language, "cite.searched_on",
                                        {{"date", formatDate(date, language)}, {"generation", generation}})
               : std::string{};
}

Answer citation(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = reader.language("lang").value_or(text::languageOf(services.config.search.defaultLanguage));
    const auto wanted = reader.text("language", kMaxLanguageBytes);
    const auto number = reader.number("page", 1, kMaxPageNumber);
    const auto choice = reader.choice("format", citationChoices());
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    return onEdition(
        services, request.captures[0], language, wanted,
        [&](auto& readers, const auto& editions, const auto& edition) -> Answer {
            std::optional<model::Page> page;
            if (number) {
                auto stored = readers.catalogue().page(edition.versionId, static_cast<std::uint32_t>(*number));
                if (!stored) {
                    return Failure{stored.error()};
                }
                if (!*stored) {
                    return Failure{ErrorCode::notFound, "the document has no page " + std::to_string(*number), "page"};
                }
                page = std::move(*stored);
            }
            const auto work = citedWork(services, editions, edition.editionId);
            const auto place = placeOf(work, page ? &*page : nullptr);
            if (!choice) {
                return overview(services, language, work, place);
            }
            if (const auto* format = cite::formatNamed(citationChoices()[*choice])) {
                return download(*format, format->ofWork(work), edition.citableId);
            }
            const auto style = cite::kStyles[*choice + cite::kStyles.size() - citationChoices().size()];
            return plainText(referenceIn(style, language, work, place).text);
        });
}

const std::vector<std::string_view>& exportParameterNames()
{
    static const auto names = [] {
        auto all = facetParameterNames();
        all.insert(all.end(), {"format", "sort"});
        return all;
    }();
    return names;
}

namespace {

// The works of a search in its order, at most kMaxExported, each cited by the edition that was found.
// total  becomes the number of works found.
Result<std::vector<cite::Work>> worksOf(const Services& services, ReaderPool::Loan& readers,
                                        search::SearchRequest wanted, std::uint64_t& total)
{
    wanted.facets = false;
    wanted.snippets = false;
    wanted.spelling = false;
    wanted.size = search::kMaxPageSize;
    std::vector<cite::Work> works;
    for (wanted.page = 1; wanted.page <= kMaxExported / search::kMaxPageSize; ++wanted.page) {
        auto answer = readers.engine().search(wanted);
        if (!answer) {
            return answer.error();
        }
        total = answer->total;
        for (const auto& hit : answer->hits) {
            auto editions = currentEditions(services, readers, hit.citableId);
            if (!editions) {
                return editions.error();
            }
            // Withdrawn since the index was written.
            if (!editions->empty()) {
                works.push_back(citedWork(services, std::move(*editions), hit.editionId));
            }
        }
        if (answer->hits.size() < wanted.size) {
            break;
        }
    }
    return works;
}

} // namespace

Answer searchExport(const Services& services, const Request& request)
{
    ParameterReader reader{request.parameters};
    const auto language = reader.language("lang").value_or(text::languageOf(services.config.search.defaultLanguage));
    auto wanted = readSearch(reader, language);
    static const auto names = formatNames(true);
    const auto choice = reader.choice("format", names);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    if (wanted.q.empty() && wanted.sort == search::Sort{}) {
        wanted.sort = search::Sort::newest; // as the page of the same search
    }
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    std::uint64_t total = 0;
    const auto works = worksOf(services, *readers, wanted, total);
    if (!works) {
        readers->discard();
        return Failure{works.error()};
    }
    const auto& format = *cite::formatNamed(names[choice.value_or(0)]);
    auto response = download(format, format.ofList(*works), "acervo-" + today());
    response.headers.emplace_back("Acervo-Total", std::to_string(total));
    response.headers.emplace_back("Acervo-Exported", std::to_string(works->size()));
    return response;
}

} // namespace acervo::http
