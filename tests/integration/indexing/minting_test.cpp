// The indexer is killed while it gives IDs: none is given twice, none that anybody could have seen is lost.
#include "workplace.h"

#include "corpus/catalogue/catalogue.h"

#include <gtest/gtest.h>

#include <poll.h>

#include <csignal>
#include <cstdio>
#include <map>
#include <random>

namespace acervo::test {
namespace {

constexpr int kKills = 100;
constexpr int kNewEachRound = 30;

// Who has which ID, as any reader sees it at this moment: document -> citable ID.
std::map<std::string, std::string> idsOf(const Workplace& place)
{
    std::map<std::string, std::string> ids;
    const auto file = place.data() / "catalogue.sqlite";
    const auto opened = catalogue::Catalogue::open(file, catalogue::Mode::readOnly);
    if (!opened) {
        return ids; // killed before there was one
    }
    const auto changes = opened->changesAfter(0, 1'000'000);
    EXPECT_TRUE(changes) << changes.error().message;
    for (const auto& change : *changes) {
        ids[change.edition.sourceUri] = change.edition.citableId;
    }
    return ids;
}

TEST(Minting, killedAHundredTimesGivesNoIdTwiceAndLosesNone)
{
    const Workplace place;
    std::mt19937 random{20211125};
    std::map<std::string, std::string> known; // document -> the ID it was seen with
    std::map<std::string, std::string> owner; // ID -> document
    int killed = 0;
    int written = 0;
    int withNews = 0;
    for (int round = 0; round < kKills; ++round) {
        for (int i = 0; i < kNewEachRound; ++i, ++written) {
            place.write("20" + std::to_string(10 + written % 12) + "/report-" + std::to_string(written) + ".txt",
                        textNumber(written));
        }
        auto running = place.start({"run"});
        ::poll(nullptr, 0, std::uniform_int_distribution<int>{20, 500}(random)); // any moment will do
        killed += running.ended() ? 0 : 1;
        running.signal(SIGKILL);
        running.wait();
        const auto now = idsOf(place);
        withNews += now.size() > known.size() ? 1 : 0;
        for (const auto& [document, id] : known) {
            const auto found = now.find(document);
            ASSERT_TRUE(found != now.end()) << document << " lost " << id << " in round " << round;
            ASSERT_EQ(found->second, id) << document << " in round " << round;
        }
        for (const auto& [document, id] : now) {
            const auto [had, isNew] = owner.try_emplace(id, document);
            ASSERT_EQ(had->second, document) << id << " was given twice, round " << round;
            known[document] = id;
        }
    }
    EXPECT_GE(killed, kKills / 2);
    EXPECT_GT(withNews, 0); // it was killed after giving IDs, not only before
    EXPECT_EQ(place.run({"run"}).exit, 0);
    const auto last = idsOf(place);
    EXPECT_EQ(last.size(), static_cast<std::size_t>(written));
    for (const auto& [document, id] : known) {
        EXPECT_EQ(last.at(document), id);
    }
    const auto check = place.run({"check"});
    EXPECT_EQ(check.exit, 0) << check.out << check.err;
    RecordProperty("killed", killed);
    RecordProperty("withNews", withNews);
    std::printf("killed %d times of %d, after new IDs were seen %d times; %d works\n", killed, kKills, withNews,
                written);
}

} // namespace
} // namespace acervo::test
