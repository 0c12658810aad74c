// The indexer is stopped, killed, run twice at a time: nothing is lost, nothing is doubled.
#include "workplace.h"

#include "corpus/catalogue/lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

namespace acervo::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr int kDocuments = 400;

void writeDocuments(const Workplace& place)
{
    for (int i = 0; i < kDocuments; ++i) {
        place.write("report-" + std::to_string(i) + ".txt", textNumber(i));
    }
}

std::string line(int number)
{
    return "{\"id\": \"d" + std::to_string(number) + "\", \"title\": \"Report " + std::to_string(number) +
           "\", \"language\": \"en\", \"text\": \"The council adopts budget number " + std::to_string(number) +
           ".\"}\n";
}

// Writes to a named pipe that the indexer reads.
class Pipe {
public:
    explicit Pipe(fs::path path) : _path(std::move(path))
    {
        ::mkfifo(_path.c_str(), 0600);
        _number = ::open(_path.c_str(), O_RDWR | O_CLOEXEC);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() { ::close(_number); }

    // Returns when the reader has taken all but what the pipe itself holds.
    void write(std::string_view text) const
    {
        while (!text.empty()) {
            const auto written = ::write(_number, text.data(), text.size());
            if (written <= 0) {
                return;
            }
            text.remove_prefix(static_cast<std::size_t>(written));
        }
    }

private:
    fs::path _path;
    int _number = -1;
};

void expectAllWell(const Workplace& place, std::uint64_t editions)
{
    const auto check = place.run({"check"});
    EXPECT_EQ(check.exit, 0) << check.out << check.err;
    EXPECT_EQ(place.status().at("editions"), editions);
}

TEST(Indexer, tellsWhoHoldsTheLock)
{
    const Workplace place;
    place.write("report.txt", textNumber(1));
    fs::create_directories(place.data());
    {
        const auto lock = catalogue::lockExclusively(place.data() / "indexer.lock");
        ASSERT_TRUE(lock) << lock.error().message;
        const auto second = place.run({"run"});
        EXPECT_EQ(second.exit, 1);
        EXPECT_THAT(second.err, HasSubstr("another indexer is running (process " + std::to_string(::getpid())));
    }
    EXPECT_EQ(place.report().at("indexed"), 1);
}

TEST(Indexer, goesOnAfterBeingKilledAtAnyMoment)
{
    const Workplace place;
    writeDocuments(place);
    int killed = 0;
    for (const int milliseconds : {20, 60, 110, 170, 240}) {
        auto running = place.start({"run"});
        ::poll(nullptr, 0, milliseconds); // the moment is what is tested: any will do
        killed += running.ended() ? 0 : 1;
        running.signal(SIGKILL);
        running.wait();
    }
    EXPECT_GT(killed, 0);
    const auto report = place.report();
    EXPECT_EQ(report.at("seen"), kDocuments);
    EXPECT_EQ(sumOf(report), kDocuments);
    expectAllWell(place, kDocuments);
    EXPECT_EQ(place.report().at("unchanged"), kDocuments);
}

TEST(Indexer, keepsTheIndexInUseWhenKilledWhileRebuilding)
{
    const Workplace place;
    writeDocuments(place);
    place.report();
    for (const int milliseconds : {15, 40}) {
        auto running = place.start({"reindex"});
        ::poll(nullptr, 0, milliseconds);
        running.signal(SIGKILL);
        running.wait();
        expectAllWell(place, kDocuments);
    }
    EXPECT_EQ(place.run({"reindex"}).exit, 0);
    expectAllWell(place, kDocuments);
    int generations = 0;
    for (const auto& entry : fs::directory_iterator{place.data() / "index"}) {
        generations += entry.is_directory() ? 1 : 0;
    }
    EXPECT_LE(generations, 2) << "an attempt that was cut off is removed";
}

TEST(Indexer, finishesWhatIsInHandWhenAskedToStop)
{
    const Workplace place;
    const Pipe pipe{place.root() / "lines.jsonl"};
    auto running = place.start({"import", (place.root() / "lines.jsonl").string(), "--source", "bulk"});
    std::string lines;
    for (int i = 0; i < 2500; ++i) {
        lines += line(i);
    }
    pipe.write(lines); // much more than a pipe holds: the import is under way
    running.signal(SIGTERM);
    for (int i = 2500; i < 2510; ++i) {
        pipe.write(line(i)); // an import that waits for a line looks up when one comes
    }
    const auto stopped = running.wait();
    EXPECT_EQ(stopped.exit, 0) << stopped.err;
    EXPECT_THAT(stopped.out, HasSubstr("Stopped on request"));
    const auto held = place.status().at("editions").get<std::uint64_t>();
    EXPECT_GT(held, 0U);
    EXPECT_EQ(place.run({"check"}).exit, 0);

    const auto whole = place.root() / "whole.jsonl";
    std::ofstream{whole} << lines;
    const auto report = place.report({"import", whole.string(), "--source", "bulk"});
    EXPECT_EQ(report.at("seen"), 2500);
    EXPECT_LE(report.at("unchanged"), held);
    EXPECT_EQ(sumOf(report), 2500U);
    EXPECT_EQ(place.run({"check"}).exit, 0);
}

TEST(Indexer, losesNothingThatAnImportCommittedBeforeItWasKilled)
{
    const Workplace place;
    std::string lines;
    for (int i = 0; i < 5000; ++i) {
        lines += line(i);
    }
    {
        const Pipe pipe{place.root() / "lines.jsonl"};
        auto running = place.start({"import", (place.root() / "lines.jsonl").string(), "--source", "bulk"});
        pipe.write(lines);
        running.signal(SIGKILL);
        EXPECT_EQ(running.wait().exit, 128 + SIGKILL);
    }
    const auto whole = place.root() / "whole.jsonl";
    std::ofstream{whole} << lines;
    const auto report = place.report({"import", whole.string(), "--source", "bulk"});
    EXPECT_GE(report.at("unchanged"), 2000) << "committed before the signal";
    EXPECT_EQ(sumOf(report), 5000U);
    expectAllWell(place, 5000);
}

TEST(Indexer, survivesASourceThatGoesAway)
{
    const Workplace place;
    writeDocuments(place);
    auto running = place.start({"run"});
    ::poll(nullptr, 0, 60);
    const auto away = place.root() / "away";
    fs::rename(place.documents(), away);
    running.wait();
    const auto gone = place.run({"run"});
    EXPECT_EQ(gone.exit, 1);
    EXPECT_THAT(gone.err, HasSubstr(place.documents().string()));
    fs::rename(away, place.documents());
    const auto report = place.report();
    EXPECT_EQ(report.at("indexed").get<int>() + report.at("unchanged").get<int>(), kDocuments);
    EXPECT_EQ(report.at("withdrawn"), 0);
    expectAllWell(place, kDocuments);
}

} // namespace
} // namespace acervo::test
