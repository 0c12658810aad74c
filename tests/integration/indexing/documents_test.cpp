// What the indexer makes of documents: pages, editions, titles, changes.
#include "workplace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace acervo::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// A PDF of one line a page; page labels are roman for the first ten.
std::string pdfOfPages(int pages)
{
    std::vector<std::string> objects{"<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>10<</S/D>>]>>>>"};
    std::string kids;
    for (int i = 0; i < pages; ++i) {
        kids += std::to_string(4 + 2 * i) + " 0 R ";
    }
    objects.push_back("<</Type/Pages/Kids[" + kids + "]/Count " + std::to_string(pages) + ">>");
    objects.emplace_back("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    for (int i = 0; i < pages; ++i) {
        objects.push_back("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents " +
                          std::to_string(5 + 2 * i) + " 0 R>>");
        std::string content = "BT /F1 11 Tf 50 780 Td 14 TL ";
        for (int line = 0; line < 40; ++line) {
            content += "(The council of the municipality adopts measure " + std::to_string(i * 40 + line) +
                       " on water and housing) Tj T* ";
        }
        content += "(This is the sheet marked zq" + std::to_string(i + 1) + "qz) Tj ET";
        objects.push_back("<</Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "\nendstream");
    }
    std::string file = "%PDF-1.4\n";
    std::vector<std::size_t> offsets;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        offsets.push_back(file.size());
        file += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const auto table = file.size();
    file += "xref\n0 " + std::to_string(objects.size() + 1) + "\n0000000000 65535 f \n";
    for (const auto offset : offsets) {
        const auto number = std::to_string(offset);
        file += std::string(10 - number.size(), '0') + number + " 00000 n \n";
    }
    return file + "trailer <</Size " + std::to_string(objects.size() + 1) + "/Root 1 0 R>>\nstartxref\n" +
           std::to_string(table) + "\n%%EOF\n";
}

TEST(Documents, mayHaveAThousandPages)
{
    const Workplace place;
    place.write("long.pdf", pdfOfPages(1000));
    const auto started = std::chrono::steady_clock::now();
    const auto report = place.report();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    EXPECT_EQ(report.at("indexed"), 1);
    EXPECT_LT(took.count(), 60.0);
    EXPECT_EQ(place.status().at("pages"), 1000);
    EXPECT_EQ(place.run({"check"}).exit, 0);

    const auto extracted = place.run({"extract", (place.documents() / "long.pdf").string(), "--json"});
    ASSERT_EQ(extracted.exit, 0) << extracted.err;
    const auto pages = json::parse(extracted.out).at("pages");
    ASSERT_EQ(pages.size(), 1000U);
    EXPECT_EQ(pages.at(776).at("number"), 777);
    EXPECT_EQ(pages.at(776).at("label"), "767") << "ten pages with roman numbers come before page 1";
    EXPECT_EQ(pages.at(3).at("label"), "iv");
    EXPECT_THAT(pages.at(776).at("text").get<std::string>(), HasSubstr("zq777qz"));
    EXPECT_EQ(pages.at(776).at("language"), "en");
}

TEST(Documents, namedByTheirLanguageAreEditionsOfOneWork)
{
    const Workplace place;
    place.write("climate/en.html", "<html lang='en'><title>Cities and the climate</title><p>" + textNumber(1));
    // A site whose frame is English says so on every page.
    place.write("climate/fr.html", "<html lang='en'><title>Cities</title><p>Skip to content</p>"
                                   "<p>The page is not available in this language yet, we are sorry.</p>");
    place.write("budget.en.txt", textNumber(2));
    place.write("budget.es.txt", "El presupuesto del municipio\n\nEl ayuntamiento aprueba el presupuesto del agua.");
    const auto report = place.report();
    EXPECT_EQ(report.at("indexed"), 4);
    EXPECT_TRUE(report.at("warnings").empty()) << report.at("warnings");
    const auto status = place.status();
    EXPECT_EQ(status.at("editions"), 4);
    EXPECT_EQ(status.at("works"), 2);
}

TEST(Documents, areReadAgainWhenTheyChange)
{
    const Workplace place;
    for (int i = 0; i < 5; ++i) {
        place.write("report-" + std::to_string(i) + ".txt", textNumber(i));
    }
    place.report();
    place.write("report-3.txt", textNumber(33) + " and more");
    const auto report = place.report();
    EXPECT_EQ(report.at("indexed"), 1);
    EXPECT_EQ(report.at("unchanged"), 4);
    EXPECT_EQ(place.status().at("versions"), 6);
    EXPECT_EQ(place.run({"check"}).exit, 0);
}

} // namespace
} // namespace acervo::test
