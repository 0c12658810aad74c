#include "indexer/lexicon/align.h"

#include <gtest/gtest.h>

#include <string>

namespace acervo::lexicon {
namespace {

using Lengths = std::vector<std::uint32_t>;

// "1-1 2-1 0-1": how many pieces of either side each bead takes.
std::string shapeOf(const std::vector<Bead>& beads)
{
    std::string shape;
    for (const auto& bead : beads) {
        shape += (shape.empty() ? "" : " ") + std::to_string(bead.sourceEnd - bead.sourceBegin) + "-" +
                 std::to_string(bead.targetEnd - bead.targetBegin);
    }
    return shape;
}

TEST(AlignByLength, pairsEqualTextsOneByOne)
{
    const Lengths lengths{40, 120, 15, 80};
    EXPECT_EQ(shapeOf(alignByLength(lengths, lengths)), "1-1 1-1 1-1 1-1");
}

TEST(AlignByLength, findsAMissingPiece)
{
    const Lengths source{40, 120, 90, 15, 200, 80};
    const Lengths target{42, 118, 16, 205, 79};
    EXPECT_EQ(shapeOf(alignByLength(source, target)), "1-1 1-1 1-0 1-1 1-1 1-1");
}

TEST(AlignByLength, findsAnAddedPiece)
{
    const Lengths source{42, 118, 16, 205, 79};
    const Lengths target{40, 120, 90, 15, 200, 80};
    EXPECT_EQ(shapeOf(alignByLength(source, target)), "1-1 1-1 0-1 1-1 1-1 1-1");
}

TEST(AlignByLength, findsMergedPieces)
{
    const Lengths source{60, 50, 70, 130, 40};
    const Lengths target{61, 122, 128, 41};
    EXPECT_EQ(shapeOf(alignByLength(source, target)), "1-1 2-1 1-1 1-1");
}

TEST(AlignByLength, findsASplitPiece)
{
    const Lengths source{61, 122, 128, 41};
    const Lengths target{60, 50, 70, 130, 40};
    EXPECT_EQ(shapeOf(alignByLength(source, target)), "1-1 1-2 1-1 1-1");
}

TEST(AlignByLength, expectsTheTextsOwnRatio)
{
    // The translation is longer throughout by a fourth: nothing is missing.
    const Lengths source{40, 120, 90, 16, 200, 80};
    const Lengths target{50, 150, 112, 20, 250, 100};
    EXPECT_EQ(shapeOf(alignByLength(source, target)), "1-1 1-1 1-1 1-1 1-1 1-1");
}

TEST(AlignByLength, coversBothTextsFromEndToEnd)
{
    const Lengths source{10, 300, 20, 20, 75, 8, 90};
    const Lengths target{12, 150, 160, 41, 300, 70, 9, 95};
    std::size_t sources = 0;
    std::size_t targets = 0;
    for (const auto& bead : alignByLength(source, target)) {
        EXPECT_EQ(bead.sourceBegin, sources);
        EXPECT_EQ(bead.targetBegin, targets);
        sources = bead.sourceEnd;
        targets = bead.targetEnd;
    }
    EXPECT_EQ(sources, source.size());
    EXPECT_EQ(targets, target.size());
}

TEST(AlignByLength, hasNothingToSayOfAnEmptyText)
{
    EXPECT_TRUE(alignByLength({}, Lengths{10}).empty());
    EXPECT_TRUE(alignByLength(Lengths{10}, {}).empty());
}

TEST(AlignByLength, leavesATextThatIsTooLong)
{
    const Lengths endless(20'000, 50);
    EXPECT_TRUE(alignByLength(endless, endless).empty());
}

TEST(LengthCost, growsWithTheDifference)
{
    EXPECT_DOUBLE_EQ(lengthCost(100, 100, 1.0), 0.0);
    EXPECT_DOUBLE_EQ(lengthCost(100, 120, 1.2), 0.0);
    EXPECT_LT(lengthCost(100, 110, 1.0), lengthCost(100, 130, 1.0));
    // The same share of a longer piece is less likely to be chance.
    EXPECT_LT(lengthCost(20, 24, 1.0), lengthCost(200, 240, 1.0));
}

} // namespace
} // namespace acervo::lexicon
