#include "corpus/cite/reference.h"

#include "tests/unit/corpus/cite/fixture.h"

#include <gtest/gtest.h>

namespace acervo::cite {

namespace {

std::string citedAs(const Work& work, Style style, const std::string& language)
{
    return reference(work, {style, language, "2026-11-25", "", ""}).text;
}

TEST(Reference, ofApaInThreeLanguages)
{
    const auto work = waterWork();
    EXPECT_EQ(citedAs(work, Style::apa, "en"),
              "Ndiaye, A., & Ortega, L. (2019). Water for every district. United Cities. "
              "https://library.example/id/UCLG-2019-0007-K/en");
    EXPECT_EQ(citedAs(work, Style::apa, "fr"),
              "Ndiaye, A. et Ortega, L. (2019). Water for every district. Cités unies. "
              "https://library.example/id/UCLG-2019-0007-K/en");
    EXPECT_EQ(citedAs(work, Style::apa, "es"),
              "Ndiaye, A. y Ortega, L. (2019). Water for every district. Ciudades Unidas. "
              "https://library.example/id/UCLG-2019-0007-K/en");
}

TEST(Reference, ofChicagoInThreeLanguages)
{
    auto work = waterWork();
    work.editions.front().metadata.series = "Blue papers";
    work.editions.front().metadata.number = "7";
    EXPECT_EQ(citedAs(work, Style::chicago, "en"),
              "Ndiaye, Awa, and Luis Ortega. 2019. Water for every district. Blue papers 7. United Cities. "
              "https://library.example/id/UCLG-2019-0007-K/en.");
    EXPECT_TRUE(citedAs(work, Style::chicago, "fr").starts_with("Ndiaye, Awa, et Luis Ortega. 2019. "));
    EXPECT_TRUE(citedAs(work, Style::chicago, "es").starts_with("Ndiaye, Awa, y Luis Ortega. 2019. "));
}

TEST(Reference, ofIso690NamesTheDayOfReading)
{
    auto work = waterWork();
    work.editions.front().metadata.isbn = "978-3-16-148410-0";
    EXPECT_EQ(
        citedAs(work, Style::iso690, "en"),
        "NDIAYE, Awa and ORTEGA, Luis. Water for every district [online]. United Cities, 2019 [viewed 25 November "
        "2026]. ISBN 978-3-16-148410-0. Available from: https://library.example/id/UCLG-2019-0007-K/en");
    EXPECT_EQ(citedAs(work, Style::iso690, "fr"),
              "NDIAYE, Awa et ORTEGA, Luis. Water for every district [en ligne]. Cités unies, 2019 [consulté le 25 "
              "novembre 2026]. ISBN 978-3-16-148410-0. Disponible à l’adresse : "
              "https://library.example/id/UCLG-2019-0007-K/en");
    EXPECT_EQ(citedAs(work, Style::iso690, "es"),
              "NDIAYE, Awa y ORTEGA, Luis. Water for every district [en línea]. Ciudades Unidas, 2019 [consulta: 25 de "
              "noviembre de 2026]. ISBN 978-3-16-148410-0. Disponible en: "
              "https://library.example/id/UCLG-2019-0007-K/en");
}

TEST(Reference, onlyIso690NamesTheDayOfReading)
{
    for (const auto style : {Style::apa, Style::chicago}) {
        EXPECT_EQ(citedAs(waterWork(), style, "en").find("2026"), std::string::npos);
    }
}

TEST(Reference, inventsNothing)
{
    Work work = waterWork();
    auto& edition = work.editions.front();
    edition.metadata.authors.clear();
    edition.metadata.date.clear();
    EXPECT_EQ(citedAs(work, Style::apa, "en"), "United Cities. (n.d.). Water for every district. "
                                               "https://library.example/id/UCLG-2019-0007-K/en");
    EXPECT_EQ(citedAs(work, Style::chicago, "fr"), "Cités unies. s. d. Water for every district. Cités unies. "
                                                   "https://library.example/id/UCLG-2019-0007-K/en.");
    EXPECT_EQ(reference(work, {Style::iso690, "es", "", "", ""}).text,
              "CIUDADES UNIDAS. Water for every district [en línea]. Ciudades Unidas, [s. f.]. Disponible en: "
              "https://library.example/id/UCLG-2019-0007-K/en");
}

TEST(Reference, ofAPageNamesItsLabelAndAddress)
{
    const auto of = [](Style style, const std::string& language) {
        return reference(waterWork(), {style, language, "2026-11-25", "iv", "https://library.example/p"}).text;
    };
    EXPECT_EQ(of(Style::apa, "en"), "Ndiaye, A., & Ortega, L. (2019). Water for every district (p. iv). United Cities. "
                                    "https://library.example/p");
    EXPECT_NE(of(Style::chicago, "en").find("Water for every district, iv. "), std::string::npos);
    EXPECT_NE(of(Style::iso690, "fr").find("2019, p. iv [consulté"), std::string::npos);
}

TEST(Reference, italicsAreTheTitle)
{
    auto work = waterWork();
    work.editions.front().metadata.subtitle = "a plan";
    for (const auto style : kStyles) {
        const auto made = reference(work, {style, "fr", "2026-11-25", "", ""});
        EXPECT_EQ(made.text.substr(made.italicBegin, made.italicEnd - made.italicBegin),
                  "Water for every district : a plan");
    }
}

TEST(Reference, ofManyAuthors)
{
    auto work = waterWork();
    auto& authors = work.editions.front().metadata.authors;
    authors.clear();
    for (char letter = 'A'; letter < 'A' + 22; ++letter) {
        authors.push_back("Ann " + std::string{letter} + "bcd");
    }
    EXPECT_NE(citedAs(work, Style::apa, "en").find("Sbcd, A., . . . Vbcd, A. (2019)"), std::string::npos);
    EXPECT_NE(citedAs(work, Style::chicago, "en").find("Ann Gbcd, et al. 2019"), std::string::npos);
    EXPECT_TRUE(citedAs(work, Style::iso690, "en").starts_with("ABCD, Ann et al. "));
    authors.resize(3);
    EXPECT_TRUE(citedAs(work, Style::apa, "en").starts_with("Abcd, A., Bbcd, A., & Cbcd, A. (2019)"));
    EXPECT_TRUE(citedAs(work, Style::apa, "fr").starts_with("Abcd, A., Bbcd, A. et Cbcd, A. (2019)"));
}

TEST(Reference, titlesThatEndInAMarkGetNoFullStop)
{
    auto work = waterWork();
    work.editions.front().metadata.title = "Whose water?";
    EXPECT_NE(citedAs(work, Style::apa, "en").find("(2019). Whose water? United"), std::string::npos);
}

} // namespace

} // namespace acervo::cite
