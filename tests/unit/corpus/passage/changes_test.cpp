#include "corpus/passage/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace acervo::passage {

void PrintTo(const PageChange& change, std::ostream* out)
{
    *out << static_cast<int>(change.how) << ' ' << change.before << "->" << change.after;
}

void PrintTo(const Stretch& stretch, std::ostream* out)
{
    *out << static_cast<int>(stretch.how) << ":\"" << stretch.text << '"';
}

namespace {

using testing::ElementsAre;

std::vector<model::Page> pagesOf(const std::vector<std::string>& texts)
{
    std::vector<model::Page> pages;
    for (const auto& text : texts) {
        pages.push_back({static_cast<std::uint32_t>(pages.size() + 1), "", "", "", text});
    }
    return pages;
}

constexpr auto kFirst = "Local governments provide water, housing and transport to all.";
constexpr auto kSecond = "Finance follows function: new tasks come with the means for them.";
constexpr auto kThird = "Women lead one town hall in ten, and the share is rising slowly.";

TEST(PageChanges, layoutAloneIsNoChange)
{
    EXPECT_THAT(pageChanges(pagesOf({kFirst, kSecond}),
                            pagesOf({"Local govern-\nments provide water, housing\nand transport to all", kSecond})),
                ElementsAre(PageChange{How::same, 1, 1}, PageChange{How::same, 2, 2}));
}

TEST(PageChanges, anInsertedPageMovesTheOthers)
{
    EXPECT_THAT(pageChanges(pagesOf({kFirst, kThird}), pagesOf({kFirst, kSecond, kThird})),
                ElementsAre(PageChange{How::same, 1, 1}, PageChange{How::added, 0, 2}, PageChange{How::same, 2, 3}));
}

TEST(PageChanges, aChangedPageIsFoundBesideARemovedOne)
{
    EXPECT_THAT(
        pageChanges(pagesOf({kFirst, kSecond, kThird}),
                    pagesOf({kFirst, "Women lead one town hall in five, and the share is rising fast."})),
        ElementsAre(PageChange{How::same, 1, 1}, PageChange{How::removed, 2, 0}, PageChange{How::changed, 3, 2}));
}

TEST(PageChanges, nothingInCommon)
{
    EXPECT_THAT(pageChanges(pagesOf({kFirst}), pagesOf({kThird})),
                ElementsAre(PageChange{How::removed, 1, 0}, PageChange{How::added, 0, 1}));
    EXPECT_THAT(pageChanges({}, pagesOf({kThird})), ElementsAre(PageChange{How::added, 0, 1}));
    EXPECT_THAT(pageChanges({}, {}), ElementsAre());
}

TEST(WordChanges, showWhatCameAndWent)
{
    EXPECT_THAT(wordChanges("one town in ten is led by women", "one town in five is led by women", 50),
                ElementsAre(Stretch{How::same, "one town in "}, Stretch{How::removed, "ten "},
                            Stretch{How::added, "five "}, Stretch{How::same, "is led by women"}));
}

TEST(WordChanges, lineEndsAreNoChange)
{
    EXPECT_THAT(wordChanges("one  town\nin ten", "one town in ten", 50),
                ElementsAre(Stretch{How::same, "one town in ten"}));
}

TEST(WordChanges, theMiddleOfLongStretchesIsLeftOut)
{
    EXPECT_THAT(wordChanges("x a b c d e f g h i y", "X a b c d e f g h i Y", 2),
                ElementsAre(Stretch{How::removed, "x "}, Stretch{How::added, "X "},
                            Stretch{How::same, "a b … h i ", true}, Stretch{How::removed, "y"},
                            Stretch{How::added, "Y"}));
    EXPECT_THAT(wordChanges("a b c d e f", "a b c d e f Z", 2),
                ElementsAre(Stretch{How::same, "… e f ", true}, Stretch{How::added, "Z"}));
}

// Whatever the texts: what is same or removed is the older one, what is same or added the newer one.
TEST(WordChanges, bothTextsCanBeReadFromThem)
{
    std::mt19937 random{4};
    const auto some = [&](std::size_t most) { return std::uniform_int_distribution<std::size_t>{0, most}(random); };
    for (int round = 0; round < 2'000; ++round) {
        std::vector<std::string> old;
        for (auto words = some(30); words > 0; --words) {
            old.emplace_back(1, static_cast<char>('a' + some(5)));
        }
        auto now = old;
        for (auto edits = some(6); edits > 0; --edits) {
            const auto at = now.begin() + static_cast<std::ptrdiff_t>(some(now.size()));
            if (some(1) == 0 || at == now.end()) {
                now.insert(at, "z");
            } else {
                now.erase(at);
            }
        }
        const auto joined = [](const std::vector<std::string>& words) {
            std::string all;
            for (const auto& word : words) {
                all += word + " ";
            }
            return all;
        };
        std::string readOld;
        std::string readNow;
        for (const auto& stretch : wordChanges(joined(old), joined(now), 1'000)) {
            readOld += stretch.how == How::added ? "" : stretch.text;
            readNow += stretch.how == How::removed ? "" : stretch.text;
        }
        ASSERT_EQ(readOld, joined(old));
        ASSERT_EQ(readNow, joined(now));
    }
}

TEST(WordChanges, theFewestAreShown)
{
    const auto stretches = wordChanges("a b c a b b a", "c b a b a c", 1'000);
    std::size_t differing = 0;
    for (const auto& stretch : stretches) {
        differing += stretch.how == How::same ? 0
                                              : static_cast<std::size_t>(std::ranges::count(stretch.text, ' ')) +
                                                    (stretch.text.ends_with(' ') ? 0 : 1);
    }
    EXPECT_EQ(differing, 5U); // the example of Myers' article
}

TEST(WordChanges, textsWithNothingInCommonAreNotSearchedForLong)
{
    std::string old;
    std::string now;
    for (int i = 0; i < 20'000; ++i) {
        old += "a" + std::to_string(i) + " ";
        now += "b" + std::to_string(i) + " ";
    }
    const auto stretches = wordChanges("same " + old + "end", "same " + now + "end", 5);
    ASSERT_EQ(stretches.size(), 4U);
    EXPECT_EQ(stretches[1], (Stretch{How::removed, old}));
    EXPECT_EQ(stretches[2], (Stretch{How::added, now}));
}

} // namespace
} // namespace acervo::passage
