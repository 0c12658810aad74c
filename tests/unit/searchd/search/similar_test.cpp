// Similar works, through the engine.
#include "tests/unit/searchd/search/engine_fixture.h"

#include <gmock/gmock.h>

namespace acervo::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class SimilarTest : public EngineFixture {
protected:
    // Works about nothing in particular, so that words can be rare.
    void fill()
    {
        for (int i = 0; i < 30; ++i) {
            store("fill" + std::to_string(i), "en", "Minutes of meeting " + std::to_string(i),
                  {"The assembly approved the agenda and thanked the secretariat."});
        }
    }

    static std::vector<std::string> titles(Engine& engine, const std::string& id,
                                           text::Language language = text::Language::en)
    {
        const auto found = engine.similar(id, language, 5);
        EXPECT_TRUE(found) << found.error().message;
        std::vector<std::string> all;
        for (const auto& work : found ? *found : std::vector<SimilarWork>{}) {
            EXPECT_GT(work.likeness, 0.0);
            EXPECT_LE(work.likeness, 1.0);
            all.push_back(work.title);
        }
        return all;
    }
};

TEST_F(SimilarTest, sharesTheWordsThatMarkTheWorkOut)
{
    fill();
    const auto id = store("a", "en", "Mangroves and coasts", {"Mangroves protect coastal towns against storm surges."});
    store("b", "en", "Storm surges", {"Coastal towns plant mangroves against surges."});
    store("c", "en", "Bus lanes", {"Dedicated lanes move more passengers than cars."});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(titles(engine, id), ElementsAre("Storm surges"));
}

TEST_F(SimilarTest, aTrilingualWorkFindsWorksInEachLanguage)
{
    fill();
    for (const auto& [language, title, text] :
         {std::tuple{"en", "Waste pickers", "Waste pickers sort recyclables in cooperatives"},
          {"fr", "Les récupérateurs", "Les récupérateurs trient les déchets recyclables"},
          {"es", "Los recicladores", "Los recicladores clasifican residuos reciclables"}}) {
        auto document = support::makeDocument("waste", language, {text});
        document.metadata.title = title;
        library.store(document);
    }
    store("fr", "fr", "Récupérateurs de déchets", {"Des récupérateurs qui trient"});
    store("es", "es", "Recicladores de residuos", {"Los recicladores clasifican"});
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = "waste pickers";
    const auto id = engine.search(request).value().hits.at(0).citableId;
    EXPECT_THAT(titles(engine, id),
                testing::UnorderedElementsAre("Récupérateurs de déchets", "Recicladores de residuos"));
}

TEST_F(SimilarTest, showsAWorkOnceInTheReadersLanguage)
{
    fill();
    const auto id = store("a", "en", "Mangroves and coasts", {"Mangroves protect coastal towns."});
    for (const auto& [language, title] : {std::pair{"en", "Coastal mangroves"}, {"fr", "Mangroves côtières"}}) {
        auto document = support::makeDocument("b", language, {"Mangroves mangroves coastal towns"});
        document.metadata.title = title;
        library.store(document);
    }
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(titles(engine, id, text::Language::en), ElementsAre("Coastal mangroves"));
    EXPECT_THAT(titles(engine, id, text::Language::fr), ElementsAre("Mangroves côtières"));
    EXPECT_THAT(engine.similar(id, text::Language::fr, 5).value().at(0).languages, ElementsAre("en", "fr"));
}

TEST_F(SimilarTest, nothingOfAnotherAudience)
{
    fill();
    const auto id = store("a", "en", "Mangroves and coasts", {"Mangroves protect coastal towns."});
    const auto secret = store("s", "en", "Secret mangroves", {"Mangroves protect coastal towns."}, "staff");
    library.catchUp();
    auto everybody = open();
    auto staff = open(access::Filter{{"public", "members", "staff"}});
    EXPECT_THAT(titles(everybody, id), IsEmpty());
    EXPECT_THAT(titles(everybody, secret), IsEmpty());
    EXPECT_THAT(titles(staff, id), ElementsAre("Secret mangroves"));
}

TEST_F(SimilarTest, nothingWhenNothingIsAlikeOrKnown)
{
    fill();
    const auto id = store("a", "en", "Mangroves", {"Mangroves"});
    library.catchUp();
    auto engine = open();
    EXPECT_THAT(titles(engine, id), IsEmpty());
    EXPECT_THAT(titles(engine, "UCLG-2020-9999-9"), IsEmpty());
    EXPECT_THAT(titles(engine, ""), IsEmpty());
    EXPECT_THAT(engine.similar(id, text::Language::en, 0).value(), IsEmpty());
}

} // namespace
} // namespace acervo::search
