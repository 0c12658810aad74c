#include "corpus/identifier/alias.h"

#include "analyzers/text/normalise.h"

#include <algorithm>

namespace acervo::identifier {
namespace {

constexpr std::size_t kMaxBytes = 2'048;
constexpr std::size_t kIsbn10 = 10;
constexpr std::size_t kIsbn13 = 13;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::string lower(std::string_view text)
{
    std::string result{text};
    for (auto& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view kSpace = " \t\r\n";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Takes the first of `prefixes` that `text` begins with off it; whether there was one.
bool takeOff(std::string_view& text, std::initializer_list<std::string_view> prefixes)
{
    for (const auto prefix : prefixes) {
        if (text.size() >= prefix.size() && lower(text.substr(0, prefix.size())) == prefix) {
            text = trimmed(text.substr(prefix.size()));
            return true;
        }
    }
    return false;
}

char isbn13Check(std::string_view twelve)
{
    int sum = 0;
    for (std::size_t i = 0; i < twelve.size(); ++i) {
        sum += (twelve[i] - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool isIsbn10(std::string_view digits)
{
    int sum = 0;
    for (std::size_t i = 0; i < kIsbn10; ++i) {
        const bool ten = digits[i] == 'X';
        if (!isDigit(digits[i]) && !(ten && i + 1 == kIsbn10)) {
            return false;
        }
        sum += (ten ? 10 : digits[i] - '0') * static_cast<int>(kIsbn10 - i);
    }
    return sum % 11 == 0;
}

// Bytes of the sign outside of ASCII that `text` begins with and that is neither letter nor digit (U+0080 to U+00BF,
// U+2000 to U+207F: quotation marks, dashes, the degree sign); 0 when there is none.
std::size_t signLength(std::string_view text)
{
    if (text.starts_with('\xC2')) {
        return std::min<std::size_t>(2, text.size());
    }
    return text.starts_with("\xE2\x80") || text.starts_with("\xE2\x81") ? std::min<std::size_t>(3, text.size()) : 0;
}

// Words of letters and digits, folded, one space between.
std::string words(std::string_view text)
{
    std::string result;
    bool open = false;
    const auto folded = text::fold(text);
    for (std::string_view rest = folded; !rest.empty();) {
        const char c = rest.front();
        if (const auto length = signLength(rest); length != 0) {
            open = false;
            rest.remove_prefix(length);
            continue;
        }
        const bool kept = static_cast<unsigned char>(c) >= 0x80 || isDigit(c) || (c >= 'a' && c <= 'z');
        if (kept && !open && !result.empty()) {
            result += ' ';
        }
        open = kept;
        if (kept) {
            result += c;
        }
        rest.remove_prefix(1);
    }
    return result;
}

} // namespace

std::optional<Alias> isbnAlias(std::string_view written)
{
    auto text = trimmed(written);
    takeOff(text, {"urn:isbn:", "isbn-13:", "isbn-10:", "isbn:", "isbn"});
    std::string digits;
    for (const char c : text) {
        if (isDigit(c) || c == 'x' || c == 'X') {
            digits += c == 'x' ? 'X' : c;
        } else if (c != '-' && c != ' ') {
            return std::nullopt;
        }
    }
    if (digits.size() == kIsbn10 && isIsbn10(digits)) {
        digits = "978" + digits.substr(0, kIsbn10 - 1);
        return Alias{"isbn", digits + isbn13Check(digits)};
    }
    if (digits.size() != kIsbn13 || !std::ranges::all_of(digits, isDigit) ||
        !(digits.starts_with("978") || digits.starts_with("979")) ||
        isbn13Check(std::string_view{digits}.substr(0, kIsbn13 - 1)) != digits.back()) {
        return std::nullopt;
    }
    return Alias{"isbn", digits};
}

std::optional<Alias> doiAlias(std::string_view written)
{
    auto text = trimmed(written);
    takeOff(text, {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/",
                   "dx.doi.org/", "urn:doi:", "doi:", "doi "});
    const auto slash = text.find('/');
    constexpr std::size_t kShortest = 7; // "10.1000"
    if (!text.starts_with("10.") || slash == std::string_view::npos || slash < kShortest || slash + 1 == text.size() ||
        text.size() > kMaxBytes || text.find_first_of(" \t\r\n") != std::string_view::npos ||
        !std::ranges::all_of(text.substr(3, slash - 3), [](char c) { return isDigit(c) || c == '.'; })) {
        return std::nullopt;
    }
    return Alias{"doi", lower(text)};
}

std::optional<Alias> handleAlias(std::string_view written)
{
    auto text = trimmed(written);
    const bool named = takeOff(
        text, {"https://hdl.handle.net/", "http://hdl.handle.net/", "hdl.handle.net/", "info:hdl/", "hdl:", "handle:"});
    const auto slash = text.find('/');
    if (!named || slash == std::string_view::npos || slash == 0 || slash + 1 == text.size() ||
        text.size() > kMaxBytes || text.find_first_of(" \t\r\n") != std::string_view::npos) {
        return std::nullopt;
    }
    return Alias{"handle", lower(text)};
}

std::optional<Alias> urlAlias(std::string_view written)
{
    auto text = trimmed(written);
    if (!takeOff(text, {"https://", "http://"}) && !lower(text).starts_with("www.")) {
        return std::nullopt;
    }
    takeOff(text, {"www."});
    text = text.substr(0, text.find('#'));
    while (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    const auto hostEnd = std::min(text.find_first_of("/?"), text.size());
    auto host = lower(text.substr(0, hostEnd));
    for (const std::string_view port : {":80", ":443"}) {
        if (host.ends_with(port)) {
            host.resize(host.size() - port.size());
        }
    }
    if (host.find('.') == std::string::npos || text.size() > kMaxBytes ||
        text.find_first_of(" \t\r\n") != std::string_view::npos) {
        return std::nullopt;
    }
    return Alias{"url", host + std::string{text.substr(hostEnd)}};
}

std::optional<Alias> seriesAlias(std::string_view series, std::string_view number)
{
    const auto name = words(series);
    const auto which = words(number);
    if (name.empty() || which.empty() || name.size() + which.size() > kMaxBytes) {
        return std::nullopt;
    }
    return Alias{"number", name + " " + which};
}

std::optional<Alias> readAlias(std::string_view written)
{
    const auto text = trimmed(written);
    if (text.empty() || text.size() > kMaxBytes || !text::isValidUtf8(text)) {
        return std::nullopt;
    }
    for (const auto read : {doiAlias, handleAlias, isbnAlias, urlAlias}) {
        if (auto alias = read(text)) {
            return alias;
        }
    }
    auto value = words(text);
    if (value.empty() || std::ranges::all_of(value, [](char c) { return isDigit(c) || c == ' '; })) {
        return std::nullopt;
    }
    return Alias{"number", std::move(value)};
}

} // namespace acervo::identifier
