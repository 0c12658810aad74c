#include "corpus/identifier/citable_id.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace acervo::identifier {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr int kModulus = 36;
constexpr std::size_t kMaxTypedBytes = 128;
constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kUsualSerialDigits = 4;
constexpr std::size_t kFewestSerialDigits = 3;
constexpr std::size_t kMostSerialDigits = 9;
constexpr std::size_t kMaxSerialDigits = 18; // fits 64 bits
constexpr int kFirstYear = 1800;
constexpr int kLastYear = 9999;

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool allDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), isDigit);
}

// Bytes of the separator `text` starts with; 0 when it starts with something else.
std::size_t separatorLength(std::string_view text)
{
    static constexpr std::string_view kSeparators[] = {
        " ",
        "\t",
        "\n",
        "\r",
        "-",
        "_",
        "\xC2\xA0",
        "\xC2\xAD", // no-break space, soft hyphen
        "\xE2\x80\x80",
        "\xE2\x80\x81",
        "\xE2\x80\x82",
        "\xE2\x80\x83",
        "\xE2\x80\x84", // spaces by width
        "\xE2\x80\x85",
        "\xE2\x80\x86",
        "\xE2\x80\x87",
        "\xE2\x80\x88",
        "\xE2\x80\x89",
        "\xE2\x80\x8A",
        "\xE2\x80\x8B",
        "\xE2\x80\xAF",
        "\xE2\x80\x90",
        "\xE2\x80\x91",
        "\xE2\x80\x92",
        "\xE2\x80\x93",
        "\xE2\x80\x94", // hyphens and dashes
        "\xE2\x80\x95",
        "\xE2\x88\x92",
        "\xEF\xB9\xA3",
        "\xEF\xBC\x8D",
    };
    for (const auto separator : kSeparators) {
        if (text.starts_with(separator)) {
            return separator.size();
        }
    }
    return 0;
}

// The runs of upper-cased letters and digits; false when anything else is in between.
bool splitGroups(std::string_view typed, std::vector<std::string>& groups)
{
    bool open = false;
    while (!typed.empty()) {
        const char c = upper(typed.front());
        if (kAlphabet.find(c) == std::string_view::npos) {
            const auto length = separatorLength(typed);
            if (length == 0) {
                return false;
            }
            typed.remove_prefix(length);
            open = false;
            continue;
        }
        if (!open) {
            groups.emplace_back();
            open = true;
        }
        groups.back().push_back(c);
        typed.remove_prefix(1);
    }
    return true;
}

std::string joined(const std::vector<std::string>& groups)
{
    std::string all;
    for (const auto& group : groups) {
        all += group;
    }
    return all;
}

// "UCLG" or "UCLG-{year}-{number:4}-{check}", taken apart.
struct Pattern {
    std::string_view prefix;
    bool hasYear = true;
    std::size_t serialDigits = kUsualSerialDigits; // at least

    std::size_t yearDigits() const { return hasYear ? kYearDigits : 0; }
    std::size_t groups() const { return hasYear ? 4 : 3; }
};

// Takes `part` off the front of `rest`; whether it was there.
bool takeOff(std::string_view& rest, std::string_view part)
{
    const bool found = rest.starts_with(part);
    rest.remove_prefix(found ? part.size() : 0);
    return found;
}

std::optional<Pattern> readPattern(std::string_view text)
{
    Pattern pattern;
    pattern.prefix = text.substr(0, text.find('-'));
    if (!isPrefix(pattern.prefix)) {
        return std::nullopt;
    }
    auto rest = text.substr(pattern.prefix.size());
    if (rest.empty()) {
        return pattern;
    }
    pattern.hasYear = takeOff(rest, "-{year}");
    if (!takeOff(rest, "-{number")) {
        return std::nullopt;
    }
    if (takeOff(rest, ":") && !rest.empty()) {
        pattern.serialDigits = static_cast<std::size_t>(rest.front() - '0');
        rest.remove_prefix(1);
    }
    const bool fits = pattern.serialDigits >= kFewestSerialDigits && pattern.serialDigits <= kMostSerialDigits;
    return fits && rest == "}-{check}" ? std::optional{pattern} : std::nullopt;
}

// The organisation's name reads CGLU in French and Spanish: the same IDs.
std::string_view otherName(std::string_view prefix)
{
    if (prefix == "UCLG") {
        return "CGLU";
    }
    return prefix == "CGLU" ? std::string_view{"UCLG"} : std::string_view{};
}

// A pattern that was checked when it was configured.
Pattern patternOf(std::string_view text)
{
    const auto pattern = readPattern(text);
    if (!pattern) {
        throw std::logic_error("identifier: no pattern of IDs");
    }
    return *pattern;
}

Error malformed(std::string_view pattern, std::string_view what)
{
    const auto read = readPattern(pattern);
    return {ErrorCode::invalidArgument, std::string{what} + "; an ID looks like " + format(pattern, 2021, 42) +
                                            (read && read->hasYear ? " (prefix, year, " : " (prefix, ") +
                                            "number, check character)"};
}

struct Typed {
    Parts parts;
    char check = '0';
};

// What people typed, or in `problem` what is wrong with it. Messages are made by the caller: corrections() tries
// hundreds of forms and needs none.
std::optional<Typed> readTyped(std::string_view typed, std::string_view patternText, std::string& problem)
{
    const auto pattern = patternOf(patternText);
    const auto prefix = pattern.prefix;
    const auto refuse = [&](std::string_view what) {
        problem = what;
        return std::nullopt;
    };
    std::vector<std::string> groups;
    if (typed.size() > kMaxTypedBytes) {
        return refuse("the ID is too long");
    }
    if (!splitGroups(typed, groups)) {
        return refuse("the ID has a character that is neither letter, digit nor dash");
    }
    const auto all = joined(groups);
    std::string_view rest = all;
    const auto other = otherName(prefix);
    if (rest.starts_with(prefix)) {
        rest.remove_prefix(prefix.size());
    } else if (!other.empty() && rest.starts_with(other)) {
        rest.remove_prefix(other.size());
    } else {
        return refuse("the ID does not begin with the right letters");
    }
    if (rest.size() < pattern.yearDigits() + 2) {
        return refuse("the ID is too short");
    }
    const auto yearText = rest.substr(0, pattern.yearDigits());
    const auto serialText = rest.substr(pattern.yearDigits(), rest.size() - pattern.yearDigits() - 1);
    const bool fullyGrouped = groups.size() == pattern.groups();
    if (!allDigits(yearText) || !allDigits(serialText)) {
        return refuse("the year and the number of the ID must be digits");
    }
    if (fullyGrouped && ((pattern.hasYear && groups[1].size() != kYearDigits) || groups.back().size() != 1)) {
        return refuse("the parts of the ID have the wrong length");
    }
    if (serialText.size() > kMaxSerialDigits || (serialText.size() < pattern.serialDigits && !fullyGrouped)) {
        return refuse("the number of the ID has the wrong length");
    }
    // "UCLG-2021-12345" may be 1234 with check character 5, or 12345 without one: refused.
    if (groups.size() > 1 && groups.back().size() > 1 && allDigits(groups.back()) &&
        groups.back().size() < rest.size()) {
        return refuse("the check character of the ID is missing or not set apart by a dash");
    }
    // A digit typed for a dash must not make a longer number.
    if (groups.size() > 1 && serialText.size() > pattern.serialDigits &&
        (groups.back().size() != 1 || groups[groups.size() - 2].size() != serialText.size())) {
        return refuse("the number of the ID is not set apart by dashes");
    }
    Typed result;
    result.parts.prefix = prefix;
    std::from_chars(yearText.data(), yearText.data() + yearText.size(), result.parts.year);
    std::from_chars(serialText.data(), serialText.data() + serialText.size(), result.parts.serial);
    result.check = rest.back();
    if ((pattern.hasYear && result.parts.year < kFirstYear) || result.parts.serial == 0) {
        return refuse("the year of the ID is before 1800 or its number is 0");
    }
    return result;
}

// The canonical ID that `typed` means; nullopt when there is none.
std::optional<std::string> readValid(std::string_view typed, std::string_view prefix, std::string& problem)
{
    const auto read = readTyped(typed, prefix, problem);
    if (!read) {
        return std::nullopt;
    }
    auto id = format(prefix, read->parts.year, read->parts.serial);
    if (id.back() != read->check) {
        problem = std::string{"the check character "} + read->check +
                  " does not fit: a character is mistyped or two are swapped";
        return std::nullopt;
    }
    return id;
}

// Calls onForm for every form of `text` with two neighbours swapped, then for every form with one character replaced
// by one of `alphabet`.
template <class OnForm>
void eachTypingError(std::string text, std::string_view alphabet, OnForm&& onForm)
{
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != text[i + 1]) {
            std::swap(text[i], text[i + 1]);
            onForm(text);
            std::swap(text[i], text[i + 1]);
        }
    }
    for (auto& place : text) {
        const char right = place;
        for (const char wrong : alphabet) {
            place = wrong;
            if (wrong != right) {
                onForm(text);
            }
        }
        place = right;
    }
}

} // namespace

bool isPrefix(std::string_view prefix)
{
    return prefix.size() >= 2 && prefix.size() <= 12 && !isDigit(prefix.front()) &&
           std::all_of(prefix.begin(), prefix.end(),
                       [](char c) { return kAlphabet.find(c) != std::string_view::npos; });
}

char checkCharacter(std::string_view body)
{
    int product = kModulus;
    for (const char c : body) {
        const auto value = kAlphabet.find(upper(c));
        if (value == std::string_view::npos) {
            continue;
        }
        int sum = (product + static_cast<int>(value)) % kModulus;
        sum = sum == 0 ? kModulus : sum;
        product = sum * 2 % (kModulus + 1);
    }
    return kAlphabet[static_cast<std::size_t>((kModulus + 1 - product) % kModulus)];
}

bool isPattern(std::string_view text)
{
    return readPattern(text).has_value();
}

std::string prefixOf(std::string_view pattern)
{
    return std::string{patternOf(pattern).prefix};
}

bool hasYear(std::string_view pattern)
{
    return patternOf(pattern).hasYear;
}

std::string format(std::string_view patternText, int year, std::uint64_t serial)
{
    const auto pattern = patternOf(patternText);
    if ((pattern.hasYear && (year < kFirstYear || year > kLastYear)) || serial == 0) {
        throw std::logic_error("identifier::format: year or serial out of range");
    }
    auto digits = std::to_string(serial);
    if (digits.size() < pattern.serialDigits) {
        digits.insert(0, pattern.serialDigits - digits.size(), '0');
    }
    auto id = std::string{pattern.prefix};
    if (pattern.hasYear) {
        id += "-" + std::to_string(year);
    }
    id += "-" + digits;
    const char check = checkCharacter(id);
    return id + "-" + check;
}

Result<std::string> parse(std::string_view typed, std::string_view prefix)
{
    std::string problem;
    auto id = readValid(typed, prefix, problem);
    return id ? Result<std::string>{std::move(*id)} : Result<std::string>{malformed(prefix, problem)};
}

Result<Parts> partsOf(std::string_view canonical, std::string_view prefix)
{
    const auto id = parse(canonical, prefix);
    if (!id) {
        return id.error();
    }
    std::string ignored;
    return readTyped(*id, prefix, ignored)->parts;
}

std::vector<std::string> corrections(std::string_view typed, std::string_view prefix)
{
    std::vector<std::string> groups;
    if (typed.size() > kMaxTypedBytes || !splitGroups(typed, groups)) {
        return {};
    }
    const auto pattern = patternOf(prefix);
    // Zeros left out are put back, so that the dashes can be forgotten.
    if (auto* serial = groups.size() == pattern.groups() ? &groups[groups.size() - 2] : nullptr;
        serial != nullptr && serial->size() < pattern.serialDigits) {
        serial->insert(0, pattern.serialDigits - serial->size(), '0');
    }
    const auto plain = joined(groups);
    if (plain.size() > pattern.prefix.size() + kYearDigits + kMaxSerialDigits + 1) {
        return {};
    }
    std::string ignored;
    const auto asTyped = readValid(typed, prefix, ignored);
    std::vector<std::string> found;
    eachTypingError(plain, kAlphabet, [&](const std::string& form) {
        auto id = readValid(form, prefix, ignored);
        if (id && id != asTyped && std::ranges::find(found, *id) == found.end()) {
            found.push_back(std::move(*id));
        }
    });
    return found;
}

std::vector<std::string> confusions(std::string_view canonical, std::string_view prefix)
{
    // A letter fits only into the prefix and the check character, where parse() and the check see it.
    static constexpr std::string_view kTyped = "0123456789- ";
    std::vector<std::string> found;
    std::string ignored;
    const auto collect = [&](const std::string& form) {
        auto id = readValid(form, prefix, ignored);
        if (id && *id != canonical && std::ranges::find(found, *id) == found.end()) {
            found.push_back(std::move(*id));
        }
    };
    eachTypingError(std::string{canonical}, kTyped, collect);
    std::string plain{canonical};
    std::erase(plain, '-');
    eachTypingError(plain, kTyped, collect);
    return found;
}

} // namespace acervo::identifier
