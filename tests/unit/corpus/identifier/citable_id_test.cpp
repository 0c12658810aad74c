#include "corpus/identifier/citable_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace acervo::identifier {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::vector<std::string> someIds(std::size_t count)
{
    std::mt19937_64 random{20210042};
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < count; ++i) {
        const auto year = std::uniform_int_distribution<int>{1950, 2060}(random);
        const auto serial = std::uniform_int_distribution<std::uint64_t>{1, i % 10 == 0 ? 9'999'999U : 9'999U}(random);
        ids.push_back(format("UCLG", year, serial));
    }
    return ids;
}

TEST(CheckCharacter, isThatOfTheStandard)
{
    // A published Global Release Identifier, which uses the same system.
    EXPECT_EQ(checkCharacter("A1-2425G-ABC1234002"), 'M');
    EXPECT_EQ(checkCharacter("a12425gabc1234002"), 'M');
}

TEST(CheckCharacter, tellsEverySingleWrongCharacter)
{
    for (const auto& id : someIds(300)) {
        for (std::size_t i = 0; i < id.size(); ++i) {
            if (id[i] == '-') {
                continue;
            }
            for (const char other : kAlphabet) {
                auto wrong = id;
                wrong[i] = other;
                EXPECT_EQ(checkCharacter(wrong.substr(0, wrong.size() - 2)) == wrong.back(), other == id[i]) << wrong;
            }
        }
    }
}

TEST(CheckCharacter, tellsNearlyEverySwapOfNeighbours)
{
    std::size_t swaps = 0;
    std::size_t missed = 0;
    for (const auto& id : someIds(5'000)) {
        std::string plain;
        for (const char c : id) {
            if (c != '-') {
                plain.push_back(c);
            }
        }
        for (std::size_t i = 0; i + 1 < plain.size(); ++i) {
            if (plain[i] != plain[i + 1]) {
                auto wrong = plain;
                std::swap(wrong[i], wrong[i + 1]);
                ++swaps;
                missed += checkCharacter(wrong.substr(0, wrong.size() - 1)) == wrong.back() ? 1U : 0U;
            }
        }
    }
    ASSERT_GT(swaps, 30'000U);
    // The hybrid system lets a swap of 0 and 1 or of 9 and 8/J pass in rare states: about 0.4 % of all swaps.
    EXPECT_LT(static_cast<double>(missed), 0.01 * static_cast<double>(swaps)) << missed << " of " << swaps;
}

TEST(Parse, roundTripsWhatFormatGives)
{
    for (const auto& id : someIds(1'000)) {
        const auto parsed = parse(id);
        ASSERT_TRUE(parsed) << parsed.error().message;
        EXPECT_EQ(*parsed, id);
        const auto parts = partsOf(id);
        ASSERT_TRUE(parts);
        EXPECT_EQ(format(parts->prefix, parts->year, parts->serial), id);
    }
}

struct TypedCase {
    std::string_view name;
    std::string_view typed;
    std::string_view expected; // "" when refused
};
void PrintTo(const TypedCase& c, std::ostream* out)
{
    *out << c.typed;
}

class ParseTable : public testing::TestWithParam<TypedCase> {};

TEST_P(ParseTable, readsWhatPeopleType)
{
    const auto& row = GetParam();
    const auto parsed = parse(row.typed);
    if (row.expected.empty()) {
        ASSERT_FALSE(parsed) << *parsed;
        EXPECT_EQ(parsed.error().code, ErrorCode::invalidArgument);
        EXPECT_THAT(parsed.error().message, testing::HasSubstr("UCLG-2021-0042-"));
    } else {
        ASSERT_TRUE(parsed) << parsed.error().message;
        EXPECT_EQ(*parsed, row.expected);
    }
}

INSTANTIATE_TEST_SUITE_P(
    , ParseTable,
    testing::Values(
        TypedCase{"canonical", "UCLG-2021-0042-T", "UCLG-2021-0042-T"},
        TypedCase{"lower_case", "uclg-2021-0042-t", "UCLG-2021-0042-T"},
        TypedCase{"spaces", "  UCLG 2021 0042 T ", "UCLG-2021-0042-T"},
        TypedCase{"no_break_space", "UCLG\u00A02021\u00A00042\u00A0T", "UCLG-2021-0042-T"},
        TypedCase{"en_dash", "UCLG–2021–0042–T", "UCLG-2021-0042-T"},
        TypedCase{"em_dash_and_spaces", "UCLG — 2021 — 0042 — T", "UCLG-2021-0042-T"},
        TypedCase{"no_break_hyphen", "UCLG\u20112021\u20110042\u2011T", "UCLG-2021-0042-T"},
        TypedCase{"no_dashes", "UCLG20210042T", "UCLG-2021-0042-T"},
        TypedCase{"some_dashes", "UCLG2021-0042T", "UCLG-2021-0042-T"},
        TypedCase{"french_and_spanish_name", "CGLU-2021-0042-T", "UCLG-2021-0042-T"},
        TypedCase{"zeros_left_out", "UCLG-2021-42-T", "UCLG-2021-0042-T"},
        TypedCase{"zeros_added", "UCLG-2021-00042-T", "UCLG-2021-0042-T"},
        TypedCase{"wrong_check", "UCLG-2021-0042-X", ""}, TypedCase{"check_left_out", "UCLG-2021-0042", ""},
        TypedCase{"check_may_be_missing", "UCLG-2021-12345", ""},
        TypedCase{"zeros_left_out_no_dashes", "UCLG202142T", ""}, TypedCase{"other_prefix", "ABCD-2021-0042-T", ""},
        TypedCase{"year_before_printing", "UCLG-0021-0042-T", ""}, TypedCase{"letter_in_year", "UCLG-2O21-0042-T", ""},
        TypedCase{"serial_zero", "UCLG-2021-0000-T", ""},
        TypedCase{"serial_too_long", "UCLG-2021-12345678901234567890-T", ""},
        TypedCase{"markup", "<b>UCLG-2021-0042-T</b>", ""}, TypedCase{"malformed_utf8", "UCLG\xE2\x80-2021-0042-T", ""},
        TypedCase{"prefix_only", "UCLG", ""}, TypedCase{"empty", "", ""}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Parse, takesAnotherPrefix)
{
    const auto id = format("FLACMA2", 1999, 12345);
    ASSERT_TRUE(parse(id, "FLACMA2"));
    EXPECT_FALSE(parse(id));
}

TEST(Pattern, isChosenByTheOrganisation)
{
    constexpr std::string_view kUsual = "UCLG-{year}-{number:4}-{check}";
    EXPECT_EQ(format(kUsual, 2021, 42), "UCLG-2021-0042-T");
    EXPECT_EQ(format("UCLG-{year}-{number}-{check}", 2021, 42), "UCLG-2021-0042-T");
    EXPECT_EQ(parse("cglu 2021 42 t", kUsual).value_or(""), "UCLG-2021-0042-T");
    constexpr std::string_view kNoYear = "ACV-{number:6}-{check}";
    EXPECT_FALSE(hasYear(kNoYear));
    EXPECT_EQ(prefixOf(kNoYear), "ACV");
    const auto id = format(kNoYear, 0, 42);
    ASSERT_TRUE(id.starts_with("ACV-000042-")) << id;
    const std::string check{id.back()};
    EXPECT_EQ(parse(id, kNoYear).value_or(""), id);
    EXPECT_EQ(parse("acv 42 " + check, kNoYear).value_or(""), id);
    EXPECT_EQ(parse("ACV000042" + check, kNoYear).value_or(""), id);
    EXPECT_FALSE(parse("ACV-000043-" + check, kNoYear));
    EXPECT_THAT(corrections("ACV-000024-" + check, kNoYear), testing::Contains(id));
    EXPECT_THAT(parse("ACV-1-2-3", kNoYear).error().message, testing::HasSubstr("ACV-000042-"));
    EXPECT_EQ(partsOf(id, kNoYear)->serial, 42U);
    EXPECT_EQ(partsOf(id, kNoYear)->year, 0);
    for (const std::string_view wrong :
         {"", "U", "uclg", "UCLG-", "UCLG-{year}", "UCLG-{year}-{check}", "{number}-{check}", "UCLG-{number:2}-{check}",
          "UCLG-{number:x}-{check}", "UCLG-{number:4}", "UCLG-{number:4}-{check}-",
          "UCLG-{number:", "UCLG/{number}/{check}"}) {
        EXPECT_FALSE(isPattern(wrong)) << wrong;
    }
    EXPECT_THROW(format("UCLG-{year}", 2021, 1), std::logic_error);
}

TEST(Parse, survivesAnyBytes)
{
    std::mt19937 random{7};
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(std::uniform_int_distribution<std::size_t>{0, 40}(random), '\0');
        for (auto& c : bytes) {
            c = static_cast<char>(std::uniform_int_distribution<int>{0, 255}(random));
        }
        EXPECT_FALSE(parse("UCLG" + bytes) && bytes.size() < 6);
    }
    EXPECT_FALSE(parse(std::string(100'000, '1')));
}

TEST(Corrections, nameWhatOneSlipAwayIsValid)
{
    EXPECT_THAT(corrections("UCLG-2021-0024-T"), testing::Contains("UCLG-2021-0042-T"));
    EXPECT_THAT(corrections("UCLG-2021-0042-X"), testing::Contains("UCLG-2021-0042-T"));
    EXPECT_THAT(corrections("uclg 2021 42 x"), testing::Contains("UCLG-2021-0042-T"));
    EXPECT_THAT(corrections("CGLU20210042X"), testing::Contains("UCLG-2021-0042-T"));
    EXPECT_THAT(corrections("UCLJ-2021-0042-T"), testing::Contains("UCLG-2021-0042-T"));
    EXPECT_THAT(corrections("UCLG-2O21-0042-T"), testing::Contains("UCLG-2021-0042-T"));
    EXPECT_THAT(corrections("UCLG-2021-0042-T"), testing::Not(testing::Contains("UCLG-2021-0042-T")));
    for (const std::string_view nothing : {"", "UCLG", "annual report", "978-92-1-132640-9", "<b>"}) {
        EXPECT_TRUE(corrections(nothing).empty()) << nothing;
    }
    EXPECT_TRUE(corrections(std::string(100, '1')).empty());
    EXPECT_THAT(corrections("ACV-2021-0042-0", "ACV"), testing::Each(testing::StartsWith("ACV-")));
}

TEST(Corrections, areValidFewAndFindTheIdMeant)
{
    std::mt19937_64 random{42};
    std::size_t most = 0;
    for (const auto& id : someIds(200)) {
        std::string wrong = id;
        std::size_t place = 0;
        do {
            place = std::uniform_int_distribution<std::size_t>{0, id.size() - 1}(random);
            wrong = id;
            wrong[place] = kAlphabet[std::uniform_int_distribution<std::size_t>{0, 35}(random)];
        } while (id[place] == '-' || wrong == id);
        const auto found = corrections(wrong);
        EXPECT_THAT(found, testing::Contains(id)) << wrong;
        most = std::max(most, found.size());
        for (const auto& one : found) {
            EXPECT_EQ(parse(one).value_or(""), one);
        }
    }
    EXPECT_LE(most, 12U);
}

TEST(Confusions, areTheValidIdsASlipMakes)
{
    EXPECT_TRUE(confusions("UCLG-2021-0042-T").empty());
    const auto id = format("UCLG", 2021, 270);
    const auto found = confusions(id);
    ASSERT_FALSE(found.empty()); // swaps that the check character does not tell
    for (const auto& other : found) {
        EXPECT_EQ(parse(other).value_or(""), other);
        EXPECT_THAT(confusions(other), testing::Contains(id)) << other;
    }
    std::size_t confusable = 0;
    for (std::uint64_t serial = 1; serial <= 500; ++serial) {
        confusable += confusions(format("UCLG", 2023, serial)).empty() ? 0U : 1U;
    }
    EXPECT_LT(confusable, 50U);
}

TEST(Confusions, areNoLongerThanTheIdItself)
{
    // A digit for a dash would join year and number.
    for (const auto& id : someIds(300)) {
        for (const auto& other : confusions(id)) {
            EXPECT_LE(other.size(), id.size()) << id;
        }
    }
}

TEST(Format, refusesWhatCannotBeAnId)
{
    EXPECT_THROW(format("uclg", 2021, 1), std::logic_error);
    EXPECT_THROW(format("UCLG", 1799, 1), std::logic_error);
    EXPECT_THROW(format("UCLG", 2021, 0), std::logic_error);
    EXPECT_FALSE(isPrefix("U"));
    EXPECT_FALSE(isPrefix("2UCLG"));
    EXPECT_FALSE(isPrefix("UCLG-X"));
}

} // namespace
} // namespace acervo::identifier
