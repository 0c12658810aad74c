#include "searchd/http/citations.h"

#include <algorithm>
#include <cstdlib>

namespace acervo::http {

namespace {

constexpr std::size_t kMostRanges = 32; // of one header

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string lowered(std::string_view text)
{
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size() && parts.size() < kMostRanges;) {
        const auto end = std::min(text.find(separator, begin), text.size());
        parts.push_back(trimmed(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return parts;
}

// One range of the header: its type, how much it is wanted, and the style of "text/x-bibliography; style=apa".
struct Range {
    std::string type;
    double quality = 1.0;
    std::string style = "apa";
};

Range rangeOf(std::string_view text)
{
    const auto parts = split(text, ';');
    Range range;
    range.type = lowered(parts.front());
    for (const auto part : parts) {
        const auto parameter = lowered(part);
        if (parameter.starts_with("q=")) {
            range.quality = std::strtod(parameter.c_str() + 2, nullptr);
        } else if (parameter.starts_with("style=")) {
            range.style = parameter.substr(6);
        }
    }
    return range;
}

// What `format` takes for a range; "" for a page and for what is unknown.
std::string formatFor(const Range& range)
{
    if (range.type == "text/x-bibliography") {
        return range.style.starts_with("chicago") ? "chicago" : range.style.starts_with("iso690") ? "iso690" : "apa";
    }
    const auto* format = cite::formatOfMedia(range.type);
    return format == nullptr || format->ofWork == nullptr ? std::string{} : std::string{format->name};
}

bool isPage(const Range& range)
{
    return range.type == "text/html" || range.type == "application/xhtml+xml";
}

// Gives way to what is named and as much wanted.
bool isAnything(const Range& range)
{
    return range.type == "text/*" || range.type == "*/*";
}

} // namespace

std::optional<std::string> acceptedCitation(std::string_view accept, const std::string& citableId,
                                            std::string_view editionLanguage)
{
    double page = 0.0;
    double anything = 0.0;
    double best = 0.0;
    std::string format;
    for (const auto one : split(accept, ',')) {
        const auto range = rangeOf(one);
        if (isPage(range)) {
            page = std::max(page, range.quality);
        } else if (isAnything(range)) {
            anything = std::max(anything, range.quality);
        } else if (const auto name = formatFor(range); !name.empty() && range.quality > best) {
            best = range.quality;
            format = name;
        }
    }
    if (format.empty() || best <= page || best < anything) {
        return std::nullopt;
    }
    Parameters parameters{{"format", format}};
    if (!editionLanguage.empty()) {
        parameters.emplace_back("language", editionLanguage);
    }
    return "/api/v1/documents/" + percentEncode(citableId) + "/citation" + buildQuery(parameters);
}

} // namespace acervo::http
