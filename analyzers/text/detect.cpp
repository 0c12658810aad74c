#include "analyzers/text/detect.h"

#include "analyzers/text/detail/language_model.h"
#include "analyzers/text/normalise.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

namespace acervo::text {

namespace {

constexpr std::size_t kMaxBytesRead = std::size_t{16} << 10U;
constexpr std::size_t kMaxWordChars = 40; // as in training

// How much better another language must fit before we answer `other`: nothing on a paragraph, much on two words.
constexpr double kBackgroundHandicap = 12.0;

// Overlapping n-grams count the same evidence several times; the winner's share is taken from this part of it.
constexpr double kIndependentShare = 0.5;

bool isLatin(UChar32 point)
{
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(point, &status) == USCRIPT_LATIN;
}

struct Reading {
    detail::Scores scores{};
    std::size_t latinLetters = 0;
    std::size_t otherLetters = 0;
};

// Feeds the words of `text` to the model.
Reading read(std::string_view text)
{
    Reading reading;
    const auto& model = detail::LanguageModel::builtIn();
    std::u32string word;
    const auto finish = [&] {
        while (!word.empty() && word.back() == U'\'') {
            word.pop_back();
        }
        if (!word.empty() && word.size() <= kMaxWordChars) {
            model.addWord(word, reading.scores);
        }
        word.clear();
    };
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < length;) {
        UChar32 point = 0;
        U8_NEXT_OR_FFFD(bytes, at, length, point);
        if (u_isalpha(point)) {
            (isLatin(point) ? reading.latinLetters : reading.otherLetters) += 1;
            word.push_back(static_cast<char32_t>(u_tolower(point)));
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

} // namespace

LanguageGuess detectLanguage(std::string_view text)
{
    const std::string_view head = truncateUtf8(text, kMaxBytesRead);
    auto [scores, latin, foreign] = hasLooseMarks(head) ? read(clean(head)) : read(head);
    if (latin == 0 || foreign > latin) {
        return {Language::other, latin + foreign == 0 ? 0.0 : 1.0};
    }
    for (std::size_t i = kLanguages.size(); i < scores.size(); ++i) {
        scores[i] -= kBackgroundHandicap;
    }
    const auto best = static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
    double total = 0;
    for (const double score : scores) {
        total += std::exp((score - scores[best]) * kIndependentShare);
    }
    return {best < kLanguages.size() ? kLanguages[best] : Language::other, 1.0 / total};
}

} // namespace acervo::text
