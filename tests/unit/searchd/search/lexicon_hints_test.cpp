// Concepts and translations of the lexicon in suggestions, did-you-mean and similar works, through the engine.
#include "tests/unit/searchd/search/engine_fixture.h"

#include <gmock/gmock.h>

#include <array>
#include <filesystem>

namespace acervo::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr auto kEn = text::Language::en;
constexpr auto kFr = text::Language::fr;
constexpr auto kEs = text::Language::es;

lexicon::Source sourceOf(lexicon::Origin origin)
{
    lexicon::Source source;
    source.name = std::string{lexicon::nameOf(origin)};
    source.origin = origin;
    return source;
}

lexicon::Source glossary()
{
    using lexicon::LabelKind;
    auto source = sourceOf(lexicon::Origin::glossary);
    source.labels = {
        {"c:sdg", kEn, "sustainable development goals", LabelKind::preferred},
        {"c:sdg", kFr, "objectifs de développement durable", LabelKind::preferred},
        {"c:sdg", kEs, "objetivos de desarrollo sostenible", LabelKind::preferred},
        {"c:sdg", kFr, "ODD", LabelKind::alternative},
        {"c:sdg", kEn, "SDG", LabelKind::alternative},
        {"c:slum", kEn, "informal settlements", LabelKind::preferred},
        {"c:slum", kFr, "quartiers informels", LabelKind::preferred},
        {"c:slum", kEs, "asentamientos informales", LabelKind::preferred},
        {"c:tram", kEn, "tramways", LabelKind::preferred},
        {"c:tram", kFr, "tramways", LabelKind::preferred},
    };
    return source;
}

std::vector<std::string> shown(const std::vector<Suggestion>& suggestions)
{
    std::vector<std::string> texts;
    for (const auto& one : suggestions) {
        texts.push_back(one.kind + ":" + one.text + (one.matched.empty() ? "" : " < " + one.matched));
    }
    return texts;
}

class LexiconHintsTest : public EngineFixture {
protected:
    void SetUp() override { compileLexicon({glossary()}); }
};

TEST_F(LexiconHintsTest, isFoundByAnyLabelAndShownInTheReadersLanguage)
{
    store("a", "fr", "Rapport", {"Les objectifs de développement durable sont suivis."});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(shown(suggest(engine, "objectifs", kFr)), ElementsAre("concept:objectifs de développement durable"));
    EXPECT_THAT(shown(suggest(engine, "sustainab", kFr)),
                ElementsAre("concept:objectifs de développement durable < sustainable development goals"));
    EXPECT_THAT(shown(suggest(engine, "odd", kEn)), ElementsAre("concept:sustainable development goals < ODD"));
    EXPECT_THAT(shown(suggest(engine, "SDG", kEs)), ElementsAre("concept:objetivos de desarrollo sostenible < SDG"));
    EXPECT_THAT(shown(suggest(engine, "objetvos sostenibl", kEs)),
                ElementsAre("concept:objetivos de desarrollo sostenible"))
        << "typing mistakes are forgiven";
    const auto one = suggest(engine, "odd", kEn).at(0);
    EXPECT_EQ(one.value, one.text);
    EXPECT_EQ(one.count, 0U);
}

TEST_F(LexiconHintsTest, whatIsSuggestedFindsSomething)
{
    store("a", "fr", "Rapport", {"Les quartiers informels."});
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = suggest(engine, "asentam", kEn).at(0).value;
    EXPECT_EQ(request.q, "informal settlements");
    request.interfaceLanguage = kEn;
    EXPECT_EQ(engine.search(request).value().total, 1U);
}

TEST_F(LexiconHintsTest, needsAllWordsOfALabelInOneDocument)
{
    store("a", "en", "Report", {"Informal meetings."});
    store("b", "en", "Other report", {"Human settlements."});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(suggest(engine, "informal"), IsEmpty());
    store("c", "en", "Third report", {"An informal settlement."}); // the stems decide
    library.catchUp();
    EXPECT_THAT(shown(suggest(engine, "informal")), ElementsAre("concept:informal settlements"));
    ASSERT_TRUE(library.catalogue().withdraw("tests", "c.en.pdf", "gone"));
    library.catchUp();
    EXPECT_THAT(suggest(engine, "informal"), IsEmpty());
}

TEST_F(LexiconHintsTest, nothingOfAnotherAudience)
{
    store("a", "en", "Report", {"Informal settlements."}, "staff");
    store("b", "en", "Open", {"Words"});
    library.catchUp();
    auto everybody = open();
    auto staff = open(access::Filter{{"public", "members", "staff"}});
    EXPECT_THAT(suggest(everybody, "informal"), IsEmpty());
    EXPECT_THAT(suggest(everybody, "asentamientos"), IsEmpty());
    EXPECT_THAT(suggest(staff, "asentamientos"), SizeIs(1));
}

TEST_F(LexiconHintsTest, anExactNameComesBeforeVocabulariesAndOthersAfter)
{
    auto source = glossary();
    source.labels.push_back({"c:zero", kEn, "goals of zero waste", lexicon::LabelKind::preferred});
    compileLexicon({source});
    auto document = support::makeDocument("a", "en", {"The sustainable development goals. Goals of zero waste."});
    document.metadata.sdgs = {"1", "2"};
    document.metadata.title = "A report";
    library.store(document);
    library.catchUp();
    auto engine = open();
    const auto found = shown(suggest(engine, "sdg"));
    ASSERT_THAT(found, Not(IsEmpty()));
    EXPECT_EQ(found.front(), "concept:sustainable development goals < SDG");
}

TEST_F(LexiconHintsTest, aConceptOfTheVocabulariesIsNotSaidTwice)
{
    auto source = glossary();
    source.labels.push_back({"c:fin", kEn, "local finance", lexicon::LabelKind::preferred});
    source.labels.push_back({"c:fin", kFr, "finances locales", lexicon::LabelKind::preferred});
    auto thesaurus = sourceOf(lexicon::Origin::thesaurus);
    thesaurus.labels.push_back({"t:slum", kEn, "Informal settlements", lexicon::LabelKind::preferred});
    compileLexicon({source, thesaurus});
    auto document = support::makeDocument("a", "en", {"Local finance in informal settlements."});
    document.metadata.themes = {"local-finance"};
    library.store(document);
    for (const auto* key : {"b", "c", "d"}) {
        store(key, "en", "Informal settlement " + std::string{key}); // would be a phrase
    }
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(shown(suggest(engine, "local fin")), ElementsAre("theme:Local finance"));
    std::vector<std::string> kinds;
    for (const auto& one : suggest(engine, "informal")) {
        kinds.push_back(one.kind);
    }
    EXPECT_THAT(kinds, ElementsAre("concept", "title", "title", "title"));
}

TEST_F(LexiconHintsTest, dictionariesSuggestNothing)
{
    auto dictionary = sourceOf(lexicon::Origin::dictionary);
    dictionary.pairs = {{kEn, "bridge", kFr, "pont", 1.0}};
    compileLexicon({dictionary});
    store("a", "fr", "Rapport", {"Un pont."});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(suggest(engine, "bridge"), IsEmpty());
}

TEST_F(LexiconHintsTest, followsTheLexicon)
{
    store("a", "en", "Report", {"Ferries cross the harbour."});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(suggest(engine, "transb"), IsEmpty());
    auto source = glossary();
    source.labels.push_back({"c:ferry", kEn, "ferries", lexicon::LabelKind::preferred});
    source.labels.push_back({"c:ferry", kFr, "transbordeurs", lexicon::LabelKind::preferred});
    compileLexicon({source});
    EXPECT_THAT(shown(suggest(engine, "transb")), ElementsAre("concept:ferries < transbordeurs"));
    std::filesystem::remove(lexiconFile());
    EXPECT_THAT(suggest(engine, "transb"), IsEmpty());
}

// Both are one letter away; more documents have the one that no glossary knows.
TEST_F(LexiconHintsTest, anotherSpellingPrefersWordsOfTheGlossary)
{
    store("a", "en", "One", {"The tramways."});
    for (const auto* key : {"c", "d"}) {
        store(key, "en", "More " + std::string{key}, {"Tramwaks everywhere."});
    }
    library.catchUp();
    {
        auto engine = open();
        EXPECT_EQ(didYouMean(engine, "tramwazs"), "tramways");
    }
    std::filesystem::remove(lexiconFile());
    auto engine = open();
    EXPECT_EQ(didYouMean(engine, "tramwazs"), "tramwaks");
}

TEST_F(LexiconHintsTest, aWordOfTheGlossaryIsNotDoubted)
{
    for (int i = 0; i < 120; ++i) {
        store("w" + std::to_string(i), "en", "Work " + std::to_string(i), {"Tramwaxs again."});
    }
    store("a", "en", "One", {"Some tramways."});
    library.catchUp();
    auto engine = open();
    EXPECT_EQ(didYouMean(engine, "tramways"), "");
    std::filesystem::remove(lexiconFile());
    EXPECT_EQ(didYouMean(engine, "tramways"), "tramwaxs");
}

TEST_F(LexiconHintsTest, aWordOfTextsAloneIsSpelledAsTheyWriteIt)
{
    store("a", "fr", "Un", {"La péréquation financière."});
    store("b", "fr", "Deux", {"La péréquation, sans accents: perequation."});
    store("c", "en", "Three", {"A perequation of taxes."});
    store("d", "en", "Four", {"Perequation again."});
    store("e", "es", "Cinco", {"La perecuación."});
    library.catchUp();
    auto engine = open();
    EXPECT_EQ(didYouMean(engine, "perequatoin", kFr), "péréquation");
    EXPECT_EQ(didYouMean(engine, "perequatoin", kEn), "perequation");
    EXPECT_EQ(didYouMean(engine, "perecuasion", kEs), "perecuación");
    EXPECT_EQ(didYouMean(engine, "perecuasion", kEn), "perecuación") << "no text in the reader's language has it";
}

class TranslatedSimilarTest : public EngineFixture {
protected:
    void SetUp() override
    {
        auto dictionary = sourceOf(lexicon::Origin::dictionary);
        for (const auto& [fr, en, es] : std::vector<std::array<std::string, 3>>{{"mangrove", "mangrove", "manglar"},
                                                                                {"côtier", "coastal", "costero"},
                                                                                {"tempête", "storm", "tormenta"},
                                                                                {"digue", "levee", "dique"},
                                                                                {"inondation", "flood", "inundación"},
                                                                                {"marée", "tide", "marea"}}) {
            dictionary.pairs.push_back({kFr, fr, kEn, en, 1.0});
            dictionary.pairs.push_back({kFr, fr, kEs, es, 1.0});
        }
        compileLexicon({dictionary});
        for (int i = 0; i < 30; ++i) {
            store("fill" + std::to_string(i), "en", "Minutes of meeting " + std::to_string(i),
                  {"The assembly approved the agenda and thanked the secretariat."});
        }
        french = store("fr", "fr", "Tempêtes",
                       {"Les digues côtières, les inondations, les marées et les tempêtes; les pêcheurs, les ports, "
                        "les bateaux, les phares et les plages."});
    }

    static std::vector<std::string> titles(Engine& engine, const std::string& id)
    {
        const auto found = engine.similar(id, kEn, 5);
        EXPECT_TRUE(found) << found.error().message;
        std::vector<std::string> all;
        for (const auto& work : found ? *found : std::vector<SimilarWork>{}) {
            EXPECT_GT(work.likeness, 0.0);
            EXPECT_LE(work.likeness, 1.0);
            all.push_back(work.title);
        }
        return all;
    }

    std::string french;
};

TEST_F(TranslatedSimilarTest, aWorkInOneLanguageFindsThoseInOthers)
{
    store("en", "en", "Storms", {"Coastal levees against floods, tides and storms."});
    store("es", "es", "Tormentas", {"Los diques costeros, las inundaciones, las mareas y las tormentas."});
    store("bus", "en", "Bus lanes", {"Dedicated lanes move more passengers than cars."});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(titles(engine, french), testing::UnorderedElementsAre("Storms", "Tormentas"));
    std::filesystem::remove(lexiconFile());
    EXPECT_THAT(titles(engine, french), IsEmpty());
}

TEST_F(TranslatedSimilarTest, aSharedWordInAnotherLanguageIsNotEnough)
{
    store("en", "en", "Office", {"A tide of complaints about the office, its lamps, chairs, tables and carpets."});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(titles(engine, french), IsEmpty());
}

TEST_F(TranslatedSimilarTest, nothingOfAnotherAudience)
{
    store("en", "en", "Storms", {"Coastal levees against floods, tides and storms."}, "staff");
    library.catchUp();
    auto everybody = open();
    auto staff = open(access::Filter{{"public", "members", "staff"}});
    EXPECT_THAT(titles(everybody, french), IsEmpty());
    EXPECT_THAT(titles(staff, french), ElementsAre("Storms"));
}

TEST_F(TranslatedSimilarTest, translationsTakeNoPlaceFromItsOwnLanguage)
{
    store("fr2", "fr", "Tempêtes en mer",
          {"Les marées, les tempêtes, les inondations et les digues côtières, les ports et les plages."});
    store("en", "en", "Storms", {"Coastal levees against floods, tides and storms."});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(titles(engine, french), testing::UnorderedElementsAre("Tempêtes en mer", "Storms"));
}

} // namespace
} // namespace acervo::search
