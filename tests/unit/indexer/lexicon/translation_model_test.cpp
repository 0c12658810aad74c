#include "indexer/lexicon/translation_model.h"

#include <gtest/gtest.h>

#include <map>

namespace acervo::lexicon {
namespace {

// The words of the examples, the same numbers for what translates each other.
enum : WordId { house, book, green, old, city, rare };

using Words = std::vector<WordId>;

// "the house" / "la maison", "the green house" / "la maison verte"...: only several sentences tell which is which.
Bitext smallText(int copies = 3)
{
    Bitext text;
    for (int i = 0; i < copies; ++i) {
        text.add(Words{house, green}, Words{house, green});
        text.add(Words{house, old}, Words{old, house});
        text.add(Words{book, green}, Words{green, book});
        text.add(Words{book, old}, Words{book, old});
        text.add(Words{city, old, green}, Words{green, city, old});
    }
    return text;
}

std::map<WordId, Translation> bestOf(const std::vector<Translation>& all)
{
    std::map<WordId, Translation> best;
    for (const auto& one : all) {
        auto& known = best.try_emplace(one.source, one).first->second;
        if (one.together > known.together) {
            known = one;
        }
    }
    return best;
}

TEST(Train, findsWhichWordTranslatesWhich)
{
    const auto all = train(smallText(), {10, 10, 3});
    ASSERT_EQ(all.size(), 5U) << "nothing but the right ones is left";
    for (const auto& translation : all) {
        EXPECT_EQ(translation.target, translation.source);
        // Null words take their part: in so small a text each word is frequent.
        EXPECT_GT(translation.forward, 0.4) << translation.source;
        EXPECT_GT(translation.backward, 0.4) << translation.source;
    }
}

TEST(Train, comesNearerWithMoreRounds)
{
    const auto few = bestOf(train(smallText(), {1, 0, 3}));
    const auto more = bestOf(train(smallText(), {8, 0, 3}));
    for (const WordId word : {house, book, green, old, city}) {
        EXPECT_GT(more.at(word).forward, few.at(word).forward) << word;
    }
}

TEST(Train, sharesStayBelowOne)
{
    for (const auto& translation : train(smallText())) {
        EXPECT_LE(translation.forward, 1.0 + 1e-6);
        EXPECT_LE(translation.backward, 1.0 + 1e-6);
    }
}

TEST(Train, leavesOutWordsThatAreSeldomSeen)
{
    auto text = smallText();
    text.add(Words{rare, house}, Words{rare, house});
    text.add(Words{rare, book}, Words{rare, book});
    const auto atThree = bestOf(train(text, {4, 4, 3}));
    EXPECT_FALSE(atThree.contains(rare));
    const auto atTwo = bestOf(train(text, {4, 4, 2}));
    ASSERT_TRUE(atTwo.contains(rare));
    EXPECT_EQ(atTwo.at(rare).target, WordId{rare});
}

TEST(Train, agreementRefusesWhatARareWordDrawsToItself)
{
    // `rare` has no counterpart; all it meets are words that are taken.
    auto text = smallText(5);
    for (int i = 0; i < 4; ++i) {
        text.add(Words{rare, house}, Words{house});
    }
    const auto alone = train(text, {4, 0, 3});
    const auto agreed = train(text, {4, 4, 3});
    const auto drawn = [](const std::vector<Translation>& all) {
        double sum = 0.0;
        for (const auto& one : all) {
            sum += one.source == rare ? one.together : 0.0;
        }
        return sum;
    };
    EXPECT_LT(drawn(agreed), drawn(alone) / 2) << drawn(alone);
}

TEST(Train, givesTheSameEveryTime)
{
    const auto once = train(smallText());
    const auto again = train(smallText());
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
        EXPECT_EQ(once[i].source, again[i].source);
        EXPECT_EQ(once[i].target, again[i].target);
        EXPECT_EQ(once[i].together, again[i].together);
    }
}

TEST(Train, learnsNothingFromNothing)
{
    EXPECT_TRUE(train(Bitext{}).empty());
}

TEST(Bitext, refusesWhatSaysNothing)
{
    Bitext text;
    EXPECT_FALSE(text.add(Words{}, Words{house}));
    EXPECT_FALSE(text.add(Words{house}, Words{}));
    EXPECT_FALSE(text.add(Words(kMaxSentenceWords + 1, house), Words{house}));
    EXPECT_EQ(text.size(), 0U);
    EXPECT_TRUE(text.add(Words{house, old}, Words{city}));
    EXPECT_EQ(text.source(0).size(), 2U);
    EXPECT_EQ(text.target(0)[0], WordId{city});
}

TEST(Bitext, isFullAtItsLimit)
{
    Bitext text;
    const Words many(kMaxSentenceWords, house);
    const auto links = std::uint64_t{kMaxSentenceWords} * kMaxSentenceWords;
    std::uint64_t taken = 0;
    while (text.add(many, many)) {
        ++taken;
    }
    EXPECT_EQ(taken, kMaxLinks / links);
}

} // namespace
} // namespace acervo::lexicon
