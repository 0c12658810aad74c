#include "tests/support/concept_lexicon.h"
#include "tests/unit/searchd/search/engine_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace acervo::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::string housingText()
{
    std::string text;
    for (int i = 0; i < 20; ++i) {
        text += "Council housing is let to tenants, and social housing too. ";
    }
    return text;
}

class ConceptSearch : public EngineFixture {
protected:
    ConceptSearch() { library.options().lexiconFile = lexicon.file(); }

    Engine openWithLexicon(const access::Filter& reader = access::Filter::publicOnly())
    {
        EngineOptions options;
        options.indexRoot = library.options().root;
        options.catalogueFile = library.catalogueFile();
        options.lexiconFile = lexicon.file();
        auto engine = Engine::open(options, reader, support::shippedVocabularies(), makeSharedState());
        EXPECT_TRUE(engine) << engine.error().message;
        return std::move(*engine);
    }

    static SearchAnswer search(Engine& engine, const std::string& q, const std::vector<std::string>& themes = {})
    {
        SearchRequest request;
        request.q = q;
        request.filter(schema::Facet::theme) = themes;
        const auto answer = engine.search(request);
        EXPECT_TRUE(answer) << answer.error().message;
        return answer.value_or(SearchAnswer{});
    }

    static std::vector<std::string> ids(const SearchAnswer& answer)
    {
        std::vector<std::string> found;
        for (const auto& hit : answer.hits) {
            found.push_back(hit.citableId);
        }
        return found;
    }

    static std::uint64_t count(const SearchAnswer& answer, const std::string& theme)
    {
        for (const auto& value : answer.facets.at(static_cast<std::size_t>(schema::Facet::theme)).values) {
            if (value.value == theme) {
                return value.count;
            }
        }
        return 0;
    }

    static std::vector<std::string> concepts(const Subjects& subjects)
    {
        std::vector<std::string> found;
        for (const auto& one : subjects.concepts) {
            found.push_back(one.id);
        }
        return found;
    }

    support::ConceptLexicon lexicon;
};

TEST_F(ConceptSearch, findsAConceptByItsIdAndByItsLabelsInAnyLanguage)
{
    const auto english = store("a", "en", "One", {"The council housing of the town."});
    const auto french = store("b", "fr", "Deux", {"Le logement social de la ville."});
    store("c", "en", "Three", {"The council of the town; its housing."});
    library.catchUp();
    auto engine = openWithLexicon();
    for (const auto* q : {"concept:urn:x:council-housing", "concept:\"vivienda social\"",
                          "concept:\"logements sociaux\"", "concepto:\"social housing\""}) {
        const auto answer = search(engine, q);
        EXPECT_THAT(ids(answer), UnorderedElementsAre(english, french)) << q;
        EXPECT_THAT(answer.notes, IsEmpty()) << q;
    }
    EXPECT_THAT(ids(search(engine, "concept:\"social housing\" language:fr")), ElementsAre(french));
}

TEST_F(ConceptSearch, aConceptThatNobodyKnowsFindsNothingAndSaysSo)
{
    store("a", "en", "One", {"The council housing of the town."});
    library.catchUp();
    auto engine = openWithLexicon();
    const auto answer = search(engine, "concept:unicorns");
    EXPECT_EQ(answer.total, 0U);
    ASSERT_EQ(answer.notes.size(), 1U);
    EXPECT_EQ(answer.notes[0].code, "unknownValue");
    EXPECT_THAT(answer.notes[0].arguments, ElementsAre("concept", "unicorns"));
    EXPECT_EQ(search(engine, "concept:housing").total, 0U) << "part of a label is no label";
}

TEST_F(ConceptSearch, automaticThemesAreCountedExactly)
{
    const auto automatic = store("a", "en", "Tenants", {housingText()});
    auto given = support::makeDocument("b", "en", {"Nothing."});
    given.metadata.themes = {"housing"};
    const auto byPeople = library.store(given).citableId;
    store("c", "en", "Three", {"Nothing."});
    library.catchUp();
    auto engine = openWithLexicon();
    const auto all = search(engine, "");
    EXPECT_EQ(count(all, "housing"), 2U);
    for (const auto& value : all.facets.at(static_cast<std::size_t>(schema::Facet::theme)).values) {
        EXPECT_EQ(search(engine, "", {value.value}).total, value.count) << value.value;
    }
    EXPECT_THAT(ids(search(engine, "", {"housing"})), UnorderedElementsAre(automatic, byPeople));
    EXPECT_THAT(engine.subjects(automatic, text::Language::en, 12)->automaticThemes, ElementsAre("housing"));
    EXPECT_THAT(engine.subjects(byPeople, text::Language::en, 12)->automaticThemes, IsEmpty());
}

TEST_F(ConceptSearch, listsTheConceptsOfAWorkInTheReadersLanguage)
{
    const auto id = store("a", "en", "Tenants", {housingText() + "The council."});
    library.catchUp();
    auto engine = openWithLexicon();
    const auto subjects = engine.subjects(id, text::Language::fr, 2).value();
    ASSERT_EQ(subjects.concepts.size(), 2U) << "at most as many as asked for";
    EXPECT_THAT(concepts(subjects), UnorderedElementsAre("urn:x:council-housing", "urn:x:tenant"));
    const auto housing = std::ranges::find(subjects.concepts, "urn:x:council-housing", &WorkConcept::id);
    EXPECT_EQ(housing->label, "logement social");
    EXPECT_EQ(housing->q, "concept:\"logement social\"");
    EXPECT_THAT(ids(search(engine, housing->q)), ElementsAre(id));
}

TEST_F(ConceptSearch, theSubjectsOfWhatOneMayNotReadStayHidden)
{
    const auto hidden = store("a", "en", "Tenants", {housingText()}, "staff");
    // One work with an edition for everybody and one for staff.
    const auto shared = store("b", "en", "Open", {"The council."});
    auto secret = support::makeDocument("b", "fr", {"Le logement social pour les locataires. Logement social."});
    secret.audience = "staff";
    EXPECT_EQ(library.store(secret).citableId, shared);
    library.catchUp();

    auto everybody = openWithLexicon();
    EXPECT_EQ(search(everybody, "concept:\"social housing\"").total, 0U);
    EXPECT_EQ(count(search(everybody, ""), "housing"), 0U);
    EXPECT_THAT(concepts(*everybody.subjects(hidden, text::Language::en, 12)), IsEmpty());
    EXPECT_THAT(everybody.subjects(hidden, text::Language::en, 12)->automaticThemes, IsEmpty());
    EXPECT_THAT(concepts(*everybody.subjects(shared, text::Language::en, 12)), ElementsAre("urn:x:council"));

    auto staff = openWithLexicon(access::Filter{{"public", "members", "staff"}});
    EXPECT_EQ(search(staff, "concept:\"social housing\"").total, 2U);
    EXPECT_EQ(staff.subjects(hidden, text::Language::en, 12)->automaticThemes.size(), 1U);
}

TEST_F(ConceptSearch, withoutALexiconConceptsHaveNoNames)
{
    const auto id = store("a", "en", "Tenants", {housingText()});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(engine.subjects(id, text::Language::en, 12)->concepts, IsEmpty());
    const auto answer = search(engine, "concept:urn:x:tenant");
    EXPECT_THAT(ids(answer), ElementsAre(id)) << "the id of a concept is what the index holds";
    EXPECT_EQ(answer.notes.size(), 1U);
}

} // namespace
} // namespace acervo::search
