#include "corpus/schema/fields.h"

#include "analyzers/text/normalise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace acervo::schema {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string repeated(std::string_view piece, std::size_t times)
{
    std::string text;
    for (; times > 0; --times) {
        text += piece;
    }
    return text;
}

TEST(Facets, standInTheTableByTheirNumber)
{
    std::set<std::string_view> names;
    std::set<std::string_view> prefixes;
    std::set<Slot> slots;
    for (std::size_t i = 0; i < kFacetCount; ++i) {
        EXPECT_EQ(static_cast<std::size_t>(kFacets[i].facet), i);
        EXPECT_EQ(&infoOf(kFacets[i].facet), &kFacets[i]);
        EXPECT_EQ(facetNamed(kFacets[i].name), kFacets[i].facet);
        names.insert(kFacets[i].name);
        prefixes.insert(kFacets[i].prefix);
        slots.insert(kFacets[i].slot);
    }
    EXPECT_EQ(names.size(), kFacetCount);
    EXPECT_EQ(prefixes.size(), kFacetCount);
    EXPECT_EQ(slots.size(), kFacetCount);
    EXPECT_FALSE(facetNamed("Theme"));
    EXPECT_FALSE(facetNamed(""));
}

TEST(FilterTerm, hasPrefixAndValue)
{
    EXPECT_EQ(filterTerm(Facet::section, "africa"), "XSEC:africa");
    EXPECT_EQ(filterTerm(Facet::sdg, ""), "XSDG:");
}

TEST(FilterTerm, fitsWhateverTheValue)
{
    for (const auto& value :
         {repeated("x", 300), repeated("é", 300), repeated("😀", 90), repeated(std::string(1, '\0'), 300),
          "x" + repeated("é", 200), std::string(200, 'x') + repeated(std::string(1, '\0'), 40)}) {
        const auto term = filterTerm(Facet::theme, value);
        const auto bytes = term.size() + static_cast<std::size_t>(std::ranges::count(term, '\0'));
        EXPECT_LE(bytes, kMaxTermBytes);
        EXPECT_GE(bytes, kMaxTermBytes - 4) << "no more is cut than must be";
        EXPECT_TRUE(text::isValidUtf8(term));
        EXPECT_EQ(filterTerm(Facet::theme, filterValue(Facet::theme, value)), term);
    }
}

TEST(WordTerm, isNothingWhenTooLong)
{
    EXPECT_EQ(wordTerm(kStem, "eau"), "Zeau");
    EXPECT_EQ(fieldTerm(kAuthor, "ndiaye"), "A:ndiaye");
    EXPECT_EQ(wordTerm(kStem, std::string(244, 'x')).size(), 245U);
    EXPECT_EQ(wordTerm(kStem, std::string(245, 'x')), "");
    EXPECT_EQ(wordTerm("", std::string(130, '\0')), "");
}

TEST(Values, areJoinedAndSplit)
{
    using Values = std::vector<std::string>;
    for (const auto& values : {Values{}, Values{"a"}, Values{"a", "b", "c"}, Values{"é", "x y", ";"}}) {
        EXPECT_EQ(splitValues(joinValues(values)), values);
    }
    EXPECT_THAT(splitValues(joinValues({"", "a", "", "b", ""})), ElementsAre("a", "b"));
    EXPECT_THAT(splitValues(std::string(5, kValueSeparator)), IsEmpty());
}

} // namespace
} // namespace acervo::schema
