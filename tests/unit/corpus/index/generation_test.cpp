#include "corpus/index/generation.h"

#include "analyzers/text/analyzer.h"
#include "corpus/schema/fields.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::index {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Generations : public testing::Test {
protected:
    std::string create() { return createGeneration(root, {"public"}).value(); }
    bool exists(const char* name) { return fs::exists(root / name); }

    support::TemporaryFolder folder;
    fs::path root = folder.path() / "index";
};

TEST_F(Generations, areNumbered)
{
    EXPECT_EQ(currentGeneration(root).error().code, ErrorCode::indexUnavailable);
    EXPECT_EQ(create(), "g000001");
    EXPECT_EQ(currentGeneration(root).error().code, ErrorCode::indexUnavailable);
    ASSERT_TRUE(switchTo(root, "g000001"));
    EXPECT_EQ(currentGeneration(root).value(), "g000001");
    EXPECT_EQ(create(), "g000002");
    EXPECT_EQ(currentGeneration(root).value(), "g000001");
    EXPECT_EQ(readManifest(root, "g000002").value().audiences, std::vector<std::string>{"public"});
}

TEST_F(Generations, nameTheProfilesTheyWereWrittenWith)
{
    create();
    EXPECT_THAT(readManifest(root, "g000001").value().profiles,
                testing::UnorderedElementsAre(text::profileOf(text::Language::en), text::profileOf(text::Language::fr),
                                              text::profileOf(text::Language::es),
                                              text::profileOf(text::Language::other)));
}

TEST_F(Generations, ofAnotherProfileAreRefused)
{
    create();
    const auto readWith = [&](const std::string& profiles) {
        folder.write("index/g000001/manifest.json", R"({"audiences": ["public"], "schema": )" +
                                                        std::to_string(schema::kSchemaVersion) + profiles + "}");
        return readManifest(root, "g000001");
    };
    const auto ours = [](text::Language language) { return "\"" + text::profileOf(language) + "\""; };
    const auto rest = ours(text::Language::en) + "," + ours(text::Language::es) + "," + ours(text::Language::other);
    EXPECT_TRUE(readWith(",\"profiles\": [" + rest + "," + ours(text::Language::fr) + "]"));

    const auto former = readWith(",\"profiles\": [" + rest + ",\"fr/1\"]");
    ASSERT_FALSE(former);
    EXPECT_EQ(former.error().code, ErrorCode::indexUnavailable);
    EXPECT_THAT(former.error().message, HasSubstr("written with analyser profile fr/1"));
    EXPECT_THAT(former.error().message, HasSubstr("has " + text::profileOf(text::Language::fr) + ":"));
    EXPECT_THAT(former.error().message, HasSubstr("acervo-indexer reindex"));

    const auto more = readWith(",\"profiles\": [" + rest + "," + ours(text::Language::fr) + ",\"pt/1\"]");
    ASSERT_FALSE(more);
    EXPECT_THAT(more.error().message, HasSubstr("pt/1"));

    for (const auto* none : {"", ",\"profiles\": 3", ",\"profiles\": [2]", ",\"analyzer\": 1"}) {
        const auto unnamed = readWith(none);
        ASSERT_FALSE(unnamed) << none;
        EXPECT_THAT(unnamed.error().message, HasSubstr(text::profileOf(text::Language::fr))) << none;
        EXPECT_THAT(unnamed.error().message, HasSubstr("reindex")) << none;
    }
}

TEST_F(Generations, ignoreWhatIsNoneOfThem)
{
    folder.write("index/CURRENT", "../../etc\n");
    EXPECT_EQ(currentGeneration(root).error().code, ErrorCode::indexUnavailable);
    folder.write("index/CURRENT", "");
    EXPECT_EQ(currentGeneration(root).error().code, ErrorCode::indexUnavailable);
    folder.write("index/notes/keep.txt", "mine");
    EXPECT_EQ(create(), "g000001");
    ASSERT_TRUE(switchTo(root, "g000001"));
    ASSERT_TRUE(removeOldGenerations(root, 1));
    EXPECT_TRUE(exists("notes/keep.txt"));
}

TEST_F(Generations, theCurrentAndTheOneBeforeAreKept)
{
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(switchTo(root, create()));
    }
    create(); // never finished
    ASSERT_TRUE(removeOldGenerations(root, 1));
    EXPECT_FALSE(exists("g000001"));
    EXPECT_TRUE(exists("g000002"));
    EXPECT_TRUE(exists("g000003"));
    EXPECT_FALSE(exists("g000004"));
}

TEST_F(Generations, rollsBackOneAtATimeWhileThereIsOne)
{
    EXPECT_EQ(rollBack(root).error().code, ErrorCode::indexUnavailable) << "there is no index at all";
    ASSERT_TRUE(switchTo(root, create()));
    EXPECT_EQ(rollBack(root).error().code, ErrorCode::notFound);
    ASSERT_TRUE(switchTo(root, create()));
    const auto rolledBack = rollBack(root);
    ASSERT_TRUE(rolledBack) << rolledBack.error().message;
    EXPECT_EQ(rolledBack->from, "g000002");
    EXPECT_EQ(rolledBack->to, "g000001");
    EXPECT_EQ(currentGeneration(root).value(), "g000001");
    EXPECT_TRUE(exists("g000002")) << "kept for who wants to know what was wrong with it";
    EXPECT_EQ(rollBack(root).error().code, ErrorCode::notFound);
}

TEST_F(Generations, aNameIsNeverGivenToOtherContent)
{
    ASSERT_TRUE(switchTo(root, create()));
    ASSERT_TRUE(switchTo(root, create()));
    ASSERT_TRUE(rollBack(root));
    removeUnfinished(root);
    EXPECT_FALSE(exists("g000002"));
    EXPECT_EQ(create(), "g000003") << "a reader may still have the former second one open";
    ASSERT_TRUE(switchTo(root, "g000003"));
    ASSERT_TRUE(removeOldGenerations(root, 1));
    EXPECT_TRUE(exists("g000001"));
}

TEST_F(Generations, doNotRollBackToWhatThisProgramCannotRead)
{
    ASSERT_TRUE(switchTo(root, create()));
    ASSERT_TRUE(switchTo(root, create()));
    folder.write("index/g000001/manifest.json", R"({"audiences": ["public"], "schema": 1})");
    const auto refused = rollBack(root);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("schema 1"));
    EXPECT_EQ(currentGeneration(root).value(), "g000002");
}

TEST_F(Generations, anUnfinishedAttemptGoesBeforeTheNext)
{
    ASSERT_TRUE(switchTo(root, create()));
    create();
    removeUnfinished(root);
    EXPECT_TRUE(exists("g000001"));
    EXPECT_FALSE(exists("g000002"));
    EXPECT_EQ(currentGeneration(root).value(), "g000001");
}

TEST_F(Generations, cannotBeMadeInAFile)
{
    folder.write("index", "a file");
    EXPECT_FALSE(createGeneration(root, {"public"}));
    EXPECT_THAT(readManifest(root, "g000001").error().message, HasSubstr("reindex"));
}

} // namespace
} // namespace acervo::index
