#include "analyzers/text/normalise.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>

namespace acervo::text {

namespace {

using namespace std::string_literals;

struct Case {
    std::string name;
    std::string text;
    std::string expected;
};

void PrintTo(const Case& row, std::ostream* out)
{
    *out << testing::PrintToString(row.text);
}

class CleanTable : public testing::TestWithParam<Case> {};

TEST_P(CleanTable, matchesExpected)
{
    EXPECT_EQ(clean(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, CleanTable,
                         testing::Values(Case{"empty", "", ""}, Case{"plain", "ville\tverte\n", "ville\tverte\n"},
                                         Case{"nul_becomes_space", "a\0b"s, "a b"},
                                         Case{"controls_become_spaces", "a\x01\x1F\x7F\xC2\x85z", "a    z"},
                                         Case{"crlf", "a\r\nb\rc\n", "a\nb\nc\n"}, Case{"cr_at_end", "a\r", "a\n"},
                                         Case{"lone_byte", "a\xFFz", "a\uFFFDz"},
                                         Case{"cut_sequence", "a\xE2\x82", "a\uFFFD"},
                                         Case{"overlong_slash", "\xC0\xAF", "\uFFFD\uFFFD"},
                                         Case{"surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
                                         Case{"beyond_unicode", "\xF5\x80\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
                                         Case{"decomposed", "me\u0301tropole", "m\u00E9tropole"},
                                         Case{"angstrom", "\u212B", "\u00C5"},
                                         Case{"marks_reordered", "a\u0301\u0323", "\u1EA1\u0301"},
                                         Case{"emoji_kept", "\U0001F3D9 \u20AC", "\U0001F3D9 \u20AC"}),
                         [](const auto& row) { return row.param.name; });

class FoldWords : public testing::TestWithParam<Case> {};

TEST_P(FoldWords, matchesExpected)
{
    EXPECT_EQ(fold(GetParam().text), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    , FoldWords,
    testing::Values(Case{"ascii", "Climate Action 21", "climate action 21"},
                    Case{"french", "Péréquation À CÔTÉ", "perequation a cote"},
                    Case{"spanish", "Señalización Pingüino", "senalizacion pinguino"},
                    Case{"ligatures", "Œuvre Æquo \uFB03", "oeuvre aequo ffi"}, Case{"sharp_s", "Straße", "strasse"},
                    Case{"strokes", "Łódź Tromsø đ", "lodz tromso d"}, Case{"full_width", "\uFF35\uFF23", "uc"},
                    Case{"decomposed", "E\u0301tat", "etat"}, Case{"greek", "Αθήνα", "αθηνα"},
                    Case{"cyrillic", "Киёв", "киев"}, Case{"turkish_capital_dotted_i", "İzmir", "izmir"},
                    Case{"hindi_vowel_signs_kept", "हिन्दी", "हिन्दी"}, Case{"vietnamese", "Thành phố", "thanh pho"},
                    Case{"soft_hyphen_dropped", "muni\u00ADcipal", "municipal"}, Case{"raised", "m² 1ᵉʳ", "m2 1er"}),
    [](const auto& row) { return row.param.name; });

TEST(Utf8, validityIsTheStrictOne)
{
    EXPECT_TRUE(isValidUtf8(""));
    EXPECT_TRUE(isValidUtf8("plain ascii, long enough for whole words of the machine"));
    EXPECT_TRUE(isValidUtf8("\u00E9\u20AC\U0001F600\U0010FFFF"));
    EXPECT_FALSE(isValidUtf8("eight by\xFFtes"));
    EXPECT_FALSE(isValidUtf8("\xC0\x80"));
    EXPECT_FALSE(isValidUtf8("\xED\xBF\xBF"));
    EXPECT_FALSE(isValidUtf8("\xF4\x90\x80\x80"));
    EXPECT_FALSE(isValidUtf8("abc\xE2\x82"));
}

TEST(Utf8, truncationKeepsWholeCharacters)
{
    const std::string text = "a\u00E9\u20AC\U0001F600";
    EXPECT_EQ(truncateUtf8(text, 0), "");
    EXPECT_EQ(truncateUtf8(text, 2), "a");
    EXPECT_EQ(truncateUtf8(text, 3), "a\u00E9");
    EXPECT_EQ(truncateUtf8(text, 5), "a\u00E9");
    EXPECT_EQ(truncateUtf8(text, 9), "a\u00E9\u20AC");
    EXPECT_EQ(truncateUtf8(text, 10), text);
    EXPECT_EQ(truncateUtf8(text, 99), text);
}

TEST(Clean, isIdempotentAndAlwaysValidOnRandomBytes)
{
    std::mt19937 random{20'211};
    std::uniform_int_distribution<int> byte{0, 255};
    std::uniform_int_distribution<int> kind{0, 3};
    for (int round = 0; round < 3'000; ++round) {
        std::string text;
        for (int i = 0; i < 40; ++i) {
            switch (kind(random)) {
            case 0:
                text += static_cast<char>(byte(random));
                break;
            case 1:
                text += "e\u0301\u0323";
                break;
            case 2:
                text += '\xCC';
                text += static_cast<char>(0x80 | (byte(random) & 0x3F));
                break;
            default:
                text += 'x';
            }
        }
        const std::string once = clean(text);
        ASSERT_TRUE(isValidUtf8(once)) << "round " << round;
        ASSERT_EQ(clean(once), once) << "round " << round;
    }
}

// Quadratic sorting of a million marks would take hours, not seconds.
TEST(Clean, isLinearOnAMegabyteOfMarks)
{
    std::string text = "a";
    for (int i = 0; i < 250'000; ++i) {
        text += i % 2 == 0 ? "\u0301" : "\u0323";
    }
    const auto start = std::chrono::steady_clock::now();
    const std::string cleaned = clean(text);
    EXPECT_TRUE(isValidUtf8(cleaned));
    EXPECT_TRUE(isValidUtf8(fold(cleaned)));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{20});
}

} // namespace

} // namespace acervo::text
