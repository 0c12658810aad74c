#include "indexer/pairing/detail/evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>

namespace acervo::pairing::detail {

namespace {

constexpr std::array<std::string_view, 21> kLanguageNames{
    "en", "eng", "english", "anglais", "ingles",  "fr",       "fra",        "fre", "francais", "french", "frances",
    "es", "esp", "spa",     "espanol", "spanish", "espagnol", "castellano", "us",  "gb",       "uk"};

// Lower-case runs of letters or of digits of a file's name, without its extension: "Report_2024v2" -> report 2024 v 2.
std::set<std::string> wordsOfName(std::string_view uri)
{
    const auto file = fileNameOf(uri);
    const auto kindOf = [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80U;
        return c >= '0' && c <= '9' ? 2 : letter ? 1 : 0;
    };
    std::set<std::string> words;
    std::string word;
    int before = 0;
    for (const char c : file.substr(0, file.rfind('.')) + ' ') {
        const int kind = kindOf(c);
        if (kind != before && !word.empty()) {
            if (std::ranges::find(kLanguageNames, word) == kLanguageNames.end()) {
                words.insert(word);
            }
            word.clear();
        }
        if (kind != 0) {
            word += c;
        }
        before = kind;
    }
    return words;
}

std::set<std::string> numbersIn(std::string_view text, std::size_t leastDigits)
{
    constexpr std::string_view kDigits = "0123456789";
    std::set<std::string> numbers;
    for (auto begin = text.find_first_of(kDigits); begin != std::string_view::npos;) {
        const auto end = std::min(text.find_first_not_of(kDigits, begin), text.size());
        if (end - begin >= leastDigits) {
            numbers.emplace(text.substr(begin, end - begin));
        }
        begin = text.find_first_of(kDigits, end);
    }
    return numbers;
}

// Both have some, and not the same.
bool differ(const std::set<std::string>& a, const std::set<std::string>& b)
{
    return !a.empty() && !b.empty() && a != b;
}

// Characters of a text as they would be in English. source  the sums of NTREX-128 (123 news texts in each language).
double inEnglish(const Profile& profile)
{
    const auto bytes = static_cast<double>(profile.textBytes);
    switch (profile.language) {
    case text::Language::fr:
        return bytes / 1.23;
    case text::Language::es:
        return bytes / 1.15;
    case text::Language::en:
    case text::Language::other:
        break;
    }
    return bytes;
}

// Whether the text of `a` names the file of `b`.
bool names(const Profile& a, const Profile& b)
{
    return !b.uri.empty() && a.mentions.contains(fileNameOf(b.uri));
}

} // namespace

Comparison::Comparison(const std::vector<Profile>& profiles) : _editions(static_cast<double>(profiles.size()))
{
    for (const auto& profile : profiles) {
        for (const auto& [mark, uses] : profile.marks) {
            _marks[mark] += 1.0;
        }
        for (const auto& word : wordsOfName(profile.uri)) {
            _nameWords[word] += 1.0;
        }
    }
}

// Cosine of their marks, each by its rarity; and how many they share.
std::pair<double, std::size_t> Comparison::markLikeness(const Profile& a, const Profile& b) const
{
    const auto weightOf = [&](const std::string& mark, std::uint32_t uses) {
        return (1.0 + std::log(static_cast<double>(uses))) * std::log(1.0 + _editions / _marks.at(mark));
    };
    double product = 0.0;
    double squaresOfA = 0.0;
    double squaresOfB = 0.0;
    std::size_t shared = 0;
    for (const auto& [mark, uses] : a.marks) {
        const double weight = weightOf(mark, uses);
        squaresOfA += weight * weight;
        if (const auto other = b.marks.find(mark); other != b.marks.end()) {
            product += weight * weightOf(mark, other->second);
            ++shared;
        }
    }
    for (const auto& [mark, uses] : b.marks) {
        const double weight = weightOf(mark, uses);
        squaresOfB += weight * weight;
    }
    return {shared == 0 ? 0.0 : product / std::sqrt(squaresOfA * squaresOfB), shared};
}

// The weight of the words that both names have, of all their words'. Every folder has an "index": that says nothing.
double Comparison::nameLikeness(const Profile& a, const Profile& b) const
{
    constexpr double kDoubt = 3.0; // as if so much more were not the same
    const auto weightOf = [&](const std::string& word) { return std::log(_editions / _nameWords.at(word)); };
    auto words = wordsOfName(a.uri);
    const auto others = wordsOfName(b.uri);
    double shared = 0.0;
    for (const auto& word : words) {
        shared += others.contains(word) ? weightOf(word) : 0.0;
    }
    words.insert(others.begin(), others.end());
    double all = kDoubt;
    for (const auto& word : words) {
        all += weightOf(word);
    }
    return shared / all;
}

double lengthLikeness(const Profile& a, const Profile& b)
{
    const auto [shorter, longer] = std::minmax({inEnglish(a), inEnglish(b)}); // a list: values, no references
    return longer <= 0.0 ? 0.0 : std::max(0.0, 2.0 * shorter / longer - 1.0);
}

bool haveOtherNumbers(const Profile& a, const Profile& b)
{
    constexpr std::size_t kYear = 4;
    return differ(numbersIn(a.title, 1), numbersIn(b.title, 1)) ||
           differ(numbersIn(fileNameOf(a.uri), kYear), numbersIn(fileNameOf(b.uri), kYear));
}

void Comparison::compare(const Profile& a, const Profile& b, Evidence& evidence) const
{
    std::tie(evidence.marks, evidence.sharedMarks) = markLikeness(a, b);
    evidence.length = lengthLikeness(a, b);
    const auto [fewer, more] = std::minmax(a.pageCount, b.pageCount);
    evidence.pages = more > 1 ? static_cast<double>(fewer) / static_cast<double>(more) : 0.0;
    evidence.names = nameLikeness(a, b);
    evidence.sameFormat = a.mediaType == b.mediaType;
    const auto known = std::min(a.date.size(), b.date.size());
    evidence.sameDate = known > 0 && a.date.substr(0, known) == b.date.substr(0, known);
    evidence.otherDate = known > 0 && a.date.substr(0, 4) != b.date.substr(0, 4);
    evidence.otherNumbers = haveOtherNumbers(a, b);
    evidence.otherAudience = a.audience != b.audience;
    evidence.mention = names(b, a) || names(a, b);
}

} // namespace acervo::pairing::detail
