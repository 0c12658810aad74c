// A new index is built beside the present one, put to use whole, and can be given up again: with the real program.
#include "workplace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <poll.h>

#include <csignal>
#include <fstream>

namespace acervo::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::string currentOf(const Workplace& place)
{
    std::ifstream in{place.data() / "index" / "CURRENT"};
    std::string name;
    std::getline(in, name);
    return name;
}

TEST(Generations, reindexAndRollbackLoseNoChange)
{
    const Workplace place;
    place.write("one.txt", textNumber(1));
    place.report();
    EXPECT_EQ(currentOf(place), "g000001");
    const auto none = place.run({"rollback"});
    EXPECT_EQ(none.exit, 1);
    EXPECT_THAT(none.err, HasSubstr("no generation before g000001"));

    const auto rebuilt = place.run({"reindex"});
    EXPECT_EQ(rebuilt.exit, 0) << rebuilt.err;
    EXPECT_THAT(rebuilt.out, HasSubstr("built anew and verified: 1 documents"));
    EXPECT_EQ(currentOf(place), "g000002");
    const auto back = place.run({"rollback"});
    EXPECT_EQ(back.exit, 0) << back.err;
    EXPECT_THAT(back.out, HasSubstr("Generation g000001 of the index is in use again instead of g000002"));
    EXPECT_THAT(back.out, Not(HasSubstr("the next \"acervo-indexer run\"")));
    EXPECT_EQ(place.run({"check"}).exit, 0);

    place.run({"reindex"});
    EXPECT_EQ(currentOf(place), "g000003") << "a name is not given again";
    place.write("two.txt", textNumber(2));
    place.report();
    const auto older = place.run({"rollback"});
    EXPECT_THAT(older.out, HasSubstr("the next \"acervo-indexer run\" brings it up to date"));
    const auto behind = place.run({"check"});
    EXPECT_EQ(behind.exit, 1);
    EXPECT_THAT(behind.out, HasSubstr("stands at change"));
    place.report();
    const auto check = place.run({"check"});
    EXPECT_EQ(check.exit, 0) << check.out;
    EXPECT_THAT(check.out, HasSubstr("2 editions"));
}

TEST(Generations, aKilledReindexLeavesThePresentOneAndIsRemovedByTheNext)
{
    const Workplace place;
    for (int i = 0; i < 600; ++i) {
        place.write("report-" + std::to_string(i) + ".txt", textNumber(i));
    }
    place.report();
    const auto parts = place.data() / "index" / "g000002" / "segments";
    {
        auto running = place.start({"reindex"});
        while (!running.ended() && !fs::exists(parts)) {
            ::poll(nullptr, 0, 1);
        }
        running.signal(SIGKILL);
        running.wait();
    }
    EXPECT_TRUE(fs::exists(parts)) << "killed while it was at work";
    EXPECT_EQ(currentOf(place), "g000001");
    EXPECT_EQ(place.run({"check"}).exit, 0);
    EXPECT_EQ(place.run({"reindex"}).exit, 0);
    EXPECT_FALSE(fs::exists(parts));
    EXPECT_EQ(currentOf(place), "g000002");
    EXPECT_EQ(place.run({"check"}).exit, 0);
}

} // namespace
} // namespace acervo::test
