// One profile per language; the neutral one never mangles what it does not know.
#include "analyzers/text/analyzer.h"
#include "analyzers/text/normalise.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

namespace acervo::text {

namespace {

TEST(Profile, isNamedAfterItsLanguageAndVersion)
{
    const auto version = "/" + std::to_string(kAnalyzerVersion);
    EXPECT_EQ(profileOf(Language::en), "en" + version);
    EXPECT_EQ(profileOf(Language::fr), "fr" + version);
    EXPECT_EQ(profileOf(Language::es), "es" + version);
    EXPECT_EQ(profileOf(Language::other), "other" + version);
}

struct NeutralCase {
    std::string_view name;
    std::string_view text;
    std::string_view expected; // folded tokens
};

void PrintTo(const NeutralCase& c, std::ostream* out)
{
    *out << c.text;
}

class NeutralProfile : public testing::TestWithParam<NeutralCase> {};

TEST_P(NeutralProfile, foldsAndCutsAndNoMore)
{
    std::string actual;
    for (const Token& token : Analyzer{Language::other}.analyze(GetParam().text)) {
        actual += (actual.empty() ? "" : " ") + token.folded;
        EXPECT_EQ(token.stem, token.folded);
    }
    EXPECT_EQ(actual, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    , NeutralProfile,
    testing::Values(NeutralCase{"portuguese", "As câmaras municipais e as regiões",
                                "as camaras municipais e as regioes"},
                    NeutralCase{"portuguese_apostrophe", "pau-d'água", "pau d'agua"},
                    NeutralCase{"italian_is_not_elided", "l'acqua", "l'acqua"},
                    NeutralCase{"german", "Straße für Bürger", "strasse fur burger"},
                    NeutralCase{"arabic", "البلديات المحلية", "البلديات المحلية"},
                    NeutralCase{"arabic_points", "مُدُنٌ", "مدن"}, NeutralCase{"arabic_stretched", "محـــلي", "محلي"},
                    NeutralCase{"arabic_hamza_kept", "أمن إدارة آثار", "أمن إدارة آثار"},
                    NeutralCase{"hebrew_points", "עִיר", "עיר"},
                    NeutralCase{"hindi_vowel_signs_kept", "नगरपालिका", "नगरपालिका"},
                    NeutralCase{"chinese", "城市治理", "城市 治理"},
                    NeutralCase{"japanese", "地方自治体の役割", "地方自治体 の 役割"},
                    NeutralCase{"thai", "เทศบาลเมือง", "เทศบาล เมือง"}, NeutralCase{"korean", "지방 정부", "지방 정부"},
                    NeutralCase{"russian", "Местное Самоуправление", "местное самоуправление"},
                    NeutralCase{"greek", "ΔΉΜΟΣ δήμος", "δημοσ δημοσ"},
                    NeutralCase{"turkish", "İSTANBUL İstanbul Istanbul", "istanbul istanbul istanbul"},
                    NeutralCase{"vietnamese", "Thành phố", "thanh pho"}),
    [](const auto& row) { return std::string{row.param.name}; });

struct ExactCase {
    std::string_view name;
    Language language;
    std::string_view text;
    std::string_view exact;
    std::string_view folded;
};

void PrintTo(const ExactCase& c, std::ostream* out)
{
    *out << c.text;
}

class ExactForm : public testing::TestWithParam<ExactCase> {};

TEST_P(ExactForm, keepsAccentsAndDropsTheRest)
{
    std::string exact;
    std::string folded;
    for (const Token& token : Analyzer{GetParam().language}.analyze(GetParam().text)) {
        exact += (exact.empty() ? "" : " ") + token.exact;
        folded += (folded.empty() ? "" : " ") + token.folded;
    }
    EXPECT_EQ(exact, GetParam().exact);
    EXPECT_EQ(folded, GetParam().folded);
    EXPECT_EQ(fold(GetParam().exact), GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(
    , ExactForm,
    testing::Values(
        ExactCase{"year_and_anus", Language::es, "AÑO Ano an\u0303o", "año ano año", "ano ano ano"},
        ExactCase{"fishing_and_sin", Language::fr, "Pêche PÉCHÉ peche\u0301", "pêche péché peché", "peche peche peche"},
        ExactCase{"side_and_rating", Language::fr, "côté Cote côte", "côté cote côte", "cote cote cote"},
        ExactCase{"turkish_capital", Language::en, "İstanbul Istanbul I\u0307zmir", "istanbul istanbul izmir",
                  "istanbul istanbul izmir"},
        ExactCase{"dotless", Language::other, "Diyarbakır", "diyarbakır", "diyarbakir"},
        ExactCase{"ligatures", Language::fr, "\uFB01nance e\uFB03cace", "finance efficace", "finance efficace"},
        ExactCase{"joined_letters", Language::fr, "CŒUR Œuvre", "cœur œuvre", "coeur oeuvre"},
        ExactCase{"sharp_s", Language::other, "Straße STRASSE", "strasse strasse", "strasse strasse"},
        ExactCase{"full_width", Language::en, "\uFF35\uFF23\uFF2C\uFF27", "uclg", "uclg"},
        ExactCase{"ordinal", Language::es, "3.ª nº", "3 a no", "3 a no"},
        ExactCase{"diaeresis", Language::es, "Pingüino", "pingüino", "pinguino"},
        ExactCase{"elided", Language::fr, "L’ÉTÉ", "été", "ete"}),
    [](const auto& row) { return std::string{row.param.name}; });

} // namespace

} // namespace acervo::text
