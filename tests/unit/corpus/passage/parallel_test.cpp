#include "corpus/passage/parallel.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace acervo::passage {
namespace {

std::vector<model::Page> pagesOf(const std::vector<std::string>& texts)
{
    std::vector<model::Page> pages;
    for (const auto& text : texts) {
        pages.push_back({static_cast<std::uint32_t>(pages.size() + 1), "", "", "", text});
    }
    return pages;
}

const auto kEnglish =
    pagesOf({"Foreword", "In 1998 Porto Alegre had 1,300,000 inhabitants.",
             "Participation of residents grew to 45,000 people.", "Nairobi began in 2012.", "Bibliography"});

TEST(ParallelPage, followsNumbersAndNamesPastAnAddedPage)
{
    const auto french = pagesOf({"Couverture", "Avant-propos", "En 1998, Porto Alegre comptait 1 300 000 habitants.",
                                 "La participation des habitants a atteint 45 000 personnes.",
                                 "Nairobi a commencé en 2012.", "Bibliographie"});
    EXPECT_EQ(parallelPage(kEnglish, 2, french), 3U);
    EXPECT_EQ(parallelPage(kEnglish, 3, french), 4U);
    EXPECT_EQ(parallelPage(kEnglish, 4, french), 5U);
    EXPECT_EQ(parallelPage(french, 5, kEnglish), 4U);
}

TEST(ParallelPage, withoutAnythingInCommonThePlaceDecides)
{
    const auto other = pagesOf({"uno", "dos", "tres", "once", "doce"});
    for (std::uint32_t page = 1; page <= 5; ++page) {
        EXPECT_EQ(parallelPage(kEnglish, page, other), page);
    }
    EXPECT_EQ(parallelPage(kEnglish, 5, pagesOf({"uno", "dos"})), 2U);
}

TEST(ParallelPage, edges)
{
    EXPECT_EQ(parallelPage(kEnglish, 1, {}), 0U);
    EXPECT_EQ(parallelPage(kEnglish, 99, kEnglish), 1U);
    EXPECT_EQ(parallelPage(pagesOf({""}), 1, pagesOf({""})), 1U);
}

} // namespace
} // namespace acervo::passage
