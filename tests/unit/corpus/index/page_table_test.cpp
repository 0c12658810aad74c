#include "corpus/index/page_table.h"

#include <gtest/gtest.h>

#include <random>

namespace acervo::index {
namespace {

void expectSame(const PageTable& table, const std::vector<PageStart>& pages)
{
    ASSERT_EQ(table.size(), pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto page = table.at(i);
        EXPECT_EQ(page.number, pages[i].number) << i;
        EXPECT_EQ(page.firstPosition, pages[i].firstPosition) << i;
        EXPECT_EQ(page.label, pages[i].label) << i;
    }
}

void expectComesBack(const std::vector<PageStart>& pages)
{
    const PageTable table{pages};
    expectSame(table, pages);
    const auto again = PageTable::decoded(table.encoded());
    ASSERT_TRUE(again);
    expectSame(*again, pages);
}

TEST(PageTable, givesBackWhatItWasGiven)
{
    expectComesBack({});
    expectComesBack({{1, 1000, ""}});
    expectComesBack({{1, 1000, "i"}, {2, 1400, "ii"}, {3, 1800, "iii"}, {4, 2200, "1"}, {5, 2600, "2"}});
    expectComesBack({{1, 1000, "A-1"}, {2, 1400, "A-2"}, {9, 1800, ""}, {10, 4'000'000'000U, "007"}});
    expectComesBack({{1, 1000, "MMMCMXCIX"}, {2, 1001, "MMMCMXCIX"}, {3, 1002, "iiii"}, {4, 1003, "0"}});
    expectComesBack({{1, 1000, "a"}, {2, 1001, "b"}, {3, 1002, "c"}, {4, 1003, "d"}, {5, 1004, "ci"}});
    expectComesBack({{1, 1000, "999999999"}, {2, 1001, "1000000000"}, {3, 1002, "12345678901234567890"}});
}

TEST(PageTable, givesBackAnyLabels)
{
    std::mt19937 random{3};
    const std::vector<std::string> labels{"",  "i", "ii", "iii", "iv",    "1", "2",
                                          "3", "4", "IV", "V",   "cover", "é", "10"};
    for (int round = 0; round < 200; ++round) {
        std::vector<PageStart> pages;
        std::uint32_t number = 0;
        std::uint32_t position = 1000;
        for (auto n = random() % 40; n > 0; --n) {
            number += random() % 4 == 0 ? 2 : 1;
            pages.push_back({number, position, labels[random() % labels.size()]});
            position += static_cast<std::uint32_t>(random() % 700);
        }
        expectComesBack(pages);
    }
}

TEST(PageTable, isSmallWhateverTheLabels)
{
    std::vector<PageStart> pages;
    for (std::uint32_t i = 1; i <= 1000; ++i) {
        pages.push_back({i, 600 + 400 * i, i < 10 ? std::string(i % 4, 'i') : std::to_string(i - 9)});
    }
    EXPECT_LT(PageTable{pages}.encoded().size(), 2100U);
}

TEST(PageTable, findsThePageOfAPosition)
{
    std::mt19937 random{5};
    std::vector<PageStart> pages;
    std::uint32_t position = 1000;
    for (std::uint32_t i = 1; i <= 300; ++i) {
        pages.push_back({i, position, ""});
        position += static_cast<std::uint32_t>(1 + random() % 20);
    }
    const PageTable table{pages};
    std::size_t expected = 0;
    for (std::uint32_t at = 1000; at < position + 5; ++at) {
        while (expected + 1 < pages.size() && pages[expected + 1].firstPosition <= at) {
            ++expected;
        }
        EXPECT_EQ(table.placeOf(at), expected);
        EXPECT_EQ(table.placeOf(at, expected), expected);
        EXPECT_EQ(table.placeOf(at, random() % (expected + 1)), expected);
    }
}

TEST(PageTable, damageIsNoTable)
{
    const auto good = PageTable{{{1, 1000, "i"}, {3, 1500, "annex"}, {4, 4'000'000'000U, "2"}}}.encoded();
    for (std::size_t length = 0; length < good.size(); ++length) {
        EXPECT_FALSE(PageTable::decoded(std::string_view{good}.substr(0, length))) << length;
    }
    EXPECT_FALSE(PageTable::decoded(good + "x"));
    std::mt19937 random{1};
    for (int round = 0; round < 20'000; ++round) { // some flips are other tables, which must be readable then
        auto bad = good;
        bad[random() % bad.size()] = static_cast<char>(random());
        if (const auto table = PageTable::decoded(bad)) {
            for (std::size_t i = 0; i < table->size(); ++i) {
                (void)table->at(i);
            }
        }
    }
}

} // namespace
} // namespace acervo::index
