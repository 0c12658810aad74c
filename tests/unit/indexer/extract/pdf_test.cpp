#include "indexer/extract/extractor.h"

#include "indexer/extract/detail/pdf_outline.h"
#include "indexer/extract/detail/xmp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace acervo::extract {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A PDF file made of numbered objects; their offsets are filled in.
std::string pdfOf(const std::vector<std::string>& objects, const std::string& trailer)
{
    std::string file = "%PDF-1.4\n";
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        offsets.push_back(file.size());
        file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const auto table = file.size();
    file += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const auto offset : offsets) {
        auto number = std::to_string(offset);
        file += std::string(10 - number.size(), '0') + number + " 00000 n \n";
    }
    return file + "trailer <</Size " + std::to_string(objects.size() + 1) + " /Root 1 0 R " + trailer +
           ">>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

std::string streamOf(const std::string& dictionary, const std::string& content)
{
    return "<<" + dictionary + "/Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream";
}

std::string sample()
{
    const std::string xmp =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description xmlns:d='http://purl.org/dc/elements/1.1/'><d:title><rdf:Alt>"
        "<rdf:li xml:lang='x-default'>Budgets partag\xC3\xA9s</rdf:li></rdf:Alt></d:title>"
        "<d:creator><rdf:Seq><rdf:li>A. Diop</rdf:li><rdf:li>B. Ruiz</rdf:li></rdf:Seq></d:creator>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>";
    // Two columns, drawn row by row across both, as some programs do.
    std::string columns = "BT /F1 10 Tf ";
    for (int row = 0; row < 12; ++row) {
        const auto y = std::to_string(700 - row * 12);
        columns += "1 0 0 1 60 " + y + " Tm (left column row " + std::to_string(row) + " text) Tj ";
        columns += "1 0 0 1 330 " + y + " Tm (right column row " + std::to_string(row) + " text) Tj ";
    }
    columns += "ET";
    return pdfOf({"<</Type/Catalog/Pages 2 0 R/Metadata 8 0 R/PageLabels<</Nums[0<</S/r>>1<</S/D/St 7>>]>>"
                  "/Outlines 9 0 R>>",
                  "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
                  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 7 0 R>>>>/Contents 5 0 R>>",
                  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 7 0 R>>>>/Contents 6 0 R>>",
                  streamOf("", columns), streamOf("", ""), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
                  streamOf("/Type/Metadata/Subtype/XML", xmp), "<</Type/Outlines/First 10 0 R/Last 10 0 R/Count 1>>",
                  "<</Title(left column row 3 text)/Parent 9 0 R/Dest[3 0 R /Fit]>>",
                  "<</Title(another title)/Author(X)/Keywords(eau, budget)/CreationDate(D:20210615120000Z)>>"},
                 "/Info 11 0 R");
}

TEST(Pdf, readsPagesLabelsAndColumnsInOrder)
{
    const auto document = extract(sample(), "a.pdf");
    ASSERT_TRUE(document) << document.error().message;
    ASSERT_EQ(document->pages.size(), 2U);
    EXPECT_EQ(document->pages[0].label, "i");
    EXPECT_EQ(document->pages[1].label, "7");
    const auto& text = document->pages[0].text;
    EXPECT_LT(text.find("left column row 11"), text.find("right column row 0")) << text;
    EXPECT_THAT(document->warnings, ElementsAre("1 of 2 pages have no text: scanned?"));
    ASSERT_EQ(document->outline.size(), 1U);
    EXPECT_EQ(document->outline[0].page, 1U);
    EXPECT_EQ(document->pages[0].heading, "left column row 3 text");
}

TEST(Pdf, readsXmp)
{
    const auto document = extract(sample(), "a.pdf");
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(document->metadata.title, "Budgets partagés");
    EXPECT_THAT(document->metadata.authors, ElementsAre("A. Diop", "B. Ruiz"));
    EXPECT_THAT(document->metadata.keywords, ElementsAre("eau", "budget"));
    EXPECT_EQ(document->metadata.date, "2021-06-15");
    EXPECT_EQ(document->properties.find("pdf:docinfo:title")->second, "another title");
    EXPECT_EQ(document->properties.find("pdf:hasXMP")->second, "true");
    EXPECT_EQ(document->properties.find("pdf:encrypted")->second, "false");
    EXPECT_EQ(document->properties.find("dcterms:created")->second, "2021-06-15T12:00:00Z");
}

TEST(Pdf, damagedAtAnyPlaceIsReadOrRefused)
{
    const auto whole = sample();
    for (std::size_t size = 0; size < whole.size(); size += 97) {
        const auto document = extract(std::string_view{whole}.substr(0, size), "a.pdf");
        EXPECT_TRUE(document || document.error().code == ErrorCode::corruptInput) << size;
    }
}

struct Line {
    int size;
    std::string text;
};

// Without properties; each page is its lines from the top, then twenty lines of body when `body`.
std::string untitled(const std::vector<std::vector<Line>>& pages, bool body = true)
{
    std::vector<std::string> objects{"<</Type/Catalog/Pages 2 0 R>>", "",
                                     "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
    std::string kids;
    for (const auto& lines : pages) {
        const auto number = objects.size() + 1;
        kids += std::to_string(number) + " 0 R ";
        objects.push_back("<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 842]/Resources<</Font<</F1 3 0 R>>>>/Contents " +
                          std::to_string(number + 1) + " 0 R>>");
        std::string content = "BT ";
        int y = 800;
        const auto add = [&](int size, const std::string& text) {
            y -= size * 3 / 2;
            content += "/F1 " + std::to_string(size) + " Tf 1 0 0 1 40 " + std::to_string(y) + " Tm (" + text + ") Tj ";
        };
        for (const auto& line : lines) {
            add(line.size, line.text);
        }
        for (int i = 0; body && i < 20; ++i) {
            add(11, "The council of town " + std::to_string(i) + " adopts its budget for water and housing.");
        }
        objects.push_back(streamOf("", content + "ET"));
    }
    objects[1] = "<</Type/Pages/Kids[" + kids + "]/Count " + std::to_string(pages.size()) + ">>";
    return pdfOf(objects, "");
}

std::string titleOf(const std::string& pdf)
{
    const auto document = extract(pdf, "a.pdf");
    return document ? document->metadata.title : document.error().message;
}

TEST(PdfTitle, isWhatStandsOutOnTheFirstPage)
{
    EXPECT_EQ(titleOf(untitled({{{9, "Series of studies"}, {20, "Water in small"}, {20, "municipalities"}}})),
              "Water in small municipalities");
    EXPECT_EQ(titleOf(untitled({{{11, "Nothing stands out here"}}})), "");
    EXPECT_EQ(titleOf(untitled({{}, {{24, "Chapter on another page"}}})), "");
}

TEST(PdfTitle, isNotALetterheadNorABanner)
{
    const Line letterhead{18, "Parliament of the State"};
    EXPECT_EQ(titleOf(untitled({{letterhead, {14, "Act on the planning institute"}}, {letterhead}})),
              "Act on the planning institute");
    EXPECT_EQ(titleOf(untitled({{{22, "P R O P U E S T A"}}})), "");
}

TEST(PdfTitle, isAllOfACoverWhoseLargestWordIsShort)
{
    EXPECT_EQ(titleOf(untitled({{{30, "ANALYSIS"}, {60, "ZONE 30"}}}, false)), "ANALYSIS ZONE 30");
    EXPECT_EQ(titleOf(untitled({{{24, "A thousand pages"}, {12, "A. Diop"}, {12, "May 2021"}}}, false)),
              "A thousand pages");
}

TEST(Xmp, refusesDocumentTypes)
{
    EXPECT_TRUE(detail::readXmp("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").damaged);
}

TEST(PdfOutline, findsHeadingsInOrderAndPassesOverTheContents)
{
    ExtractedDocument document;
    const std::vector<std::string> texts{"Contents\nFinance\nHousing\nWater\nClimate",
                                         "Finance\nText on housing.",
                                         "more about Finance",
                                         "2 Housing\nText",
                                         "Water\nText",
                                         "Climate\nText"};
    for (const auto& text : texts) {
        model::Page page;
        page.number = static_cast<std::uint32_t>(document.pages.size() + 1);
        page.text = text;
        document.pages.push_back(page);
    }
    for (const char* title : {"Finance", "Housing", "Water", "Climate", "Not there"}) {
        document.outline.push_back({1, title, 0});
    }
    detail::placeOutline(document);
    std::vector<std::uint32_t> pages;
    for (const auto& entry : document.outline) {
        pages.push_back(entry.page);
    }
    EXPECT_THAT(pages, ElementsAre(2, 4, 5, 6, 0));
    EXPECT_EQ(document.pages[2].heading, "Finance");
    EXPECT_EQ(document.pages[3].heading, "Housing");
}

} // namespace
} // namespace acervo::extract
