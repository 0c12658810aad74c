#include "searchd/http/bulk_file.h"

#include <Poco/InflatingStream.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <thread>

namespace acervo::http {
namespace {

BulkFile::Lines lines(std::vector<std::string> all)
{
    return [all = std::move(all)](const BulkFile::OnLine& onLine) -> Result<void> {
        for (const auto& line : all) {
            onLine(line);
        }
        return {};
    };
}

const BulkFile::Lines kFails = [](const BulkFile::OnLine&) -> Result<void> {
    return Error{ErrorCode::ioFailure, "no catalogue"};
};

std::string contentOf(const BulkFile::Made& made)
{
    std::ifstream in{made.file->path(), std::ios::binary};
    Poco::InflatingInputStream unpacked{in, Poco::InflatingStreamBuf::STREAM_GZIP};
    return {std::istreambuf_iterator<char>{unpacked}, {}};
}

TEST(BulkFile, holdsEveryLine)
{
    BulkFile bulk;
    const auto made = bulk.of(1, lines({"a", "é"}));
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(contentOf(*made), "a\né\n");
    EXPECT_EQ(made->file->bytes(), std::filesystem::file_size(made->file->path()));
    const auto empty = BulkFile{}.of(1, lines({}));
    ASSERT_TRUE(empty);
    EXPECT_EQ(contentOf(*empty), "");
}

TEST(BulkFile, isMadeOnceForAChange)
{
    BulkFile bulk;
    const auto made = bulk.of(1, lines({"a"}));
    ASSERT_TRUE(made);
    const auto again = bulk.of(1, kFails);
    ASSERT_TRUE(again) << "nothing has changed: nothing is asked";
    EXPECT_EQ(again->etag, made->etag);
}

TEST(BulkFile, isNamedByItsContent)
{
    const auto one = BulkFile{}.of(1, lines({"a", "b"}));
    const auto same = BulkFile{}.of(7, lines({"a", "b"}));
    const auto other = BulkFile{}.of(1, lines({"ab"}));
    ASSERT_TRUE(one && same && other);
    EXPECT_EQ(one->etag, same->etag);
    EXPECT_NE(one->etag, other->etag);
    EXPECT_TRUE(one->etag.starts_with('"') && one->etag.ends_with('"'));
}

TEST(BulkFile, failsWhenItCannotBeMade)
{
    BulkFile bulk;
    const auto failed = bulk.of(1, kFails);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::ioFailure);
    EXPECT_TRUE(bulk.of(1, lines({"a"}))) << "the next one tries again";
}

TEST(BulkFile, leavesNothingBehind)
{
    std::filesystem::path path;
    {
        BulkFile bulk;
        const auto made = bulk.of(1, lines({"a"}));
        ASSERT_TRUE(made);
        path = made->file->path();
        EXPECT_TRUE(std::filesystem::exists(path));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

// The second asker comes while the first file is being made.
TEST(BulkFile, saysThatItIsBeingMade)
{
    BulkFile bulk;
    const auto made = bulk.of(1, [&](const BulkFile::OnLine& onLine) -> Result<void> {
        std::thread second{[&] {
            const auto early = bulk.of(1, kFails);
            EXPECT_FALSE(early);
            EXPECT_EQ(early.error().code, ErrorCode::busy);
        }};
        second.join();
        onLine("a");
        return {};
    });
    EXPECT_TRUE(made);
}

} // namespace
} // namespace acervo::http
