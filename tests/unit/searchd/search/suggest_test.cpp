// Suggestions while typing, through the engine.
#include "tests/unit/searchd/search/engine_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace acervo::search {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> shown(const std::vector<Suggestion>& suggestions)
{
    std::vector<std::string> texts;
    for (const auto& one : suggestions) {
        texts.push_back(one.kind + ":" + one.text);
    }
    return texts;
}

struct TypedCase {
    std::string_view name;
    std::string_view typed;
    std::string_view expected; // a title; "" for nothing
};
void PrintTo(const TypedCase& c, std::ostream* out)
{
    *out << c.typed << " -> " << c.expected;
}

class SuggestTable : public EngineFixture, public testing::WithParamInterface<TypedCase> {
protected:
    void SetUp() override
    {
        store("fr", "fr", "Le logement abordable dans les métropoles");
        store("es", "es", "Descentralización y participación ciudadana");
        store("en", "en", "Sustainable development of intermediary cities");
        library.catchUp();
    }
};

TEST_P(SuggestTable, findsTheTitle)
{
    const auto& [name, typed, expected] = GetParam();
    auto engine = open();
    std::vector<std::string> titles;
    for (const auto& one : suggest(engine, std::string{typed})) {
        titles.push_back(one.text);
    }
    if (expected.empty()) {
        EXPECT_THAT(titles, IsEmpty());
    } else {
        EXPECT_THAT(titles, ElementsAre(std::string{expected}));
    }
}

constexpr std::string_view kFrench = "Le logement abordable dans les métropoles";
constexpr std::string_view kSpanish = "Descentralización y participación ciudadana";
constexpr std::string_view kEnglish = "Sustainable development of intermediary cities";

INSTANTIATE_TEST_SUITE_P(
    , SuggestTable,
    testing::Values(
        TypedCase{"as_it_is", "logement", kFrench}, TypedCase{"beginning", "log", kFrench},
        TypedCase{"accents_missing", "metropol", kFrench}, TypedCase{"accents_too_many", "lôgémènt", kFrench},
        TypedCase{"capitals", "LOGEMENT", kFrench}, TypedCase{"letter_missing", "logment", kFrench},
        TypedCase{"letter_doubled", "abordabble", kFrench}, TypedCase{"letters_swapped", "loegment", kFrench},
        TypedCase{"letter_wrong", "lagement", kFrench}, TypedCase{"beginning_with_a_mistake", "abrdab", kFrench},
        TypedCase{"two_words_one_wrong", "logment abor", kFrench},
        TypedCase{"spanish_letter_missing", "decentralizacion", kSpanish},
        TypedCase{"spanish_swapped", "cuidadana", kSpanish},
        TypedCase{"spanish_two_mistakes", "partisipasion", kSpanish},
        TypedCase{"english_two_mistakes", "dvelopement", kEnglish},
        TypedCase{"english_beginning", "sustanab", kEnglish}, TypedCase{"first_letter_wrong", "eustainable", kEnglish},
        TypedCase{"first_letters_swapped", "usstainable", kEnglish},
        TypedCase{"two_mistakes_in_a_short_word", "citeis x", ""}, TypedCase{"short_words_forgive_nothing", "lig", ""},
        TypedCase{"middle_of_a_word", "gement", ""}, TypedCase{"far_away", "transport", ""}),
    [](const auto& row) { return std::string{row.param.name}; });

using SuggestTest = EngineFixture;

TEST_F(SuggestTest, aTypingMistakeComesAfterWhatIsRight)
{
    store("a", "en", "Planting trees");
    store("b", "en", "Planning towns");
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(shown(suggest(engine, "plant")), ElementsAre("title:Planting trees", "title:Planning towns"));
    EXPECT_THAT(shown(suggest(engine, "planni")), ElementsAre("title:Planning towns", "title:Planting trees"));
}

TEST_F(SuggestTest, anotherFirstLetterOnlyWhenNothingElseMatches)
{
    store("a", "en", "Market towns");
    store("b", "en", "Barket towns");
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(shown(suggest(engine, "markets")), ElementsAre("title:Market towns"));
    EXPECT_THAT(suggest(engine, "tarket"), SizeIs(2));
}

TEST_F(SuggestTest, aConceptIsFoundInAnyLanguageAndShownInTheReaders)
{
    auto document = support::makeDocument("a", "en", {"text"});
    document.metadata.themes = {"local-finance"};
    library.store(document);
    library.catchUp();
    auto engine = open();
    for (const auto* typed : {"local fin", "finances loc", "finanzas", "finanzs local"}) {
        const auto found = suggest(engine, typed, text::Language::fr);
        ASSERT_THAT(found, SizeIs(1)) << typed;
        EXPECT_EQ(found[0].text, "Finances locales");
        EXPECT_EQ(found[0].kind, "theme");
        EXPECT_EQ(found[0].value, "local-finance");
        EXPECT_EQ(found[0].count, 1U);
    }
    EXPECT_EQ(suggest(engine, "finances loc", text::Language::fr)[0].matched, "");
    EXPECT_EQ(suggest(engine, "finanzas", text::Language::fr)[0].matched, "Finanzas locales");
    EXPECT_THAT(suggest(engine, "right to hous", text::Language::fr), IsEmpty()) << "no work has it";
}

TEST_F(SuggestTest, peopleWithTheNumberOfTheirWorks)
{
    for (const auto* key : {"a", "b"}) {
        for (const auto* language : {"en", "fr"}) {
            auto document = support::makeDocument(key, language, {"text"});
            document.metadata.authors = {"Aïssatou Ndiaye"};
            library.store(document);
        }
    }
    library.catchUp();
    auto engine = open();
    for (const auto* typed : {"aissa", "Ndiaye", "ndiay ais", "aisatou"}) {
        const auto found = suggest(engine, typed);
        ASSERT_THAT(found, SizeIs(1)) << typed;
        EXPECT_EQ(found[0].kind, "person");
        EXPECT_EQ(found[0].text, "Aïssatou Ndiaye");
        EXPECT_EQ(found[0].count, 2U);
    }
}

TEST_F(SuggestTest, phrasesOfManyTitlesInTheReadersLanguageFirst)
{
    for (const auto* key : {"a", "b", "c"}) {
        store(key + std::string{"e"}, "en", "Municipal finance " + std::string{key});
        store(key + std::string{"s"}, "es", "La municipal hacienda " + std::string{key});
    }
    library.catchUp();
    auto engine = open();
    const auto english = shown(suggest(engine, "munic", text::Language::en, 4));
    ASSERT_FALSE(english.empty());
    EXPECT_EQ(english.front(), "phrase:Municipal finance");
    EXPECT_EQ(shown(suggest(engine, "munic", text::Language::es, 4)).front(), "phrase:municipal hacienda");
}

TEST_F(SuggestTest, aWorkComesOnceInTheReadersLanguage)
{
    for (const auto& [language, title] : {std::pair{"en", "Coastal towns"}, {"fr", "Coastal communes"}}) {
        auto document = support::makeDocument("coast", language, {"text"});
        document.metadata.title = title;
        library.store(document);
    }
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(shown(suggest(engine, "coast", text::Language::en)), ElementsAre("title:Coastal towns"));
    EXPECT_THAT(shown(suggest(engine, "coast", text::Language::fr)), ElementsAre("title:Coastal communes"));
}

TEST_F(SuggestTest, longTitlesAreFoundByTheirLastWord)
{
    std::string title = "A title of a great many words that goes on beyond what a column keeps of it";
    store("a", "en", title + " until zebras");
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(suggest(engine, "zebr"), SizeIs(1));
}

TEST_F(SuggestTest, nothingOfAnotherAudience)
{
    auto secret = support::makeDocument("secret", "en", {"text"});
    secret.audience = "staff";
    secret.metadata.title = "Zanzibarine negotiation";
    secret.metadata.authors = {"Zacharias Secret"};
    secret.metadata.themes = {"local-finance"};
    library.store(secret);
    for (const auto* key : {"x", "y", "z"}) {
        store(key, "en", "Xylophone quartet " + std::string{key}, {}, "staff");
    }
    store("open", "en", "An open title");
    library.catchUp();
    auto everybody = open();
    auto staff = open(access::Filter{{"public", "members", "staff"}});
    for (const auto* typed : {"zanz", "zanzibarin", "zacha", "finance", "xyloph", "xylophnoe", "negot", "z", "x"}) {
        EXPECT_THAT(suggest(everybody, typed), IsEmpty()) << typed;
        EXPECT_THAT(suggest(staff, typed), testing::Not(IsEmpty())) << typed;
    }
}

TEST_F(SuggestTest, followsTheIndex)
{
    const auto first = store("a", "en", "Bridges of the region");
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(suggest(engine, "bridg"), SizeIs(1));
    store("b", "en", "Tunnels of the region");
    library.catchUp();
    EXPECT_THAT(suggest(engine, "tunn"), SizeIs(1));
    ASSERT_TRUE(library.catalogue().withdraw("tests", "a.en.pdf", "gone"));
    library.catchUp();
    EXPECT_THAT(suggest(engine, "bridg"), IsEmpty());
    library.rebuild();
    EXPECT_THAT(suggest(engine, "tunn"), SizeIs(1));
}

TEST_F(SuggestTest, neverMoreThanAskedFor)
{
    for (int i = 0; i < 30; ++i) {
        store("w" + std::to_string(i), "en", "Water number " + std::to_string(i));
    }
    library.catchUp();
    auto engine = open();
    for (const std::size_t limit : {1U, 2U, 8U, 20U}) {
        EXPECT_THAT(suggest(engine, "water", text::Language::en, limit), SizeIs(limit));
    }
}

TEST_F(SuggestTest, anythingMayBeTyped)
{
    store("a", "en", "Water");
    library.catchUp();
    auto engine = open();
    for (const auto* typed : {"\"", "\\", "水", "вода", "\xcc\x81", "a\xcc\x81", "%_*", "AND OR (", "😀😀😀😀"}) {
        EXPECT_THAT(suggest(engine, typed), IsEmpty()) << typed;
    }
    EXPECT_THAT(suggest(engine, std::string(10'000, 'w')), IsEmpty());
    std::string many;
    for (int i = 0; i < 1000; ++i) {
        many += "water ";
    }
    EXPECT_THAT(suggest(engine, many), SizeIs(1));
}

} // namespace
} // namespace acervo::search
