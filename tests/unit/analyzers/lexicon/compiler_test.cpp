#include "analyzers/lexicon/compiler.h"

#include "tests/unit/analyzers/lexicon/fixture.h"

#include <gmock/gmock.h>

namespace acervo::lexicon {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kEn = Language::en;
constexpr auto kFr = Language::fr;
constexpr auto kEs = Language::es;
constexpr double kNear = 1e-6;

// What a best weight of `best` becomes (rules::kFloorOfBest), and what a rendering beside it weighs.
double scaled(double best, double weight)
{
    return weight * (rules::kFloorOfBest + (1 - rules::kFloorOfBest) * best) / best;
}

TEST(Compile, pairsAllLabelsOfAConceptWithinAndAcrossLanguages)
{
    const CompiledLexicon lexicon{{sourceOf("house", Origin::glossary, {},
                                            {{"sdg", kEn, "Sustainable Development Goals", LabelKind::preferred},
                                             {"sdg", kEn, "SDG", LabelKind::alternative},
                                             {"sdg", kFr, "Objectifs de développement durable", LabelKind::preferred},
                                             {"sdg", kFr, "ODD", LabelKind::alternative},
                                             {"sdg", kEs, "ODS", LabelKind::alternative}})}};

    EXPECT_THAT(lexicon.renderings(kFr, "ODD", kEn), ElementsAre("Sustainable Development Goals", "SDG"));
    EXPECT_THAT(lexicon.renderings(kFr, "odd", kFr), ElementsAre("Objectifs de développement durable"));
    EXPECT_THAT(lexicon.renderings(kEn, "sustainable development goals", kEs), ElementsAre("ODS"));
    EXPECT_GT(lexicon.weight(kEn, "Sustainable Development Goals", kFr, "Objectifs de développement durable"),
              lexicon.weight(kEn, "SDG", kFr, "ODD"));
    EXPECT_NEAR(lexicon.weight(kEn, "Sustainable Development Goals", kFr, "Objectifs de développement durable"), 1,
                kNear);
}

TEST(Compile, findsHiddenLabelsAndNeverGivesThem)
{
    const CompiledLexicon lexicon{{sourceOf("house", Origin::glossary, {},
                                            {{"c", kEn, "Housing", LabelKind::preferred},
                                             {"c", kEn, "Houzing", LabelKind::hidden},
                                             {"c", kFr, "Logement", LabelKind::preferred}})}};

    EXPECT_THAT(lexicon.renderings(kEn, "houzing", kFr), ElementsAre("Logement"));
    EXPECT_THAT(lexicon.renderings(kFr, "logement", kEn), ElementsAre("Housing"));
}

TEST(Compile, takesNarrowerLabelsForTheirConceptOnly)
{
    const CompiledLexicon lexicon{{sourceOf("house", Origin::glossary, {},
                                            {{"c", kEn, "Water and sanitation", LabelKind::preferred},
                                             {"c", kEn, "Wastewater", LabelKind::narrower},
                                             {"c", kFr, "Eau et assainissement", LabelKind::preferred}})}};

    EXPECT_THAT(lexicon.match(kEn, "wastewater").concepts, ElementsAre("c"));
    EXPECT_THAT(lexicon.match(kEn, "wastewater").renderings, IsEmpty());
    EXPECT_THAT(lexicon.renderings(kFr, "eau et assainissement", kEn), ElementsAre("Water and sanitation"));
}

TEST(Compile, keepsTheMostTrustedOriginAndTheBestWeightOfAPair)
{
    const CompiledLexicon lexicon{{sourceOf("learned", Origin::learned, {{kFr, "ville", kEn, "city", 0.9}}),
                                   sourceOf("words", Origin::dictionary, {{kFr, "ville", kEn, "cities", 0.5}})}};

    const auto match = lexicon.match(kFr, "ville");
    ASSERT_EQ(match.renderings.size(), 1U);
    EXPECT_EQ(match.renderings[0].origin, Origin::dictionary);
    EXPECT_EQ(match.renderings[0].source, "words");
    EXPECT_NEAR(match.renderings[0].weight, scaled(0.9, 0.9), kNear);
}

TEST(Compile, takesTheWeightOfStaffAsFinal)
{
    const CompiledLexicon lexicon{
        {sourceOf("staff", Origin::staff, {{kFr, "avis", kEn, "opinion", 1.0}, {kFr, "avis", kEn, "notice", 0.5}}),
         sourceOf("words", Origin::dictionary, {{kFr, "avis", kEn, "notice", 1.0}})}};

    EXPECT_NEAR(lexicon.weight(kFr, "avis", kEn, "notice"), 0.5, kNear);
}

TEST(Compile, leavesOutWhatStaffRefuseForEveryInflection)
{
    const CompiledLexicon lexicon{{sourceOf("staff", Origin::staff, {{kFr, "avocat", kEn, "avocado", 0}}),
                                   sourceOf("words", Origin::dictionary,
                                            {{kFr, "avocat", kEn, "avocado", 1},
                                             {kFr, "avocats", kEn, "avocados", 1},
                                             {kFr, "avocat", kEn, "lawyer", 1}})}};

    EXPECT_THAT(lexicon.renderings(kFr, "avocat", kEn), ElementsAre("lawyer"));
    EXPECT_THAT(lexicon.renderings(kFr, "avocats", kEn), ElementsAre("lawyer"));
    EXPECT_THAT(lexicon.renderings(kEn, "avocado", kFr), ElementsAre("avocat")); // only one direction was refused
}

TEST(Compile, dampsDictionariesBesideTheGlossary)
{
    const CompiledLexicon lexicon{{sourceOf("house", Origin::glossary, {{kFr, "commune", kEn, "municipality", 1}}),
                                   sourceOf("words", Origin::dictionary, {{kFr, "commune", kEn, "common", 1}})}};

    EXPECT_THAT(lexicon.renderings(kFr, "commune", kEn), ElementsAre("municipality", "common"));
    EXPECT_NEAR(lexicon.weight(kFr, "commune", kEn, "common"), rules::kBesideTrusted, kNear);
}

TEST(Compile, dampsDictionariesLessBesideAThesaurus)
{
    const CompiledLexicon lexicon{{sourceOf("unesco", Origin::thesaurus, {{kFr, "presse", kEn, "press", 1}}),
                                   sourceOf("words", Origin::dictionary, {{kFr, "presse", kEn, "hurry", 1}})}};

    EXPECT_NEAR(lexicon.weight(kFr, "presse", kEn, "hurry"), rules::kBesideThesaurus, kNear);
}

TEST(Compile, leavesOutWhatIsFarBelowTheBest)
{
    const CompiledLexicon lexicon{
        {sourceOf("learned", Origin::learned, {{kFr, "eau", kEn, "water", 1}, {kFr, "eau", kEn, "pipe", 0.09}})}};

    EXPECT_THAT(lexicon.renderings(kFr, "eau", kEn), ElementsAre("water"));
}

TEST(Compile, keepsEightRenderingsALanguage)
{
    std::vector<Pair> pairs;
    for (const auto* word : {"one1", "two2", "three3", "four4", "five5", "six6", "seven7", "eight8", "nine9"}) {
        pairs.push_back({kFr, "chose", kEn, word, 1});
    }
    const CompiledLexicon lexicon{{sourceOf("words", Origin::dictionary, pairs)}};

    EXPECT_EQ(lexicon.renderings(kFr, "chose", kEn).size(), rules::kMostALanguage);
}

TEST(Compile, usesDictionariesBackwardsWhereNobodyStatesIt)
{
    const CompiledLexicon lexicon{{sourceOf(
        "words", Origin::dictionary,
        {{kFr, "eau", kEn, "water", 1}, {kFr, "maison", kEn, "house", 1}, {kEn, "house", kFr, "maison", 0.3}})}};

    EXPECT_NEAR(lexicon.weight(kEn, "water", kFr, "eau"), scaled(rules::kReverse, rules::kReverse), kNear);
    EXPECT_NEAR(lexicon.weight(kEn, "house", kFr, "maison"), scaled(0.3, 0.3), kNear);
}

TEST(Compile, doesNotUseTheGlossaryBackwards)
{
    const CompiledLexicon lexicon{{sourceOf("staff", Origin::staff, {{kFr, "eau", kEn, "water", 1}})}};

    EXPECT_THAT(lexicon.renderings(kEn, "water", kFr), IsEmpty());
}

TEST(Compile, goesThroughTheThirdLanguageWhereNothingIsStated)
{
    const CompiledLexicon lexicon{
        {sourceOf("fr-es", Origin::dictionary, {{kFr, "péréquation", kEs, "nivelación", 1}}),
         sourceOf("es-en", Origin::dictionary, {{kEs, "nivelación", kEn, "equalization", 1}})}};

    const auto match = lexicon.match(kFr, "péréquation");
    ASSERT_EQ(match.renderings.size(), 2U);
    EXPECT_EQ(match.renderings[0].text, "equalization");
    EXPECT_EQ(match.renderings[0].source, "es-en via es");
    EXPECT_NEAR(match.renderings[0].weight, scaled(rules::kPivot, rules::kPivot), kNear);
    EXPECT_EQ(match.renderings[1].text, "nivelación");
}

TEST(Compile, doesNotGoThroughTheThirdLanguageWhereADictionaryKnows)
{
    const CompiledLexicon lexicon{
        {sourceOf("words", Origin::dictionary,
                  {{kFr, "banc", kEs, "banco", 1}, {kEs, "banco", kEn, "bank", 1}, {kFr, "banc", kEn, "bench", 1}})}};

    EXPECT_THAT(lexicon.renderings(kFr, "banc", kEn), ElementsAre("bench"));
}

TEST(Compile, doesNotGoThroughAnAmbiguousWord)
{
    std::vector<Pair> pairs{{kFr, "truc", kEs, "cosa", 1}};
    for (const auto* word : {"thing", "matter", "affair", "stuff", "object"}) {
        pairs.push_back({kEs, "cosa", kEn, word, 1});
    }
    const CompiledLexicon lexicon{{sourceOf("words", Origin::dictionary, pairs)}};

    EXPECT_THAT(lexicon.renderings(kFr, "truc", kEn), IsEmpty());
}

TEST(Compile, givesFunctionWordsNoRenderings)
{
    const CompiledLexicon lexicon{
        {sourceOf("words", Origin::dictionary,
                  {{kFr, "de", kEn, "of", 1}, {kFr, "selon", kEn, "by", 1}, {kFr, "hors", kEn, "out", 1}})}};

    EXPECT_EQ(lexicon.match(kFr, "de").tokens, 0U);
    EXPECT_EQ(lexicon.report().leftOut, 3U);
    EXPECT_EQ(lexicon.report().statistics.renderings, 0U);
}

TEST(Compile, leavesOutSentencesAndEmptyTexts)
{
    const CompiledLexicon lexicon{
        {sourceOf("words", Origin::dictionary,
                  {{kFr, "", kEn, "water", 1},
                   {kFr, "eau", kEn, "?!", 1},
                   {kFr, "eau", kEn, "the liquid that falls from clouds and runs in rivers to the sea", 1},
                   {kFr, "eau", Language::other, "Wasser", 1},
                   {kFr, "eau", kEn, std::string(1000, 'x'), 1}})}};

    EXPECT_EQ(lexicon.report().leftOut, 5U);
    EXPECT_EQ(lexicon.match(kFr, "eau").tokens, 0U);
}

TEST(Compile, countsByPairAndOrigin)
{
    const CompiledLexicon lexicon{{sourceOf("words", Origin::dictionary, {{kFr, "eau", kEn, "water", 1}}),
                                   sourceOf("house", Origin::glossary, {{kFr, "ville", kEn, "city", 1}})}};

    const auto statistics = lexicon.open().statistics();
    ASSERT_EQ(statistics.pairs.size(), 3U); // en-fr dictionary (backwards), fr-en glossary, fr-en dictionary
    EXPECT_EQ(statistics.pairs[0].from, kEn);
    EXPECT_EQ(statistics.pairs[1].origin, Origin::glossary);
    EXPECT_EQ(statistics.pairs[2].renderings, 1U);
    EXPECT_EQ(statistics.renderings, 3U);
    EXPECT_EQ(statistics.sources.size(), 2U);
    EXPECT_EQ(statistics.sources[0].name, "house"); // most trusted first
    EXPECT_EQ(statistics.fileBytes, std::filesystem::file_size(lexicon.file()));
}

TEST(Compile, tellsProgressUpToTheEnd)
{
    const support::TemporaryFolder folder;
    std::vector<Pair> pairs(20'000, Pair{kFr, "eau", kEn, "water", 1});
    std::vector<double> told;
    ASSERT_TRUE(compile({sourceOf("words", Origin::dictionary, pairs)}, folder.path() / "lexicon.bin",
                        [&](double share) { told.push_back(share); }));

    ASSERT_GE(told.size(), 4U);
    EXPECT_TRUE(std::ranges::is_sorted(told));
    EXPECT_EQ(told.back(), 1.0);
}

TEST(Compile, saysWhereItCannotWrite)
{
    const auto report = compile({}, "/nowhere/at/all/lexicon.bin");
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::notFound);
}

} // namespace

} // namespace acervo::lexicon
