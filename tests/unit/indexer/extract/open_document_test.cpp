#include "indexer/extract/detail/format.h"

#include "zip_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

using test::Parts;
using test::zipOf;
using testing::ElementsAre;
using testing::StartsWith;

std::string content(const std::string& kind, const std::string& body, const std::string& styles = "")
{
    return "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='tb' xmlns:style='st' xmlns:fo='fo' "
           "xmlns:draw='d' xmlns:presentation='urn:oasis:names:tc:opendocument:xmlns:presentation:1.0' "
           "xmlns:svg='svg' xmlns:xlink='x' xmlns:dc='dc'><office:automatic-styles>" +
           styles + "</office:automatic-styles><office:body><office:" + kind + ">" + body + "</office:" + kind +
           "></office:body></office:document-content>";
}

ExtractedDocument readParts(const Parts& parts)
{
    auto document = readOpenDocument(zipOf(parts), {});
    EXPECT_TRUE(document) << document.error().message;
    return document ? *document : ExtractedDocument{};
}

ExtractedDocument readTextBody(const std::string& body, const std::string& styles = "")
{
    return readParts(
        {{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", content("text", body, styles)}});
}

TEST(OpenDocument, readsParagraphsWithTheirWhiteSpace)
{
    const auto document = readTextBody("<text:p>\n  one<text:s text:c='2'/>two  \n three<text:tab/>four</text:p>"
                                       "<text:p>five<text:line-break/>six</text:p>");
    EXPECT_EQ(document.pages.at(0).text, "one  two three\tfour\nfive\nsix");
}

TEST(OpenDocument, readsTemplates)
{
    struct Case {
        const char* extension;
        const char* mediaType;
        const char* kind;
        const char* body;
    };
    for (const auto& [extension, mediaType, kind, body] :
         {Case{"ott", "text-template", "text", "<text:p>said once</text:p>"},
          Case{"otp", "presentation-template", "presentation",
               "<draw:page draw:name='a'><text:p>said once</text:p></draw:page>"},
          Case{"ots", "spreadsheet-template", "spreadsheet",
               "<table:table table:name='a'><table:table-row><table:table-cell><text:p>said once</text:p>"
               "</table:table-cell></table:table-row></table:table>"}}) {
        EXPECT_THAT(supportedExtensions(), testing::Contains(extension));
        const auto document =
            extract(zipOf({{"mimetype", std::string{"application/vnd.oasis.opendocument."} + mediaType},
                           {"content.xml", content(kind, body)}}),
                    std::string{"model."} + extension);
        ASSERT_TRUE(document) << extension << ": " << document.error().message;
        EXPECT_THAT(test::allText(*document), testing::HasSubstr("said once")) << extension;
    }
}

TEST(OpenDocument, leavesOutDeletionsAndHiddenText)
{
    const auto document = readTextBody(
        "<text:tracked-changes><text:deletion><text:p>deleted</text:p></text:deletion></text:tracked-changes>"
        "<text:p>a<text:span text:style-name='H'>hidden</text:span>b</text:p>"
        "<text:section text:display='none'><text:p>gone</text:p></text:section>",
        "<style:style style:name='H'><style:text-properties text:display='none'/></style:style>");
    EXPECT_EQ(document.pages.at(0).text, "ab");
}

TEST(OpenDocument, putsNotesAndCommentsAtTheEnd)
{
    const auto document = readTextBody(
        "<text:p>claim<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>source</text:p>"
        "</text:note-body></text:note><office:annotation><dc:creator>X</dc:creator><text:p>remark</text:p>"
        "</office:annotation> goes on</text:p><text:p>next</text:p>");
    EXPECT_EQ(document.pages.at(0).text, "claim goes on\nnext\nsource\nremark");
}

TEST(OpenDocument, takesTheLaidOutPages)
{
    const auto document = readTextBody("<text:h text:outline-level='1'>Start</text:h><text:p>one"
                                       "<text:soft-page-break/> two</text:p>"
                                       "<text:p text:style-name='B'>three</text:p>",
                                       "<style:style style:name='B'><style:paragraph-properties "
                                       "fo:break-before='page'/></style:style>");
    ASSERT_EQ(document.pages.size(), 3U);
    EXPECT_EQ(document.pages[0].text, "Start\none");
    EXPECT_EQ(document.pages[1].text, "two");
    EXPECT_EQ(document.pages[2].label, "3");
    EXPECT_EQ(document.pages[2].heading, "Start");
}

TEST(OpenDocument, cutsALongTextAtItsHeadings)
{
    const std::string body(3'000, 'x');
    const auto document =
        readTextBody("<text:h text:outline-level='1'>One</text:h><text:p>" + body +
                     "</text:p><text:h text:outline-level='2'>Two</text:h><text:p>" + body + "</text:p>");
    ASSERT_EQ(document.pages.size(), 2U);
    EXPECT_EQ(document.pages[1].heading, "Two");
    EXPECT_THAT(document.pages[1].text, StartsWith("Two\nxxx"));
}

TEST(OpenDocument, hasOnePageASlide)
{
    const auto document = readParts(
        {{"content.xml",
          content("presentation",
                  "<draw:page draw:name='page1'><draw:frame presentation:class='title'><draw:text-box><text:p>Housing"
                  "</text:p></draw:text-box></draw:frame><draw:frame presentation:class='outline'><draw:text-box>"
                  "<text:p>point</text:p></draw:text-box></draw:frame><draw:frame presentation:class='page-number'>"
                  "<draw:text-box><text:p>1</text:p></draw:text-box></draw:frame>"
                  "<presentation:notes><draw:frame><draw:text-box>"
                  "<text:p>note</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>"
                  "<draw:page draw:name='page2'><draw:frame><draw:text-box><text:p>end</text:p></draw:text-box>"
                  "</draw:frame></draw:page>")}});
    ASSERT_EQ(document.pages.size(), 2U);
    EXPECT_EQ(document.pages[0].heading, "Housing");
    EXPECT_EQ(document.pages[0].text, "Housing\npoint\nnote");
    EXPECT_EQ(document.pages[1].text, "end");
}

TEST(OpenDocument, hasOnePageASheet)
{
    const auto cell = [](const std::string& text) {
        return "<table:table-cell><text:p>" + text + "</text:p></table:table-cell>";
    };
    const auto document = readParts(
        {{"content.xml",
          content("spreadsheet",
                  "<table:table table:name='Income'><table:table-row>" + cell("2021") + cell("12,5 %") +
                      "</table:table-row><table:table-row>" + cell("total") + "</table:table-row></table:table>" +
                      "<table:table table:name='Secret' table:style-name='ta2'><table:table-row>" + cell("x") +
                      "</table:table-row></table:table>",
                  "<style:style style:name='ta2'><style:table-properties table:display='false'/></style:style>")},
         {"styles.xml",
          "<s xmlns:style='st' xmlns:text='t'><style:footer><text:p>printed</text:p></style:footer></s>"}});
    ASSERT_EQ(document.pages.size(), 1U);
    EXPECT_EQ(document.pages[0].heading, "Income");
    EXPECT_EQ(document.pages[0].text, "2021\t12,5 %\ntotal\nprinted");
}

TEST(OpenDocument, readsEmbeddedCharts)
{
    const auto document =
        readParts({{"content.xml", content("text", "<text:p>see <draw:frame><draw:object xlink:href='./Object 1'/>"
                                                   "</draw:frame>chart</text:p>")},
                   {"Object 1/content.xml", content("chart", "<text:p>Revenue by city</text:p>")}});
    EXPECT_EQ(document.pages.at(0).text, "see chart\nRevenue by city");
}

TEST(OpenDocument, readsMetadata)
{
    const auto document = readParts(
        {{"content.xml", content("text", "<text:p>x</text:p>")},
         {"meta.xml", "<o:document-meta xmlns:o='o' xmlns:meta='m' xmlns:dc='d'><o:meta><dc:title>Informe</dc:title>"
                      "<meta:initial-creator>Ana</meta:initial-creator><dc:creator>Luis</dc:creator>"
                      "<meta:keyword>vivienda</meta:keyword><meta:keyword>suelo</meta:keyword>"
                      "<dc:language>es-ES</dc:language><meta:creation-date>2019-02-03T04:05:06</meta:creation-date>"
                      "<meta:document-statistic meta:page-count='7'/>"
                      "<meta:user-defined meta:name='Ref'>R-1</meta:user-defined></o:meta></o:document-meta>"}});
    EXPECT_EQ(document.metadata.title, "Informe");
    EXPECT_THAT(document.metadata.authors, ElementsAre("Ana"));
    EXPECT_THAT(document.metadata.keywords, ElementsAre("vivienda", "suelo"));
    EXPECT_EQ(document.metadata.language, "es");
    EXPECT_EQ(document.metadata.date, "2019-02-03");
    EXPECT_EQ(document.properties.find("meta:page-count")->second, "7");
    EXPECT_EQ(document.properties.find("custom:Ref")->second, "R-1");
}

TEST(OpenDocument, saysWhenAPasswordIsNeeded)
{
    const auto document = readOpenDocument(
        zipOf({{"content.xml", "\x01\x02\x03"},
               {"META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>"}}),
        {});
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::encrypted);
}

TEST(OpenDocument, refusesEntities)
{
    auto text = content("text", "<text:p>&x;</text:p>");
    const auto document =
        readOpenDocument(zipOf({{"content.xml", "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + text}}), {});
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::corruptInput);
}

} // namespace
} // namespace acervo::extract::detail
