#include "searchd/search/engine.h"

#include "analyzers/text/normalise.h"
#include "corpus/identifier/citable_id.h"
#include "tests/support/indexed_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace acervo::search {
namespace {

using support::IndexedCatalogue;
using support::makeDocument;
using support::shippedVocabularies;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class EngineTest : public testing::Test {
protected:
    EngineOptions options()
    {
        EngineOptions given;
        given.indexRoot = library.options().root;
        given.catalogueFile = library.catalogueFile();
        return given;
    }

    Engine open(const access::Filter& reader = access::Filter::publicOnly())
    {
        auto engine = Engine::open(options(), reader, shippedVocabularies(), makeSharedState());
        EXPECT_TRUE(engine) << engine.error().message;
        return std::move(*engine);
    }

    static SearchAnswer search(Engine& engine, const std::string& q)
    {
        SearchRequest request;
        request.q = q;
        auto answer = engine.search(request);
        EXPECT_TRUE(answer) << answer.error().message;
        return answer ? *answer : SearchAnswer{};
    }

    static std::vector<std::string> titles(const SearchAnswer& answer)
    {
        std::vector<std::string> found;
        for (const auto& hit : answer.hits) {
            found.push_back(hit.title);
        }
        return found;
    }

    static std::vector<std::string> codes(const SearchAnswer& answer)
    {
        std::vector<std::string> found;
        for (const auto& note : answer.notes) {
            found.push_back(note.code);
        }
        return found;
    }

    IndexedCatalogue library;
};

TEST_F(EngineTest, saysThatThereIsNoIndex)
{
    const auto engine = Engine::open(options(), access::Filter::publicOnly(), shippedVocabularies(), makeSharedState());
    ASSERT_FALSE(engine);
    EXPECT_EQ(engine.error().code, ErrorCode::indexUnavailable);
}

TEST_F(EngineTest, asksForReindexWhenTheSchemaIsAnother)
{
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    auto running = open();
    std::ofstream{library.options().root / "g000001" / "manifest.json"}
        << R"({"schema": 999, "analyzer": 1, "audiences": ["public", "members", "staff"]})";
    const auto engine = Engine::open(options(), access::Filter::publicOnly(), shippedVocabularies(), makeSharedState());
    ASSERT_FALSE(engine);
    EXPECT_EQ(engine.error().code, ErrorCode::indexUnavailable);
    EXPECT_THAT(engine.error().message, HasSubstr("reindex"));
}

TEST_F(EngineTest, survivesAManifestThatIsDamaged)
{
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    for (const auto* content :
         {"", "[]", "{}", R"({"schema": "one"})", R"({"schema": 1, "analyzer": 1, "audiences": 3})",
          R"({"schema": -1, "analyzer": {}, "audiences": [1]})"}) {
        std::ofstream{library.options().root / "g000001" / "manifest.json"} << content;
        const auto engine =
            Engine::open(options(), access::Filter::publicOnly(), shippedVocabularies(), makeSharedState());
        ASSERT_FALSE(engine) << content;
        EXPECT_EQ(engine.error().code, ErrorCode::indexUnavailable) << content;
        EXPECT_THAT(engine.error().message, HasSubstr("reindex")) << content;
    }
}

TEST_F(EngineTest, answersFromAnEmptyIndex)
{
    library.catchUp();
    auto engine = open();
    EXPECT_EQ(search(engine, "").total, 0U);
    EXPECT_EQ(search(engine, "water").total, 0U);
    EXPECT_EQ(engine.documentCount().value(), 0U);
    EXPECT_TRUE(engine.suggest("wat", text::Language::en, 5).value().empty());
}

TEST_F(EngineTest, showsNothingToWhoMayReadNothing)
{
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    auto engine = open(access::Filter{{"nobody"}});
    EXPECT_EQ(search(engine, "").total, 0U);
    EXPECT_EQ(search(engine, "water").total, 0U);
    EXPECT_TRUE(engine.suggest("a", text::Language::en, 5).value().empty());
    EXPECT_EQ(engine.documentCount().value(), 0U);
}

TEST_F(EngineTest, keepsAudiencesApart)
{
    auto secret = makeDocument("secret", "en", {"zanzibarine water"});
    secret.audience = "members";
    library.store(makeDocument("open", "en", {"public water"}));
    library.store(secret);
    library.catchUp();
    auto everybody = open();
    auto members = open(access::Filter{{"public", "members"}});
    EXPECT_THAT(titles(search(everybody, "water")), ElementsAre("open"));
    EXPECT_THAT(titles(search(members, "water")), UnorderedElementsAre("open", "secret"));
    EXPECT_EQ(search(everybody, "zanzibarine").total, 0U);
    EXPECT_THAT(everybody.suggest("sec", text::Language::en, 5).value(), IsEmpty());
    EXPECT_THAT(members.suggest("sec", text::Language::en, 5).value(), SizeIs(1));
}

TEST_F(EngineTest, pagesAreThoseWhereTheWordsStand)
{
    library.store(makeDocument(
        "report", "fr",
        {"Une couverture", "Les finances locales", "Le budget", "", "La péréquation des finances et le budget"}));
    library.catchUp();
    auto engine = open();
    auto answer = search(engine, "péréquation budget");
    ASSERT_THAT(answer.hits, SizeIs(1));
    ASSERT_THAT(answer.hits[0].snippets, SizeIs(2));
    EXPECT_EQ(answer.hits[0].snippets[0].page, 5U);
    EXPECT_EQ(answer.hits[0].snippets[0].label, "105");
    EXPECT_EQ(answer.hits[0].snippets[0].language, "fr");
    EXPECT_EQ(answer.hits[0].snippets[1].page, 3U);
    EXPECT_EQ(answer.hits[0].pageCount, 5U);
}

TEST_F(EngineTest, pagesOfABeginningAreThoseWhereTheWordsStand)
{
    library.store(makeDocument("report", "fr", {"Une couverture", "Les finances locales", "La décentralisation"}));
    library.catchUp();
    auto engine = open();
    const auto answer = search(engine, "décentra*");
    ASSERT_THAT(answer.hits, SizeIs(1));
    ASSERT_THAT(answer.hits[0].snippets, SizeIs(1));
    EXPECT_EQ(answer.hits[0].snippets[0].page, 3U);
    EXPECT_THAT(answer.hits[0].snippets[0].marks, SizeIs(1));
}

// Of a report in which the words fill every page, the best pages are told as of a short one.
TEST_F(EngineTest, findsTheBestPagesOfALongReport)
{
    std::vector<std::string> pages;
    for (int number = 1; number <= 1500; ++number) { // more often than schema::kManyPositions
        std::string text = "water and later on housing";
        if (number == 123) {
            text = "Water, water, water, water: the rivers";
        } else if (number == 222) {
            text = "housing housing housing housing for all";
        } else if (number == 333) {
            text = "Good water housing is water for housing and housing for water";
        } else if (number == 345) {
            text = "A municipal sobriety plan for water";
        }
        pages.push_back(text);
    }
    library.store(makeDocument("report", "en", std::move(pages)));
    library.catchUp();
    auto engine = open();
    const auto bestOf = [&](const std::string& q) {
        const auto answer = search(engine, q);
        EXPECT_THAT(answer.hits, SizeIs(1)) << q;
        return answer.hits.empty() || answer.hits[0].snippets.empty() ? 0U : answer.hits[0].snippets[0].page;
    };
    EXPECT_EQ(bestOf("water"), 123U);
    EXPECT_EQ(bestOf("housing"), 222U);
    EXPECT_EQ(bestOf("water housing"), 333U);
    EXPECT_EQ(bestOf("water sobriety"), 345U);
    EXPECT_EQ(bestOf("\"water housing\""), 333U);
    EXPECT_EQ(bestOf("\"for water\""), 333U);
    EXPECT_EQ(bestOf("\"plan for water\""), 345U);
    EXPECT_EQ(bestOf("sobr*"), 345U);
    EXPECT_EQ(search(engine, "water").hits[0].snippets.size(), 3U);
}

TEST_F(EngineTest, findsThePagesOfADocumentThatAnswer)
{
    const auto stored = library.store(makeDocument("report", "en",
                                                   {"water for all", "water and housing", "housing first", "nothing",
                                                    "the housing of water", "water housing, municipal housing"}));
    auto hidden = makeDocument("secret", "en", {"water"});
    hidden.audience = "staff";
    const auto notPublic = library.store(hidden);
    library.catchUp();
    auto engine = open();
    const auto pagesOf = [&](const std::string& q, std::uint32_t size = 20, std::uint32_t page = 1) {
        SearchRequest request;
        request.q = q;
        request.size = size;
        request.page = page;
        const auto found = engine.pagesOf(stored.editionId, request);
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : PageHits{};
    };
    const auto numbers = [](const PageHits& found) {
        std::vector<std::uint32_t> pages;
        for (const auto& hit : found.hits) {
            pages.push_back(hit.snippet.page);
            EXPECT_FALSE(hit.snippet.marks.empty()) << hit.snippet.text;
        }
        return pages;
    };
    EXPECT_THAT(numbers(pagesOf("water")), ElementsAre(1U, 2U, 5U, 6U));
    EXPECT_THAT(numbers(pagesOf("water housing")), ElementsAre(2U, 5U, 6U)) << "both on one page";
    EXPECT_THAT(numbers(pagesOf("water -housing")), ElementsAre(1U));
    EXPECT_THAT(numbers(pagesOf("water OR housing")), ElementsAre(1U, 2U, 3U, 5U, 6U));
    EXPECT_THAT(numbers(pagesOf("\"water housing\"")), ElementsAre(6U));
    EXPECT_THAT(numbers(pagesOf("munic*")), ElementsAre(6U));
    EXPECT_THAT(numbers(pagesOf("water", 3, 2)), ElementsAre(6U));
    EXPECT_EQ(pagesOf("water", 3, 2).total, 4U);
    EXPECT_THAT(numbers(pagesOf("water", 0)), IsEmpty());
    EXPECT_EQ(pagesOf("water", 0).total, 4U);
    EXPECT_EQ(pagesOf("water").hits[0].snippet.label, "101");
    EXPECT_GT(pagesOf("water").hits[0].score, 0.0);
    EXPECT_EQ(pagesOf("").total, 0U);
    EXPECT_EQ(pagesOf("zanzibarine").total, 0U);
    const auto relaxed = pagesOf("first nothing");
    EXPECT_THAT(numbers(relaxed), ElementsAre(3U, 4U)) << "no page has both";
    ASSERT_THAT(relaxed.notes, SizeIs(1));
    EXPECT_EQ(relaxed.notes[0].code, "someWordsOfPages");
    SearchRequest water;
    water.q = "water";
    EXPECT_EQ(engine.pagesOf(notPublic.editionId, water)->total, 0U) << "not for this reader";
    EXPECT_EQ(engine.pagesOf(12345, water)->total, 0U);
}

TEST_F(EngineTest, snippetsMarkInflectedAndAccentedWords)
{
    library.store(makeDocument("report", "fr", {"Le rôle des collectivités territoriales"}));
    library.catchUp();
    auto engine = open();
    for (const auto* q : {"collectivites", "collectivité", "COLLECTIVITÉ territoriale"}) {
        const auto answer = search(engine, q);
        ASSERT_THAT(answer.hits, SizeIs(1)) << q;
        const auto& snippet = answer.hits[0].snippets.at(0);
        ASSERT_FALSE(snippet.marks.empty()) << q;
        EXPECT_EQ(snippet.text.substr(snippet.marks[0].begin, snippet.marks[0].end - snippet.marks[0].begin),
                  "collectivités");
    }
}

TEST_F(EngineTest, theAbstractSpeaksWhenNoPageDoes)
{
    auto document = makeDocument("report", "en", {"Nothing here"});
    document.metadata.abstractText = "About fiscal equalisation";
    library.store(document);
    library.catchUp();
    auto engine = open();
    const auto answer = search(engine, "equalisation");
    ASSERT_THAT(answer.hits, SizeIs(1));
    ASSERT_THAT(answer.hits[0].snippets, SizeIs(1));
    EXPECT_EQ(answer.hits[0].snippets[0].page, 0U);
    EXPECT_THAT(answer.hits[0].snippets[0].marks, SizeIs(1));
}

TEST_F(EngineTest, titlesAreMarked)
{
    auto document = makeDocument("x", "fr", {"texte"});
    document.metadata.title = "L’avenir des collectivités";
    library.store(document);
    library.catchUp();
    auto engine = open();
    const auto answer = search(engine, "collectivite");
    ASSERT_THAT(answer.hits, SizeIs(1));
    ASSERT_THAT(answer.hits[0].titleMarks, SizeIs(1));
    EXPECT_EQ(answer.hits[0].title.substr(answer.hits[0].titleMarks[0].begin), "collectivités");
}

TEST_F(EngineTest, fewerWordsWhenNothingHasThemAll)
{
    library.store(makeDocument("a", "en", {"water networks"}));
    library.store(makeDocument("b", "en", {"housing policy"}));
    library.catchUp();
    auto engine = open();
    const auto answer = search(engine, "water housing");
    EXPECT_EQ(answer.total, 2U);
    EXPECT_THAT(codes(answer), ElementsAre("allWordsRelaxed"));
    EXPECT_THAT(codes(search(engine, "water networks")), IsEmpty());
    EXPECT_THAT(codes(search(engine, "nowhere atall")), IsEmpty());
}

TEST_F(EngineTest, refusesPagesBeyondTheEnd)
{
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.page = 0;
    EXPECT_EQ(engine.search(request).error().code, ErrorCode::invalidArgument);
    request.page = 4'000'000'000U;
    EXPECT_EQ(engine.search(request).error().code, ErrorCode::invalidArgument);
    request = {};
    request.size = kMaxPageSize + 1;
    EXPECT_EQ(engine.search(request).error().code, ErrorCode::invalidArgument);
    request = {};
    request.page = 1001;
    EXPECT_TRUE(engine.search(request));
    request.page = 1002;
    EXPECT_FALSE(engine.search(request));
}

TEST_F(EngineTest, totalAndHitsAgreeForAnyYears)
{
    for (const auto* date : {"1850", "1999-05", "2019", ""}) {
        auto document = makeDocument(std::string{"y"} + date, "en", {"water"});
        document.metadata.date = date;
        library.store(document);
    }
    library.catchUp();
    auto engine = open();
    struct Range {
        std::optional<int> from, to;
        std::uint64_t total;
    };
    for (const auto& [from, to, total] :
         {Range{5, {}, 3}, Range{-20, {}, 3}, Range{0, 2000, 2}, Range{999, 1999, 2}, Range{{}, 20'000, 3},
          Range{2000, 1990, 0}, Range{20'000, {}, 0}, Range{2019, 2019, 1}, Range{{}, -3, 0}}) {
        SearchRequest request;
        request.q = "water";
        request.yearFrom = from;
        request.yearTo = to;
        const auto answer = engine.search(request);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->total, total) << from.value_or(-1) << ".." << to.value_or(-1);
        EXPECT_EQ(answer->hits.size(), total) << from.value_or(-1) << ".." << to.value_or(-1);
    }
}

TEST_F(EngineTest, totalAndHitsAgreeForLongValues)
{
    const std::string shared(300, 'x');
    for (const auto* end : {"one", "two"}) {
        auto document = makeDocument(end, "en", {"water"});
        document.metadata.countries = {shared + end};
        library.store(document);
    }
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    const auto all = engine.search(request).value();
    for (const auto& value : all.facets[static_cast<std::size_t>(schema::Facet::country)].values) {
        request.filter(schema::Facet::country) = {value.value};
        const auto answer = engine.search(request).value();
        EXPECT_EQ(answer.total, value.count);
        EXPECT_EQ(answer.hits.size(), value.count);
    }
    request.filter(schema::Facet::country) = {shared + "one"};
    const auto typed = engine.search(request).value();
    EXPECT_EQ(typed.total, typed.hits.size());
    EXPECT_GE(typed.total, 1U);
}

TEST_F(EngineTest, marksATextForThePageView)
{
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = "collectivites eau";
    const auto marked = engine.mark("Les collectivités et l’eau", text::Language::fr, request);
    ASSERT_TRUE(marked);
    ASSERT_THAT(marked->marks, SizeIs(2));
    EXPECT_EQ(marked->text.substr(marked->marks[1].begin), "eau");
}

TEST_F(EngineTest, suggestsTitlesAndConcepts)
{
    auto document = makeDocument("a", "fr", {"texte"});
    document.metadata.title = "L’avenir de l’économie « circulaire » — d'ici 2030";
    document.metadata.themes = {"local-finance"};
    library.store(document);
    library.catchUp();
    auto engine = open();
    const auto texts = [&](const std::string& typed) {
        std::vector<std::string> found;
        const auto suggestions = engine.suggest(typed, text::Language::fr, 8).value();
        for (const auto& suggestion : suggestions) {
            found.push_back(suggestion.kind + ":" + suggestion.value);
        }
        return found;
    };
    const auto id = search(engine, "avenir").hits.at(0).citableId;
    for (const auto* typed :
         {"l’av", "L'AV", "avenir", "economie", "Écono", "circ", "ici", "avenir eco", "l'avenir de l'eco"}) {
        EXPECT_THAT(texts(typed), ElementsAre("title:" + id)) << typed;
    }
    EXPECT_THAT(texts("finances"), ElementsAre("theme:local-finance"));
    EXPECT_THAT(texts("nir"), IsEmpty());
    EXPECT_THAT(texts("— «"), IsEmpty());
    EXPECT_THAT(texts(""), IsEmpty());
    EXPECT_THAT(engine.suggest("avenir", text::Language::fr, 0).value(), IsEmpty());
    EXPECT_TRUE(engine.suggest(std::string(100'000, 'a'), text::Language::fr, 5));
}

TEST_F(EngineTest, anExpensiveQueryEnds)
{
    std::vector<std::string> words;
    ASSERT_TRUE(library.catalogue().begin());
    for (int i = 0; i < 4000; ++i) {
        library.store(
            makeDocument("w" + std::to_string(i), "en", {"water housing budget climate number" + std::to_string(i)}));
    }
    ASSERT_TRUE(library.catalogue().commit());
    library.catchUp();
    auto slow = options();
    slow.budget.cpu = std::chrono::milliseconds{1};
    auto engine = Engine::open(slow, access::Filter::publicOnly(), shippedVocabularies(), makeSharedState());
    ASSERT_TRUE(engine);
    SearchRequest request;
    request.q = "\"water housing\" \"housing budget\" OR \"budget climate\" num* water housing budget climate";
    const auto answer = engine->search(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::timeout);
    request.q = "no-such-word-anywhere";
    EXPECT_TRUE(engine->search(request)) << "the engine goes on";
}

TEST_F(EngineTest, takesUpCommitsAndNewGenerations)
{
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    auto engine = open();
    EXPECT_EQ(search(engine, "water").total, 1U);
    library.store(makeDocument("b", "en", {"water"}));
    library.catchUp();
    EXPECT_EQ(search(engine, "water").total, 2U);
    library.store(makeDocument("c", "en", {"water"}));
    library.rebuild();
    const auto answer = search(engine, "water");
    EXPECT_EQ(answer.total, 3U);
    EXPECT_EQ(answer.generation, "g000002");
    EXPECT_EQ(engine.generation().value(), "g000002");
}

TEST_F(EngineTest, whatWasAskedButCannotBeMetFindsNothing)
{
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    auto engine = open();
    for (const auto* q : {"year:2019-2015", "year:soon", "id:nonsense", "author:...", "title:???", "water author:...",
                          "section:nowhere", "water year:2020-2010", "language:zz"}) {
        const auto answer = search(engine, q);
        EXPECT_EQ(answer.total, 0U) << q;
        EXPECT_FALSE(answer.notes.empty() && std::string_view{q} != "language:zz") << q;
    }
}

TEST_F(EngineTest, aWorkIsFoundByWhateverItsIdIs)
{
    auto document = makeDocument("a", "en", {"water"});
    document.metadata.isbn = "978-3-16-148410-0";
    const auto id = library.store(document).citableId;
    library.catchUp();
    auto engine = open();
    for (const auto& q :
         {"id:" + id, "id:" + text::fold(id), "id:cglu" + id.substr(4), std::string{"id:9783161484100"}}) {
        EXPECT_EQ(search(engine, q).total, 1U) << q;
    }
    EXPECT_EQ(search(engine, "id:" + id.substr(0, id.size() - 1) + "*").total, 0U);
}

TEST_F(EngineTest, idsOfAnotherPatternAreUnderstood)
{
    const auto given = library.store(makeDocument("a", "en", {"water"})).citableId;
    auto assigned = makeDocument("b", "en", {"waste"});
    assigned.metadata.assignedId = identifier::format("ACV-{number:5}-{check}", 0, 7);
    auto catalogue =
        catalogue::Catalogue::open(library.catalogueFile(), catalogue::Mode::readWrite, {"ACV-{number:5}-{check}"});
    ASSERT_TRUE(catalogue);
    ASSERT_TRUE(catalogue->store(assigned));
    library.catchUp();
    auto own = options();
    own.identifiers = {"ACV-{number:5}-{check}"};
    auto engine = Engine::open(own, access::Filter::publicOnly(), shippedVocabularies(), makeSharedState());
    ASSERT_TRUE(engine);
    EXPECT_EQ(search(*engine, "id:" + assigned.metadata.assignedId).total, 1U);
    EXPECT_EQ(search(*engine, "id:" + given).total, 1U) << "given under an earlier pattern";
}

TEST_F(EngineTest, idsOfWhatTheReaderMayNotSeeAreAsUnknownOnes)
{
    auto secret = makeDocument("a", "en", {"water"});
    secret.audience = "staff";
    secret.metadata.isbn = "978-3-16-148410-0";
    const auto id = library.store(secret).citableId;
    library.store(makeDocument("b", "en", {"waste"}));
    library.catchUp();
    auto engine = open();
    const auto neverGiven = identifier::format("UCLG", 1999, 77);
    for (const auto& [hidden, unknown] :
         {std::pair{std::string{"9783161484100"}, std::string{"9781402894626"}}, std::pair{id, neverGiven}}) {
        const auto of = search(engine, "id:" + hidden);
        const auto without = search(engine, "id:" + unknown);
        EXPECT_EQ(of.total, 0U);
        EXPECT_EQ(codes(of), codes(without)) << hidden;
    }
}

} // namespace
} // namespace acervo::search
