#include "searchd/http/version_view.h"

#include "searchd/http/addresses.h"
#include "searchd/http/page_view.h"
#include "searchd/http/versions.h"

#include <algorithm>

namespace acervo::http {

using nlohmann::json;

namespace {

std::string say(const ShownVersion& shown, std::string_view key, const std::vector<Argument>& arguments = {})
{
    return shown.services.messages.text(shown.language, key, arguments);
}

std::string pathOf(const ShownVersion& shown, std::string_view below, const Parameters& parameters)
{
    return documentUrl(shown.language, shown.edition.citableId) + std::string{below} + buildQuery(parameters);
}

std::string number(std::uint32_t value)
{
    return std::to_string(value);
}

std::string dayOf(const ShownVersion& shown, std::int64_t seconds)
{
    return formatDate(dateOf(seconds), shown.language);
}

Parameters editionParameters(const ShownVersion& shown)
{
    return {{"language", shown.edition.metadata.language}};
}

std::string changesUrl(const ShownVersion& shown, std::uint32_t from, std::uint32_t to)
{
    return pathOf(shown, "/changes", joined(editionParameters(shown), {{"from", number(from)}, {"to", number(to)}}));
}

bool isNewest(const ShownVersion& shown)
{
    return shown.edition.versionNumber == shown.versions.front().number;
}

// The page of the newest version that says the same.
std::string newestUrl(const ShownVersion& shown, const model::Page* page)
{
    if (page == nullptr) {
        return pathOf(shown, "", joined(editionParameters(shown), shown.words));
    }
    const auto& language = shown.edition.metadata.language;
    return pathOf(shown, "/parallel",
                  joined({{"language", language},
                          {"v", number(shown.edition.versionNumber)},
                          {"page", number(page->number)},
                          {"to", language}},
                         shown.words));
}

} // namespace

Parameters versionParameters(const ShownVersion& shown)
{
    auto parameters = editionParameters(shown);
    if (!isNewest(shown)) {
        parameters.emplace_back("v", number(shown.edition.versionNumber));
    }
    return parameters;
}

void addVersions(json& view, const ShownVersion& shown, const model::Page* page)
{
    auto list = json::array();
    for (std::size_t i = 0; i < shown.versions.size(); ++i) {
        const auto& version = shown.versions[i];
        Parameters parameters = editionParameters(shown);
        if (i > 0) {
            parameters.emplace_back("v", number(version.number));
        }
        const bool hasOlder = i + 1 < shown.versions.size();
        list.push_back(
            {{"name", say(shown, "version.name", {{"number", std::int64_t{version.number}}})},
             {"date", dayOf(shown, version.indexedAt)},
             {"pages", say(shown, "result.pages", {{"count", std::int64_t{version.pageCount}}})},
             {"url", pathOf(shown, "", joined(parameters, shown.words))},
             {"newest", i == 0},
             {"shown", version.number == shown.edition.versionNumber},
             {"changes_url", hasOlder ? changesUrl(shown, shown.versions[i + 1].number, version.number) : ""}});
    }
    view["versions"] = list;
    view["any_versions"] = shown.versions.size() > 1;
    view["permalink"] = permalink(shown.services, shown.edition);
    view["older"] = false;
    if (!isNewest(shown)) {
        const auto& newest = shown.versions.front();
        view["older"] = {{"text", say(shown, "version.older",
                                      {{"number", std::int64_t{shown.edition.versionNumber}},
                                       {"date", dayOf(shown, shown.edition.indexedAt)},
                                       {"newest", std::int64_t{newest.number}},
                                       {"newest_date", dayOf(shown, newest.indexedAt)}})},
                         {"newest_url", newestUrl(shown, page)},
                         {"changes_url", changesUrl(shown, shown.edition.versionNumber, newest.number)}};
    }
}

void addPassage(json& pageView, const ShownVersion& shown, const model::Page& page,
                const std::vector<model::Edition>& editions, const QuoteAnswer& quote)
{
    const auto name = nameOf(page, shown.pages);
    pageView["permalink"] = permalink(shown.services, shown.edition, name);
    pageView["cited_as"] = say(shown, "passage.page", {{"label", labelOf(page)}});
    const bool here = quote.place && quote.place->page == page.number;
    pageView["quoted"] = here ? quote.quote : "";
    pageView["quote_permalink"] = here ? permalink(shown.services, shown.edition, name, quote.quote) : "";
    pageView["quote_kept"] = json::array();
    for (const auto& [key, value] : joined(versionParameters(shown), {{"page", number(page.number)}})) {
        pageView["quote_kept"].push_back({{"name", key}, {"value", value}});
    }
    pageView["quote_action"] = documentUrl(shown.language, shown.edition.citableId) + "#quote";
    pageView["parallels"] = json::array();
    for (const auto& other : editions) {
        const auto& code = other.metadata.language;
        if (code == shown.edition.metadata.language) {
            continue;
        }
        const auto parameters =
            joined(joined(versionParameters(shown), {{"page", number(page.number)}, {"to", code}}), shown.words);
        const auto known = "passage.parallel." + code;
        pageView["parallels"].push_back(
            {{"code", code},
             {"text", shown.services.messages.has(known)
                          ? say(shown, known)
                          : say(shown, "passage.parallel", {{"language", languageName(code, shown.language)}})},
             {"url", pathOf(shown, "/parallel", parameters)}});
    }
    pageView["any_parallels"] = !pageView["parallels"].empty();
}

json quoteNote(const ShownVersion& shown, const model::Page* page, const QuoteAnswer& quote, std::uint32_t askedPage)
{
    if (quote.quote.empty()) {
        return false;
    }
    json note{{"found", quote.place.has_value()}, {"quote", quote.quote}, {"url", ""}, {"link", ""}, {"closest", ""}};
    if (quote.place) {
        const bool moved = askedPage != 0 && askedPage != quote.place->page;
        note["text"] = moved && page != nullptr ? say(shown, "passage.moved", {{"label", labelOf(*page)}})
                                                : say(shown, "passage.found");
        return note;
    }
    if (quote.other) {
        note["text"] = say(shown, "passage.changed");
        const std::vector<Argument> where{{"number", std::int64_t{quote.other->number}},
                                          {"date", dayOf(shown, quote.other->indexedAt)},
                                          {"label", quote.other->pageLabel}};
        note["link"] = say(shown, "passage.other_version", where);
        note["url"] = pathOf(shown, "",
                             joined(editionParameters(shown), {{"v", number(quote.other->number)},
                                                               {"page", number(quote.other->page)},
                                                               {"quote", quote.quote}})) +
                      "#quote";
    } else {
        note["text"] = say(shown, "passage.nowhere");
    }
    if (quote.closest != 0 && page != nullptr && page->number == quote.closest) {
        note["closest"] = say(shown, "passage.closest", {{"label", labelOf(*page)}});
    }
    return note;
}

} // namespace acervo::http
