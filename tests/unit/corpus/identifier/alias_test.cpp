#include "corpus/identifier/alias.h"

#include "analyzers/text/normalise.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <random>
#include <string>
#include <string_view>

namespace acervo::identifier {
namespace {

struct AliasCase {
    std::string_view name;
    std::string_view written;
    std::string_view scheme; // "" when it is none
    std::string_view value;
};
void PrintTo(const AliasCase& c, std::ostream* out)
{
    *out << c.written;
}

class AliasTable : public testing::TestWithParam<AliasCase> {};

TEST_P(AliasTable, hasOneForm)
{
    const auto& row = GetParam();
    const auto alias = readAlias(row.written);
    if (row.scheme.empty()) {
        EXPECT_FALSE(alias) << alias->scheme << " " << alias->value;
        return;
    }
    ASSERT_TRUE(alias);
    EXPECT_EQ(alias->scheme, row.scheme);
    EXPECT_EQ(alias->value, row.value);
}

INSTANTIATE_TEST_SUITE_P(
    , AliasTable,
    testing::Values(AliasCase{"isbn13", "978-92-1-132640-6", "isbn", "9789211326406"},
                    AliasCase{"isbn13_named", "ISBN 978 92 1 132640 6", "isbn", "9789211326406"},
                    AliasCase{"isbn10_becomes_13", "0-306-40615-2", "isbn", "9780306406157"},
                    AliasCase{"isbn10_with_x", "ISBN: 080442957x", "isbn", "9780804429573"},
                    AliasCase{"isbn_with_wrong_digit", "978-92-1-132640-7", "", ""},
                    AliasCase{"doi", "10.1000/182", "doi", "10.1000/182"},
                    AliasCase{"doi_address", "https://doi.org/10.1000/ABC-1", "doi", "10.1000/abc-1"},
                    AliasCase{"doi_named", "DOI: 10.1000/182", "doi", "10.1000/182"},
                    AliasCase{"handle", "hdl:20.500.12345/7", "handle", "20.500.12345/7"},
                    AliasCase{"handle_address", "http://hdl.handle.net/20.500.12345/7", "handle", "20.500.12345/7"},
                    AliasCase{"url", "HTTP://WWW.Uclg.org/En/Report.pdf#page=2", "url", "uclg.org/En/Report.pdf"},
                    AliasCase{"url_slash", "https://uclg.org/en/", "url", "uclg.org/en"},
                    AliasCase{"url_query", "https://uclg.org?id=7", "url", "uclg.org?id=7"},
                    AliasCase{"url_port", "https://uclg.org:443/a", "url", "uclg.org/a"},
                    AliasCase{"series", "Études de l’Observatoire, n° 12", "number", "etudes de l observatoire n 12"},
                    AliasCase{"report_number", "GOLD-VI/2022", "number", "gold vi 2022"},
                    AliasCase{"number_alone", "12", "", ""}, AliasCase{"empty", "", "", ""},
                    AliasCase{"spaces", "  \t ", "", ""}, AliasCase{"punctuation", "--/--", "", ""}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Alias, ofASeriesNeedsANumber)
{
    EXPECT_EQ(seriesAlias("Policy Papers", "12")->value, "policy papers 12");
    EXPECT_EQ(seriesAlias("Policy Papers", "12"), readAlias("POLICY PAPERS 12"));
    EXPECT_FALSE(seriesAlias("Policy Papers", ""));
    EXPECT_FALSE(seriesAlias("", "12"));
    EXPECT_FALSE(readAlias(std::string(5'000, 'a')));
}

// What holds for every string: it is no alias, or one whose form is stable, bounded and clean.
void expectSoundAlias(std::string_view written)
{
    const auto alias = readAlias(written);
    if (!alias) {
        return;
    }
    EXPECT_TRUE(alias->scheme == "isbn" || alias->scheme == "doi" || alias->scheme == "handle" ||
                alias->scheme == "url" || alias->scheme == "number")
        << alias->scheme;
    EXPECT_FALSE(alias->value.empty());
    EXPECT_LE(alias->value.size(), 3U * 2'048U); // folding may lengthen a letter
    EXPECT_TRUE(text::isValidUtf8(alias->value));
    EXPECT_EQ(alias->value.find_first_of("\t\r\n"), std::string::npos);
    // Words may read as another scheme once the signs between them are gone ("isbn/0306406152"), not as other words. An
    // address is kept without its scheme, which says that it is one.
    const auto again = readAlias(alias->value);
    if (alias->scheme == "isbn" || alias->scheme == "doi" ||
        (again && again->scheme == "number" && alias->scheme == "number")) {
        EXPECT_TRUE(again == alias) << "read again it is another: " << alias->value;
    }
}

// Pieces that the readers look for, whole and cut, in any order.
std::string randomAlias(std::mt19937_64& random)
{
    constexpr std::array<std::string_view, 30> kPieces{"10.",        "1000",
                                                       "/",          "182",
                                                       "doi:",       "https://doi.org/",
                                                       "hdl:",       "http://",
                                                       "www.",       "uclg.org",
                                                       ":80",        "#",
                                                       "?",          "978",
                                                       "-",          "92",
                                                       "X",          "x",
                                                       "isbn",       "urn:isbn:",
                                                       "\xC2\xA0",   "\xE2\x80\x93",
                                                       "\xC3\x89",   "\xE2",
                                                       "\xC2",       "\xEF\xBC\x91",
                                                       " ",          "9789211326406",
                                                       "0306406152", "\t"};
    std::string text;
    const auto pieces = std::uniform_int_distribution<int>{0, 9}(random);
    for (int i = 0; i < pieces; ++i) {
        if (std::uniform_int_distribution<int>{0, 4}(random) == 0) {
            text += static_cast<char>(std::uniform_int_distribution<int>{0, 255}(random));
        } else {
            text += kPieces[std::uniform_int_distribution<std::size_t>{0, kPieces.size() - 1}(random)];
        }
    }
    return text;
}

TEST(Alias, ofAnyStringIsSoundOrNone)
{
    std::mt19937_64 random{4};
    for (int i = 0; i < 20'000; ++i) {
        const auto text = randomAlias(random);
        SCOPED_TRACE(testing::PrintToString(text));
        expectSoundAlias(text);
        for (const auto read : {isbnAlias, doiAlias, handleAlias, urlAlias}) {
            if (const auto alias = read(text)) {
                EXPECT_FALSE(alias->value.empty());
            }
        }
        if (HasFailure()) {
            break;
        }
    }
}

TEST(Alias, ofLongAndBrokenStringsIsSoundOrNone)
{
    for (const std::string_view piece :
         {"1", "-", "/", "10.1000/", "http://a.b/", "\xC2", "\xE2\x80", "\xC3\xA9", "x"}) {
        for (const std::size_t length : {2'047U, 2'048U, 2'049U, 100'000U}) {
            std::string text;
            while (text.size() < length) {
                text += piece;
            }
            SCOPED_TRACE(std::string{piece} + " x " + std::to_string(length));
            expectSoundAlias(text.substr(0, length));
        }
    }
}

TEST(Alias, ofNaughtyStringsIsSoundOrNone)
{
    const auto* folder = std::getenv("ACERVO_TEST_DATA");
    std::ifstream in{std::string{folder != nullptr ? folder : ACERVO_SOURCE_DIR "/../shared/data"} +
                     "/hostile/naughty-strings.txt"};
    if (!in) {
        GTEST_SKIP() << "the test data are not there";
    }
    for (std::string line; std::getline(in, line);) {
        SCOPED_TRACE(line);
        expectSoundAlias(line);
        expectSoundAlias("https://uclg.org/" + line);
        expectSoundAlias("10.1000/" + line);
    }
}

} // namespace
} // namespace acervo::identifier
