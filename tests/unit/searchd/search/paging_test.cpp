// Pages and cursors leave nothing out and show nothing twice; answers that are kept are those of the present index.
#include "searchd/search/engine.h"
#include "tests/support/indexed_catalogue.h"
#include "tests/unit/searchd/search/engine_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace acervo::search {
namespace {

class Paging : public EngineFixture {
protected:
    // Works of equal weight, some in two languages: only their number tells them apart.
    void storeWorks(int count)
    {
        for (int work = 0; work < count; ++work) {
            const auto key = "work" + std::to_string(work);
            store(key, "en", "A river", {"water and more water"});
            if (work % 3 == 0) {
                store(key, "fr", "Une rivière", {"water, l'eau"});
            }
        }
    }

    static std::vector<std::string> byPage(Engine& engine, SearchRequest request)
    {
        std::vector<std::string> ids;
        for (;; ++request.page) {
            const auto answer = engine.search(request);
            if (!answer || answer->hits.empty()) {
                return ids;
            }
            for (const auto& hit : answer->hits) {
                ids.push_back(hit.citableId);
            }
        }
    }

    static std::vector<std::string> byCursor(Engine& engine, SearchRequest request)
    {
        std::vector<std::string> ids;
        do {
            const auto answer = engine.search(request);
            EXPECT_TRUE(answer) << answer.error().message;
            if (!answer) {
                return ids;
            }
            for (const auto& hit : answer->hits) {
                ids.push_back(hit.citableId);
            }
            request.cursor = answer->next;
        } while (!request.cursor.empty());
        return ids;
    }
};

TEST_F(Paging, ShowsEveryWorkOnceInEveryOrder)
{
    storeWorks(130);
    library.catchUp();
    auto engine = open();
    for (const auto sort : {Sort::relevance, Sort::newest, Sort::oldest, Sort::title}) {
        SearchRequest request;
        request.q = "water";
        request.sort = sort;
        request.size = 7;
        const auto pages = byPage(engine, request);
        EXPECT_EQ(pages.size(), 130U);
        EXPECT_EQ((std::set<std::string>{pages.begin(), pages.end()}.size()), 130U);
        EXPECT_EQ(byCursor(engine, request), pages);
    }
}

TEST_F(Paging, ACursorIsOfOneSearchAndOneState)
{
    storeWorks(30);
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = "water";
    auto first = engine.search(request);
    ASSERT_TRUE(first);
    ASSERT_FALSE(first->next.empty());
    request.cursor = first->next;
    EXPECT_TRUE(engine.search(request));

    auto other = request;
    other.q = "river";
    auto refused = engine.search(other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalidArgument);

    for (const auto* nonsense : {"10", "x", "10-", "-1-abc", "99999999999999999999999-0"}) {
        other.cursor = nonsense;
        EXPECT_FALSE(engine.search(other)) << nonsense;
    }

    store("new", "en", "A lake", {"water"});
    library.catchUp();
    refused = engine.search(request);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, testing::HasSubstr("index has changed"));
}

TEST_F(Paging, AnotherSpellingIsProposedOnTheFirstPageOnly)
{
    storeWorks(12);
    store("typo", "en", "A rivver", {"wather"});
    library.catchUp();
    auto engine = open();
    SearchRequest request;
    request.q = "water OR watter";
    request.size = 5;
    const auto first = engine.search(request);
    ASSERT_TRUE(first);
    ASSERT_FALSE(first->next.empty());
    request.cursor = first->next;
    const auto second = engine.search(request);
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->didYouMean);
}

TEST_F(Paging, KeptAnswersAreOfThePresentIndex)
{
    storeWorks(3);
    library.catchUp();
    const auto shared = makeSharedState(10);
    EngineOptions options;
    options.indexRoot = library.options().root;
    options.catalogueFile = library.catalogueFile();
    auto engine = Engine::open(options, access::Filter::publicOnly(), support::shippedVocabularies(), shared);
    ASSERT_TRUE(engine);
    SearchRequest request;
    request.q = "water";
    ASSERT_EQ(engine->search(request)->total, 3U);
    request.q = "  water ";
    ASSERT_EQ(engine->search(request)->total, 3U);
    request.size = 1;
    ASSERT_EQ(engine->search(request)->hits.size(), 1U);
    store("new", "en", "A lake", {"water"});
    library.catchUp();
    EXPECT_EQ(engine->search(request)->total, 4U);
}

} // namespace
} // namespace acervo::search
