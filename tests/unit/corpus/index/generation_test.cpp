#include "corpus/index/generation.h"

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

TEST_F(Generations, ignoreWhatIsNoneOfThem)
{
    folder.write("index/CURRENT", "../../etc\n");
    EXPECT_EQ(currentGeneration(root).error().code, ErrorCode::indexUnavailable);
    folder.write("index/CURRENT", "");
    EXPECT_EQ(currentGeneration(root).error().code, ErrorCode::indexUnavailable);
    folder.write("index/notes/keep.txt", "mine");
    EXPECT_EQ(create(), "g000001");
    ASSERT_TRUE(switchTo(root, "g000001"));
    ASSERT_TRUE(removeOldGenerations(root));
    EXPECT_TRUE(exists("notes/keep.txt"));
}

TEST_F(Generations, theCurrentAndTheOneBeforeAreKept)
{
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(switchTo(root, create()));
    }
    create(); // never finished
    ASSERT_TRUE(removeOldGenerations(root));
    EXPECT_FALSE(exists("g000001"));
    EXPECT_TRUE(exists("g000002"));
    EXPECT_TRUE(exists("g000003"));
    EXPECT_FALSE(exists("g000004"));
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
