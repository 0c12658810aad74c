#include "analyzers/text/analyzer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace acervo::text {

namespace {

using testing::ElementsAre;

constexpr auto en = Language::en;
constexpr auto fr = Language::fr;
constexpr auto es = Language::es;
constexpr auto other = Language::other;

std::string joined(const std::vector<Token>& tokens, std::string Token::*field)
{
    std::string out;
    for (const Token& token : tokens) {
        out += (out.empty() ? "" : " ") + token.*field;
    }
    return out;
}

std::string folded(std::string_view text, Language language)
{
    return joined(Analyzer{language}.analyze(text), &Token::folded);
}

std::vector<std::string> surfaces(std::string_view text, Language language)
{
    std::vector<std::string> out;
    for (const Token& token : Analyzer{language}.analyze(text)) {
        out.emplace_back(text.substr(token.span.begin, token.span.end - token.span.begin));
    }
    return out;
}

struct FoldedCase {
    std::string_view name;
    Language language;
    std::string_view text;
    std::string_view expected;
};

void PrintTo(const FoldedCase& c, std::ostream* out)
{
    *out << c.text << " [" << codeOf(c.language) << "]";
}

class AnalyzerFolded : public testing::TestWithParam<FoldedCase> {};

TEST_P(AnalyzerFolded, matchesExpected)
{
    EXPECT_EQ(folded(GetParam().text, GetParam().language), GetParam().expected);
}

const auto kRowName = [](const auto& row) { return std::string{row.param.name}; };

INSTANTIATE_TEST_SUITE_P(Elision, AnalyzerFolded,
                         testing::Values(FoldedCase{"straight", fr, "l'habitat d'urgence", "habitat urgence"},
                                         FoldedCase{"curly", fr, "l’habitat d’urgence", "habitat urgence"},
                                         FoldedCase{"capitals", fr, "L'ÎLE D’YEU", "ile yeu"},
                                         FoldedCase{"long_articles", fr,
                                                    "jusqu'ici lorsqu’on quoiqu'elle puisqu'il qu'en",
                                                    "ici on elle il en"},
                                         FoldedCase{"twice", fr, "s'il qu'l'autre", "il autre"},
                                         FoldedCase{"other_words_kept", fr, "aujourd'hui presqu'île d'aujourd'hui",
                                                    "aujourd'hui presqu'ile aujourd'hui"},
                                         FoldedCase{"modifier_letter", fr, "lʼélu", "elu"},
                                         FoldedCase{"prime", fr, "l′élu", "elu"},
                                         FoldedCase{"acute_typed_as_apostrophe", fr, "l´élu d`eau", "elu eau"},
                                         FoldedCase{"ligature_after", fr, "l'Œuvre", "oeuvre"},
                                         FoldedCase{"acronym_after", fr, "l'O.N.U.", "onu"},
                                         FoldedCase{"not_in_spanish", es, "l'habitat", "l'habitat"},
                                         FoldedCase{"not_in_english", en, "d'Ivoire", "d'ivoire"},
                                         FoldedCase{"not_in_other", other, "l'acqua", "l'acqua"}),
                         kRowName);

INSTANTIATE_TEST_SUITE_P(Possessive, AnalyzerFolded,
                         testing::Values(FoldedCase{"straight", en, "the city's budget", "the city budget"},
                                         FoldedCase{"curly", en, "Cape Town’s water", "cape town water"},
                                         FoldedCase{"capitals", en, "CITY'S", "city"},
                                         FoldedCase{"plural", en, "mayors' meeting", "mayors meeting"},
                                         FoldedCase{"contraction_kept", en, "doesn't O'Neill", "doesn't o'neill"},
                                         FoldedCase{"not_in_french", fr, "city's", "city's"}),
                         kRowName);

INSTANTIATE_TEST_SUITE_P(Inclusive, AnalyzerFolded,
                         testing::Values(FoldedCase{"middle_dots", fr, "citoyen·ne·s et élu·es", "citoyen et elu"},
                                         FoldedCase{"full_stops", fr, "les élu.e.s, administrateur.rice.s",
                                                    "les elu administrateur"},
                                         FoldedCase{"singular", fr, "le·la maire adjoint·e", "le·la maire adjoint"},
                                         FoldedCase{"bullet", fr, "habitant•e•s", "habitant"},
                                         FoldedCase{"domain_kept", fr, "ville.es uclg.org", "ville.es uclg.org"},
                                         FoldedCase{"catalan_dot_kept", other, "col·lectiu", "col·lectiu"}),
                         kRowName);

INSTANTIATE_TEST_SUITE_P(Hyphens, AnalyzerFolded,
                         testing::Values(FoldedCase{"line_end", en, "sustain-\nable", "sustainable"},
                                         FoldedCase{"line_end_crlf", en, "sustain-\r\nable", "sustainable"},
                                         FoldedCase{"line_end_indented", fr, "l'aménage- \n  ment", "amenagement"},
                                         FoldedCase{"unicode_hyphen", es, "munici\u2010\npales", "municipales"},
                                         FoldedCase{"accent_before", fr, "cohe\u0301-\nsion", "cohesion"},
                                         FoldedCase{"capital_after", fr, "Seine-\nMaritime", "seine maritime"},
                                         FoldedCase{"digit_after", en, "covid-\n19", "covid 19"},
                                         FoldedCase{"blank_line_between", en, "end-\n\nstart", "end start"},
                                         FoldedCase{"within_line", en, "long-term plan", "long term plan"},
                                         FoldedCase{"dash_alone", en, "- item\n- item", "item item"},
                                         FoldedCase{"soft", fr, "inter\u00ADcommu\u00ADnal", "intercommunal"},
                                         FoldedCase{"soft_at_line_end", es, "ayunta\u00AD\nmiento", "ayuntamiento"},
                                         FoldedCase{"soft_then_capital", fr, "COM\u00AD\nMUNE", "commune"}),
                         kRowName);

INSTANTIATE_TEST_SUITE_P(Numbers, AnalyzerFolded,
                         testing::Values(FoldedCase{"narrow_no_break", fr, "1\u202F234\u202F567 euros",
                                                    "1234567 euros"},
                                         FoldedCase{"no_break", es, "12\u00A0500,75", "12500,75"},
                                         FoldedCase{"plain_space_kept_apart", fr, "10 000", "10 000"},
                                         FoldedCase{"year_then_number", fr, "2021\u00A0500", "2021 500"},
                                         FoldedCase{"short_group", fr, "5\u00A023", "5 23"},
                                         FoldedCase{"long_group", fr, "5\u00A02300", "5 2300"},
                                         FoldedCase{"decimal_then_number", fr, "2,5\u00A0300", "2,5 300"},
                                         FoldedCase{"decimal", en, "3.75 1,000", "3.75 1,000"},
                                         FoldedCase{"range", en, "2015-2030", "2015 2030"},
                                         FoldedCase{"letters_and_digits", en, "SDG11 COP28 5G", "sdg11 cop28 5g"}),
                         kRowName);

INSTANTIATE_TEST_SUITE_P(Raised, AnalyzerFolded,
                         testing::Values(FoldedCase{"unit", fr, "120 km² et 5 m³", "120 km2 et 5 m3"},
                                         FoldedCase{"unit_after_slash", es, "hab/km²", "hab km2"},
                                         FoldedCase{"note_mark", en, "budget² is³ due", "budget is due"},
                                         FoldedCase{"note_mark_after_number", en, "in 2019¹", "in 2019"},
                                         FoldedCase{"note_marks", en, "report¹²", "report"},
                                         FoldedCase{"subscript", es, "CO₂ H₂O", "co2 h2o"},
                                         FoldedCase{"ordinal_letters", fr, "1ᵉʳ 2ᵉ", "1er 2e"},
                                         FoldedCase{"spanish_ordinals", es, "2.ª fase", "2 a fase"}),
                         kRowName);

INSTANTIATE_TEST_SUITE_P(
    Words, AnalyzerFolded,
    testing::Values(FoldedCase{"empty", en, "", ""}, FoldedCase{"punctuation_only", es, " ¡...! — « » ", ""},
                    FoldedCase{"acronym_dots", en, "U.C.L.G. and U.S.", "uclg and us"},
                    FoldedCase{"initials_in_a_name", en, "J. Smith", "j smith"},
                    FoldedCase{"colon", fr, "voir:note", "voir note"},
                    FoldedCase{"underscores", en, "annual_report_2021 ____", "annual report 2021"},
                    FoldedCase{"ligatures", en, "e\uFB00ective \uFB01scal", "effective fiscal"},
                    FoldedCase{"full_width", en, "\uFF21\uFF22\uFF23", "abc"},
                    FoldedCase{"decomposed", es, "an\u0303o gestio\u0301n", "ano gestion"},
                    FoldedCase{"arabic", other, "البلديات المحلية", "البلديات المحلية"},
                    FoldedCase{"cyrillic", other, "Местное самоуправление", "местное самоуправление"},
                    FoldedCase{"emoji_is_no_word", en, "city \U0001F3D9 hall", "city hall"},
                    FoldedCase{"replacement_ends_word", en, "ci\xFFty", "ci ty"}),
    kRowName);

TEST(Analyzer, stemsTheFoldedForm)
{
    const Analyzer french{fr};
    EXPECT_EQ(joined(french.analyze("municipalités MUNICIPALITES municipalité"), &Token::stem),
              "municipalit municipalit municipalit");
    const Analyzer spanish{es};
    EXPECT_EQ(joined(spanish.analyze("planificación planificacion planificaciones"), &Token::stem),
              "planif planif planif");
    const Analyzer english{en};
    EXPECT_EQ(joined(english.analyze("Regions governed 1990s"), &Token::stem), "region govern 1990s");
    EXPECT_EQ(joined(Analyzer{other}.analyze("Regiões"), &Token::stem), "regioes");
}

TEST(Analyzer, exactFormKeepsAccentsAndDropsCase)
{
    EXPECT_EQ(joined(Analyzer{es}.analyze("AÑO ano pingu\u0308ino"), &Token::exact), "año ano pingüino");
    EXPECT_EQ(joined(Analyzer{fr}.analyze("L'ŒUVRE e\uFB03cace"), &Token::exact), "œuvre efficace");
}

TEST(Analyzer, spansShowTheOriginalWord)
{
    EXPECT_THAT(surfaces("L'État, l’œuvre", fr), ElementsAre("État", "œuvre"));
    EXPECT_THAT(surfaces("re\u0301sume\u0301 fin", fr), ElementsAre("re\u0301sume\u0301", "fin"));
    EXPECT_THAT(surfaces("a collecti-\nvité b", fr), ElementsAre("a", "collecti-\nvité", "b"));
    EXPECT_THAT(surfaces("10\u202F000 km² m\uFB01n", fr), ElementsAre("10\u202F000", "km²", "m\uFB01n"));
    EXPECT_THAT(surfaces("U.C.L.G. the mayor’s note¹", en), ElementsAre("U.C.L.G", "the", "mayor", "note"));
    EXPECT_THAT(surfaces("\U0001F3D9 élu·e·s !", fr), ElementsAre("élu·e·s"));
}

TEST(Analyzer, positionsCountWordsFromOne)
{
    const auto tokens = Analyzer{en}.analyze("one, two - three");
    ASSERT_EQ(tokens.size(), 3U);
    EXPECT_EQ(tokens[0].position, 1U);
    EXPECT_EQ(tokens[2].position, 3U);
}

TEST(Analyzer, leavesOutMonstrousWordsButCountsThem)
{
    const std::string limit(kMaxTokenChars, 'x');
    const auto tokens = Analyzer{en}.analyze("a " + limit + " b " + limit + "x c");
    ASSERT_EQ(tokens.size(), 4U);
    EXPECT_EQ(tokens[1].folded, limit);
    EXPECT_EQ(tokens[3].folded, "c");
    EXPECT_EQ(tokens[3].position, 5U);
}

TEST(Analyzer, tokensDoNotDependOnWhereTheTextIsCut)
{
    const std::string sentence = "L’eau potable, jusqu’à 10\u202F000 m² d'aména-\ngement « citoyen·ne·s ». ";
    const Analyzer analyzer{fr};
    const std::string once = joined(analyzer.analyze(sentence), &Token::folded);
    std::string text;
    std::string expected;
    for (int i = 0; i < 5'000; ++i) {
        text += sentence;
        expected += (expected.empty() ? "" : " ") + once;
    }
    EXPECT_EQ(joined(analyzer.analyze(text), &Token::folded), expected);
}

TEST(Analyzer, isTheSameAfterItMoved)
{
    Analyzer first{fr};
    Analyzer second{std::move(first)};
    EXPECT_EQ(second.language(), fr);
    EXPECT_EQ(joined(second.analyze("l'élue"), &Token::stem), "elu");
}

TEST(Analyzer, worksInSeveralThreadsAtOnce)
{
    std::vector<std::string> results(4);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < results.size(); ++i) {
        threads.emplace_back([&result = results[i]] {
            const Analyzer analyzer{fr};
            for (int round = 0; round < 200; ++round) {
                result = joined(analyzer.analyze("L'égalité des collectivités œuvre à Łódź"), &Token::folded);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_THAT(results, testing::Each("egalite des collectivites oeuvre a lodz"));
}

TEST(Stopwords, areFoldedFunctionWordsOfOneLanguage)
{
    EXPECT_TRUE(isStopword("the", en));
    EXPECT_TRUE(isStopword("meme", fr));
    EXPECT_TRUE(isStopword("tambien", es));
    EXPECT_FALSE(isStopword("the", fr));
    EXPECT_FALSE(isStopword("même", fr));
    EXPECT_FALSE(isStopword("ville", fr));
    EXPECT_FALSE(isStopword("estado", es));
    EXPECT_FALSE(isStopword("state", en));
    EXPECT_FALSE(isStopword("the", other));
}

} // namespace

} // namespace acervo::text
