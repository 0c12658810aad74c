#include "corpus/index/document_builder.h"

#include "corpus/index/document_data.h"
#include "corpus/schema/fields.h"
#include "tests/support/indexed_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace acervo::index {
namespace {

using support::shippedVocabularies;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

std::set<std::string> termsOf(const Xapian::Document& document)
{
    std::set<std::string> terms;
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
        terms.insert(*term);
    }
    return terms;
}

std::vector<Xapian::termpos> positionsOf(const Xapian::Document& document, const std::string& wanted)
{
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
        if (*term == wanted) {
            return {term.positionlist_begin(), term.positionlist_end()};
        }
    }
    return {};
}

std::string valueOf(const Xapian::Document& document, schema::Slot slot)
{
    return document.get_value(static_cast<Xapian::valueno>(slot));
}

model::Edition edition()
{
    model::Edition edition;
    edition.editionId = 7;
    edition.workId = 3;
    edition.citableId = "UCLG-2021-0042-X";
    edition.metadata.language = "fr";
    edition.metadata.title = "Les finances des communes";
    edition.metadata.type = "policy-brief";
    edition.metadata.themes = {"fiscal-equalisation", "unheard-of"};
    edition.metadata.date = "2021-06";
    edition.metadata.authors = {"Awa Ndiaye", "José Ortega"};
    return edition;
}

TEST(DocumentBuilder, indexesWordsPlacesAndFacets)
{
    DocumentBuilder builder{shippedVocabularies()};
    const auto document = builder.build(
        edition(), {{1, "i", "", "fr", "Une page"}, {2, "1", "", "fr", ""}, {3, "2", "", "fr", "Une autre page"}});
    const auto terms = termsOf(document);
    for (const auto* term : {"Q7", "WUCLG-2021-0042-X", "finances", "page", "A:jose", "A:ndiaye", "XTYP:policy-brief",
                             "XTYP:analysis", "XTHM:fiscal-equalisation", "XTHM:unheard-of", "XYR:2021", "XLNG:fr"}) {
        EXPECT_THAT(terms, Contains(term));
    }
    EXPECT_EQ(valueOf(document, schema::Slot::published), "20210600");
    EXPECT_EQ(valueOf(document, schema::Slot::work), "3");
    EXPECT_EQ(valueOf(document, schema::Slot::titleKey), "les finances des communes");
    EXPECT_THAT(positionsOf(document, "Zpag"), ElementsAre(kBodyStart + 1, kBodyStart + 4));
    const auto data = decode(document.get_data()).value();
    ASSERT_EQ(data.pages.size(), 2U) << "a page without words has no place";
    EXPECT_EQ(data.pages.at(1).number, 3U);
    EXPECT_EQ(data.pages.firstPosition(1), kBodyStart + 2);
}

TEST(DocumentBuilder, indexesCompoundsWhereTheyBegin)
{
    DocumentBuilder builder{shippedVocabularies()};
    auto compound = edition();
    compound.metadata.title = "La co-gestion";
    compound.metadata.keywords = {"socio-économique"};
    const auto document =
        builder.build(compound, {{1, "", "", "fr", "Le plan inter-municipal"}, {2, "", "", "fr", "Rhône-Alpes"}});
    const auto terms = termsOf(document);
    for (const auto* term : {"cogestion", "gestion", "socioeconomique", "intermunicipal", "inter", "rhonealpes"}) {
        EXPECT_THAT(terms, Contains(term));
    }
    EXPECT_THAT(positionsOf(document, "Zcogest"), ElementsAre(2U));
    EXPECT_THAT(positionsOf(document, "ZS:cogest"), ElementsAre(2U));
    EXPECT_THAT(positionsOf(document, "Zgestion"), ElementsAre(3U));
    EXPECT_THAT(positionsOf(document, "Zintermunicipal"), ElementsAre(kBodyStart + 2));
    EXPECT_THAT(positionsOf(document, "Zrhonealp"), ElementsAre(kBodyStart + 4));
    EXPECT_EQ(decode(document.get_data()).value().pages.firstPosition(1), kBodyStart + 4);
}

TEST(DocumentBuilder, marksTheBestPagesOfWordsThatFillAReport)
{
    DocumentBuilder builder{shippedVocabularies()};
    auto report = edition();
    report.metadata.title = "Finances";
    std::vector<model::Page> pages;
    for (std::uint32_t number = 1; number <= 1200; ++number) {
        std::string text = "finances impôts ";
        for (int i = 0; i < (number == 77 ? 200 : number == 200 ? 5 : 0); ++i) {
            text += "impôts recettes ";
        }
        pages.push_back({number, "", "", "fr", text});
    }
    const auto document = builder.build(report, pages);
    const auto data = decode(document.get_data()).value();
    EXPECT_THAT(termsOf(document), Contains(std::string{schema::kBestPages}));
    EXPECT_EQ(positionsOf(document, "Zimpot").size(), 1405U);
    const auto best = positionsOf(document, "ZP:impot");
    ASSERT_FALSE(best.empty());
    EXPECT_LE(best.size(), 256U);
    std::map<std::uint32_t, int> uses;
    for (const auto position : best) {
        ++uses[data.pages.at(data.pages.placeOf(position)).number];
    }
    EXPECT_EQ(uses[77], 16) << "of one page some are enough";
    EXPECT_EQ(uses[200], 6);
    EXPECT_THAT(termsOf(document), Contains("ZP:financ"));
    EXPECT_EQ(positionsOf(document, "ZP:financ").front(), 1U) << "the title's are kept";
    EXPECT_THAT(termsOf(document), Not(Contains("ZP:recet"))) << "205 are read as they are";

    pages.resize(200);
    EXPECT_THAT(termsOf(builder.build(report, {pages.begin(), pages.begin() + 70})),
                Not(Contains(std::string{schema::kBestPages})));
}

TEST(DocumentBuilder, keepsWithinXapiansLimits)
{
    auto hostile = edition();
    const std::string longWord(400, 'x');
    std::string accents;
    for (int i = 0; i < 300; ++i) {
        accents += "é";
    }
    const std::string nulls(300, '\0');
    auto& metadata = hostile.metadata;
    metadata.title = longWord + " " + accents + " " + nulls;
    metadata.section = accents;
    metadata.type = nulls;
    metadata.themes = {longWord, accents, nulls, "", std::string(1, schema::kValueSeparator)};
    metadata.countries = {longWord, "", nulls};
    metadata.sdgs = {nulls};
    metadata.language = longWord;
    metadata.date = longWord;
    metadata.authors = {longWord, nulls};
    metadata.keywords = {accents};
    metadata.abstractText = accents;
    hostile.citableId = "X";
    DocumentBuilder builder{shippedVocabularies()};
    const auto document = builder.build(hostile, {{1, nulls, accents, "xx", longWord + " " + nulls + "\xff\xfe"}});

    const support::TemporaryFolder folder;
    Xapian::WritableDatabase database{(folder.path() / "x").string(), Xapian::DB_CREATE};
    try {
        database.add_document(document);
        database.commit();
    } catch (const Xapian::Error& error) {
        FAIL() << error.get_description();
    }
    EXPECT_THAT(termsOf(document), Not(Contains("")));
}

TEST(DocumentBuilder, copesWithNothing)
{
    DocumentBuilder builder{shippedVocabularies()};
    model::Edition empty;
    empty.editionId = 1;
    const auto document = builder.build(empty, {});
    EXPECT_EQ(valueOf(document, schema::Slot::published), "");
    EXPECT_TRUE(decode(document.get_data()));
}

TEST(DocumentBuilder, aPhraseNeverRunsFromOneAuthorIntoTheNext)
{
    DocumentBuilder builder{shippedVocabularies()};
    const auto document = builder.build(edition(), {});
    const auto ndiaye = positionsOf(document, "A:ndiaye");
    const auto jose = positionsOf(document, "A:jose");
    ASSERT_EQ(ndiaye.size(), 1U);
    ASSERT_EQ(jose.size(), 1U);
    EXPECT_GT(jose[0], ndiaye[0] + 1);
}

TEST(DocumentBuilder, aTitleLongerThanItsRoomDoesNotReachThePages)
{
    auto wordy = edition();
    wordy.metadata.title.clear();
    for (int i = 0; i < 3000; ++i) {
        wordy.metadata.title += "mot ";
    }
    DocumentBuilder builder{shippedVocabularies()};
    const auto document = builder.build(wordy, {});
    EXPECT_LT(positionsOf(document, "Zmot").back(), kBodyStart);
}

} // namespace
} // namespace acervo::index
