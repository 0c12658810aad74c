#include "searchd/http/parameters.h"

#include "analyzers/text/normalise.h"

#include <algorithm>
#include <charconv>

namespace acervo::http {

namespace {

constexpr std::size_t kMaxAcceptLanguageBytes = 256;
constexpr std::size_t kMaxParameters = 256;

int hexValue(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

// Calls use(part) for each part between separators.
template <class Use>
void eachPart(std::string_view text, char separator, Use&& use)
{
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(separator, begin), text.size());
        use(text.substr(begin, end - begin));
        begin = end + 1;
    }
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

Result<std::string> percentDecode(std::string_view text, Plus plus)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hexValue(text[i + 1]) : -1;
            const int low = high >= 0 ? hexValue(text[i + 2]) : -1;
            if (low < 0) {
                return Error{ErrorCode::invalidArgument, "the address holds a broken %-escape"};
            }
            decoded.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            decoded.push_back(text[i] == '+' && plus == Plus::isSpace ? ' ' : text[i]);
        }
    }
    if (!text::isValidUtf8(decoded)) {
        return Error{ErrorCode::invalidArgument, "the address is not encoded in UTF-8"};
    }
    return decoded;
}

std::string percentEncode(std::string_view text)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        if (isUnreserved(c)) {
            encoded.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded.push_back('%');
            encoded.push_back(kHex[byte >> 4U]);
            encoded.push_back(kHex[byte & 15U]);
        }
    }
    return encoded;
}

Result<Parameters> parseQuery(std::string_view query)
{
    Parameters parameters;
    std::optional<Error> problem;
    eachPart(query, '&', [&](std::string_view part) {
        if (part.empty() || problem) {
            return;
        }
        const auto equals = std::min(part.find('='), part.size());
        const auto name = percentDecode(part.substr(0, equals), Plus::isSpace);
        const auto value =
            percentDecode(equals < part.size() ? part.substr(equals + 1) : std::string_view{}, Plus::isSpace);
        if (!name || !value) {
            problem = name ? value.error() : name.error();
        } else if (parameters.size() == kMaxParameters) {
            problem = Error{ErrorCode::invalidArgument,
                            "the address has more than " + std::to_string(kMaxParameters) + " parameters"};
        } else {
            parameters.emplace_back(*name, text::clean(*value));
        }
    });
    if (problem) {
        return *problem;
    }
    return parameters;
}

std::string buildQuery(const Parameters& parameters)
{
    std::string query;
    for (const auto& [name, value] : parameters) {
        query += query.empty() ? '?' : '&';
        query += percentEncode(name) + '=' + percentEncode(value);
    }
    return query;
}

std::optional<std::string> ParameterReader::single(std::string_view name)
{
    std::optional<std::string> found;
    for (const auto& [given, value] : _parameters) {
        if (given == name && !value.empty()) {
            if (found) {
                wrong(name, "given once");
                return std::nullopt;
            }
            found = value;
        }
    }
    return found;
}

void ParameterReader::wrong(std::string_view name, std::string expected)
{
    if (!_malformed) {
        _malformed = Malformed{std::string{name}, std::move(expected)};
    }
}

std::string ParameterReader::text(std::string_view name, std::size_t maxBytes)
{
    auto value = single(name).value_or("");
    if (value.size() > maxBytes) {
        wrong(name, "at most " + std::to_string(maxBytes) + " bytes long");
        return {};
    }
    return value;
}

std::optional<int> ParameterReader::number(std::string_view name, int least, int most)
{
    const auto value = single(name);
    if (!value) {
        return std::nullopt;
    }
    int number = 0;
    const auto* end = value->data() + value->size();
    const auto [stopped, error] = std::from_chars(value->data(), end, number);
    if (error != std::errc{} || stopped != end || number < least || number > most) {
        wrong(name, "a number from " + std::to_string(least) + " to " + std::to_string(most));
        return std::nullopt;
    }
    return number;
}

std::vector<std::string> ParameterReader::list(std::string_view name, std::size_t maxValues)
{
    std::vector<std::string> values;
    for (const auto& [given, value] : _parameters) {
        if (given == name && !value.empty() && std::ranges::find(values, value) == values.end()) {
            values.push_back(value);
        }
    }
    if (values.size() > maxValues) {
        wrong(name, "given at most " + std::to_string(maxValues) + " times");
        return {};
    }
    return values;
}

std::optional<std::size_t> ParameterReader::choice(std::string_view name, const std::vector<std::string_view>& choices)
{
    const auto value = single(name);
    if (!value) {
        return std::nullopt;
    }
    const auto found = std::ranges::find(choices, *value);
    if (found == choices.end()) {
        std::string expected = "one of";
        for (const auto choice : choices) {
            expected += (choice == choices.front() ? " " : ", ") + std::string{choice};
        }
        wrong(name, expected);
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - choices.begin());
}

std::optional<text::Language> ParameterReader::language(std::string_view name)
{
    const auto chosen = choice(name, {"en", "fr", "es"});
    return chosen ? std::optional{text::kLanguages[*chosen]} : std::nullopt;
}

void ParameterReader::refuseUnknown(const std::vector<std::string_view>& known)
{
    for (const auto& [name, value] : _parameters) {
        if (std::ranges::find(known, name) == known.end()) {
            std::string names;
            for (const auto one : known) {
                names += (names.empty() ? "" : ", ") + std::string{one};
            }
            wrong(name, known.empty() ? "left out: there are no parameters here"
                                      : "left out: the parameters here are " + names);
            return;
        }
    }
}

Target splitTarget(std::string_view uri)
{
    const auto fragment = std::min(uri.find('#'), uri.size());
    uri = uri.substr(0, fragment);
    const auto mark = uri.find('?');
    if (mark == std::string_view::npos) {
        return {uri, {}};
    }
    return {uri.substr(0, mark), uri.substr(mark + 1)};
}

text::Language acceptedLanguage(std::string_view header)
{
    auto best = text::Language::other;
    int bestQuality = 0; // thousandths
    eachPart(header.substr(0, kMaxAcceptLanguageBytes), ',', [&](std::string_view part) {
        const auto semicolon = std::min(part.find(';'), part.size());
        int quality = 1000;
        if (const auto q = part.find("q=", semicolon); q != std::string_view::npos) {
            // "q=0.8": the digits after the point, as thousandths
            const auto number = trimmed(part.substr(q + 2));
            quality = number.starts_with('1') ? 1000 : 0;
            for (std::size_t i = 2, unit = 100; quality < 1000 && i < number.size() && unit > 0; ++i, unit /= 10) {
                if (number[i] >= '0' && number[i] <= '9') {
                    quality += (number[i] - '0') * static_cast<int>(unit);
                }
            }
        }
        const auto language = text::languageOf(trimmed(part.substr(0, semicolon)));
        if (language != text::Language::other && quality > bestQuality) {
            best = language;
            bestQuality = quality;
        }
    });
    return best;
}

} // namespace acervo::http
