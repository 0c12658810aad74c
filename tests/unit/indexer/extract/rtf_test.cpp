#include "indexer/extract/detail/format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ExtractedDocument readBytes(const std::string& rtf)
{
    auto document = readRtf(rtf, {});
    EXPECT_TRUE(document) << document.error().message;
    return document ? *document : ExtractedDocument{};
}

std::string textOf(const std::string& body)
{
    const auto document = readBytes("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Times;}"
                                    "{\\f1\\fcharset238 Times CE;}{\\f2\\fcharset128 Mincho;}}" +
                                    body + "}");
    return document.pages.empty() ? std::string{} : document.pages[0].text;
}

struct RtfCase {
    std::string_view name;
    std::string_view body;
    std::string_view text;
};
void PrintTo(const RtfCase& c, std::ostream* out)
{
    *out << c.body;
}

class RtfTable : public testing::TestWithParam<RtfCase> {};

TEST_P(RtfTable, givesTheTextThatAReaderSees)
{
    EXPECT_EQ(textOf(std::string{GetParam().body}), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    , RtfTable,
    testing::Values(
        RtfCase{"plain", "one \\b two\\b0  three\\par four", "one two three\nfour"},
        RtfCase{"windows_bytes", "\\'c9t\\'e9 \\'80", "Été €"},
        RtfCase{"central_european_font", "{\\f1 za\\'bf\\'f3\\'b3\\'e6}", "zażółć"},
        RtfCase{"two_byte_font", "{\\f2 \\'93\\'fa\\'96\\'7b}", "日本"},
        RtfCase{"unicode_with_fallback", "caf\\u233?s \\u8364 ?!", "cafés €!"},
        RtfCase{"unicode_skips_hex", "\\uc2\\u233\\'c3\\'a9x", "éx"},
        RtfCase{"surrogate_pair", "\\uc1\\u-10179?\\u-8704?", "\U0001F600"},
        RtfCase{"lone_surrogate", "\\u-10179?x", "\uFFFDx"},
        RtfCase{"symbols", "a\\emdash b\\rquote c\\~d\\_e\\{\\}\\\\", "a—b’c\u00A0d\u2011e{}\\"},
        RtfCase{"hidden_and_deleted", "a{\\v no}{\\deleted no}b{\\v0 c}", "abc"},
        RtfCase{"unknown_star_destination", "a{\\*\\secret no{\\b no}}b", "ab"},
        RtfCase{"star_inside_a_group", "{\\f0\\*\\cs7 seen}", "seen"},
        RtfCase{"field_shows_its_result", "{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}}", "link"},
        RtfCase{"picture_and_header", "a{\\pict 00ff}{\\header top}{\\footerf low}b", "ab"},
        RtfCase{"binary_data", "a{\\*\\x\\bin5 {{{{{}b", "ab"},
        RtfCase{"table", "a\\cell b\\cell\\row c\\cell d\\cell\\row", "a\tb\nc\td"},
        RtfCase{"footnote_at_the_end", "claim{\\footnote source} goes on\\par next", "claim goes on\nnext\nsource"},
        RtfCase{"text_box", "a{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt boxed\\par}}{\\shprslt boxed}}b\\par",
                "ab\nboxed"},
        RtfCase{"unbalanced", "a}}}b", "ab"}, RtfCase{"bad_hex", "\\'zzx", "zzx"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Rtf, readsProperties)
{
    const auto document =
        readBytes("{\\rtf1\\ansi{\\*\\generator Writer 7;}{\\info{\\title Pol\\'edtica}{\\author A; B}"
                  "{\\keywords agua, suelo}{\\creatim\\yr2011\\mo8\\dy29\\hr5\\min20}"
                  "{\\revtim\\yr1601\\mo1\\dy1}}"
                  "{\\*\\userprops{\\propname Ref}\\proptype30{\\staticval R-1}}text}");
    EXPECT_EQ(document.metadata.title, "Política");
    EXPECT_THAT(document.metadata.authors, ElementsAre("A", "B"));
    EXPECT_THAT(document.metadata.keywords, ElementsAre("agua", "suelo"));
    EXPECT_EQ(document.metadata.date, "2011-08-29");
    EXPECT_EQ(document.properties.find("custom:Ref")->second, "R-1");
    EXPECT_EQ(document.properties.find("generator")->second, "Writer 7");
    EXPECT_EQ(document.properties.count("dcterms:modified"), 0U);
}

TEST(Rtf, cutsALongTextAtItsHeadings)
{
    const std::string body(3'000, 'x');
    const auto document = readBytes("{\\rtf1{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}}\\pard\\s1 One\\par\\pard " +
                                    body + "\\par\\pard\\s1 Two\\par\\pard " + body + "\\par}");
    ASSERT_EQ(document.pages.size(), 2U);
    EXPECT_EQ(document.pages[1].heading, "Two");
    EXPECT_EQ(document.outline.size(), 2U);
}

TEST(Rtf, partsAtExplicitPageBreaks)
{
    const auto document = readBytes("{\\rtf1 one\\par\\page two\\par\\page\\page three}");
    ASSERT_EQ(document.pages.size(), 3U);
    EXPECT_EQ(document.pages[2].text, "three");
    EXPECT_EQ(document.pages[2].label, "");
}

TEST(Rtf, survivesDeepNestingAndTruncation)
{
    const auto deep = readBytes("{\\rtf1 a" + std::string(1'000'000, '{') + "b");
    EXPECT_EQ(deep.pages.at(0).text, "a");
    EXPECT_THAT(deep.warnings, testing::Contains(HasSubstr("nested")));
    const std::string whole = "{\\rtf1\\ansi{\\info{\\title x}}a\\'e9\\u233?\\bin3 abc{\\footnote n}}";
    for (std::size_t length = 6; length < whole.size(); ++length) {
        EXPECT_TRUE(readRtf(whole.substr(0, length), {}));
    }
    EXPECT_EQ(readRtf("hello", {}).error().code, ErrorCode::corruptInput);
}

} // namespace
} // namespace acervo::extract::detail
