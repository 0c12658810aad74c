// Searching in the other languages, through the engine: what is found, what is said, what can be switched off.
#include "tests/unit/searchd/search/engine_fixture.h"

#include <gmock/gmock.h>

namespace acervo::search {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

constexpr auto kEn = text::Language::en;
constexpr auto kFr = text::Language::fr;
constexpr auto kEs = text::Language::es;

class TranslationTest : public EngineFixture {
protected:
    void SetUp() override
    {
        using lexicon::LabelKind;
        lexicon::Source glossary;
        glossary.name = "house";
        glossary.origin = lexicon::Origin::glossary;
        glossary.labels = {
            {"sdg", kEn, "SDG", LabelKind::preferred},
            {"sdg", kFr, "ODD", LabelKind::preferred},
            {"sdg", kEs, "ODS", LabelKind::preferred},
            {"pb", kEn, "participatory budgeting", LabelKind::preferred},
            {"pb", kFr, "budget participatif", LabelKind::preferred},
            {"pb", kEs, "presupuesto participativo", LabelKind::preferred},
            {"housing", kEn, "housing", LabelKind::preferred},
            {"housing", kFr, "logement", LabelKind::preferred},
            {"housing", kEs, "vivienda", LabelKind::preferred},
        };
        compileLexicon({glossary});
        store("sdg", "en", "Progress", {"Cities report on the SDG every year."});
        store("ods", "es", "Avances", {"Las ciudades informan sobre los ODS cada año."});
        store("pb", "en", "Money", {"A decade of participatory budgeting in the south."});
        store("other", "en", "Budget", {"The yearly budget of the port."});
        store("vivienda", "es", "Techo", {"La vivienda y el suelo."});
        library.catchUp();
    }

    static SearchAnswer ask(Engine& engine, const SearchRequest& request)
    {
        auto answer = engine.search(request);
        EXPECT_TRUE(answer) << answer.error().message;
        return answer ? *answer : SearchAnswer{};
    }

    static SearchRequest inFrench(const std::string& q)
    {
        SearchRequest request;
        request.q = q;
        request.interfaceLanguage = kFr;
        return request;
    }

    static std::vector<std::string> titles(const SearchAnswer& answer)
    {
        std::vector<std::string> found;
        for (const auto& hit : answer.hits) {
            found.push_back(hit.title);
        }
        return found;
    }

    static std::vector<std::string> searched(const SearchAnswer& answer)
    {
        std::vector<std::string> ids;
        for (const auto& expansion : answer.expansions) {
            for (const auto& alternative : expansion.alternatives) {
                ids.push_back(alternative.id + (alternative.isOn ? "" : " off"));
            }
        }
        return ids;
    }
};

TEST_F(TranslationTest, findsAndNamesWhatItSearched)
{
    auto engine = open();
    const auto answer = ask(engine, inFrench("ODD"));
    EXPECT_THAT(titles(answer), UnorderedElementsAre("Progress", "Avances"));
    EXPECT_THAT(searched(answer), UnorderedElementsAre("en:sdg", "es:ods"));
    ASSERT_EQ(answer.expansions.size(), 1U);
    EXPECT_EQ(answer.expansions[0].words, "ODD");
    EXPECT_EQ(answer.expansions[0].alternatives[0].origin, "glossary");
}

TEST_F(TranslationTest, markWhatStandsForTheWord)
{
    auto engine = open();
    const auto answer = ask(engine, inFrench("logement"));
    ASSERT_EQ(titles(answer), std::vector<std::string>{"Techo"});
    ASSERT_FALSE(answer.hits[0].snippets.empty());
    const auto& snippet = answer.hits[0].snippets[0];
    ASSERT_EQ(snippet.marks.size(), 1U);
    EXPECT_EQ(snippet.text.substr(snippet.marks[0].begin, snippet.marks[0].end - snippet.marks[0].begin), "vivienda");
}

TEST_F(TranslationTest, aPhraseIsTranslatedAsOne)
{
    auto engine = open();
    const auto answer = ask(engine, inFrench("budget participatif"));
    ASSERT_FALSE(answer.hits.empty());
    EXPECT_EQ(answer.hits[0].title, "Money");
    EXPECT_THAT(searched(answer), Contains("en:participatory budgeting"));
}

TEST_F(TranslationTest, eachAlternativeCanBeSwitchedOff)
{
    auto engine = open();
    auto request = inFrench("ODD");
    request.without = {"es:ods"};
    const auto answer = ask(engine, request);
    EXPECT_THAT(titles(answer), ElementsAre("Progress"));
    EXPECT_THAT(searched(answer), UnorderedElementsAre("en:sdg", "es:ods off"));
}

TEST_F(TranslationTest, allCanBeSwitchedOff)
{
    auto engine = open();
    auto request = inFrench("ODD");
    request.translate = query::Translate::no;
    const auto answer = ask(engine, request);
    EXPECT_THAT(answer.hits, IsEmpty());
    EXPECT_THAT(answer.expansions, IsEmpty());
}

TEST_F(TranslationTest, namesOnlyWhatTheReaderCouldFind)
{
    store("secret", "fr", "Interne", {"Un vocable: subventionnement."}, "staff");
    lexicon::Source dictionary;
    dictionary.name = "dictionary";
    dictionary.origin = lexicon::Origin::dictionary;
    dictionary.pairs = {{kEn, "grants", kFr, "subventionnement", 1.0}};
    compileLexicon({dictionary});
    library.catchUp();
    SearchRequest request;
    request.q = "grants";
    auto everyone = open();
    EXPECT_THAT(ask(everyone, request).expansions, IsEmpty());
    auto staff = open(access::Filter{{"public", "members", "staff"}});
    EXPECT_THAT(searched(ask(staff, request)), ElementsAre("fr:subventionnement"));
}

TEST_F(TranslationTest, phrasesInQuotesAndExcludedWordsAreMeantAsTyped)
{
    auto engine = open();
    EXPECT_THAT(ask(engine, inFrench("\"logement\"")).expansions, IsEmpty());
    EXPECT_THAT(titles(ask(engine, inFrench("ODD -logement -vivienda"))), UnorderedElementsAre("Progress", "Avances"));
}

TEST_F(TranslationTest, unknownWordsMeetTheirCognates)
{
    store("subs", "es", "Principio", {"La subsidiariedad en el gobierno."});
    library.catchUp();
    auto engine = open();
    const auto answer = ask(engine, inFrench("subsidiarité"));
    EXPECT_THAT(titles(answer), ElementsAre("Principio"));
    ASSERT_EQ(answer.expansions.size(), 1U);
    EXPECT_EQ(answer.expansions[0].alternatives[0].origin, "cognate");
}

TEST_F(TranslationTest, theEditionInTheReadersLanguageIsShown)
{
    auto english = support::makeDocument("work", "en", {"Housing for all, housing now, housing everywhere."});
    auto french = support::makeDocument("work", "fr", {"Le logement pour tous."});
    english.metadata.title = "Roof";
    french.metadata.title = "Toit";
    library.store(english);
    library.store(french);
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = "housing";
    request.interfaceLanguage = kFr;
    EXPECT_THAT(titles(ask(engine, request)), Contains("Toit"));
    EXPECT_THAT(titles(ask(engine, request)), Not(Contains("Roof")));
    request.interfaceLanguage = kEn;
    EXPECT_THAT(titles(ask(engine, request)), Contains("Roof"));
}

class RankingTest : public EngineFixture {
protected:
    std::vector<std::string> ask(const std::string& q, text::Language language = kEn)
    {
        auto engine = open();
        SearchRequest request;
        request.q = q;
        request.interfaceLanguage = language;
        const auto answer = engine.search(request);
        EXPECT_TRUE(answer) << answer.error().message;
        std::vector<std::string> titles;
        for (const auto& hit : answer->hits) {
            titles.push_back(hit.title);
        }
        return titles;
    }
};

TEST_F(RankingTest, theExactFormComesFirst)
{
    store("a", "es", "Con", {"Cada año cuenta."});
    store("b", "es", "Sin", {"Cada ano cuenta."});
    store("c", "fr", "Pêche", {"La pêche artisanale."});
    store("d", "fr", "Péché", {"Le péché originel."});
    library.catchUp();
    EXPECT_EQ(ask("año", kEs), (std::vector<std::string>{"Con", "Sin"}));
    EXPECT_EQ(ask("ano", kEs), (std::vector<std::string>{"Sin", "Con"}));
    EXPECT_EQ(ask("pêche", kFr), (std::vector<std::string>{"Pêche", "Péché"}));
    EXPECT_EQ(ask("péché", kFr), (std::vector<std::string>{"Péché", "Pêche"}));
}

TEST_F(RankingTest, wordsCloseToEachOtherComeFirst)
{
    const std::string filler = " of the many parts that a long sentence has in order to say something else entirely ";
    store("far", "en", "One", {"Water is here." + filler + filler + "Networks are there."});
    store("near", "en", "Two", {"Here is one." + filler + filler + "The water networks are there."});
    library.catchUp();
    EXPECT_EQ(ask("water networks"), (std::vector<std::string>{"Two", "One"}));
}

// A report of sixty pages has one that is all about the subject; a note mentions it once, among other things.
TEST_F(RankingTest, aLongReportIsWorthItsBestPage)
{
    std::vector<std::string> pages;
    for (int page = 0; page < 60; ++page) {
        std::string text;
        for (int word = 0; word < 200; ++word) {
            text += "word" + std::to_string(page * 7 + word) + " ";
        }
        pages.push_back(page == 41 ? "Sanitation in cities: sanitation plans, sanitation budgets, sanitation workers."
                                   : std::move(text));
    }
    store("report", "en", "Report", std::move(pages));
    store("note", "en", "Note", {"On roads, markets, schools, harbours, sanitation, parks, trees and street lamps."});
    for (int i = 0; i < 20; ++i) {
        store("x" + std::to_string(i), "en", "Other", {"On roads, markets and schools, number " + std::to_string(i)});
    }
    library.catchUp();
    EXPECT_EQ(ask("sanitation"), (std::vector<std::string>{"Report", "Note"}));
}

TEST_F(RankingTest, ofEqualsTheNewerComesFirst)
{
    for (const auto* year : {"2009", "2022", "2015"}) {
        auto document = support::makeDocument(year, "en", {"The same words about water."});
        document.metadata.title = year;
        document.metadata.date = year;
        document.location.sha256 += year;
        library.store(document);
    }
    library.catchUp();
    EXPECT_EQ(ask("water"), (std::vector<std::string>{"2022", "2015", "2009"}));
}

TEST_F(RankingTest, compoundsMeetJoinedAndSplit)
{
    store("a", "fr", "Tiret", {"La co-gestion des forêts."});
    store("b", "fr", "Uni", {"La cogestion des eaux."});
    library.catchUp();
    for (const auto* q : {"cogestion", "co-gestion"}) {
        EXPECT_THAT(ask(q, kFr), UnorderedElementsAre("Tiret", "Uni")) << q;
    }
}

} // namespace
} // namespace acervo::search
