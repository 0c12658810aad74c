#include "searchd/search/detail/phrases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::search::detail {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Phrases : public testing::Test {
protected:
    void add(const std::string& text, text::Language language, std::uint32_t work)
    {
        counter.add(splitWords(text), language, work);
    }
    std::vector<std::string> frequent(std::uint32_t minWorks)
    {
        std::vector<std::string> texts;
        for (const auto& phrase : counter.frequent(minWorks, 100)) {
            texts.push_back(phrase.text);
        }
        return texts;
    }

    WordTable table;
    PhraseCounter counter{table};
};

TEST_F(Phrases, standInSeveralWorks)
{
    add("Finances locales en Afrique", text::Language::fr, 1);
    add("Les finances locales", text::Language::fr, 2);
    add("Réformer les finances locales", text::Language::fr, 3);
    add("Des finances saines", text::Language::fr, 4);
    EXPECT_THAT(frequent(3), ElementsAre("finances locales"));
    EXPECT_THAT(frequent(4), IsEmpty());
}

TEST_F(Phrases, countWorksNotTexts)
{
    for (int edition = 0; edition < 5; ++edition) {
        add("local finance", text::Language::en, 1);
    }
    EXPECT_THAT(frequent(2), IsEmpty());
}

TEST_F(Phrases, holdFunctionWordsInsideOnly)
{
    add("Le droit à la ville est un droit", text::Language::fr, 1);
    add("Pour le droit à la ville et pour tous", text::Language::fr, 2);
    add("Un droit à la ville", text::Language::fr, 3);
    EXPECT_THAT(frequent(3), ElementsAre("droit à la ville"));
}

TEST_F(Phrases, doNotRunOverPunctuation)
{
    for (std::uint32_t work = 1; work <= 3; ++work) {
        add("Water. Housing, transport (energy)", text::Language::en, work);
    }
    EXPECT_THAT(frequent(3), IsEmpty());
}

TEST_F(Phrases, keepElisionsDashesAndTheUsualSpelling)
{
    add("Villes d’Amérique latine", text::Language::fr, 1);
    add("L’Amérique latine", text::Language::fr, 2);
    add("En AMERIQUE LATINE", text::Language::fr, 3);
    for (std::uint32_t work = 1; work <= 3; ++work) {
        add("maîtrise d’ouvrage", text::Language::fr, work);
        add("the post-conflict", text::Language::en, work);
    }
    EXPECT_THAT(frequent(3), ElementsAre("Amérique latine", "maîtrise d’ouvrage", "post-conflict"));
}

TEST_F(Phrases, leaveThePartsOfALongerOneToIt)
{
    for (std::uint32_t work = 1; work <= 4; ++work) {
        add("sustainable development goals", text::Language::en, work);
    }
    EXPECT_THAT(frequent(3), ElementsAre("sustainable development goals"));
    for (std::uint32_t work = 5; work <= 9; ++work) {
        add("sustainable development", text::Language::en, work);
    }
    EXPECT_THAT(frequent(3), ElementsAre("sustainable development", "sustainable development goals"));
}

TEST(SplitWords, partsAtSignsAndTellsWhatStandsBetween)
{
    std::vector<std::string> words;
    std::vector<Joint> joints;
    for (const auto& word : splitWords("L’eau « potable » — sous-sol d'ici")) {
        words.emplace_back(word.text);
        joints.push_back(word.joint);
    }
    EXPECT_THAT(words, ElementsAre("L", "eau", "potable", "sous", "sol", "d", "ici"));
    EXPECT_THAT(joints, ElementsAre(Joint::none, Joint::apostrophe, Joint::none, Joint::none, Joint::dash, Joint::space,
                                    Joint::apostrophe));
    EXPECT_TRUE(splitWords("").empty());
    EXPECT_TRUE(splitWords(" — ").empty());
}

} // namespace
} // namespace acervo::search::detail
