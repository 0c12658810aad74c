#include "searchd/http/facet_values.h"

#include "analyzers/text/normalise.h"
#include "searchd/http/json_answers.h"
#include "searchd/http/page_view.h"
#include "searchd/http/search_parameters.h"
#include "searchd/http/searches.h"

#include <algorithm>

namespace acervo::http {

using nlohmann::ordered_json;

namespace {

constexpr int kMaxValues = 1000;
constexpr int kDefaultValues = 20;

// Folded; cut at everything that is neither letter nor digit.
std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words{""};
    for (const char c : text::fold(text)) {
        const bool isWord = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (isWord) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

bool matches(std::string_view label, const std::vector<std::string>& typed)
{
    const auto words = wordsOf(label);
    return std::ranges::all_of(typed, [&](const std::string& beginning) {
        return std::ranges::any_of(words, [&](const std::string& word) { return word.starts_with(beginning); });
    });
}

// What else the value is called: in the other languages, and its other names.
std::vector<std::string> otherLabels(const Services& services, schema::Facet facet, const std::string& value)
{
    std::vector<std::string> labels;
    for (const auto language : text::kLanguages) {
        labels.push_back(facetLabel(services, facet, value, language));
    }
    const auto* scheme = vocabulary::schemeOf(services.vocabularies, schema::infoOf(facet).name);
    if (const auto* known = scheme == nullptr ? nullptr : scheme->find(value)) {
        for (const auto& [language, names] : known->altLabels) {
            labels.insert(labels.end(), names.begin(), names.end());
        }
    }
    labels.push_back(value);
    return labels;
}

} // namespace

std::optional<std::string> labelFound(const Services& services, schema::Facet facet, const std::string& value,
                                      std::string_view typed, text::Language language)
{
    const auto words = wordsOf(typed);
    auto own = facetLabel(services, facet, value, language);
    if (words.empty() || matches(own, words)) {
        return own;
    }
    for (auto& label : otherLabels(services, facet, value)) {
        if (matches(label, words)) {
            return std::move(label);
        }
    }
    return std::nullopt;
}

std::string parentOf(const Services& services, schema::Facet facet, const std::string& value)
{
    const auto& info = schema::infoOf(facet);
    const auto* scheme = info.hierarchical ? vocabulary::schemeOf(services.vocabularies, info.name) : nullptr;
    const auto* known = scheme == nullptr ? nullptr : scheme->find(value);
    return known == nullptr ? std::string{} : known->broader;
}

const std::vector<std::string_view>& facetValuesParameterNames()
{
    static const auto names = [] {
        auto all = facetParameterNames();
        all.insert(all.end(), {"prefix", "limit"});
        return all;
    }();
    return names;
}

Answer facetValues(const Services& services, const Request& request)
{
    const auto facet = schema::facetNamed(request.captures[0]);
    if (!facet) {
        return Failure{ErrorCode::notFound, "there is no such facet", "facet"};
    }
    ParameterReader reader{request.parameters};
    const auto language = reader.language("lang").value_or(text::languageOf(services.config.search.defaultLanguage));
    auto wanted = readSearch(reader, language);
    const auto typed = reader.text("prefix", kMaxTypedLabelBytes);
    const auto limit = static_cast<std::size_t>(reader.number("limit", 1, kMaxValues).value_or(kDefaultValues));
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    wanted.size = 0;
    return onSearch(services, wanted, [&](auto&, const auto& answer) -> Answer {
        auto values = ordered_json::array();
        std::size_t found = 0;
        const auto counts = std::ranges::find(answer.facets, *facet, &search::FacetCounts::facet);
        for (const auto& value : counts->values) {
            const auto label = labelFound(services, *facet, value.value, typed, language);
            if (!label || ++found > limit) {
                continue;
            }
            auto one = facetValueJson(services, *facet, value, language);
            one["matched"] = *label == one["label"] ? "" : *label;
            values.push_back(std::move(one));
        }
        return jsonResponse({{"facet", schema::infoOf(*facet).name},
                             {"query", wanted.q},
                             {"prefix", typed},
                             {"total", answer.total},
                             {"found", found},
                             {"values", values}});
    });
}

} // namespace acervo::http
