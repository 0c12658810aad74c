// What must hold for any text: spans in order, on character boundaries, terms short enough, time linear.
#include "analyzers/text/analyzer.h"
#include "analyzers/text/normalise.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <random>
#include <string>
#include <string_view>

namespace acervo::text {

namespace {

bool onBoundary(std::string_view text, std::size_t at)
{
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

void expectSound(const Analyzer& analyzer, std::string_view text, bool valid)
{
    std::uint32_t end = 0;
    std::uint32_t position = 0;
    for (const Token& token : analyzer.analyze(text)) {
        ASSERT_GE(token.span.begin, end);
        ASSERT_GT(token.span.end, token.span.begin);
        ASSERT_LE(token.span.end, text.size());
        ASSERT_GT(token.position, position);
        ASSERT_FALSE(token.exact.empty());
        ASSERT_FALSE(token.folded.empty());
        ASSERT_FALSE(token.stem.empty());
        ASSERT_LE(token.exact.size(), kMaxTokenBytes);
        ASSERT_LE(token.folded.size(), kMaxTokenBytes);
        ASSERT_LE(token.stem.size(), kMaxTokenBytes);
        ASSERT_TRUE(isValidUtf8(token.folded));
        ASSERT_TRUE(isValidUtf8(token.exact));
        ASSERT_EQ(token.stem, analyzer.stem(token.folded));
        if (valid) {
            ASSERT_TRUE(onBoundary(text, token.span.begin));
            ASSERT_TRUE(onBoundary(text, token.span.end));
        }
        end = token.span.end;
        position = token.position;
    }
}

constexpr std::array<std::string_view, 44> kPieces{"a",          "É",
                                                   "e\u0301",    "ville",
                                                   "l'",         "d’",
                                                   "'s",         "-\n",
                                                   "-\r\n ",     "\u00AD",
                                                   "\u00AD\n",   "\uFB03",
                                                   "œ",          "m²",
                                                   "¹",          "₂",
                                                   "\u202F",     "\u00A0",
                                                   "000",        "12",
                                                   ".",          ",",
                                                   ":",          "·",
                                                   "_",          "\u0301\u0323",
                                                   "\u200D",     "\uFEFF",
                                                   "한",         "\u1112\u1161\u11AB",
                                                   "中文",       "ไทย",
                                                   "हिन्दी",      "\u05E9\u05C1",
                                                   "\uFDFA",     "\U0001F1EB\U0001F1F7",
                                                   "\U0001D400", "\u0344",
                                                   "\uFFFD",     " ",
                                                   "\n",         "\t",
                                                   "½",          "\U000E0041"};

TEST(AnalyzerProperty, spansAreSoundOnMixedText)
{
    std::mt19937 random{7};
    std::uniform_int_distribution<std::size_t> piece{0, kPieces.size() - 1};
    std::uniform_int_distribution<int> length{1, 40};
    const std::array analyzers{Analyzer{Language::en}, Analyzer{Language::fr}, Analyzer{Language::es},
                               Analyzer{Language::other}};
    for (std::size_t round = 0; round < 4'000; ++round) {
        std::string text;
        for (int i = length(random); i > 0; --i) {
            text += kPieces.at(piece(random));
        }
        SCOPED_TRACE(testing::PrintToString(text));
        expectSound(analyzers.at(round % analyzers.size()), text, true);
        if (testing::Test::HasFatalFailure()) {
            return;
        }
    }
}

TEST(AnalyzerProperty, randomBytesNeverBreakIt)
{
    std::mt19937 random{11};
    std::uniform_int_distribution<int> byte{0, 255};
    const Analyzer analyzer{Language::fr};
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        for (int i = 0; i < 60; ++i) {
            text += static_cast<char>(byte(random));
        }
        SCOPED_TRACE(testing::PrintToString(text));
        expectSound(analyzer, text, false);
        if (testing::Test::HasFatalFailure()) {
            return;
        }
    }
}

struct Hostile {
    std::string_view name;
    std::string_view unit;
    std::size_t times;
};

void PrintTo(const Hostile& hostile, std::ostream* out)
{
    *out << hostile.name;
}

class HostileText : public testing::TestWithParam<Hostile> {};

// The limit is generous: it catches what is quadratic, which would take minutes, also under a sanitizer.
TEST_P(HostileText, isAnalysedInLinearTime)
{
    std::string text = "a";
    for (std::size_t i = 0; i < GetParam().times; ++i) {
        text += GetParam().unit;
    }
    const auto start = std::chrono::steady_clock::now();
    expectSound(Analyzer{Language::fr}, text, true);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{60});
}

INSTANTIATE_TEST_SUITE_P(
    , HostileText,
    testing::Values(Hostile{"ten_megabytes_without_a_space", "x", 10'000'000},
                    Hostile{"a_megabyte_of_marks", "\u0301\u0323", 262'144},
                    Hostile{"hyphens_and_line_ends", "-\n", 500'000}, Hostile{"soft_hyphens", "\u00AD", 500'000},
                    Hostile{"soft_hyphens_in_a_word", "x\u00AD", 500'000}, Hostile{"elisions", "l'", 500'000},
                    Hostile{"initials", "a.", 500'000}, Hostile{"digit_groups", "\u202F000", 300'000},
                    Hostile{"blanks_after_hyphen", "a-    ", 300'000}, Hostile{"thai", "กขค", 50'000},
                    Hostile{"han", "中", 100'000}, Hostile{"ligatures_that_grow", "\uFDFA", 200'000}),
    [](const auto& row) { return std::string{row.param.name}; });

} // namespace

} // namespace acervo::text
