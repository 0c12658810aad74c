#include "searchd/search/detail/word_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace acervo::search::detail {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

WordList listOf(const std::set<std::string>& words)
{
    WordList list;
    for (const auto& word : words) {
        list.append(word);
    }
    return list;
}

std::map<std::string, unsigned> near(const WordList& list, std::string_view typed, const WordList::Reach& reach)
{
    std::map<std::string, unsigned> found;
    list.near(typed, reach, [&](WordRange words, unsigned edits) {
        for (auto word = words.first; word < words.last; ++word) {
            EXPECT_TRUE(found.emplace(list.at(word), edits).second) << list.at(word) << " comes twice";
        }
    });
    return found;
}

// The whole table, without a band and without sharing.
std::vector<std::vector<unsigned>> table(std::string_view typed, std::string_view word)
{
    std::vector<std::vector<unsigned>> rows(word.size() + 1, std::vector<unsigned>(typed.size() + 1));
    for (std::size_t i = 0; i <= word.size(); ++i) {
        for (std::size_t j = 0; j <= typed.size(); ++j) {
            if (i == 0 || j == 0) {
                rows[i][j] = static_cast<unsigned>(i + j);
                continue;
            }
            rows[i][j] = std::min(
                {rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (word[i - 1] == typed[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && word[i - 1] == typed[j - 2] && word[i - 2] == typed[j - 1]) {
                rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        }
    }
    return rows;
}

TEST(WordList, findsWordsAndBeginnings)
{
    const auto list = listOf({"eau", "economie", "ecole", "ville", "villes"});
    EXPECT_EQ(list.size(), 5U);
    EXPECT_EQ(list.at(*list.find("ville")), "ville");
    EXPECT_FALSE(list.find("vill"));
    EXPECT_FALSE(list.find("zone"));
    const auto range = list.beginningWith("eco");
    EXPECT_EQ(range.last - range.first, 2U);
    EXPECT_EQ(list.at(range.first), "ecole");
    EXPECT_EQ(list.beginningWith("x").first, list.beginningWith("x").last);
    EXPECT_EQ(list.beginningWith("").last, 5U);
}

TEST(WordList, anEmptyOneHasNothing)
{
    const WordList list;
    EXPECT_EQ(list.size(), 0U);
    EXPECT_FALSE(list.find("a"));
    EXPECT_THAT(near(list, "water", {2, Extent::word, FirstLetter::any}), IsEmpty());
}

TEST(WordList, nearWordsByEdits)
{
    const auto list = listOf({"descentralizacion", "decentralization", "logement", "logements", "longement"});
    using Pair = std::pair<const std::string, unsigned>;
    EXPECT_THAT(near(list, "decentralizacion", {2, Extent::word, FirstLetter::same}),
                ElementsAre(Pair{"decentralization", 1}, Pair{"descentralizacion", 1}));
    EXPECT_THAT(near(list, "logment", {1, Extent::word, FirstLetter::same}), ElementsAre(Pair{"logement", 1}));
    EXPECT_THAT(near(list, "lgmeent", {1, Extent::word, FirstLetter::same}), IsEmpty()) << "two edits";
    EXPECT_THAT(near(list, "olgement", {1, Extent::word, FirstLetter::same}), IsEmpty());
    EXPECT_THAT(near(list, "olgement", {1, Extent::word, FirstLetter::any}), ElementsAre(Pair{"logement", 1}));
    EXPECT_THAT(near(list, "lgem", {1, Extent::beginning, FirstLetter::same}),
                ElementsAre(Pair{"logement", 1}, Pair{"logements", 1}));
}

TEST(WordList, longWordsHaveNoNearOnes)
{
    const std::string longest(WordList::kMaxNearBytes, 'a');
    const auto list = listOf({longest, longest + "aa", std::string(300, 'b')});
    EXPECT_EQ(near(list, longest, {2, Extent::word, FirstLetter::same}).size(), 2U);
    EXPECT_THAT(near(list, longest + "a", {2, Extent::word, FirstLetter::same}), IsEmpty());
    EXPECT_EQ(list.at(2).size(), 255U);
}

// Random words of few letters, so that many are near: exactly those that the whole table says, with its edits.
TEST(WordList, nearIsWhatTheWholeTableSays)
{
    std::mt19937 random{7};
    const auto anyWord = [&](std::size_t letters) {
        std::string word(1 + random() % letters, ' ');
        std::ranges::generate(word, [&] { return static_cast<char>('a' + random() % 3); });
        return word;
    };
    for (int round = 0; round < 60; ++round) {
        std::set<std::string> words;
        while (words.size() < 200) {
            words.insert(anyWord(9));
        }
        const auto list = listOf(words);
        const auto typed = anyWord(8);
        for (const unsigned edits : {0U, 1U, 2U, 3U}) {
            for (const auto extent : {Extent::word, Extent::beginning}) {
                std::map<std::string, unsigned> expected;
                for (const auto& word : words) {
                    const auto rows = table(typed, word);
                    unsigned least = rows.back().back();
                    for (std::size_t i = 0; extent == Extent::beginning && i < rows.size(); ++i) {
                        least = std::min(least, rows[i].back());
                    }
                    if (least <= edits) {
                        expected[word] = least;
                    }
                }
                EXPECT_EQ(near(list, typed, {edits, extent, FirstLetter::any}), expected) << typed << ' ' << edits;
                std::erase_if(expected, [&](const auto& one) { return one.first.front() != typed.front(); });
                EXPECT_EQ(near(list, typed, {edits, extent, FirstLetter::same}), expected) << typed << ' ' << edits;
            }
        }
    }
}

TEST(WordList, editsForgivenGrowWithTheWord)
{
    EXPECT_EQ(editsForgiven(3), 0U);
    EXPECT_EQ(editsForgiven(4), 1U);
    EXPECT_EQ(editsForgiven(7), 1U);
    EXPECT_EQ(editsForgiven(8), 2U);
}

} // namespace
} // namespace acervo::search::detail
