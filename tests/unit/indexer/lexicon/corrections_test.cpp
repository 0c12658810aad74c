#include "indexer/lexicon/corrections.h"

#include "indexer/lexicon/source_file.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::lexicon {

namespace {

using text::Language;

const Correction kRight{{Language::fr, "élu local", Language::en, "local councillor", 1.0}, "Ana", "2024-05-31"};

std::string contentOf(const support::TemporaryFolder& folder)
{
    std::ifstream in{folder.path() / "staff.tsv"};
    return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(Corrections, areKeptWithWhoAndWhen)
{
    const support::TemporaryFolder folder;
    EXPECT_EQ(correct(folder.path(), kRight).value(), Corrected::added);

    EXPECT_THAT(contentOf(folder),
                testing::HasSubstr("pair\tfr\télu local\ten\tlocal councillor\t1\t2024-05-31\tAna\n"));
    const auto source = readSource(folder.path() / "staff.tsv");
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ(source->origin, Origin::staff);
}

TEST(Corrections, changeNothingWhenRepeated)
{
    const support::TemporaryFolder folder;
    ASSERT_TRUE(correct(folder.path(), kRight));
    const auto before = contentOf(folder);
    auto again = kRight;
    again.pair.phrase = "  ELU LOCAL ";
    again.when = "2025-01-01";

    EXPECT_EQ(correct(folder.path(), again).value(), Corrected::unchanged);
    EXPECT_EQ(contentOf(folder), before);
}

TEST(Corrections, replaceTheEarlierWordOnAPairAndKeepTheOthers)
{
    const support::TemporaryFolder folder;
    ASSERT_TRUE(correct(folder.path(), kRight));
    auto other = kRight;
    other.pair.rendering = "local elected official";
    ASSERT_TRUE(correct(folder.path(), other));
    auto refusal = kRight;
    refusal.pair.weight = 0;
    EXPECT_EQ(correct(folder.path(), refusal).value(), Corrected::changed);

    const auto source = readSource(folder.path() / "staff.tsv").value();
    ASSERT_EQ(source.pairs.size(), 2U);
    EXPECT_EQ(source.pairs[0].rendering, "local elected official");
    EXPECT_EQ(source.pairs[1].weight, 0);
}

TEST(Corrections, keepCommentsAndDoNotOverwriteABrokenFile)
{
    const support::TemporaryFolder folder;
    ASSERT_TRUE(correct(folder.path(), kRight));
    folder.write("staff.tsv", contentOf(folder) + "# agreed in the meeting of May\n");
    auto other = kRight;
    other.pair.phrase = "maire";
    ASSERT_TRUE(correct(folder.path(), other));
    EXPECT_THAT(contentOf(folder), testing::HasSubstr("# agreed in the meeting of May\n"));

    folder.write("staff.tsv", "rubbish");
    EXPECT_FALSE(correct(folder.path(), kRight));
    EXPECT_EQ(contentOf(folder), "rubbish");
}

TEST(Corrections, refuseWhatCannotBeMeant)
{
    const support::TemporaryFolder folder;
    auto wrong = kRight;
    wrong.pair.phrase = " ";
    EXPECT_FALSE(correct(folder.path(), wrong));
    wrong = kRight;
    wrong.pair.to = Language::other;
    EXPECT_FALSE(correct(folder.path(), wrong));
    wrong = kRight;
    wrong.pair.weight = 1.5;
    EXPECT_FALSE(correct(folder.path(), wrong));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "staff.tsv"));
}

} // namespace

} // namespace acervo::lexicon
