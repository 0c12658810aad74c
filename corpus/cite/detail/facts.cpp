#include "corpus/cite/detail/facts.h"

#include <algorithm>
#include <array>

namespace acervo::cite::detail {

namespace {

int numberAt(const std::string& text, std::size_t begin, std::size_t length)
{
    if (text.size() < begin + length) {
        return 0;
    }
    int number = 0;
    for (const char c : std::string_view{text}.substr(begin, length)) {
        if (c < '0' || c > '9') {
            return 0;
        }
        number = number * 10 + (c - '0');
    }
    return number;
}

void addNew(std::vector<std::string>& values, std::string value)
{
    if (!value.empty() && std::ranges::find(values, value) == values.end()) {
        values.push_back(std::move(value));
    }
}

// Bytes of a line break or control character of Unicode that begins at `at`, 0 when there is none: U+0080..U+009F,
// U+2028, U+2029, and what XML 1.0 refuses, U+FFFE and U+FFFF.
std::size_t controlLength(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    if (byte(0) < 0x20 || byte(0) == 0x7F) {
        return 1;
    }
    if (byte(0) == 0xC2 && byte(1) < 0xA0) {
        return 2;
    }
    const bool isSeparator = byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9);
    const bool isNoCharacter = byte(0) == 0xEF && byte(1) == 0xBF && (byte(2) == 0xBE || byte(2) == 0xBF);
    return isSeparator || isNoCharacter ? 3 : 0;
}

} // namespace

DateParts partsOf(const model::PartialDate& date)
{
    DateParts parts;
    parts.year = numberAt(date, 0, 4);
    parts.month = parts.year == 0 ? 0 : numberAt(date, 5, 2);
    if (parts.month > 12) {
        parts.month = 0;
    }
    parts.day = parts.month == 0 ? 0 : numberAt(date, 8, 2);
    return parts;
}

std::string oneLine(std::string_view text)
{
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const auto control = controlLength(text, at);
        if (control == 0 && text[at] != ' ') {
            line += text[at++];
            continue;
        }
        if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
        at += std::max<std::size_t>(control, 1);
    }
    while (line.ends_with(' ')) {
        line.pop_back();
    }
    return line;
}

std::string urlEncoded(std::string_view text)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const bool isPlain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                             c == '.' || c == '_' || c == '~';
        if (isPlain) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
    return encoded;
}

std::string titleOf(const model::Edition& edition, std::string_view separator)
{
    auto title = oneLine(edition.metadata.title);
    const auto subtitle = oneLine(edition.metadata.subtitle);
    if (title.empty()) {
        title = edition.citableId;
    }
    if (subtitle.empty()) {
        return title;
    }
    const bool closed = title.ends_with('?') || title.ends_with('!') || title.ends_with('.') || title.ends_with(':');
    return title + (closed ? std::string{" "} : std::string{separator}) + subtitle;
}

std::string doiOf(const model::Edition& edition)
{
    const auto written = oneLine(edition.metadata.doi);
    const auto begin = written.find("10.");
    return begin == std::string::npos || written.find('/', begin) == std::string::npos ? std::string{}
                                                                                       : written.substr(begin);
}

std::string doiUrl(std::string_view doi)
{
    std::string url = "https://doi.org/";
    for (const char c : doi) {
        url += c == '/' || c == '(' || c == ')' || c == ':' || c == ';' ? std::string{c} : urlEncoded({&c, 1});
    }
    return url;
}

std::vector<Name> authorsOf(const model::Edition& edition)
{
    std::vector<Name> names;
    for (const auto& author : edition.metadata.authors) {
        auto written = oneLine(author);
        if (!written.empty()) {
            names.push_back(nameOf(written));
        }
    }
    return names;
}

std::string labelIn(const vocabulary::Labels& labels, std::string_view language)
{
    auto found = labels.find(language);
    if (found == labels.end()) {
        found = labels.find("en");
    }
    if (found == labels.end()) {
        found = labels.begin();
    }
    return found == labels.end() ? std::string{} : found->second;
}

std::vector<std::string> subjectsOf(const Work& work, const model::Edition& edition)
{
    std::vector<std::string> all;
    for (const auto& labels : work.subjects) {
        addNew(all, oneLine(labelIn(labels, edition.metadata.language)));
    }
    for (const auto& keyword : edition.metadata.keywords) {
        addNew(all, oneLine(keyword));
    }
    return all;
}

std::vector<std::string> distinct(const Work& work, std::string (*valueOf)(const model::Edition&))
{
    std::vector<std::string> values;
    for (const auto& edition : work.editions) {
        addNew(values, oneLine(valueOf(edition)));
    }
    return values;
}

} // namespace acervo::cite::detail
