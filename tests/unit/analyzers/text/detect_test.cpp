#include "analyzers/text/detect.h"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace acervo::text {

namespace {

struct Case {
    std::string_view name;
    std::string_view text;
    Language expected;
};

void PrintTo(const Case& c, std::ostream* out)
{
    *out << c.text;
}

class DetectTable : public testing::TestWithParam<Case> {};

TEST_P(DetectTable, matchesExpected)
{
    const auto guess = detectLanguage(GetParam().text);
    EXPECT_EQ(guess.language, GetParam().expected) << "answered '" << codeOf(guess.language) << "'";
    EXPECT_GE(guess.confidence, 0.0);
    EXPECT_LE(guess.confidence, 1.0);
}

const auto kRowName = [](const auto& row) { return std::string{row.param.name}; };

INSTANTIATE_TEST_SUITE_P(Short, DetectTable,
                         testing::Values(Case{"en_two_words", "housing policy", Language::en},
                                         Case{"en_question", "who pays for water?", Language::en},
                                         Case{"fr_two_words", "finances locales", Language::fr},
                                         Case{"fr_elision", "l’accès à l’eau", Language::fr},
                                         Case{"fr_capitals", "COLLECTIVITES TERRITORIALES", Language::fr},
                                         Case{"fr_decomposed", "e\u0301galite\u0301 des territoires", Language::fr},
                                         Case{"es_two_words", "gobiernos locales", Language::es},
                                         Case{"es_capitals", "GESTION DE LOS RESIDUOS", Language::es},
                                         Case{"es_question", "¿Qué hacen las ciudades?", Language::es},
                                         Case{"fr_name_is_outvoted", "Washington a-t-il répondu ?", Language::fr},
                                         Case{"fr_name_after_preposition", "à Whitstable", Language::fr},
                                         Case{"es_name_between", "según Woodward y Whitehouse", Language::es},
                                         Case{"en_title", "Cities and Local Governments", Language::en},
                                         Case{"pt_few_words", "não há moradias suficientes", Language::other},
                                         Case{"de_few_words", "die Wohnungen der Gemeinde", Language::other}),
                         kRowName);

INSTANTIATE_TEST_SUITE_P(
    Paragraphs, DetectTable,
    testing::Values(
        Case{
            "english",
            "Towns that share a river also share its floods. This note looks at how three of them agreed on who builds "
            "what, and on who pays when it fails.",
            Language::en},
        Case{"french",
             "Les communes qui se partagent une rivière se partagent aussi ses crues. Cette note montre comment trois "
             "d’entre elles ont décidé qui construit quoi, et qui paie en cas d’échec.",
             Language::fr},
        Case{"spanish",
             "Los municipios que comparten un río comparten también sus crecidas. Esta nota muestra cómo tres de ellos "
             "acordaron quién construye qué, y quién paga cuando algo falla.",
             Language::es},
        Case{"portuguese",
             "Os municípios que partilham um rio também partilham as suas cheias. Esta nota mostra como três deles "
             "decidiram quem constrói o quê, e quem paga quando alguma coisa não funciona.",
             Language::other},
        Case{"italian",
             "I comuni che condividono un fiume ne condividono anche le piene. Questa nota racconta come tre di loro "
             "hanno deciso chi costruisce che cosa, e chi paga quando qualcosa non funziona.",
             Language::other},
        Case{"catalan",
             "Els municipis que comparteixen un riu també en comparteixen les crescudes. Aquesta nota explica com tres "
             "d'ells van decidir qui construeix què, i qui paga quan alguna cosa falla.",
             Language::other},
        Case{"german",
             "Gemeinden, die sich einen Fluss teilen, teilen auch sein Hochwasser. Diese Notiz zeigt, wie drei von "
             "ihnen vereinbarten, wer was baut und wer bezahlt, wenn es nicht gelingt.",
             Language::other},
        Case{"dutch",
             "Gemeenten die een rivier delen, delen ook haar overstromingen. Deze nota laat zien hoe drie van hen "
             "afspraken wie wat bouwt, en wie betaalt wanneer het mislukt.",
             Language::other},
        Case{"romanian",
             "Comunele care împart un râu împart și revărsările lui. Această notă arată cum trei dintre ele au hotărât "
             "cine construiește și cine plătește când ceva nu merge.",
             Language::other},
        Case{
            "polish",
            "Gminy, które dzielą rzekę, dzielą też jej powodzie. Ta notatka pokazuje, jak trzy z nich ustaliły, kto co "
            "buduje i kto płaci, gdy się nie uda.",
            Language::other},
        Case{"turkish",
             "Bir nehri paylaşan belediyeler onun taşkınlarını da paylaşır. Bu not, üçünün kimin neyi yapacağına ve "
             "işler "
             "ters gittiğinde kimin ödeyeceğine nasıl karar verdiğini anlatıyor.",
             Language::other},
        Case{"swahili",
             "Miji inayotumia mto mmoja hushiriki pia mafuriko yake. Maelezo haya yanaonyesha jinsi mitatu kati yake "
             "ilivyokubaliana nani ajenge nini na nani alipe mambo yanapoharibika.",
             Language::other},
        Case{"indonesian",
             "Kota yang berbagi sungai juga berbagi banjirnya. Catatan ini menunjukkan bagaimana tiga di antaranya "
             "menyepakati siapa membangun apa, dan siapa membayar bila gagal.",
             Language::other},
        // In none of the columns of the model: known by the words that are missing.
        Case{"maltese",
             "Il-bliet li jaqsmu xmara jaqsmu wkoll l-għargħar tagħha. Din in-nota turi kif tlieta minnhom qablu min "
             "jibni xiex, u min iħallas meta xi ħaġa ma tirnexxix.",
             Language::other},
        Case{"names_and_a_foreign_title",
             "Rosalind Whitcombe, économiste au Harbour Policy Institute, préside le groupe Neighbours for Safer "
             "Streets "
             "et a écrit un livre sur trois villes et un port.",
             Language::fr},
        Case{"russian", "Города, которые делят одну реку, делят и её паводки.", Language::other},
        Case{"arabic", "المدن التي تتقاسم نهراً تتقاسم فيضاناته أيضاً.", Language::other},
        Case{"chinese", "共享一条河流的城市也共享它的洪水。", Language::other}),
    kRowName);

TEST(Detect, saysNothingWithoutLetters)
{
    for (const std::string_view text : {"", "  ", "2021 - 2030", "\U0001F3D9", "\xFF\xFE"}) {
        const auto guess = detectLanguage(text);
        EXPECT_EQ(guess.language, Language::other) << text;
        EXPECT_EQ(guess.confidence, 0.0) << text;
    }
}

TEST(Detect, isUnsureWhereLanguagesMeet)
{
    EXPECT_LT(detectLanguage("de la").confidence, 0.85);
    EXPECT_LT(detectLanguage("total").confidence, 0.85);
    EXPECT_LT(detectLanguage("dvelopement").confidence, 0.85); // misspelt in which of the two?
    EXPECT_GE(detectLanguage("les quartiers de la ville").confidence, 0.85);
}

TEST(Detect, accentsAndCaseDoNotChangeTheAnswer)
{
    for (const std::string_view text : {"égalité des territoires", "egalite des territoires", "ÉGALITÉ DES TERRITOIRES",
                                        "Égalité Des Territoires", "EGALITE DES TERRITOIRES"}) {
        EXPECT_EQ(detectLanguage(text).language, Language::fr) << text;
    }
}

TEST(Detect, isSurerOfMoreText)
{
    const auto little = detectLanguage("local plans");
    const auto more = detectLanguage("local plans which nobody has yet seen, although they are public");
    EXPECT_EQ(more.language, Language::en);
    EXPECT_GT(more.confidence, little.confidence);
    EXPECT_GT(more.confidence, 0.99);
}

TEST(Detect, readsOnlyTheBeginning)
{
    std::string text;
    while (text.size() < std::size_t{20} << 10U) {
        text += "the towns and their rivers ";
    }
    const auto guess = detectLanguage(text);
    while (text.size() < std::size_t{20} << 20U) {
        text += "les villes et leurs rivières ";
    }
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(detectLanguage(text).confidence, guess.confidence);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{2});
}

TEST(Detect, randomBytesNeverBreakIt)
{
    std::mt19937 random{3};
    std::uniform_int_distribution<int> byte{0, 255};
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        for (int i = 0; i < 80; ++i) {
            text += static_cast<char>(byte(random));
        }
        const auto guess = detectLanguage(text);
        ASSERT_GE(guess.confidence, 0.0);
        ASSERT_LE(guess.confidence, 1.0);
    }
}

TEST(Detect, worksInSeveralThreadsAtOnce)
{
    std::vector<Language> answers(4, Language::other);
    std::vector<std::thread> threads;
    for (auto& answer : answers) {
        threads.emplace_back([&answer] { answer = detectLanguage("les villes et leurs rivières").language; });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(answers, std::vector<Language>(4, Language::fr));
}

} // namespace

} // namespace acervo::text
