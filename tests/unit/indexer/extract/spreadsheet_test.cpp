#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/number_format.h"

#include "zip_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

using test::Parts;
using test::zipOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string relationship(const std::string& id, const std::string& type, const std::string& target)
{
    return "<Relationship Id='" + id + "' Type='http://x/relationships/" + type + "' Target='" + target + "'/>";
}

Parts workbook(const std::string& rows, const std::string& strings = "", const std::string& afterRows = "")
{
    return {{"_rels/.rels",
             "<Relationships>" + relationship("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
            {"xl/workbook.xml", "<workbook xmlns:r='http://x/relationships'><sheets><sheet name='Budget' r:id='s1'/>"
                                "<sheet name='Draft' state='hidden' r:id='s2'/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels", "<Relationships>" + relationship("s1", "worksheet", "worksheets/1.xml") +
                                               relationship("s2", "worksheet", "worksheets/2.xml") +
                                               relationship("t", "sharedStrings", "sharedStrings.xml") +
                                               relationship("f", "styles", "styles.xml") + "</Relationships>"},
            {"xl/styles.xml",
             "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/></numFmts>"
             "<cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='9'/></cellXfs></styleSheet>"},
            {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
            {"xl/worksheets/1.xml", "<worksheet><sheetData>" + rows + "</sheetData>" + afterRows + "</worksheet>"},
            {"xl/worksheets/2.xml", "<worksheet><sheetData><row><c><v>99</v></c></row></sheetData></worksheet>"}};
}

TEST(Spreadsheet, showsCellsAsAReaderSeesThem)
{
    const auto document = readSpreadsheet(
        zipOf(workbook("<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>"
                       "<row><c><v>196.0</v></c><c s='1'><v>44362</v></c><c s='2'><v>0.25</v></c></row>"
                       "<row><c t='b'><v>1</v></c><c t='inlineStr'><is><t>in line</t></is></c>"
                       "<c><f>1+1</f><v>2</v></c><c/></row>",
                       "<si><t>Année</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>guide</t></rPh></si>")),
        {});
    ASSERT_TRUE(document) << document.error().message;
    ASSERT_EQ(document->pages.size(), 1U);
    EXPECT_EQ(document->pages[0].heading, "Budget");
    EXPECT_EQ(document->pages[0].text, "Année\ttwo runs\n196\t2021-06-15\t25%\nTRUE\tin line\t2");
    EXPECT_THAT(document->warnings, ElementsAre(HasSubstr("Draft")));
}

TEST(Spreadsheet, mayBeATemplateOrHaveMacros)
{
    const auto bytes = zipOf(workbook("<row><c t='inlineStr'><is><t>said once</t></is></c></row>"));
    for (const char* extension : {"xlsx", "xlsm", "xltx"}) {
        EXPECT_THAT(supportedExtensions(), testing::Contains(extension));
        const auto document = extract(bytes, std::string{"table."} + extension);
        ASSERT_TRUE(document) << extension << ": " << document.error().message;
        EXPECT_EQ(document->pages.at(0).text, "said once");
    }
}

TEST(Spreadsheet, readsHeadersWithoutTheirCodes)
{
    const auto document =
        readSpreadsheet(zipOf(workbook("", "",
                                       "<headerFooter><oddFooter>&amp;L&amp;\"Arial,Bold\"&amp;12Cities &amp;&amp; "
                                       "regions&amp;RPage &amp;P</oddFooter></headerFooter>")),
                        {});
    ASSERT_TRUE(document);
    EXPECT_EQ(document->pages[0].text, "Cities & regions Page");
}

TEST(Spreadsheet, ignoresStringsThatDoNotExist)
{
    const auto document = readSpreadsheet(
        zipOf(workbook(
            "<row><c t='s'><v>5</v></c><c t='s'><v>-1</v></c><c t='s'><v>x</v></c><c s='9'><v>1</v></c></row>")),
        {});
    ASSERT_TRUE(document);
    EXPECT_EQ(document->pages[0].text, "1");
}

TEST(Spreadsheet, refusesTextThatGrowsOutOfNothing)
{
    std::string rows = "<row>";
    for (int i = 0; i < 2'000; ++i) {
        rows += "<c t='s'><v>0</v></c>";
    }
    const auto document =
        readSpreadsheet(zipOf(workbook(rows + "</row>", "<si><t>" + std::string(100'000, 'x') + "</t></si>")), {});
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::resourceLimit);
}

struct FormatCase {
    std::string_view name;
    std::string_view code;
    double value;
    std::string_view shown;
};
void PrintTo(const FormatCase& c, std::ostream* out)
{
    *out << c.code;
}

class NumberFormatTable : public testing::TestWithParam<FormatCase> {};

TEST_P(NumberFormatTable, isShownAsExpected)
{
    const auto& [name, code, value, shown] = GetParam();
    EXPECT_EQ(shownNumber(value, parseNumberFormat(code), false), shown);
}

INSTANTIATE_TEST_SUITE_P(, NumberFormatTable,
                         testing::Values(FormatCase{"integer", "General", 9.0, "9"},
                                         FormatCase{"rounding_noise", "General", 0.1 + 0.2, "0.3"},
                                         FormatCase{"fifteen_digits", "General", 123456789012345.0, "123456789012345"},
                                         FormatCase{"decimals", "#,##0.00", 1234.5, "1234.50"},
                                         FormatCase{"percent", "0.0%", 0.125, "12.5%"},
                                         FormatCase{"currency", "#,##0.00\\ \"EUR\"", 3.0, "3.00"},
                                         FormatCase{"date", "[$-40C]d mmmm yyyy", 44362.0, "2021-06-15"},
                                         FormatCase{"date_and_time", "yyyy-mm-dd hh:mm", 44362.5, "2021-06-15 12:00"},
                                         FormatCase{"time", "h:mm AM/PM", 0.75, "18:00"},
                                         FormatCase{"elapsed", "[h]:mm", 0.5, "12:00"},
                                         FormatCase{"month", "mmm", 44362.0, "2021-06-15"},
                                         FormatCase{"negative_date", "yyyy", -3.0, "-3"},
                                         FormatCase{"text", "@", 7.0, "7"}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(NumberFormat, countsFrom1904WhenTheWorkbookDoes)
{
    EXPECT_EQ(shownNumber(0.0, builtInNumberFormat(14), true), "1904-01-01");
    EXPECT_EQ(shownNumber(1.0, builtInNumberFormat(14), false), "1899-12-31");
}

} // namespace
} // namespace acervo::extract::detail
