#include "indexer/pairing/profile.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace acervo::pairing {
namespace {

Profile profileOf(const std::string& language, const std::string& text)
{
    model::Edition edition;
    edition.metadata.language = language;
    model::Page page;
    page.text = text;
    return Profiler{}.profileOf(edition, {page});
}

bool hasWord(const Profile& profile, std::string_view folded)
{
    return std::ranges::find(profile.words, folded, &ProfileWord::folded) != profile.words.end();
}

TEST(Profile, countsWordsThatSaySomething)
{
    const auto profile = profileOf("fr", "L'eau et les villes. Les villes de l'eau, la ville.");
    ASSERT_FALSE(profile.words.empty());
    EXPECT_EQ(profile.words.front().folded, "villes");
    EXPECT_EQ(profile.words.front().uses, 3U);
    EXPECT_FALSE(hasWord(profile, "les"));
}

TEST(Profile, readsNumbersWhateverTheirSigns)
{
    const auto english = profileOf("en", "A sum of 1,234.5 for 37 towns in the 12th year, of 7.");
    const auto spanish = profileOf("es", "Una suma de 1.234,5 para 37 municipios.");
    EXPECT_TRUE(english.marks.contains("12345"));
    EXPECT_TRUE(spanish.marks.contains("12345"));
    EXPECT_TRUE(english.marks.contains("37"));
    EXPECT_FALSE(english.marks.contains("12"));
    EXPECT_FALSE(english.marks.contains("7"));
}

TEST(Profile, takesCapitalsForNamesUnlessTheyBeginASentence)
{
    const auto profile = profileOf("en", "Water comes to Barcelona. Housing is for the people of Dakar.");
    EXPECT_TRUE(profile.marks.contains("barcelona"));
    EXPECT_TRUE(profile.marks.contains("dakar"));
    EXPECT_FALSE(profile.marks.contains("housing"));
}

TEST(Profile, findsFilesThatTheTextNames)
{
    const auto profile = profileOf("en", "Spanish: see https://example.org/docs/Informe_2024-es.pdf, page 3.");
    EXPECT_TRUE(profile.mentions.contains("informe_2024-es.pdf"));
    EXPECT_EQ(profile.mentions.size(), 1U);
}

TEST(Profile, hasNoWordsInALanguageThatIsNotRead)
{
    EXPECT_TRUE(profileOf("de", "Wasser und Städte").words.empty());
}

TEST(Profile, readsNoMoreThanItsLimit)
{
    const auto profile = profileOf("en", std::string(kMaxBytesRead, ' ') + "water");
    EXPECT_FALSE(hasWord(profile, "water"));
}

} // namespace
} // namespace acervo::pairing
