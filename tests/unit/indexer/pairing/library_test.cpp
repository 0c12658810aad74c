#include "indexer/pairing/library.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace acervo::pairing {
namespace {

TEST(Pairs, areReadBackAsTheyWereWritten)
{
    const support::TemporaryFolder folder;
    const auto file = folder.path() / "pairs.tsv";
    ASSERT_TRUE(writePairs(file, {{workPair("B", "A"), "0.98"}, {workPair("C", "D"), "2026-01-02\tby\nhand"}}));
    const auto pairs = readPairs(file);
    ASSERT_TRUE(pairs);
    ASSERT_EQ(pairs->size(), 2U);
    EXPECT_EQ((*pairs)[0].works, (WorkPair{"A", "B"}));
    EXPECT_EQ((*pairs)[0].note, "0.98");
    EXPECT_EQ((*pairs)[1].note, "2026-01-02 by hand");
}

TEST(Pairs, areNoneWithoutAFile)
{
    const support::TemporaryFolder folder;
    const auto pairs = readPairs(folder.path() / "none.tsv");
    ASSERT_TRUE(pairs);
    EXPECT_TRUE(pairs->empty());
}

TEST(Pairs, nameTheLineThatIsWrong)
{
    const support::TemporaryFolder folder;
    const auto file = folder.path() / "pairs.tsv";
    std::ofstream{file} << "# by hand\nA\tB\tnote\nA B\n";
    const auto pairs = readPairs(file);
    ASSERT_FALSE(pairs);
    EXPECT_EQ(pairs.error().code, ErrorCode::corruptInput);
    EXPECT_NE(pairs.error().message.find("line 3"), std::string::npos);
}

} // namespace
} // namespace acervo::pairing
