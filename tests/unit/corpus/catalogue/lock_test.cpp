#include "corpus/catalogue/lock.h"

#include "tests/unit/corpus/catalogue/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <optional>

namespace acervo::catalogue {
namespace {

TEST(Lock, isHeldByOneAndNamesTheHolder)
{
    const TemporaryFolder folder;
    const auto file = folder.path() / "indexer.lock";
    auto first = lockExclusively(file);
    ASSERT_TRUE(first) << first.error().message;
    const auto second = lockExclusively(file);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::busy);
    EXPECT_THAT(second.error().message, testing::HasSubstr("process " + std::to_string(::getpid())));
    EXPECT_THAT(second.error().message, testing::HasSubstr("another indexer is running"));
}

TEST(Lock, isFreeAgainWhenDropped)
{
    const TemporaryFolder folder;
    const auto file = folder.path() / "indexer.lock";
    {
        auto first = lockExclusively(file);
        ASSERT_TRUE(first);
        const Lock moved = std::move(*first);
        EXPECT_FALSE(lockExclusively(file));
    }
    EXPECT_TRUE(lockExclusively(file));
}

TEST(Lock, needsAFolder)
{
    const TemporaryFolder folder;
    const auto lock = lockExclusively(folder.path() / "missing" / "indexer.lock");
    ASSERT_FALSE(lock);
    EXPECT_EQ(lock.error().code, ErrorCode::notFound);
}

} // namespace
} // namespace acervo::catalogue
