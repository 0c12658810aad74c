#include "indexer/extract/detail/format.h"

#include "zip_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

using test::allText;
using test::Parts;
using test::zipOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kNamespaces = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
                                    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' "
                                    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
                                    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "
                                    "xmlns:v='urn:schemas-microsoft-com:vml'";

std::string relationships(const std::string& all)
{
    return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" + all +
           "</Relationships>";
}

std::string relationship(const std::string& id, const std::string& type, const std::string& target)
{
    return "<Relationship Id='" + id + "' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/" +
           type + "' Target='" + target + "'/>";
}

std::string part(const std::string& root, const std::string& content)
{
    return "<w:" + root + " " + kNamespaces + ">" + content + "</w:" + root + ">";
}

std::string paragraph(const std::string& text, const std::string& properties = "")
{
    return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

std::string heading(const std::string& text, int level)
{
    return paragraph(text, "<w:pStyle w:val='Titre" + std::to_string(level) + "'/>");
}

Parts partsOf(const std::string& body)
{
    std::string styles;
    for (const char* level : {"1", "2", "3"}) {
        styles +=
            std::string{"<w:style w:styleId='Titre"} + level + "'><w:name w:val='heading " + level + "'/></w:style>";
    }
    styles += "<w:style w:styleId='Derived'><w:basedOn w:val='Titre1'/></w:style>"
              "<w:style w:styleId='Secret'><w:rPr><w:vanish/></w:rPr></w:style>";
    return {{"_rels/.rels", relationships(relationship("r1", "officeDocument", "word/document.xml"))},
            {"word/document.xml", part("document", "<w:body>" + body + "</w:body>")},
            {"word/_rels/document.xml.rels",
             relationships(relationship("s", "styles", "styles.xml") + relationship("n", "numbering", "numbering.xml") +
                           relationship("f", "footnotes", "/word/footnotes.xml"))},
            {"word/styles.xml", part("styles", styles)}};
}

ExtractedDocument readParts(const Parts& parts, const Limits& limits = {})
{
    auto document = readWordprocessing(zipOf(parts), limits);
    EXPECT_TRUE(document) << document.error().message;
    return document ? *document : ExtractedDocument{};
}

ExtractedDocument readBody(const std::string& body)
{
    return readParts(partsOf(body));
}

std::string longText()
{
    std::string text;
    while (text.size() < 3'000) {
        text += "The municipality keeps its own accounts. ";
    }
    return text;
}

TEST(Wordprocessing, readsParagraphsTabsAndBreaks)
{
    const auto document = readBody("<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>" +
                                   paragraph("quatre è"));
    ASSERT_EQ(document.pages.size(), 1U);
    EXPECT_EQ(document.pages[0].text, "one\ttwo\nthree\nquatre è");
}

TEST(Wordprocessing, readsTemplatesAndDocumentsWithMacros)
{
    const auto bytes = zipOf(partsOf(paragraph("one and the same")));
    for (const char* extension : {"docx", "docm", "dotx", "dotm"}) {
        EXPECT_THAT(supportedExtensions(), testing::Contains(extension));
        const auto document = extract(bytes, std::string{"letter."} + extension);
        ASSERT_TRUE(document) << extension << ": " << document.error().message;
        EXPECT_EQ(allText(*document), "one and the same");
    }
}

TEST(Wordprocessing, partsTableCellsAndRows)
{
    const auto cell = [](const std::string& text) { return "<w:tc>" + paragraph(text) + "</w:tc>"; };
    const auto document =
        readBody("<w:tbl><w:tr>" + cell("a") + cell("b") + "</w:tr><w:tr>" + cell("c") + cell("d") + "</w:tr></w:tbl>");
    EXPECT_EQ(document.pages.at(0).text, "a\tb\nc\td");
}

TEST(Wordprocessing, leavesOutWhatAReaderDoesNotSee)
{
    const auto document = readBody("<w:p><w:r><w:t>kept </w:t></w:r>"
                                   "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>"
                                   "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
                                   "<w:ins><w:r><w:t>inserted </w:t></w:r></w:ins>"
                                   "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
                                   "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown </w:t></w:r>"
                                   "<w:r><w:rPr><w:rStyle w:val='Secret'/></w:rPr><w:t>styled</w:t></w:r>"
                                   "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>end</w:t></w:r></w:p>");
    EXPECT_EQ(document.pages.at(0).text, "kept inserted shown end");
}

TEST(Wordprocessing, readsATextBoxOnceAndAfterItsParagraph)
{
    const auto box = "<w:txbxContent>" + paragraph("boxed") + "</w:txbxContent>";
    const auto document = readBody("<w:p><w:r><w:t>before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx>" +
                                   box + "</wps:txbx></mc:Choice><mc:Fallback><v:textbox>" + box +
                                   "</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
                                   "<w:r><w:t>after</w:t></w:r></w:p>" +
                                   paragraph("next"));
    EXPECT_EQ(document.pages.at(0).text, "before after\nboxed\nnext");
}

TEST(Wordprocessing, putsFootnotesAtTheEndOfTheirPage)
{
    auto parts = partsOf("<w:p><w:r><w:t>claim</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
                         "<w:p><w:r><w:lastRenderedPageBreak/><w:t>second page</w:t></w:r></w:p>");
    parts.push_back(
        {"word/footnotes.xml",
         part("footnotes", "<w:footnote w:type='separator' w:id='0'>" + paragraph("----") +
                               "</w:footnote><w:footnote w:id='2'>" + paragraph("the source") + "</w:footnote>")});
    const auto document = readParts(parts);
    ASSERT_EQ(document.pages.size(), 2U);
    EXPECT_EQ(document.pages[0].text, "claim\nthe source");
    EXPECT_EQ(document.pages[1].text, "second page");
}

TEST(Wordprocessing, takesThePagesThatWordLaidOut)
{
    const auto document = readBody(
        heading("Opening", 1) + paragraph("first") +
        "<w:p><w:r><w:br w:type='page'/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>second</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>end of second </w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>third</w:t></w:r></w:p>");
    ASSERT_EQ(document.pages.size(), 3U);
    EXPECT_EQ(document.pages[0].label, "1");
    EXPECT_EQ(document.pages[1].text, "second\nend of second");
    EXPECT_EQ(document.pages[1].heading, "Opening");
    EXPECT_EQ(document.pages[2].label, "3");
    EXPECT_EQ(document.pages[2].text, "third");
}

TEST(Wordprocessing, cutsALongTextWithoutPagesAtItsHeadings)
{
    const auto document = readBody(paragraph("Preface.") + heading("Resources", 1) + heading("Own revenue", 2) +
                                   paragraph(longText()) + heading("Detail", 3) + paragraph("fine print") +
                                   paragraph("Transfers", "<w:pStyle w:val='Derived'/>") + paragraph(longText()));
    ASSERT_EQ(document.pages.size(), 3U);
    EXPECT_EQ(document.pages[0].text, "Preface.");
    EXPECT_EQ(document.pages[1].heading, "Own revenue");
    EXPECT_THAT(document.pages[1].text, testing::StartsWith("Resources\nOwn revenue\n"));
    EXPECT_THAT(document.pages[1].text, HasSubstr("fine print"));
    EXPECT_EQ(document.pages[2].heading, "Transfers");
    EXPECT_EQ(document.pages[2].label, "");
    ASSERT_EQ(document.outline.size(), 4U);
    EXPECT_EQ(document.outline[2].title, "Detail");
    EXPECT_EQ(document.outline[2].level, 3U);
    EXPECT_EQ(document.outline[2].page, 2U);
    EXPECT_EQ(document.outline[3].page, 3U);
}

TEST(Wordprocessing, keepsAShortTextTogether)
{
    const auto document = readBody(heading("One", 1) + paragraph("a") + heading("Two", 1) + paragraph("b"));
    EXPECT_EQ(document.pages.size(), 1U);
    EXPECT_EQ(document.outline.size(), 2U);
}

TEST(Wordprocessing, writesListNumbers)
{
    const auto item = [](const std::string& text, const std::string& list, const std::string& level) {
        return paragraph(text, "<w:numPr><w:ilvl w:val='" + level + "'/><w:numId w:val='" + list + "'/></w:numPr>");
    };
    auto parts = partsOf(item("A", "1", "0") + item("B", "1", "1") + item("C", "1", "1") + item("D", "1", "0") +
                         item("E", "2", "0") + item("F", "3", "0"));
    parts.push_back(
        {"word/numbering.xml",
         part("numbering",
              "<w:abstractNum w:abstractNumId='0'>"
              "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>"
              "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1.%2)'/></w:lvl>"
              "</w:abstractNum><w:abstractNum w:abstractNumId='1'>"
              "<w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl></w:abstractNum>"
              "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
              "<w:num w:numId='2'><w:abstractNumId w:val='0'/>"
              "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride></w:num>"
              "<w:num w:numId='3'><w:abstractNumId w:val='1'/></w:num>")});
    EXPECT_EQ(readParts(parts).pages.at(0).text, "I. A\nI.a) B\nI.b) C\nII. D\nVII. E\nF");
}

TEST(Wordprocessing, readsProperties)
{
    auto parts = partsOf(paragraph("text"));
    parts[0].second = relationships(
        relationship("r1", "officeDocument", "word/document.xml") +
        "<Relationship Id='r2' Type='http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
        "core-properties' Target='docProps/core.xml'/>" +
        relationship("r3", "custom-properties", "docProps/custom.xml"));
    parts.push_back({"docProps/core.xml",
                     "<c:coreProperties xmlns:c='c' xmlns:dc='d' xmlns:t='t'><dc:title>Rapport annuel</dc:title>"
                     "<dc:creator>A. Diallo; B. Ruiz</dc:creator><c:keywords>budget, climat</c:keywords>"
                     "<dc:language>fr-FR</dc:language><t:created>2021-06-15T10:00:00Z</t:created></c:coreProperties>"});
    parts.push_back({"docProps/custom.xml", "<Properties><property name='Reference'><x:lpwstr xmlns:x='x'>R-7"
                                            "</x:lpwstr></property></Properties>"});
    const auto document = readParts(parts);
    EXPECT_EQ(document.metadata.title, "Rapport annuel");
    EXPECT_THAT(document.metadata.authors, ElementsAre("A. Diallo", "B. Ruiz"));
    EXPECT_THAT(document.metadata.keywords, ElementsAre("budget", "climat"));
    EXPECT_EQ(document.metadata.language, "fr");
    EXPECT_EQ(document.metadata.date, "2021-06-15");
    const auto custom = document.properties.find("custom:Reference");
    ASSERT_NE(custom, document.properties.end());
    EXPECT_EQ(custom->second, "R-7");
}

TEST(Wordprocessing, readsNoEntitiesAndNoFiles)
{
    auto parts = partsOf("");
    parts[1].second = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" +
                      part("document", "<w:body>" + paragraph("before &e; after") + "</w:body>");
    const auto document = readWordprocessing(zipOf(parts), {});
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::corruptInput);
}

TEST(Wordprocessing, keepsWhatComesBeforeADamage)
{
    auto parts = partsOf("");
    parts[1].second = part("document", "<w:body>" + paragraph("kept"));
    parts[1].second.resize(parts[1].second.size() - 6);
    const auto document = readParts(parts);
    EXPECT_EQ(allText(document), "kept");
    EXPECT_THAT(document.warnings, testing::Contains(HasSubstr("not complete")));
}

TEST(Wordprocessing, cutsTextAtTheLimit)
{
    const auto document = readParts(partsOf(paragraph(longText()) + paragraph(longText())), {.maxTextBytes = 2'000});
    EXPECT_TRUE(document.truncated);
    EXPECT_LE(allText(document).size(), 2'000U);
}

TEST(Wordprocessing, survivesDeepNesting)
{
    std::string body;
    for (int i = 0; i < 5'000; ++i) {
        body += "<w:tbl><w:tr><w:tc>";
    }
    const auto document = readWordprocessing(zipOf(partsOf(body)), {});
    EXPECT_FALSE(document);
}

TEST(Wordprocessing, needsAMainPart)
{
    EXPECT_EQ(readWordprocessing(zipOf({{"readme", "x"}}), {}).error().code, ErrorCode::corruptInput);
}

} // namespace
} // namespace acervo::extract::detail
