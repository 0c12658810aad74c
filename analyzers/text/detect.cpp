#include "analyzers/text/detect.h"

#include "analyzers/text/detail/language_model.h"
#include "analyzers/text/normalise.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <string>
#include <unordered_set>

namespace acervo::text {

namespace {

using detail::kModelColumns;
using detail::kStepsPerNat;
using detail::Steps;

constexpr std::size_t kMaxBytesRead = std::size_t{16} << 10U;
constexpr std::size_t kMaxWordChars = 40; // as in training

// The most that one word may say against a language, in steps. People, places and titles keep their spelling in every
// language, and borrowed words stand anywhere: a sentence must be able to outvote them.
struct Limits {
    std::int32_t known; // a word that the model knows as a whole
    std::int32_t spelt; // one that it only judges by its letters
};
constexpr Limits kOfWords = {9 * kStepsPerNat, 6 * kStepsPerNat};
constexpr Limits kOfNames = {3 * kStepsPerNat, 3 * kStepsPerNat / 2};

// Letters of one word do not speak independently of each other, and misspelt words are spelt like none: only half of
// what a spelling says is believed. Right answers are as many without it, but many wrong ones are then sure.
constexpr std::int32_t kOfSpelling = 2; // divides

// How much better another language must fit before we answer `other`, in nats: we are asked about texts of which almost
// all are in one of the three.
constexpr double kHandicapOfOthers = 5.0;

// Of the words in small letters about 7 in 10 are known ones that fit the language of the text (in sentences of news
// and medicine; below 4 in 10 in 1 % of them), in a language that the model never met about 1 in 10 by chance. So each
// word says log(9/3) or log(1/7), in nats, for a language unknown.
constexpr double kMissesForUnknown = 1.1;
constexpr double kFitForUnknown = -1.95;
constexpr double kHandicapOfUnknown = 12.0;
constexpr double kMostNats = 50.0;            // as good as certain, and far from an overflow
constexpr std::int32_t kFits = -kStepsPerNat; // not much worse than the best column

bool isLetter(UChar32 point)
{
    return point < 0x80 ? (point | 0x20) >= 'a' && (point | 0x20) <= 'z' : u_isalpha(point) != 0;
}

// Of a letter.
UChar32 toLower(UChar32 letter)
{
    return letter < 0x80 ? letter | 0x20 : u_tolower(letter);
}

bool isLatin(UChar32 point)
{
    UErrorCode status = U_ZERO_ERROR;
    return point < 0x80 || uscript_getScript(point, &status) == USCRIPT_LATIN;
}

// What the words of a text say together.
class Tally {
public:
    void add(std::u32string_view word, bool capital)
    {
        Steps steps{};
        const bool known = detail::LanguageModel::builtIn().judge(word, steps);
        ++(capital ? _capitals : _small);
        if (!capital) {
            countFitting(word, steps, known);
        }
        count(steps, known, kOfWords, capital ? _capitalsAsWords : _ofSmall);
        if (capital) {
            count(steps, known, kOfNames, _capitalsAsNames);
        }
    }

    // Capitals are names in a text that has other words, and nothing special in a title or where all is in capitals.
    Steps sum() const
    {
        const Steps& ofCapitals = 4 * _small >= _small + _capitals ? _capitalsAsNames : _capitalsAsWords;
        Steps all = _ofSmall;
        std::ranges::transform(all, ofCapitals, all.begin(), std::plus{});
        return all;
    }

    // Whether the text is in a language unknown rather than in the one of ours at `column`, in nats.
    double unknownRather(std::size_t column) const
    {
        const auto fitting = static_cast<double>(_fitting[column]);
        return kMissesForUnknown * (static_cast<double>(_judged) - fitting) + kFitForUnknown * fitting -
               kHandicapOfUnknown;
    }

private:
    // A word that is not known counts once: a text may be about it.
    void countFitting(std::u32string_view word, const Steps& steps, bool known)
    {
        if (!known && !_unknownWords.insert(std::hash<std::u32string_view>{}(word)).second) {
            return;
        }
        ++_judged;
        for (std::size_t i = 0; known && i < kLanguages.size(); ++i) {
            _fitting[i] += steps[i] >= kFits ? 1 : 0;
        }
    }

    static void count(const Steps& steps, bool known, const Limits& limits, Steps& into)
    {
        const std::int32_t least = -(known ? limits.known : limits.spelt);
        for (std::size_t i = 0; i < kModelColumns; ++i) {
            into[i] += std::max(known ? steps[i] : steps[i] / kOfSpelling, least);
        }
    }

    Steps _ofSmall{};
    Steps _capitalsAsWords{};
    Steps _capitalsAsNames{};
    std::array<std::size_t, kLanguages.size()> _fitting{};
    std::unordered_set<std::size_t> _unknownWords; // hashes
    std::size_t _judged = 0;                       // words in small letters that may speak for a language unknown
    std::size_t _small = 0;
    std::size_t _capitals = 0;
};

struct Reading {
    Tally tally;
    std::size_t latinLetters = 0;
    std::size_t otherLetters = 0;
};

Reading read(std::string_view text)
{
    Reading reading;
    std::u32string word;
    bool capital = false;
    const auto finish = [&] {
        while (!word.empty() && word.back() == U'\'') {
            word.pop_back();
        }
        if (!word.empty() && word.size() <= kMaxWordChars) {
            reading.tally.add(word, capital);
        }
        word.clear();
    };
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < length;) {
        UChar32 point = 0;
        U8_NEXT_OR_FFFD(bytes, at, length, point);
        if (isLetter(point)) {
            (isLatin(point) ? reading.latinLetters : reading.otherLetters) += 1;
            const UChar32 lower = toLower(point);
            capital = word.empty() ? lower != point : capital;
            word.push_back(static_cast<char32_t>(lower));
        } else if ((point == '\'' || point == 0x2019) && !word.empty() && word.back() != U'\'') {
            word.push_back(U'\'');
        } else {
            finish();
        }
    }
    finish();
    return reading;
}

bool hasLooseMarks(std::string_view text)
{
    // U+0300 to U+036F begin with 0xCC or 0xCD.
    return text.find_first_of("\xCC\xCD") != std::string_view::npos;
}

LanguageGuess decide(const Tally& tally)
{
    const Steps sum = tally.sum();
    std::array<double, kModelColumns> nats{};
    for (std::size_t i = 0; i < kModelColumns; ++i) {
        nats[i] = static_cast<double>(sum[i]) / kStepsPerNat - (i < kLanguages.size() ? 0.0 : kHandicapOfOthers);
    }
    const double most = *std::ranges::max_element(nats);
    std::array<double, kLanguages.size()> ours{};
    std::ranges::transform(ours, nats, ours.begin(), [most](double, double n) { return std::exp(n - most); });
    double others = 0;
    for (std::size_t i = kLanguages.size(); i < kModelColumns; ++i) {
        others += std::exp(nats[i] - most);
    }
    const auto best = static_cast<std::size_t>(std::ranges::max_element(ours) - ours.begin());
    others += ours[best] * std::exp(std::min(kMostNats, tally.unknownRather(best)));
    const double total = std::accumulate(ours.begin(), ours.end(), others);
    return others > ours[best] ? LanguageGuess{Language::other, others / total}
                               : LanguageGuess{kLanguages[best], ours[best] / total};
}

} // namespace

LanguageGuess detectLanguage(std::string_view text)
{
    const std::string_view head = truncateUtf8(text, kMaxBytesRead);
    const auto [tally, latin, foreign] = hasLooseMarks(head) ? read(clean(head)) : read(head);
    if (latin == 0 || foreign > latin) {
        return {Language::other, latin + foreign == 0 ? 0.0 : 1.0};
    }
    return decide(tally);
}

} // namespace acervo::text
