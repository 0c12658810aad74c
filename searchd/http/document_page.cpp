#include "searchd/http/citations.h"
#include "searchd/http/documents.h"
#include "searchd/http/json_answers.h"
#include "searchd/http/markup.h"
#include "searchd/http/page_hits.h"
#include "searchd/http/page_view.h"
#include "searchd/http/search_parameters.h"
#include "searchd/http/signposting.h"
#include "searchd/http/version_view.h"
#include "searchd/http/versions.h"

#include <algorithm>

namespace acervo::http {

using nlohmann::json;

namespace {

constexpr int kMaxPageNumber = 1'000'000;
constexpr std::size_t kMaxLanguageBytes = 16;
constexpr std::size_t kSimilarWorks = 5;
constexpr std::size_t kConcepts = 12;
constexpr std::uint32_t kHitsAtOnce = 20; // pages of the document with the words

// What the page shows: one edition of a work, at a page or as a whole.
struct Shown {
    const Services& services;
    const std::vector<model::Edition>& editions;
    const model::Edition& edition;
    const std::vector<model::Page>& pages;
    text::Language language;
    const search::SearchRequest& request; // its words: they are marked, and every link keeps them
    const ShownVersion& version;
    const QuoteAnswer& quote;
};

std::string text(const Shown& shown, std::string_view key, const std::vector<Argument>& arguments = {})
{
    return shown.services.messages.text(shown.language, key, arguments);
}

std::string pageUrl(const Shown& shown, std::uint32_t page)
{
    const auto parameters =
        joined(joined(versionParameters(shown.version), {{"page", std::to_string(page)}}), keptWords(shown.request));
    return documentUrl(shown.language, shown.edition.citableId, parameters) + "#page";
}

std::string formatOf(const std::string& mediaType)
{
    static const std::vector<std::pair<std::string_view, std::string_view>> kNames{{"application/pdf", "PDF"},
                                                                                   {"wordprocessingml", "DOCX"},
                                                                                   {"presentationml", "PPTX"},
                                                                                   {"spreadsheetml", "XLSX"},
                                                                                   {"opendocument.text", "ODT"},
                                                                                   {"opendocument.presentation", "ODP"},
                                                                                   {"opendocument.spreadsheet", "ODS"},
                                                                                   {"epub", "EPUB"},
                                                                                   {"html", "HTML"},
                                                                                   {"markdown", "Markdown"},
                                                                                   {"rtf", "RTF"},
                                                                                   {"msword", "DOC"},
                                                                                   {"text/plain", "TXT"}};
    for (const auto& [part, name] : kNames) {
        if (mediaType.find(part) != std::string::npos) {
            return std::string{name};
        }
    }
    return {};
}

// "Label: value, value", each value a link to its search.
void addFact(json& facts, const Shown& shown, schema::Facet facet, const std::vector<std::string>& values)
{
    const std::string name{schema::infoOf(facet).name};
    auto list = json::array();
    for (const auto& value : values) {
        if (!value.empty()) {
            list.push_back({{"label", facetLabel(shown.services, facet, value, shown.language)},
                            {"url", searchUrl(shown.language, {{name, value}})}});
        }
    }
    if (!list.empty()) {
        facts.push_back({{"term", text(shown, "facet." + name)}, {"values", list}, {"mark", ""}});
    }
}

void addFact(json& facts, const Shown& shown, std::string_view key, const std::string& value)
{
    if (!value.empty()) {
        facts.push_back(
            {{"term", text(shown, key)}, {"values", json::array({{{"label", value}, {"url", ""}}})}, {"mark", ""}});
    }
}

std::string listed(const std::vector<std::string>& values)
{
    std::string all;
    for (const auto& value : values) {
        all += (all.empty() ? "" : ", ") + value;
    }
    return all;
}

json factsView(const Shown& shown)
{
    const auto& metadata = shown.edition.metadata;
    auto facts = json::array();
    addFact(facts, shown, schema::Facet::type, {metadata.type});
    addFact(facts, shown, schema::Facet::section, {metadata.section});
    addFact(facts, shown, "document.date", formatDate(metadata.date, shown.language));
    addFact(facts, shown, schema::Facet::theme, metadata.themes);
    addFact(facts, shown, schema::Facet::country, metadata.countries);
    addFact(facts, shown, schema::Facet::sdg, metadata.sdgs);
    addFact(facts, shown, "document.keywords", listed(metadata.keywords));
    addFact(facts, shown, "document.series",
            metadata.series.empty() || metadata.number.empty() ? metadata.series
                                                               : metadata.series + ", " + metadata.number);
    addFact(facts, shown, "document.isbn", metadata.isbn);
    addFact(facts, shown, "document.doi", metadata.doi);
    addFact(facts, shown, "document.license", metadata.license);
    return facts;
}

json editionsView(const Shown& shown, std::uint32_t page)
{
    auto list = json::array();
    for (const auto& edition : shown.editions) {
        const auto& code = edition.metadata.language;
        const auto parameters = joined({{"language", code}}, keptWords(shown.request));
        list.push_back({{"code", code},
                        {"name", facetLabel(shown.services, schema::Facet::language, code, shown.language)},
                        {"title", edition.metadata.title},
                        {"url", documentUrl(shown.language, edition.citableId, parameters)},
                        {"format", formatOf(edition.mediaType)},
                        {"pages", text(shown, "result.pages", {{"count", std::int64_t{edition.pageCount}}})},
                        {"version", edition.versionNumber > 1 ? text(shown, "document.version",
                                                                     {{"number", std::int64_t{edition.versionNumber}}})
                                                              : ""},
                        {"current", edition.editionId == shown.edition.editionId && page == 0},
                        {"shown", edition.editionId == shown.edition.editionId}});
    }
    return list;
}

Result<json> pageView(const Shown& shown, ReaderPool::Loan& readers, const model::Page& page)
{
    search::MarkedText marked{page.text, {}};
    if (!shown.request.q.empty()) {
        auto found = readers.engine().mark(page.text, text::languageOf(page.language), shown.request);
        if (!found) {
            return found.error();
        }
        marked = std::move(*found);
    }
    const auto number = page.number;
    const auto& place = shown.quote.place;
    const bool quoted = place && place->page == number;
    json view{{"html", quoted ? quotedHtml(page.text, place->span) : markedHtml(marked.text, marked.marks)},
              {"empty", marked.text.empty()},
              {"language", page.language.empty() ? shown.edition.metadata.language : page.language},
              {"heading", page.heading},
              {"title", text(shown, "document.page",
                             {{"label", labelOf(page)},
                              {"number", std::int64_t{number}},
                              {"count", std::int64_t{shown.edition.pageCount}}})},
              {"marks", shown.request.q.empty() ? ""
                                                : text(shown, "document.marks",
                                                       {{"count", static_cast<std::int64_t>(marked.marks.size())},
                                                        {"query", shown.request.q}})},
              {"previous_url", number > 1 ? pageUrl(shown, number - 1) : ""},
              {"next_url", number < shown.edition.pageCount ? pageUrl(shown, number + 1) : ""}};
    addPassage(view, shown.version, page, shown.editions, shown.quote);
    return view;
}

// Empty when there are none, or when the index cannot be asked now: the document is shown all the same.
json similarView(const Shown& shown, ReaderPool::Loan& readers)
{
    auto list = json::array();
    const auto works = readers.engine().similar(shown.edition.citableId, shown.language, kSimilarWorks);
    for (const auto& work : works ? *works : std::vector<search::SimilarWork>{}) {
        list.push_back({{"title", work.title.empty() ? work.citableId : work.title},
                        {"language", work.language},
                        {"url", documentUrl(shown.language, work.citableId, {{"language", work.language}})},
                        {"type", facetLabel(shown.services, schema::Facet::type, work.type, shown.language)},
                        {"date", formatDate(work.date, shown.language)},
                        {"languages", languageBadges(shown.services, shown.language, work.citableId, work.languages,
                                                     work.language, {})}});
    }
    return list;
}

// Themes that nobody gave, marked as such, and the concepts of the work; neither when the index cannot be asked now.
void addSubjects(json& view, const Shown& shown, ReaderPool::Loan& readers)
{
    const auto found = readers.engine().subjects(shown.edition.citableId, shown.language, kConcepts);
    const auto subjects = found ? *found : search::Subjects{};
    if (shown.edition.metadata.themes.empty()) {
        addFact(view["facts"], shown, schema::Facet::theme, subjects.automaticThemes);
        if (!subjects.automaticThemes.empty()) {
            view["facts"].back()["mark"] = text(shown, "document.automatic");
        }
    }
    view["concepts"] = json::array();
    for (const auto& one : subjects.concepts) {
        view["concepts"].push_back({{"label", one.label}, {"url", searchUrl(shown.language, {{"q", one.q}})}});
    }
    view["any_concepts"] = !subjects.concepts.empty();
}

// The one address of what is shown, for machines: without marks, quotations and the like, and in place of an old
// version the edition as it is now.
std::string canonicalUrl(const Shown& shown, const model::Page* page)
{
    const bool newest = shown.version.versions.front().number == shown.edition.versionNumber;
    Parameters parameters;
    if (shown.edition.editionId != shown.editions.front().editionId || (page != nullptr && newest)) {
        parameters.emplace_back("language", shown.edition.metadata.language);
    }
    if (page != nullptr && newest) {
        parameters.emplace_back("page", std::to_string(page->number));
    }
    return absoluteUrl(shown.services, documentUrl(shown.language, shown.edition.citableId, parameters));
}

json viewOf(const Shown& shown, const model::Page* page)
{
    const auto& metadata = shown.edition.metadata;
    const auto title = metadata.title.empty() ? shown.edition.citableId : metadata.title;
    auto kept = versionParameters(shown.version);
    if (page != nullptr) {
        kept.emplace_back("page", std::to_string(page->number));
    }
    if (!shown.quote.quote.empty()) {
        kept.emplace_back("quote", shown.quote.quote);
    }
    kept = joined(std::move(kept), keptWords(shown.request));
    const auto id = shown.edition.citableId;
    auto view = commonView(shown.services, shown.language, title, "/documents/" + percentEncode(id), kept);
    view["canonical_url"] = canonicalUrl(shown, page);
    view["id"] = id;
    view["id_url"] = "/id/" + percentEncode(id);
    view["name"] = title;
    view["subtitle"] = metadata.subtitle;
    view["language"] = metadata.language;
    view["authors"] = listed(metadata.authors);
    view["abstract"] = metadata.abstractText;
    view["facts"] = factsView(shown);
    view["editions"] = editionsView(shown, page == nullptr ? 0 : page->number);
    auto editions = shown.editions;
    *std::ranges::find(editions, shown.edition.editionId, &model::Edition::editionId) = shown.edition; // as it was then
    addCitation(view, shown.services, shown.language,
                citedWork(shown.services, std::move(editions), shown.edition.editionId), page);
    view["q"] = shown.request.q;
    view["back_url"] = searchUrl(shown.language, keptWords(shown.request));
    view["outline"] = json::array();
    for (const auto& entry : shown.edition.outline) {
        view["outline"].push_back({{"title", entry.title},
                                   {"level", std::to_string(std::min(entry.level, 4U))},
                                   {"url", entry.page == 0 ? "" : pageUrl(shown, entry.page)}});
    }
    view["any_outline"] = !shown.edition.outline.empty();
    view["pages"] = json::array();
    for (const auto& one : shown.pages) {
        view["pages"].push_back({{"label", labelOf(one)},
                                 {"heading", one.heading},
                                 {"url", pageUrl(shown, one.number)},
                                 {"current", page != nullptr && one.number == page->number}});
    }
    view["any_pages"] = !shown.pages.empty();
    addVersions(view, shown.version, page);
    return view;
}

// The page to show: the one that has the passage, the one asked for, the one that has most of the passage; nullptr for
// the document as a whole.
std::variant<const model::Page*, Failure> choosePage(const std::vector<model::Page>& pages, const QuoteAnswer& quote,
                                                     std::uint32_t asked)
{
    for (const auto number : {quote.place ? quote.place->page : 0U, asked, quote.closest}) {
        const auto found = std::ranges::find(pages, number, &model::Page::number);
        if (found != pages.end()) {
            return &*found;
        }
        if (number != 0 && number == asked && quote.quote.empty()) {
            return Failure{ErrorCode::notFound, "the document has no such page", "page"};
        }
    }
    return static_cast<const model::Page*>(nullptr);
}

// What the address says besides the work.
struct Asked {
    text::Language language;
    std::string edition;
    std::optional<int> version;
    std::uint32_t page = 0;
    std::string quote;
    search::SearchRequest words;
};

Answer show(const Services& services, ReaderPool::Loan& readers, const std::vector<model::Edition>& editions,
            const Asked& asked)
{
    const auto* current = editionIn(editions, asked.edition);
    if (current == nullptr) {
        return noSuchEdition();
    }
    const auto found = openVersion(services, readers, *current, asked.version);
    if (const auto* failure = std::get_if<Failure>(&found)) {
        return *failure;
    }
    const auto& [versions, version, edition, pages] = std::get<OpenedVersion>(found);
    const auto quote = answerQuote(readers, {version, pages, versions, asked.quote, asked.page});
    if (!quote) {
        return Failure{quote.error()};
    }
    const auto words = keptWords(asked.words);
    const ShownVersion shownVersion{services, asked.language, edition, versions, pages, words};
    const Shown shown{services, editions, edition, pages, asked.language, asked.words, shownVersion, *quote};
    const auto chosen = choosePage(pages, *quote, asked.page);
    if (const auto* failure = std::get_if<Failure>(&chosen)) {
        return *failure;
    }
    const auto* page = std::get<const model::Page*>(chosen);
    auto view = viewOf(shown, page);
    view["similar"] = similarView(shown, readers);
    view["any_similar"] = !view["similar"].empty();
    addSubjects(view, shown, readers);
    addInDocument(view,
                  {services, edition, asked.language, asked.words, versionParameters(shownVersion),
                   version.versionId == current->versionId},
                  readers);
    view["note"] = quoteNote(shownVersion, page, *quote, asked.page);
    view["page"] = false;
    if (page != nullptr) {
        auto pageText = pageView(shown, readers, *page);
        if (!pageText) {
            return Failure{pageText.error()};
        }
        view["page"] = std::move(*pageText);
    }
    auto response = htmlPage(services, "document", asked.language, view);
    addSignposts(response, services, {edition.citableId, edition.metadata.license});
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

} // namespace

Answer documentPage(const Services& services, const Request& request)
{
    Asked asked;
    asked.language = pageLanguage(request);
    ParameterReader reader{request.parameters};
    asked.edition = reader.text("language", kMaxLanguageBytes);
    asked.words = readWords(reader, asked.language);
    asked.words.size = kHitsAtOnce;
    asked.words.page = static_cast<std::uint32_t>(reader.number("hits", 1, kMaxHitsPart).value_or(1));
    asked.page = static_cast<std::uint32_t>(reader.number("page", 1, kMaxPageNumber).value_or(0));
    asked.version = reader.number("v", 1, kMaxVersionNumber);
    asked.quote = reader.text("quote", passage::kMaxQuoteBytes);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    return onWork(services, request.captures[0], asked.language, [&](auto& readers, const auto& editions) -> Answer {
        const auto& id = editions.front().citableId;
        // A former ID, an alias, or one that was not typed in its canonical form.
        return id != request.captures[0] ? redirect(301, documentUrl(asked.language, id, request.parameters))
                                         : show(services, readers, editions, asked);
    });
}

} // namespace acervo::http
