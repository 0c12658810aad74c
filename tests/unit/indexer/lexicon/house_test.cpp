#include "indexer/lexicon/house.h"

#include "analyzers/lexicon/compiler.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::lexicon {

namespace {

const std::filesystem::path kVocabulary = std::filesystem::path{ACERVO_SOURCE_DIR} / "corpus" / "vocabulary";

TEST(House, givesItsVocabulariesAsConcepts)
{
    const auto vocabularies = vocabulary::load(kVocabulary).value();
    const auto house = houseSource(vocabularies, kVocabulary / "nothing-here");
    ASSERT_TRUE(house) << house.error().message;
    const support::TemporaryFolder folder;
    const auto file = folder.path() / "lexicon.bin";
    ASSERT_TRUE(compile({*house}, file));
    const auto lexicon = Lexicon::open(file).value();

    const auto theme = lexicon.conceptInfo("urn:acervo:themes:subsidiarity");
    ASSERT_TRUE(theme);
    EXPECT_EQ(theme->labels.at("fr"), "Subsidiarité");
    EXPECT_THAT(theme->themes, testing::ElementsAre("subsidiarity"));
    EXPECT_THAT(theme->broader, testing::ElementsAre("urn:acervo:themes:decentralisation"));
    const auto country =
        lexicon.longestMatch(text::Analyzer{text::Language::fr}.analyze("Allemagne"), text::Language::fr);
    ASSERT_FALSE(country.renderings.empty());
    EXPECT_EQ(country.renderings[0].text, "Germany");
    EXPECT_EQ(country.renderings[0].source, "house");
}

TEST(House, readsTheShippedGlossary)
{
    const auto vocabularies = vocabulary::load(kVocabulary).value();
    const auto alone = houseSource(vocabularies, kVocabulary / "nothing-here").value();
    const auto house = houseSource(vocabularies, kVocabulary / "glossary");
    ASSERT_TRUE(house) << house.error().message;
    EXPECT_GT(house->labels.size(), alone.labels.size());
    for (const auto& link : house->themes) {
        EXPECT_NE(vocabularies.themes.find(link.target), nullptr) << link.conceptId << " -> " << link.target;
    }
}

TEST(House, namesFileAndLineOfABrokenGlossary)
{
    const support::TemporaryFolder folder;
    folder.write("broken.ttl",
                 "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<urn:a> skos:prefLabel \"x\"@en\n");
    const auto house = houseSource({}, folder.path());
    ASSERT_FALSE(house);
    EXPECT_THAT(house.error().message, testing::HasSubstr("broken.ttl:"));
}

} // namespace

} // namespace acervo::lexicon
