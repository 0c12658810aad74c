#include "searchd/http/search_parameters.h"

#include <algorithm>

namespace acervo::http {

namespace {

constexpr int kFirstYear = 1000;
constexpr int kLastYear = 9999;
constexpr std::size_t kMaxWithout = 100;
constexpr std::size_t kMaxCursorBytes = 64;
const std::vector<std::string_view> kOnOff{"on", "off"};
constexpr std::size_t kOff = 1;

std::vector<std::string_view> withFacets(std::vector<std::string_view> names)
{
    for (const auto& info : schema::kFacets) {
        names.push_back(info.name);
    }
    return names;
}

} // namespace

const std::vector<std::string_view>& searchParameterNames()
{
    static const auto names =
        withFacets({"q", "year_from", "year_to", "sort", "page", "size", "cursor", "lang", "xlang", "without"});
    return names;
}

const std::vector<std::string_view>& facetParameterNames()
{
    static const auto names = withFacets({"q", "year_from", "year_to", "lang", "xlang", "without"});
    return names;
}

search::SearchRequest readWords(ParameterReader& reader, text::Language language)
{
    search::SearchRequest request;
    request.interfaceLanguage = language;
    request.q = reader.text("q", kMaxQueryBytes);
    if (reader.choice("xlang", kOnOff) == kOff) {
        request.translate = query::Translate::no;
    }
    for (auto& off : reader.list("without", kMaxWithout)) {
        request.without.insert(std::move(off));
    }
    return request;
}

search::SearchRequest readSearch(ParameterReader& reader, text::Language language)
{
    auto request = readWords(reader, language);
    for (const auto& info : schema::kFacets) {
        request.filter(info.facet) = reader.list(info.name, kMaxFilterValues);
    }
    request.yearFrom = reader.number("year_from", kFirstYear, kLastYear);
    request.yearTo = reader.number("year_to", kFirstYear, kLastYear);
    if (const auto sort = reader.choice("sort", sortNames())) {
        request.sort = static_cast<search::Sort>(*sort);
    }
    request.size = static_cast<std::uint32_t>(
        reader.number("size", 0, static_cast<int>(search::kMaxPageSize)).value_or(static_cast<int>(request.size)));
    const int lastPage = static_cast<int>(search::kMaxOffset / std::max(request.size, 1U));
    request.page = static_cast<std::uint32_t>(reader.number("page", 1, lastPage).value_or(1));
    request.cursor = reader.text("cursor", kMaxCursorBytes);
    return request;
}

Parameters keptWords(const search::SearchRequest& request)
{
    Parameters kept;
    if (!request.q.empty()) {
        kept.emplace_back("q", request.q);
    }
    if (request.translate == query::Translate::no) {
        kept.emplace_back("xlang", "off");
    }
    for (const auto& off : request.without) {
        kept.emplace_back("without", off);
    }
    return kept;
}

Parameters keptParameters(const search::SearchRequest& request, const std::string& sort)
{
    auto kept = keptWords(request);
    for (const auto& info : schema::kFacets) {
        for (const auto& value : request.filter(info.facet)) {
            kept.emplace_back(info.name, value);
        }
    }
    if (request.yearFrom) {
        kept.emplace_back("year_from", std::to_string(*request.yearFrom));
    }
    if (request.yearTo) {
        kept.emplace_back("year_to", std::to_string(*request.yearTo));
    }
    if (!sort.empty()) {
        kept.emplace_back("sort", sort);
    }
    if (request.size != search::SearchRequest{}.size) {
        kept.emplace_back("size", std::to_string(request.size));
    }
    return kept;
}

} // namespace acervo::http
