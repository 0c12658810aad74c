#include "indexer/lexicon/parallel_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::lexicon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using text::Language;

std::vector<std::string> shown(const std::vector<SentencePair>& pairs)
{
    std::vector<std::string> lines;
    for (const auto& pair : pairs) {
        lines.push_back(pair.source + " = " + pair.target);
    }
    return lines;
}

TEST(BlocksOf, endsAtEmptyLinesAndTabs)
{
    EXPECT_THAT(blocksOf("Local\nfinance\n\n  \nA second block\n\nName\tSeat\nOslo\tNorway\n\nlast"),
                ElementsAre("Local finance", "A second block", "Name", "Seat", "Oslo", "Norway", "last"));
    EXPECT_THAT(blocksOf(" \n\n"), IsEmpty());
}

TEST(SentencesOf, followsTheRulesOfTheLanguage)
{
    EXPECT_THAT(sentencesOf("Water is life. Is it? It is!", Language::en),
                ElementsAre("Water is life.", "Is it?", "It is!"));
    EXPECT_THAT(sentencesOf("¿Quién decide? El 3.5 % decide.", Language::es),
                ElementsAre("¿Quién decide?", "El 3.5 % decide."));
}

TEST(SentenceAligner, pairsBlocksAndTheirSentences)
{
    SentenceAligner aligner{Language::en, Language::fr};
    const auto pairs =
        aligner.align({"The mayor", "The council votes the budget. Citizens may attend its meetings."},
                      {"Le maire", "Le conseil vote le budget. Les citoyens peuvent assister à ses réunions."});
    EXPECT_THAT(shown(pairs),
                ElementsAre("The mayor = Le maire", "The council votes the budget. = Le conseil vote le budget.",
                            "Citizens may attend its meetings. = Les citoyens peuvent assister à ses "
                            "réunions."));
    EXPECT_EQ(aligner.counts().texts, 1U);
    EXPECT_EQ(aligner.counts().blocks, 2U);
    EXPECT_EQ(aligner.counts().sentences, 3U);
}

TEST(SentenceAligner, bridgesAMissingBlock)
{
    SentenceAligner aligner{Language::en, Language::es};
    const auto pairs = aligner.align(
        {"Cities welcome more people every year than the countryside does.",
         "Photograph: people of the old port mending their nets at dawn, as they have done since the first "
         "houses were built here, long before there was a city, a council or a road",
         "Housing is the first thing that they need, and the most expensive one for most of them.",
         "Transport comes second."},
        {"Las ciudades acogen cada año a más personas que el campo.",
         "La vivienda es lo primero que necesitan, y lo más caro para la mayoría de ellas.",
         "El transporte viene después."});
    EXPECT_THAT(shown(pairs),
                ElementsAre(testing::HasSubstr("Cities welcome"),
                            "Housing is the first thing that they need, and the most expensive one for most of them. = "
                            "La vivienda es lo primero que necesitan, y lo más caro para la mayoría de ellas.",
                            "Transport comes second. = El transporte viene después."));
}

TEST(SentenceAligner, joinsSentencesThatWereMerged)
{
    SentenceAligner aligner{Language::en, Language::fr};
    const auto pairs = aligner.align({"The river floods each spring. The town has built a dyke. Nobody has been hurt "
                                      "since the year it was finished."},
                                     {"La rivière déborde chaque printemps et la ville a construit une digue. Personne "
                                      "n'a été blessé depuis l'année "
                                      "de son achèvement."});
    EXPECT_THAT(shown(pairs),
                ElementsAre("The river floods each spring. The town has built a dyke. = La rivière déborde chaque "
                            "printemps et la ville a construit une digue.",
                            testing::HasSubstr("Nobody has been hurt")));
}

TEST(SentenceAligner, dropsWhatWasNotTranslated)
{
    SentenceAligner aligner{Language::en, Language::fr};
    EXPECT_THAT(aligner.align({"Save the file"}, {"SAVE THE FILE"}), IsEmpty());
    EXPECT_THAT(aligner.align({"Choose where you want to keep the report of the meeting"},
                              {"Choose where you want to keep the reports of a meeting"}),
                IsEmpty());
    EXPECT_EQ(aligner.counts().untranslated, 2U);
}

TEST(SentenceAligner, dropsAnotherLanguage)
{
    SentenceAligner aligner{Language::es, Language::fr};
    EXPECT_THAT(aligner.align({"The members of the council are elected for five years"},
                              {"Les membres du conseil sont élus pour une durée de cinq ans"}),
                IsEmpty());
    EXPECT_EQ(aligner.counts().untranslated, 1U);
}

TEST(SentenceAligner, dropsNumbers)
{
    SentenceAligner aligner{Language::en, Language::fr};
    EXPECT_THAT(aligner.align({"12.5"}, {"12,5"}), IsEmpty());
    EXPECT_EQ(aligner.counts().wordless, 1U);
}

TEST(SentenceAligner, refusesTextsThatAreNotParallel)
{
    SentenceAligner aligner{Language::en, Language::fr};
    const std::string prose = "A long paragraph about water, which the other text never had at all. ";
    EXPECT_THAT(aligner.align({prose + prose + prose + prose}, {"Sommaire", "Eau"}), IsEmpty());
    EXPECT_THAT(aligner.align({}, {"Sommaire"}), IsEmpty());
    EXPECT_EQ(aligner.counts().notParallel, 2U);
}

} // namespace
} // namespace acervo::lexicon
