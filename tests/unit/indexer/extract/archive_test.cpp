#include "indexer/extract/detail/archive.h"

#include "zip_builder.h"

#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

using test::zipOf;

TEST(Archive, readsAPartByItsName)
{
    const auto bytes = zipOf({{"a/b.xml", "content"}});
    const auto archive = Archive::open(bytes, {});
    ASSERT_TRUE(archive) << archive.error().message;
    EXPECT_TRUE(archive->contains("a/b.xml"));
    EXPECT_FALSE(archive->contains("b.xml"));
    EXPECT_EQ(archive->readPart("a/b.xml", 100).value(), "content");
    EXPECT_EQ(archive->readPart("missing", 100).error().code, ErrorCode::notFound);
}

TEST(Archive, findsANameInAnotherCase)
{
    const auto bytes = zipOf({{"Word/Document.xml", "content"}});
    const auto archive = Archive::open(bytes, {});
    ASSERT_TRUE(archive);
    EXPECT_TRUE(archive->contains("word/document.xml"));
}

TEST(Archive, refusesWhatIsNoArchive)
{
    EXPECT_EQ(Archive::open("PK\x03\x04 and no more", {}).error().code, ErrorCode::corruptInput);
    const auto bytes = zipOf({{"a", std::string(10'000, 'x')}});
    EXPECT_EQ(Archive::open(std::string_view{bytes}.substr(0, bytes.size() / 2), {}).error().code,
              ErrorCode::corruptInput);
}

TEST(Archive, refusesTooManyEntries)
{
    const auto bytes = zipOf({{"a", "1"}, {"b", "2"}, {"c", "3"}});
    EXPECT_EQ(Archive::open(bytes, {.maxArchiveEntries = 2}).error().code, ErrorCode::resourceLimit);
}

TEST(Archive, countsUnpackedBytesOverAllParts)
{
    const auto bytes = zipOf({{"a", std::string(600, 'x')}, {"b", std::string(600, 'y')}});
    const auto archive = Archive::open(bytes, {.maxUnpackedBytes = 1'000});
    ASSERT_TRUE(archive);
    EXPECT_TRUE(archive->readPart("a", 10'000));
    EXPECT_EQ(archive->readPart("b", 10'000).error().code, ErrorCode::resourceLimit);
}

TEST(Archive, refusesAPartThatGrowsImplausibly)
{
    const auto bytes = zipOf({{"bomb", std::string(64 << 20, '\0')}});
    ASSERT_LT(bytes.size(), 100'000U);
    const auto archive = Archive::open(bytes, {});
    ASSERT_TRUE(archive);
    EXPECT_EQ(archive->readPart("bomb", 1 << 30).error().code, ErrorCode::resourceLimit);
}

TEST(Archive, limitsOnePart)
{
    const auto bytes = zipOf({{"a", std::string(600, 'x')}});
    const auto archive = Archive::open(bytes, {});
    ASSERT_TRUE(archive);
    EXPECT_EQ(archive->readPart("a", 599).error().code, ErrorCode::resourceLimit);
    EXPECT_TRUE(archive->readPart("a", 600));
}

TEST(Archive, reportsADamagedPart)
{
    auto bytes = zipOf({{"a", "some text that is stored, or deflated, and then damaged in the middle"}});
    bytes[40] = static_cast<char>(bytes[40] ^ 0x55);
    const auto archive = Archive::open(bytes, {});
    ASSERT_TRUE(archive);
    EXPECT_EQ(archive->readPart("a", 1'000).error().code, ErrorCode::corruptInput);
}

} // namespace
} // namespace acervo::extract::detail
