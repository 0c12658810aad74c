#include "corpus/identifier/citable_id.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>
#include <vector>

namespace acervo::identifier {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr int kModulus = 36;
constexpr std::size_t kMaxTypedBytes = 128;
constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kMinSerialDigits = 4;
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
        if (const auto length = separatorLength(typed); length != 0) {
            typed.remove_prefix(length);
            open = false;
            continue;
        }
        const char c = upper(typed.front());
        if (kAlphabet.find(c) == std::string_view::npos) {
            return false;
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

// The organisation's name reads CGLU in French and Spanish: the same IDs.
std::string_view otherName(std::string_view prefix)
{
    if (prefix == "UCLG") {
        return "CGLU";
    }
    return prefix == "CGLU" ? std::string_view{"UCLG"} : std::string_view{};
}

Error malformed(std::string_view prefix, std::string_view what)
{
    const auto example = format(prefix, 2021, 42);
    return {ErrorCode::invalidArgument, std::string{what} + "; an ID looks like " + example +
                                            " (prefix, year, number of at least four digits, check character)"};
}

struct Typed {
    Parts parts;
    char check = '0';
};

Result<Typed> readTyped(std::string_view typed, std::string_view prefix)
{
    std::vector<std::string> groups;
    if (typed.size() > kMaxTypedBytes) {
        return malformed(prefix, "the ID is too long");
    }
    if (!splitGroups(typed, groups)) {
        return malformed(prefix, "the ID has a character that is neither letter, digit nor dash");
    }
    const auto all = joined(groups);
    std::string_view rest = all;
    const auto other = otherName(prefix);
    if (rest.starts_with(prefix)) {
        rest.remove_prefix(prefix.size());
    } else if (!other.empty() && rest.starts_with(other)) {
        rest.remove_prefix(other.size());
    } else {
        return malformed(prefix, "the ID does not begin with " + std::string{prefix});
    }
    if (rest.size() < kYearDigits + 2) {
        return malformed(prefix, "the ID is too short");
    }
    const auto yearText = rest.substr(0, kYearDigits);
    const auto serialText = rest.substr(kYearDigits, rest.size() - kYearDigits - 1);
    const bool fullyGrouped = groups.size() == 4;
    if (!allDigits(yearText) || !allDigits(serialText)) {
        return malformed(prefix, "the year and the number of the ID must be digits");
    }
    if (fullyGrouped && (groups[1].size() != kYearDigits || groups[3].size() != 1)) {
        return malformed(prefix, "the parts of the ID have the wrong length");
    }
    if (serialText.size() > kMaxSerialDigits || (serialText.size() < kMinSerialDigits && !fullyGrouped)) {
        return malformed(prefix, "the number of the ID has the wrong length");
    }
    // "UCLG-2021-12345" may be 1234 with check character 5, or 12345 without one: refused.
    if (groups.size() > 1 && groups.back().size() > 1 && allDigits(groups.back()) && !rest.empty() &&
        groups.back().size() < rest.size()) {
        return malformed(prefix, "the check character of the ID is missing or not set apart by a dash");
    }
    Typed result;
    result.parts.prefix = prefix;
    std::from_chars(yearText.data(), yearText.data() + yearText.size(), result.parts.year);
    std::from_chars(serialText.data(), serialText.data() + serialText.size(), result.parts.serial);
    result.check = rest.back();
    if (result.parts.year < kFirstYear || result.parts.serial == 0) {
        return malformed(prefix, "the year of the ID is before 1800 or its number is 0");
    }
    return result;
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

std::string format(std::string_view prefix, int year, std::uint64_t serial)
{
    if (!isPrefix(prefix) || year < kFirstYear || year > kLastYear || serial == 0) {
        throw std::logic_error("identifier::format: prefix, year or serial out of range");
    }
    auto digits = std::to_string(serial);
    if (digits.size() < kMinSerialDigits) {
        digits.insert(0, kMinSerialDigits - digits.size(), '0');
    }
    auto id = std::string{prefix} + "-" + std::to_string(year) + "-" + digits;
    const char check = checkCharacter(id);
    return id + "-" + check;
}

Result<std::string> parse(std::string_view typed, std::string_view prefix)
{
    const auto read = readTyped(typed, prefix);
    if (!read) {
        return read.error();
    }
    const auto id = format(prefix, read->parts.year, read->parts.serial);
    if (id.back() != read->check) {
        return malformed(prefix, std::string{"the check character "} + read->check +
                                     " does not fit: a character is mistyped or two are swapped");
    }
    return id;
}

Result<Parts> partsOf(std::string_view canonical, std::string_view prefix)
{
    const auto id = parse(canonical, prefix);
    if (!id) {
        return id.error();
    }
    return readTyped(*id, prefix)->parts;
}

} // namespace acervo::identifier
