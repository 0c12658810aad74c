#include "indexer/lexicon/learner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::lexicon {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using text::Language;

std::vector<std::string> stemsOf(const std::vector<LearnedWord>& words)
{
    std::vector<std::string> stems;
    for (const auto& word : words) {
        stems.push_back(word.stem);
    }
    return stems;
}

// "en house fr maison"
std::vector<std::string> shown(const std::vector<LearnedPair>& rows)
{
    std::vector<std::string> lines;
    for (const auto& row : rows) {
        lines.push_back(std::string{text::codeOf(row.from)} + " " + row.word + " " + std::string{text::codeOf(row.to)} +
                        " " + row.rendering);
    }
    return lines;
}

class English {
public:
    English() : _learner(Language::en, Language::fr) {}

    void add(std::string_view english, std::string_view french)
    {
        _learner.add({contentWords(english, _english), contentWords(french, _french)});
    }

    // Small towns say the same of all that they have: each noun is met with each adjective.
    void addTowns()
    {
        const std::vector<std::pair<std::string, std::string>> nouns{
            {"school", "école"}, {"bridge", "pont"}, {"market", "marché"}, {"harbour", "port"}, {"garden", "jardin"}};
        const std::vector<std::pair<std::string, std::string>> adjectives{
            {"new", "nouveau"}, {"large", "grand"}, {"old", "vieux"}, {"closed", "fermé"}};
        for (const auto& [noun, nom] : nouns) {
            for (const auto& [adjective, adjectif] : adjectives) {
                add("the " + noun + " is " + adjective, "leur " + nom + " est " + adjectif);
            }
        }
    }

    // A large vocabulary of words that do not exist, each met three times.
    void addOthers()
    {
        for (char first = 'a'; first <= 'z'; ++first) {
            for (const char last : std::string_view{"bdfgk"}) {
                const auto word = std::string{"mo"} + first + "u" + last;
                const auto other = std::string{"zi"} + first + "o" + last;
                for (const auto* times : {"roof", "door", "wall"}) {
                    add(word + " " + times, other + " " + times);
                }
            }
        }
    }

    const Learner& learner() const { return _learner; }

private:
    text::Analyzer _english{Language::en};
    text::Analyzer _french{Language::fr};
    Learner _learner;
};

TEST(ContentWords, leavesOutFunctionWordsNumbersAndRepetitions)
{
    const text::Analyzer analyzer{Language::en};
    EXPECT_THAT(stemsOf(contentWords("The 12 cities of the city, x2, and a port", analyzer)),
                ElementsAre("citi", "port"));
    EXPECT_THAT(contentWords("of the 1", analyzer), IsEmpty());
    EXPECT_THAT(contentWords("城市 город", analyzer), IsEmpty());
}

TEST(ContentWords, leavesOutNamesOfFunctions)
{
    const text::Analyzer analyzer{Language::en};
    EXPECT_THAT(stemsOf(contentWords("The function DAVERAGE knows NATO", analyzer)),
                ElementsAre("function", "know", "nato"));
    EXPECT_THAT(stemsOf(contentWords("ALL CITIES", analyzer)), ElementsAre("citi")) << "a heading in capitals";
}

TEST(ContentWords, notesCapitalsInsideTheSentence)
{
    const text::Analyzer analyzer{Language::en};
    const auto words = contentWords("Cities love Montevideo", analyzer);
    ASSERT_EQ(words.size(), 3U);
    EXPECT_FALSE(words[0].capitalised) << "every sentence begins with one";
    EXPECT_FALSE(words[1].capitalised);
    EXPECT_TRUE(words[2].capitalised);
}

TEST(WordList, namesAWordByItsCommonestForm)
{
    WordList words;
    const auto id = words.add({"citi", "cities", false});
    EXPECT_EQ(words.formOf(id), "cities");
    words.add({"citi", "city", false});
    EXPECT_EQ(words.formOf(id), "city") << "the shorter of equals";
    EXPECT_EQ(words.add({"citi", "cities", false}), id);
    EXPECT_EQ(words.formOf(id), "cities");
    EXPECT_EQ(words.seen(id), 3U);
    EXPECT_FALSE(words.isName(id));
}

TEST(Learner, learnsBothDirections)
{
    English text;
    text.addTowns();
    const auto rows = shown(text.learner().learn());
    EXPECT_THAT(rows, Contains("en school fr école"));
    EXPECT_THAT(rows, Contains("fr école en school"));
    EXPECT_THAT(rows, Contains("en old fr vieux"));
    EXPECT_THAT(rows, Contains("fr marché en market"));
    EXPECT_THAT(rows, Not(Contains("en school fr pont")));
    EXPECT_THAT(rows, Not(Contains("en school fr grand")));
}

TEST(Learner, keepsWithinItsThresholds)
{
    English text;
    text.addTowns();
    LearningRules rules;
    for (const auto& row : text.learner().learn(rules)) {
        EXPECT_GE(row.weight, rules.leastWeight);
        EXPECT_LE(row.weight, 1.0);
    }
    rules.leastWeight = 1.01;
    EXPECT_THAT(text.learner().learn(rules), IsEmpty());
    rules = {};
    rules.leastTogether = 100;
    EXPECT_THAT(text.learner().learn(rules), IsEmpty());
}

TEST(Learner, countsARepeatedPairOnce)
{
    English text;
    for (int i = 0; i < 5; ++i) {
        text.add("press the button", "appuyez sur ce bouton");
    }
    EXPECT_EQ(text.learner().pairs(), 1U);
    EXPECT_EQ(text.learner().repeated(), 4U);
    EXPECT_THAT(text.learner().learn(), IsEmpty());
}

TEST(Learner, wantsAWordThreeTimes)
{
    English text;
    text.addTowns();
    text.add("the lighthouse is old", "leur phare est vieux");
    text.add("the lighthouse is large", "leur phare est grand");
    EXPECT_THAT(shown(text.learner().learn()), Not(Contains("en lighthouse fr phare")));
    text.add("the lighthouse is closed", "leur phare est fermé");
    EXPECT_THAT(shown(text.learner().learn()), Contains("en lighthouse fr phare"));
}

TEST(Learner, trustsMoreWhatItSawMoreOften)
{
    English text;
    text.addTowns();
    text.add("the lighthouse is old", "leur phare est vieux");
    text.add("the lighthouse is large", "leur phare est grand");
    text.add("the lighthouse is closed", "leur phare est fermé");
    text.addOthers();
    double seldom = 0.0;
    double often = 0.0;
    for (const auto& row : text.learner().learn()) {
        seldom = row.word == "lighthouse" ? row.weight : seldom;
        often = row.word == "large" ? row.weight : often;
    }
    EXPECT_GT(seldom, 0.0);
    EXPECT_GT(often, seldom);
}

TEST(Learner, leavesOutNamesThatAreTheSame)
{
    English text;
    text.addTowns();
    for (const auto* adjective : {"new", "large", "old", "closed"}) {
        text.add("the tivoli is " + std::string{adjective}, "leur tivoli est nouveau");
    }
    const auto rows = shown(text.learner().learn());
    EXPECT_THAT(rows, Not(Contains("en tivoli fr tivoli")));
}

TEST(Learner, givesTheSameEveryTime)
{
    English once;
    English again;
    once.addTowns();
    again.addTowns();
    const auto first = once.learner().learn();
    const auto second = again.learner().learn();
    EXPECT_EQ(shown(first), shown(second));
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].weight, second[i].weight);
    }
}

} // namespace
} // namespace acervo::lexicon
