#include "indexer/extract/detail/format.h"

#include "zip_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

using test::Parts;
using test::zipOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kNamespaces = "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' "
                                    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
                                    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";

std::string relationship(const std::string& id, const std::string& type, const std::string& target)
{
    return "<Relationship Id='" + id + "' Type='http://x/relationships/" + type + "' Target='" + target + "'/>";
}

std::string shape(const std::string& placeholder, const std::string& text, const std::string& drawing = "")
{
    return "<p:sp><p:nvSpPr><p:cNvPr id='1' name='x' " + drawing + "/><p:nvPr>" +
           (placeholder.empty() ? "" : "<p:ph type='" + placeholder + "'/>") +
           "</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>" + text + "</a:t></a:r></a:p></p:txBody></p:sp>";
}

std::string slide(const std::string& root, const std::string& shapes)
{
    return "<p:" + root + " " + kNamespaces + "><p:cSld><p:spTree>" + shapes + "</p:spTree></p:cSld></p:" + root + ">";
}

Parts show(const std::string& first, const std::string& second)
{
    return {{"_rels/.rels",
             "<Relationships>" + relationship("r1", "officeDocument", "ppt/presentation.xml") + "</Relationships>"},
            {"ppt/presentation.xml", std::string{"<p:presentation "} + kNamespaces +
                                         "><p:sldIdLst><p:sldId id='256' r:id='rB'/><p:sldId id='257' r:id='rA'/>"
                                         "</p:sldIdLst></p:presentation>"},
            {"ppt/_rels/presentation.xml.rels", "<Relationships>" + relationship("rA", "slide", "slides/a.xml") +
                                                    relationship("rB", "slide", "slides/b.xml") + "</Relationships>"},
            {"ppt/slides/b.xml", first},
            {"ppt/slides/a.xml", second}};
}

TEST(Presentation, hasOnePageASlideInTheOrderOfTheShow)
{
    const auto document = readPresentation(
        zipOf(show(slide("sld", shape("ctrTitle", "Climate") + shape("", "Body")), slide("sld", shape("", "Last")))),
        {});
    ASSERT_TRUE(document) << document.error().message;
    ASSERT_EQ(document->pages.size(), 2U);
    EXPECT_EQ(document->pages[0].heading, "Climate");
    EXPECT_EQ(document->pages[0].text, "Climate\nBody");
    EXPECT_EQ(document->pages[1].text, "Last");
    ASSERT_EQ(document->outline.size(), 1U);
    EXPECT_EQ(document->outline[0].page, 1U);
}

TEST(Presentation, mayBeATemplateOrHaveMacros)
{
    const auto bytes = zipOf(show(slide("sld", shape("title", "said once")), slide("sld", "")));
    for (const char* extension : {"pptx", "pptm", "ppsx", "potx"}) {
        EXPECT_THAT(supportedExtensions(), testing::Contains(extension));
        const auto document = extract(bytes, std::string{"talk."} + extension);
        ASSERT_TRUE(document) << extension << ": " << document.error().message;
        EXPECT_EQ(document->pages.at(0).text, "said once");
    }
}

TEST(Presentation, putsNotesAfterTheSlide)
{
    auto parts = show(slide("sld", shape("title", "T")), slide("sld", ""));
    parts.push_back({"ppt/slides/_rels/b.xml.rels",
                     "<Relationships>" + relationship("n", "notesSlide", "../notesSlides/n.xml") + "</Relationships>"});
    parts.push_back({"ppt/notesSlides/n.xml",
                     slide("notes", shape("sldImg", "picture") + shape("body", "Say this") + shape("sldNum", "1"))});
    const auto document = readPresentation(zipOf(parts), {});
    ASSERT_TRUE(document);
    EXPECT_EQ(document->pages[0].text, "T\nSay this");
}

TEST(Presentation, leavesOutNumbersAndHiddenShapes)
{
    const auto document = readPresentation(
        zipOf(show(slide("sld", shape("sldNum", "17") + shape("", "secret", "hidden='1'") + shape("", "seen")),
                   slide("sld", ""))),
        {});
    ASSERT_TRUE(document);
    EXPECT_EQ(document->pages[0].text, "seen");
}

TEST(Presentation, readsTablesAndDiagrams)
{
    const std::string table = "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>a"
                              "</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>b</a:t></a:r></a:p>"
                              "</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>";
    const std::string diagram = "<p:graphicFrame><a:graphic><a:graphicData><d:relIds xmlns:d='d' r:dm='dm'/>"
                                "</a:graphicData></a:graphic></p:graphicFrame>";
    auto parts = show(slide("sld", table + diagram), slide("sld", ""));
    parts.push_back(
        {"ppt/slides/_rels/b.xml.rels",
         "<Relationships>" + relationship("dm", "diagramData", "../diagrams/data1.xml") + "</Relationships>"});
    parts.push_back({"ppt/diagrams/data1.xml", std::string{"<d:dataModel xmlns:d='d' "} + kNamespaces +
                                                   "><d:pt><d:t><a:p><a:r><a:t>Mayor</a:t></a:r></a:p></d:t></d:pt>"
                                                   "</d:dataModel>"});
    const auto document = readPresentation(zipOf(parts), {});
    ASSERT_TRUE(document);
    EXPECT_EQ(document->pages[0].text, "a\tb\nMayor");
}

TEST(Presentation, keepsTheSlidesThatCanBeRead)
{
    const auto document = readPresentation(zipOf(show("<broken", slide("sld", shape("", "whole")))), {});
    ASSERT_TRUE(document);
    ASSERT_EQ(document->pages.size(), 2U);
    EXPECT_EQ(document->pages[1].text, "whole");
    EXPECT_THAT(document->warnings, ElementsAre(HasSubstr("slide 1")));
    EXPECT_EQ(readPresentation(zipOf(show("<broken", "<broken")), {}).error().code, ErrorCode::corruptInput);
}

} // namespace
} // namespace acervo::extract::detail
