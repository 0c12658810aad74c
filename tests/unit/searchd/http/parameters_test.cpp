#include "searchd/http/parameters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

Parameters parsed(std::string_view query)
{
    auto parameters = parseQuery(query);
    EXPECT_TRUE(parameters) << query;
    return parameters ? *parameters : Parameters{};
}

TEST(PercentDecode, readsEscapesAndPlus)
{
    EXPECT_EQ(percentDecode("droit+au%20logement%C3%A9", Plus::isSpace).value(), "droit au logementé");
    EXPECT_EQ(percentDecode("a+b", Plus::isPlus).value(), "a+b");
}

TEST(PercentDecode, refusesBrokenEscapesAndOtherEncodings)
{
    for (const std::string_view broken : {"%", "%4", "%zz", "abc%2", "%E9t%E9", "%ff", "%c0%80"}) {
        const auto decoded = percentDecode(broken, Plus::isSpace);
        ASSERT_FALSE(decoded) << broken;
        EXPECT_EQ(decoded.error().code, ErrorCode::invalidArgument);
    }
}

TEST(PercentEncode, isUndoneByDecoding)
{
    const std::string text = "a b&c=d?é#%+\"'<>/";
    EXPECT_EQ(percentDecode(percentEncode(text), Plus::isSpace).value(), text);
}

TEST(ParseQuery, keepsOrderAndRepeats)
{
    EXPECT_THAT(parsed("section=africa&q=a+b&section=europe&&flag"),
                ElementsAre(Pair("section", "africa"), Pair("q", "a b"), Pair("section", "europe"), Pair("flag", "")));
    EXPECT_THAT(parsed(""), ElementsAre());
}

TEST(ParseQuery, replacesControlCharacters)
{
    EXPECT_THAT(parsed("q=a%00b%0d%0ac"), ElementsAre(Pair("q", "a b\nc")));
}

TEST(ParseQuery, refusesThousandsOfParameters)
{
    std::string query;
    for (int i = 0; i < 300; ++i) {
        query += "a=1&";
    }
    EXPECT_FALSE(parseQuery(query));
}

TEST(BuildQuery, isReadBack)
{
    const Parameters parameters{{"q", "l'eau & l'air"}, {"theme", "a=b"}};
    const auto query = buildQuery(parameters);
    EXPECT_EQ(query.front(), '?');
    EXPECT_EQ(parsed(query.substr(1)), parameters);
    EXPECT_EQ(buildQuery({}), "");
}

TEST(ParameterReader, tellsAbsentValidAndMalformedApart)
{
    const auto parameters = parsed("page=3&size=&year_from=20x1");
    ParameterReader reader{parameters};
    EXPECT_EQ(reader.number("page", 1, 10), 3);
    EXPECT_EQ(reader.number("size", 1, 10), std::nullopt);
    EXPECT_EQ(reader.number("missing", 1, 10), std::nullopt);
    EXPECT_FALSE(reader.malformed());
    EXPECT_EQ(reader.number("year_from", 1000, 9999), std::nullopt);
    ASSERT_TRUE(reader.malformed());
    EXPECT_EQ(reader.malformed()->parameter, "year_from");
    EXPECT_THAT(reader.malformed()->expected, HasSubstr("1000 to 9999"));
}

struct NumberCase {
    std::string_view name;
    std::string_view query;
};
void PrintTo(const NumberCase& c, std::ostream* out)
{
    *out << c.query;
}

class MalformedNumber : public testing::TestWithParam<NumberCase> {};

TEST_P(MalformedNumber, isNamed)
{
    const auto parameters = parsed(GetParam().query);
    ParameterReader reader{parameters};
    EXPECT_EQ(reader.number("n", 1, 100), std::nullopt);
    ASSERT_TRUE(reader.malformed());
    EXPECT_EQ(reader.malformed()->parameter, "n");
}

INSTANTIATE_TEST_SUITE_P(, MalformedNumber,
                         testing::Values(NumberCase{"zero", "n=0"}, NumberCase{"over", "n=101"},
                                         NumberCase{"negative", "n=-1"}, NumberCase{"words", "n=ten"},
                                         NumberCase{"trailing", "n=5x"}, NumberCase{"leading_space", "n=+5"},
                                         NumberCase{"fraction", "n=1.5"}, NumberCase{"huge", "n=99999999999999999999"},
                                         NumberCase{"twice", "n=1&n=2"}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(ParameterReader, readsListsWithoutRepeats)
{
    const auto parameters = parsed("section=africa&section=&section=europe&section=africa");
    ParameterReader reader{parameters};
    EXPECT_THAT(reader.list("section", 2), ElementsAre("africa", "europe"));
    EXPECT_FALSE(reader.malformed());
    EXPECT_THAT(reader.list("section", 1), ElementsAre());
    EXPECT_TRUE(reader.malformed());
}

TEST(ParameterReader, readsChoicesAndLanguages)
{
    const auto parameters = parsed("sort=oldest&lang=fr&other=de");
    ParameterReader reader{parameters};
    EXPECT_EQ(reader.choice("sort", {"newest", "oldest"}), 1U);
    EXPECT_EQ(reader.language("lang"), text::Language::fr);
    EXPECT_EQ(reader.language("other"), std::nullopt);
    EXPECT_THAT(reader.malformed()->expected, HasSubstr("en, fr, es"));
}

TEST(ParameterReader, limitsTextAndRefusesUnknownNames)
{
    const auto parameters = parsed("q=0123456789&colour=red");
    ParameterReader reader{parameters};
    EXPECT_EQ(reader.text("q", 10), "0123456789");
    reader.refuseUnknown({"q", "colour"});
    EXPECT_FALSE(reader.malformed());
    reader.refuseUnknown({"q"});
    ASSERT_TRUE(reader.malformed());
    EXPECT_EQ(reader.malformed()->parameter, "colour");
    ParameterReader shorter{parameters};
    EXPECT_EQ(shorter.text("q", 9), "");
    EXPECT_TRUE(shorter.malformed());
}

TEST(SplitTarget, takesPathAndQueryApart)
{
    EXPECT_EQ(splitTarget("/a?b?c#d").path, "/a");
    EXPECT_EQ(splitTarget("/a?b?c#d").query, "b?c");
    EXPECT_EQ(splitTarget("/a").query, "");
}

struct AcceptCase {
    std::string_view name;
    std::string_view header;
    text::Language expected;
};
void PrintTo(const AcceptCase& c, std::ostream* out)
{
    *out << c.header;
}

class AcceptedLanguage : public testing::TestWithParam<AcceptCase> {};

TEST_P(AcceptedLanguage, isTheBestOfOurs)
{
    EXPECT_EQ(acceptedLanguage(GetParam().header), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, AcceptedLanguage,
                         testing::Values(AcceptCase{"none", "", text::Language::other},
                                         AcceptCase{"any", "*", text::Language::other},
                                         AcceptCase{"plain", "es", text::Language::es},
                                         AcceptCase{"region", "fr-CA", text::Language::fr},
                                         AcceptCase{"first", "fr, en", text::Language::fr},
                                         AcceptCase{"quality", "en;q=0.2, de;q=0.9, es;q=0.75", text::Language::es},
                                         AcceptCase{"refused", "fr;q=0, en;q=0.1", text::Language::en},
                                         AcceptCase{"full", "en;q=0.9, fr;q=1.0", text::Language::fr},
                                         AcceptCase{"foreign", "de, ja", text::Language::other},
                                         AcceptCase{"garbage", ";;;q=,=,\r\nX: y", text::Language::other}),
                         [](const auto& row) { return std::string{row.param.name}; });

} // namespace
} // namespace acervo::http
