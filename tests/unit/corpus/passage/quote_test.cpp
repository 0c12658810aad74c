#include "corpus/passage/quote.h"

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

std::string quoted(const std::vector<model::Page>& pages, const Place& place)
{
    return pages.at(place.page - 1).text.substr(place.span.begin, place.span.end - place.span.begin);
}

struct QuoteCase {
    std::string_view name;
    std::string_view text;
    std::string_view quote;
    std::string_view found; // "" when it is not
};
void PrintTo(const QuoteCase& c, std::ostream* out)
{
    *out << c.quote;
}

class QuoteTable : public testing::TestWithParam<QuoteCase> {};

TEST_P(QuoteTable, findsWhatStandsThere)
{
    const auto& row = GetParam();
    const auto pages = pagesOf({std::string{row.text}});
    const auto place = findQuote(pages, row.quote, 0);
    ASSERT_EQ(place.has_value(), !row.found.empty());
    if (place) {
        EXPECT_EQ(quoted(pages, *place), row.found);
        EXPECT_FALSE(place->continues);
    }
}

INSTANTIATE_TEST_SUITE_P(
    , QuoteTable,
    testing::Values(QuoteCase{"as_it_is", "Cities must act. They do.", "must act", "must act"},
                    QuoteCase{"line_end", "Cities\nmust   act.", "cities must act", "Cities\nmust   act"},
                    QuoteCase{"hyphen_at_line_end", "the munici-\npality acts", "the municipality",
                              "the munici-\npality"},
                    QuoteCase{"quotation_marks", "dit « l’eau »", "\"l'eau\"", "l’eau"},
                    QuoteCase{"accents", "La péréquation réduit", "perequation REDUIT", "péréquation réduit"},
                    QuoteCase{"last_letter_is_wide", "un cœur été", "coeur été", "cœur été"},
                    QuoteCase{"ligature",
                              "the o\xEF\xAC\x83"
                              "ce works",
                              "office",
                              "o\xEF\xAC\x83"
                              "ce"},
                    QuoteCase{"another_word", "Cities must act.", "Cities may act", ""},
                    QuoteCase{"nothing_but_signs", "Cities must act.", " … ", ""},
                    QuoteCase{"empty_page", "", "anything", ""}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Quote, runsOverTheEndOfAPage)
{
    const auto pages = pagesOf({"One. The region shall", "", "provide the means. End"});
    const auto place = findQuote(pages, "The region shall provide the means", 0);
    ASSERT_TRUE(place);
    EXPECT_EQ(place->page, 1U);
    EXPECT_EQ(quoted(pages, *place), "The region shall");
    EXPECT_TRUE(place->continues);
}

TEST(Quote, theNearestOfSeveralPlacesIsMeant)
{
    const auto pages = pagesOf({"the same words", "other", "the same words", "other", "other", "the same words"});
    EXPECT_EQ(findQuote(pages, "same words", 0)->page, 1U);
    EXPECT_EQ(findQuote(pages, "same words", 3)->page, 3U);
    EXPECT_EQ(findQuote(pages, "same words", 5)->page, 6U);
}

TEST(Quote, aLetterThatRepeatsItselfCostsNoMoreThanItsText)
{
    const auto pages = pagesOf({std::string(400'000, 'a'), std::string(400'000, 'a')});
    EXPECT_FALSE(findQuote(pages, "b" + std::string(1'999, 'a'), 2));
    EXPECT_FALSE(findQuote(pages, std::string(1'999, 'a') + "b", 2));
    EXPECT_EQ(findQuote(pages, std::string(1'000, 'a'), 2)->page, 2U);
}

TEST(ClosestPage, holdsHalfOfAChangedPassage)
{
    const auto pages = pagesOf({"Nothing of the kind is said here at all.",
                                "Local governments need at least ten percent of public revenue to do their work."});
    EXPECT_EQ(closestPage(pages, "governments need at least twenty percent of public revenue to do their work"), 2U);
    EXPECT_EQ(closestPage(pages, "mayors want to have quite another thing than money"), 0U);
    EXPECT_EQ(closestPage(pages, "two words"), 0U);
}

} // namespace

} // namespace acervo::passage
