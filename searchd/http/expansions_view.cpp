#include "searchd/http/expansions_view.h"

#include "searchd/http/page_view.h"

#include <algorithm>
#include <functional>

namespace acervo::http {

using nlohmann::json;

namespace {

// What stands above the results, about two lines on a desk; everything else is one click away.
constexpr std::size_t kWordsAtOnce = 4;
constexpr std::size_t kMostOfAWord = 4;
constexpr std::size_t kMostAtATime = 2;   // of a word, before the next word has its turn
constexpr std::size_t kBytesAtOnce = 120; // of words and alternatives
constexpr std::size_t kBytesOfAFrame = 8; // what the frame of a chip takes beside its text

// One answered search and what its links need.
struct Shown {
    const Services& services;
    const search::SearchRequest& request;
    const Parameters& parameters;
};

std::string text(const Shown& shown, const std::string& key, const std::vector<Argument>& arguments = {})
{
    return shown.services.messages.text(shown.request.interfaceLanguage, key, arguments);
}

std::string urlWithout(const Shown& shown, std::string_view name, const std::string& value)
{
    auto parameters = shown.parameters;
    std::erase_if(parameters, [&](const auto& one) { return one.first == name && one.second == value; });
    return searchUrl(shown.request.interfaceLanguage, parameters);
}

std::string urlWith(const Shown& shown, std::string_view name, const std::string& value)
{
    return searchUrl(shown.request.interfaceLanguage, joined(shown.parameters, {{std::string{name}, value}}));
}

json chip(const Shown& shown, const query::Alternative& alternative)
{
    const std::string code{text::codeOf(alternative.language)};
    const bool off = shown.request.without.contains(alternative.id);
    return {
        {"id", alternative.id},
        {"text", alternative.text},
        {"language", code},
        {"language_name", facetLabel(shown.services, schema::Facet::language, code, shown.request.interfaceLanguage)},
        {"origin", text(shown, "also.origin." + alternative.origin)},
        {"off", off},
        {"url", off ? urlWithout(shown, "without", alternative.id) : urlWith(shown, "without", alternative.id)}};
}

// The likeliest first. What is neither searched nor switched off was too much for the engine: nothing to say of it.
json chips(const Shown& shown, std::vector<query::Alternative> alternatives)
{
    std::ranges::stable_sort(alternatives, std::greater{}, &query::Alternative::weight);
    auto list = json::array();
    for (const auto& alternative : alternatives) {
        if (alternative.isOn || shown.request.without.contains(alternative.id)) {
            list.push_back(chip(shown, alternative));
        }
    }
    return list;
}

struct Counts {
    std::int64_t chips = 0;
    std::int64_t off = 0; // of them
};

Counts countsOf(const json& words)
{
    Counts counts;
    for (const auto& word : words) {
        for (const auto& one : word["chips"]) {
            ++counts.chips;
            counts.off += one["off"].get<bool>() ? 1 : 0;
        }
    }
    return counts;
}

// Of each of the first words the two likeliest, then of each the next two, as long as there is room; never none.
json likeliest(const json& all)
{
    auto first = json::array();
    std::size_t room = kBytesAtOnce;
    const auto words = std::min(all.size(), kWordsAtOnce);
    for (std::size_t at = 0; at < words * kMostOfAWord; ++at) {
        const auto word = at / kMostAtATime % words;
        const auto place = at / kMostAtATime / words * kMostAtATime + at % kMostAtATime;
        const auto& chips = all[word]["chips"];
        if (place >= chips.size()) {
            continue;
        }
        const auto size = chips[place]["text"].get_ref<const std::string&>().size() + kBytesOfAFrame +
                          (place == 0 ? all[word]["words"].get_ref<const std::string&>().size() : 0);
        if (size > room && !first.empty()) {
            break;
        }
        room -= std::min(size, room);
        if (place == 0) {
            first.push_back({{"words", all[word]["words"]}, {"chips", json::array()}});
        }
        first[word]["chips"].push_back(chips[place]);
    }
    return first;
}

} // namespace

json expansionsView(const Services& services, const search::SearchRequest& request,
                    const std::vector<query::Expansion>& expansions, const Parameters& parameters)
{
    const bool ownOnly = request.translate == query::Translate::no;
    if (request.q.empty() || (expansions.empty() && !ownOnly)) {
        return false;
    }
    const Shown shown{services, request, parameters};
    auto all = json::array();
    for (const auto& expansion : expansions) {
        if (auto every = chips(shown, expansion.alternatives); !every.empty()) {
            all.push_back({{"words", text(shown, "also.word", {{"words", expansion.words}})}, {"chips", every}});
        }
    }
    const auto first = likeliest(all);
    const auto inAll = countsOf(all);
    const auto inFirst = countsOf(first);
    return {{"own_only", ownOnly},
            {"any", !all.empty()},
            {"first", first},
            {"all", all},
            {"all_are_first", inAll.chips == inFirst.chips},
            {"open", inAll.off > inFirst.off}, // else readers would not see what they did
            {"all_text", text(shown, "also.all", {{"count", inAll.chips}})},
            {"off_text", inAll.off == 0 ? "" : text(shown, "also.off", {{"count", inAll.off}})},
            {"own_url", urlWith(shown, "xlang", "off")},
            {"too_url", urlWithout(shown, "xlang", "off")}};
}

} // namespace acervo::http
