#include "searchd/http/citations.h"
#include "searchd/http/expansions_view.h"
#include "searchd/http/facet_values.h"
#include "searchd/http/json_answers.h"
#include "searchd/http/markup.h"
#include "searchd/http/page_view.h"
#include "searchd/http/search_parameters.h"
#include "searchd/http/searches.h"

#include <algorithm>
#include <map>

namespace acervo::http {

using nlohmann::json;

namespace {

constexpr std::size_t kValuesAtOnce = 7;  // of a facet; the others are one click away
constexpr std::size_t kMostValues = 60;   // beyond them people search
constexpr std::uint32_t kPagesAround = 2; // links beside the current page

constexpr std::size_t kLong = 15; // values, from which on one can search among them

// In the order people narrow down.
constexpr std::array kFacetOrder{schema::Facet::type,     schema::Facet::section, schema::Facet::theme,
                                 schema::Facet::language, schema::Facet::year,    schema::Facet::country,
                                 schema::Facet::sdg};

// One answered search and what its links need.
struct Shown {
    const Services& services;
    const search::SearchRequest& request;
    const search::SearchAnswer& answer;
    text::Language language;
    Parameters parameters;                      // of this search, without the page
    std::map<schema::Facet, std::string> typed; // to find values of long facets
};

std::string text(const Shown& shown, std::string_view key, const std::vector<Argument>& arguments = {})
{
    return shown.services.messages.text(shown.language, key, arguments);
}

Parameters without(Parameters parameters, std::string_view name, std::string_view value)
{
    std::erase_if(parameters,
                  [&](const auto& one) { return one.first == name && (value.empty() || one.second == value); });
    return parameters;
}

json snippetView(const Shown& shown, const search::Hit& hit, const search::Snippet& snippet)
{
    const auto parameters =
        joined({{"language", hit.language}, {"page", std::to_string(snippet.page)}}, keptWords(shown.request));
    const auto label = snippet.label.empty() ? std::to_string(snippet.page) : snippet.label;
    return {{"html", markedHtml(snippet.text, snippet.marks)},
            {"language", snippet.language.empty() ? hit.language : snippet.language},
            {"url", snippet.page == 0 ? "" : documentUrl(shown.language, hit.citableId, parameters) + "#page"},
            {"page", snippet.page == 0 ? "" : text(shown, "result.page", {{"label", label}})}};
}

json hitView(const Shown& shown, const search::Hit& hit)
{
    auto snippets = json::array();
    for (const auto& snippet : hit.snippets) {
        snippets.push_back(snippetView(shown, hit, snippet));
    }
    std::string authors;
    for (const auto& author : hit.authors) {
        authors += (authors.empty() ? "" : ", ") + author;
    }
    const auto words = keptWords(shown.request);
    return {{"id", hit.citableId},
            {"title_html", markedHtml(hit.title.empty() ? hit.citableId : hit.title, hit.titleMarks)},
            {"language", hit.language},
            {"url", documentUrl(shown.language, hit.citableId, joined({{"language", hit.language}}, words))},
            {"type", facetLabel(shown.services, schema::Facet::type, hit.type, shown.language)},
            {"section", facetLabel(shown.services, schema::Facet::section, hit.section, shown.language)},
            {"date", formatDate(hit.date, shown.language)},
            {"authors", authors},
            {"pages", hit.pageCount == 0 ? "" : text(shown, "result.pages", {{"count", std::int64_t{hit.pageCount}}})},
            {"languages",
             languageBadges(shown.services, shown.language, hit.citableId, hit.languages, hit.language, words)},
            {"snippets", snippets}};
}

// Each value behind the one it lies in, siblings as they come.
std::vector<search::FacetValue> asTree(const Shown& shown, std::vector<search::FacetValue> values)
{
    std::multimap<std::string, search::FacetValue> below;
    for (auto& value : values) {
        auto parent = parentOf(shown.services, schema::Facet::country, value.value);
        const bool isCounted = std::ranges::find(values, parent, &search::FacetValue::value) != values.end();
        below.emplace(isCounted ? parent : "", value);
    }
    std::vector<search::FacetValue> tree;
    const auto add = [&](const auto& self, const std::string& parent) -> void {
        const auto [first, last] = below.equal_range(parent);
        for (auto child = first; child != last; ++child) {
            tree.push_back(child->second);
            self(self, child->second.value);
        }
    };
    add(add, "");
    return tree;
}

// Types stand in the order of their tree, countries below their regions, everything else as counted.
std::vector<search::FacetValue> orderedValues(const Shown& shown, const search::FacetCounts& counts)
{
    auto values = counts.values;
    if (counts.facet == schema::Facet::country) {
        return asTree(shown, std::move(values));
    }
    if (counts.facet == schema::Facet::type) {
        std::vector<std::string> order;
        for (const auto& known : shown.services.vocabularies.types.concepts()) {
            order.push_back(known.notation);
        }
        std::ranges::stable_sort(values, {}, [&](const auto& value) { return std::ranges::find(order, value.value); });
    } else {
        std::ranges::stable_partition(values, [](const auto& value) { return value.selected; });
    }
    return values;
}

std::size_t depthOf(const Shown& shown, schema::Facet facet, const std::string& value)
{
    switch (facet) {
    case schema::Facet::type:
        return shown.services.vocabularies.types.ancestors(value).size();
    case schema::Facet::country:
        return shown.services.vocabularies.countries.ancestors(value).size();
    default:
        return 0;
    }
}

// Years have fields of their own.
bool isLong(const search::FacetCounts& counts)
{
    return counts.facet != schema::Facet::year && counts.values.size() >= kLong;
}

json facetView(const Shown& shown, const search::FacetCounts& counts)
{
    const std::string name{schema::infoOf(counts.facet).name};
    const auto sought = shown.typed.find(counts.facet);
    const bool isSought = sought != shown.typed.end();
    const auto typed = isSought ? sought->second : std::string{};
    auto values = json::array();
    auto more = json::array();
    std::int64_t number = 0;
    for (const auto& value : orderedValues(shown, counts)) {
        const auto depth = depthOf(shown, counts.facet, value.value);
        if (isSought && !value.selected &&
            !labelFound(shown.services, counts.facet, value.value, typed, shown.language)) {
            continue;
        }
        auto& list = isSought || values.size() < kValuesAtOnce || (more.empty() && value.selected) ? values : more;
        if (&list == &more && more.size() >= kMostValues && !value.selected) {
            continue;
        }
        list.push_back({{"input_id", name + "-" + std::to_string(number++)},
                        {"name", name},
                        {"value", value.value},
                        {"label", facetLabel(shown.services, counts.facet, value.value, shown.language)},
                        {"count", formatNumber(static_cast<std::int64_t>(value.count), shown.language)},
                        {"depth", std::to_string(depth)},
                        {"checked", value.selected}});
    }
    return {{"name", name},
            {"legend", text(shown, "facet." + name)},
            {"values", values},
            {"more", more},
            {"has_more", !more.empty()},
            {"more_text", text(shown, "facet.more", {{"count", static_cast<std::int64_t>(more.size())}})},
            {"find", isLong(counts)},
            {"find_label", text(shown, "facet.find", {{"facet", text(shown, "facet." + name)}})},
            {"typed", typed},
            {"none_found", isSought && values.empty()},
            {"is_year", counts.facet == schema::Facet::year}};
}

json activeFilters(const Shown& shown)
{
    auto active = json::array();
    for (const auto& info : schema::kFacets) {
        for (const auto& value : shown.request.filter(info.facet)) {
            active.push_back({{"facet", text(shown, "facet." + std::string{info.name})},
                              {"label", facetLabel(shown.services, info.facet, value, shown.language)},
                              {"url", searchUrl(shown.language, without(shown.parameters, info.name, value))}});
        }
    }
    for (const auto* bound : {"year_from", "year_to"}) {
        const auto& year = bound == std::string_view{"year_from"} ? shown.request.yearFrom : shown.request.yearTo;
        if (year) {
            active.push_back({{"facet", text(shown, std::string{"search."} + bound)},
                              {"label", std::to_string(*year)},
                              {"url", searchUrl(shown.language, without(shown.parameters, bound, ""))}});
        }
    }
    return active;
}

json paging(const Shown& shown)
{
    const auto size = std::max(shown.request.size, 1U);
    const auto reachable = std::min<std::uint64_t>(shown.answer.total, search::kMaxOffset);
    const auto last = static_cast<std::uint32_t>((reachable + size - 1) / size);
    const auto current = shown.request.page;
    const auto link = [&](std::uint32_t page) {
        auto parameters = shown.parameters;
        if (page > 1) {
            parameters.emplace_back("page", std::to_string(page));
        }
        return searchUrl(shown.language, parameters);
    };
    auto pages = json::array();
    std::uint32_t previous = 0;
    for (std::uint32_t page = 1; page <= last; ++page) {
        if (page == 1 || page == last || (page + kPagesAround >= current && page <= current + kPagesAround)) {
            pages.push_back({{"number", formatNumber(page, shown.language)},
                             {"url", link(page)},
                             {"label", text(shown, "paging.page", {{"number", std::int64_t{page}}})},
                             {"current", page == current},
                             {"gap", page > previous + 1}});
            previous = page;
        }
    }
    return {{"needed", last > 1},
            {"pages", pages},
            {"previous_url", current > 1 && current <= last + 1 ? link(current - 1) : ""},
            {"next_url", current < last ? link(current + 1) : ""}};
}

json viewOf(const Shown& shown, const std::string& sort)
{
    const auto& request = shown.request;
    const auto total = static_cast<std::int64_t>(shown.answer.total);
    const auto title =
        request.q.empty() ? text(shown, "search.title") : text(shown, "search.title_for", {{"query", request.q}});
    auto view = commonView(shown.services, shown.language, title, "/", shown.parameters);
    view["feed_url"] =
        "/" + std::string{text::codeOf(shown.language)} + "/feed" + buildQuery(keptParameters(request, ""));
    view["q"] = request.q;
    view["total"] = text(shown, request.q.empty() ? "search.total_all" : "search.total", {{"count", total}});
    view["total_number"] = std::to_string(total);
    view["none"] = total == 0;
    view["beyond"] = total > 0 && shown.answer.hits.empty();
    view["first_url"] = searchUrl(shown.language, shown.parameters);
    view["did_you_mean"] = false;
    if (const auto& mended = shown.answer.didYouMean) {
        auto parameters = shown.parameters;
        std::ranges::for_each(parameters,
                              [&](auto& one) { one.second = one.first == "q" ? mended->text : one.second; });
        view["did_you_mean"] = {{"html", markedHtml(mended->text, mended->changed)},
                                {"url", searchUrl(shown.language, parameters)}};
    }
    view["results"] = json::array();
    for (const auto& hit : shown.answer.hits) {
        view["results"].push_back(hitView(shown, hit));
    }
    view["facets"] = json::array();
    for (const auto facet : kFacetOrder) {
        const auto counts = std::ranges::find(shown.answer.facets, facet, &search::FacetCounts::facet);
        if (counts != shown.answer.facets.end() && (!counts->values.empty() || facet == schema::Facet::year)) {
            view["facets"].push_back(facetView(shown, *counts));
        }
    }
    view["active"] = activeFilters(shown);
    view["any_active"] = !view["active"].empty();
    view["clear_url"] = searchUrl(shown.language, keptWords(request));
    view["expansions"] = expansionsView(shown.services, request, shown.answer.expansions, shown.parameters);
    view["kept"] = json::array();
    for (const auto& [name, value] : keptWords(request)) {
        if (name != "q") { // which is typed
            view["kept"].push_back({{"name", name}, {"value", value}});
        }
    }
    view["year_from"] = request.yearFrom ? std::to_string(*request.yearFrom) : "";
    view["year_to"] = request.yearTo ? std::to_string(*request.yearTo) : "";
    view["size"] = request.size != search::SearchRequest{}.size ? std::to_string(request.size) : "";
    view["sorts"] = json::array();
    for (const auto name : sortNames()) {
        view["sorts"].push_back({{"value", name},
                                 {"label", text(shown, "sort." + std::string{name})},
                                 {"selected", sort == name || (sort.empty() && request.sort == search::Sort{} &&
                                                               name == sortNames().front())}});
    }
    view["notes"] = json::array();
    for (const auto& note : shown.answer.notes) {
        view["notes"].push_back({{"message", noteText(shown.services, note, shown.language)}});
    }
    view["any_notes"] = !shown.answer.notes.empty();
    view["paging"] = paging(shown);
    addExport(view, shown.services, request, shown.answer, shown.parameters);
    return view;
}

} // namespace

Answer searchPage(const Services& services, const Request& request)
{
    const auto language = pageLanguage(request);
    ParameterReader reader{request.parameters};
    auto wanted = readSearch(reader, language);
    const auto sort = reader.text("sort", 16);
    std::map<schema::Facet, std::string> typed;
    for (const auto& info : schema::kFacets) {
        if (auto text = reader.text("find_" + std::string{info.name}, kMaxTypedLabelBytes); !text.empty()) {
            typed.emplace(info.facet, std::move(text));
        }
    }
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    if (wanted.q.empty() && sort.empty()) {
        wanted.sort = search::Sort::newest; // nothing to be relevant to
    }
    return onSearch(services, wanted, [&](auto&, const auto& answer) -> Answer {
        const Shown shown{services, wanted, answer, language, keptParameters(wanted, sort), std::move(typed)};
        auto effective = sort;
        if (effective.empty() && wanted.sort == search::Sort::newest) {
            effective = "newest";
        }
        auto view = viewOf(shown, effective);
        if (const auto note = citedSearchNote(services, language, request.parameters); !note.empty()) {
            view["notes"].push_back({{"message", note}});
            view["any_notes"] = true;
        }
        auto response = htmlPage(services, "search", language, view);
        response.headers.emplace_back("Cache-Control", "no-cache");
        return response;
    });
}

} // namespace acervo::http
