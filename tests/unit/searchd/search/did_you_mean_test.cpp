// "Did you mean": another spelling of a query, through the engine.
#include "tests/unit/searchd/search/engine_fixture.h"

#include <gmock/gmock.h>

namespace acervo::search {
namespace {

struct SpellingCase {
    std::string_view name;
    text::Language language; // of the interface
    std::string_view q;
    std::string_view expected; // "": nothing is proposed
};
void PrintTo(const SpellingCase& c, std::ostream* out)
{
    *out << c.q << " -> " << c.expected;
}

class DidYouMeanTable : public EngineFixture, public testing::WithParamInterface<SpellingCase> {
protected:
    void SetUp() override
    {
        store("en", "en", "Sustainable development",
              {"The decentralisation of governments. Participatory budgeting and affordable housing. Cities of the "
               "region adapt to climate change. A management plan for the market."});
        store("fr", "fr", "Le développement durable",
              {"La décentralisation des collectivités. Le logement social et le budget participatif. Les communes et "
               "la péréquation financière."});
        store("es", "es", "El desarrollo sostenible",
              {"La descentralización de los municipios. La participación ciudadana y la vivienda. El saneamiento y las "
               "finanzas locales."});
        auto titled = support::makeDocument("titled", "fr", {"Texte"});
        titled.metadata.title = "Décentralisation et péréquation";
        titled.metadata.authors = {"Odile Farnez"};
        library.store(titled);
        store("titulado", "es", "Participación y descentralización");
        library.catchUp();
    }
};

TEST_P(DidYouMeanTable, proposesTheSpelling)
{
    const auto& [name, language, q, expected] = GetParam();
    auto engine = open();
    EXPECT_EQ(didYouMean(engine, std::string{q}, language), expected);
}

constexpr auto kEn = text::Language::en;
constexpr auto kFr = text::Language::fr;
constexpr auto kEs = text::Language::es;

INSTANTIATE_TEST_SUITE_P(
    , DidYouMeanTable,
    testing::Values(
        SpellingCase{"letter_missing", kEs, "decentralizacion", "descentralización"},
        SpellingCase{"two_letters", kEn, "dvelopement", "development"},
        SpellingCase{"in_the_readers_language", kFr, "dvelopement", "développement"},
        SpellingCase{"one_of_two_words", kFr, "logment social", "logement social"},
        SpellingCase{"swapped", kEn, "cliamte", "climate"}, SpellingCase{"doubled", kEn, "budgetingg", "budgeting"},
        SpellingCase{"both_words", kEn, "particpatory budgeeting", "participatory budgeting"},
        SpellingCase{"accents_of_titles", kFr, "pereqation", "péréquation"},
        SpellingCase{"typed_accents_are_no_help", kFr, "péréqation", "péréquation"},
        SpellingCase{"capital_kept", kEn, "Huosing", "Housing"},
        SpellingCase{"shouted", kEs, "SANEAMIETNO", "saneamiento"},
        SpellingCase{"elided", kFr, "l’eau d’une colectivité", "l’eau d’une collectivités"},
        SpellingCase{"in_quotes", kFr, "\"logment social\"", "\"logement social\""},
        SpellingCase{"beside_operators", kEn, "(housng OR transport) AND climate",
                     "(housing OR transport) AND climate"},
        SpellingCase{"beside_a_field", kEn, "title:sustainable housng", "title:sustainable housing"},
        SpellingCase{"space_missing", kEs, "finanzaslocales", "finanzas locales"},
        SpellingCase{"first_letter", kFr, "mogement", "logement"}, SpellingCase{"known_word", kEn, "housing", ""},
        SpellingCase{"known_inflection", kFr, "logements", ""}, SpellingCase{"unaccented", kFr, "decentralisation", ""},
        SpellingCase{"acronym", kEn, "SDGX", ""}, SpellingCase{"number", kEn, "20300", ""},
        SpellingCase{"id", kEn, "UCLG-2021-0042-X", ""}, SpellingCase{"id_field", kEn, "id:UCLG-2021-0042-X", ""},
        SpellingCase{"field_value", kEn, "author:farnes", ""}, SpellingCase{"section_value", kEn, "section:afrca", ""},
        SpellingCase{"excluded_word", kEn, "housing -markte", ""}, SpellingCase{"beginning", kEn, "housng*", ""},
        SpellingCase{"short_word", kEn, "lan", ""}, SpellingCase{"function_word", kEn, "the of", ""},
        SpellingCase{"vocabulary_word", kEn, "biodiversity", ""}, SpellingCase{"too_far", kEn, "xqzvwk", ""},
        SpellingCase{"other_script", kEn, "жилище", ""}, SpellingCase{"nothing", kEn, "", ""}),
    [](const auto& row) { return std::string{row.param.name}; });

using DidYouMeanTest = EngineFixture;

TEST_F(DidYouMeanTest, marksTheChangedWords)
{
    store("a", "en", "Affordable housing");
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = "afordable  housng now";
    const auto answer = engine.search(request).value();
    ASSERT_TRUE(answer.didYouMean);
    EXPECT_EQ(answer.didYouMean->text, "affordable  housing now");
    ASSERT_EQ(answer.didYouMean->changed.size(), 2U);
    EXPECT_EQ(answer.didYouMean->changed[1].begin, 12U);
    EXPECT_EQ(answer.didYouMean->changed[1].end, 19U);
}

TEST_F(DidYouMeanTest, onTheFirstPageOnly)
{
    store("a", "en", "Housing");
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = "housng";
    EXPECT_TRUE(engine.search(request).value().didYouMean);
    request.page = 2;
    EXPECT_FALSE(engine.search(request).value().didYouMean);
    request.page = 1;
    request.size = 0;
    EXPECT_FALSE(engine.search(request).value().didYouMean);
}

TEST_F(DidYouMeanTest, findsSomethingUnderTheFilters)
{
    auto african = support::makeDocument("a", "en", {"affordable housing"});
    african.metadata.section = "africa";
    library.store(african);
    auto european = support::makeDocument("b", "en", {"affordable hoisting"});
    european.metadata.section = "europe";
    library.store(european);
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = "housting";
    for (const auto& [section, expected] : {std::pair{"africa", "housing"}, {"europe", "hoisting"}}) {
        request.filter(schema::Facet::section) = {section};
        const auto answer = engine.search(request).value();
        ASSERT_TRUE(answer.didYouMean) << section;
        EXPECT_EQ(answer.didYouMean->text, expected);
    }
    request.filter(schema::Facet::section) = {"eurasia"};
    EXPECT_FALSE(engine.search(request).value().didYouMean);
}

TEST_F(DidYouMeanTest, wordsThatMeetNowhereAreNotProposedTogether)
{
    store("a", "en", "Housing");
    store("b", "en", "Hoisting cranes");
    library.catchUp();
    auto engine = open();
    EXPECT_EQ(didYouMean(engine, "housting AND cranes"), "hoisting AND cranes");
    EXPECT_EQ(didYouMean(engine, "housng AND cranes"), "");
}

TEST_F(DidYouMeanTest, aSlipInTheLibraryIsMendedWhenTheRightWordIsFarMoreFrequent)
{
    ASSERT_TRUE(library.catalogue().begin());
    for (int i = 0; i < 120; ++i) {
        store("w" + std::to_string(i), "en", "Strategy " + std::to_string(i));
    }
    store("slip", "en", "Stratergy of two places");
    store("rare", "en", "Peage and tolls");
    for (int i = 0; i < 120; ++i) {
        store("p" + std::to_string(i), "en", "Page " + std::to_string(i));
    }
    ASSERT_TRUE(library.catalogue().commit());
    library.catchUp();
    auto engine = open();
    EXPECT_EQ(didYouMean(engine, "stratergy"), "strategy");
    EXPECT_EQ(didYouMean(engine, "peage"), "") << "a short rare word is a word";
    EXPECT_EQ(didYouMean(engine, "strategy"), "");
}

TEST_F(DidYouMeanTest, theMoreFrequentOfTwoIsProposed)
{
    store("a", "en", "Planning");
    store("b", "en", "Planning again");
    store("c", "en", "Planting");
    library.catchUp();
    auto engine = open();
    EXPECT_EQ(didYouMean(engine, "plansing"), "planning");
}

TEST_F(DidYouMeanTest, nothingOfAnotherAudience)
{
    store("secret", "en", "Zanzibarine strategy", {"The zanzibarine strategy and its xylophone"}, "staff");
    store("open", "en", "An open strategy");
    library.catchUp();
    auto everybody = open();
    auto staff = open(access::Filter{{"public", "members", "staff"}});
    for (const auto* q : {"zanzibarin", "zanzibarinne", "xylophnoe"}) {
        EXPECT_EQ(didYouMean(everybody, q), "") << q;
    }
    EXPECT_EQ(didYouMean(staff, "zanzibarinne"), "zanzibarine");
    EXPECT_EQ(didYouMean(staff, "xylophnoe"), "xylophone");
}

TEST_F(DidYouMeanTest, longAndOddQueriesEnd)
{
    store("a", "en", "Housing");
    library.catchUp();
    auto engine = open();
    std::string q;
    for (int i = 0; i < 60; ++i) {
        q += "housng" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
    }
    SearchRequest request;
    for (const auto& odd : {q, std::string(5000, 'h'), std::string{"\"housng"}, std::string{"((housng"}}) {
        request.q = odd;
        EXPECT_TRUE(engine.search(request)) << odd.substr(0, 40);
    }
}

} // namespace
} // namespace acervo::search
