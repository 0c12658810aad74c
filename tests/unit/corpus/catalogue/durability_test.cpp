// What outlives a crash, a full disk, a damaged file, and what readers see meanwhile.
#include "corpus/catalogue/detail/sqlite.h"
#include "tests/unit/corpus/catalogue/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <random>
#include <sstream>
#include <thread>

namespace acervo::catalogue {
namespace {

using testing::HasSubstr;

constexpr int kBatch = 20;

NewDocument numbered(int number)
{
    auto document = makeDocument(std::to_string(number) + ".pdf", std::to_string(number));
    document.pages.push_back({2, "ii", "", "fr", std::string(3'000, static_cast<char>('a' + number % 26))});
    return document;
}

// A process of its own; killed at the end when it still runs. `work` returns its exit status.
class Process {
public:
    explicit Process(const std::function<int(int report)>& work)
    {
        int ends[2] = {-1, -1};
        if (::pipe(ends) != 0) {
            throw std::runtime_error("pipe");
        }
        _id = ::fork();
        if (_id == 0) {
            ::close(ends[0]);
            ::_exit(work(ends[1]));
        }
        ::close(ends[1]);
        _report = ends[0];
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    Process(Process&&) = delete;
    Process& operator=(Process&&) = delete;
    ~Process()
    {
        kill();
        ::close(_report);
    }

    // The next byte it reported; 0 when it has ended.
    char hear() const
    {
        char said = 0;
        return ::read(_report, &said, 1) == 1 ? said : '\0';
    }
    // All that it reported and was not heard yet; to be asked when it has ended.
    std::string rest() const
    {
        std::string all;
        for (char said = hear(); said != 0; said = hear()) {
            all += said;
        }
        return all;
    }
    void kill()
    {
        if (_id > 0) {
            ::kill(_id, SIGKILL);
            wait();
        }
    }
    int wait()
    {
        int status = -1;
        ::waitpid(_id, &status, 0);
        _id = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t _id = 0;
    int _report = -1;
};

void say(int report, char what)
{
    if (::write(report, &what, 1) != 1) {
        ::_exit(90);
    }
}

class Durability : public WithCatalogue {
protected:
    // Stores batches from `first` on for ever, reporting each commit.
    int writeForEver(int report, int first) const
    {
        auto own = Catalogue::open(file(), Mode::readWrite);
        if (!own) {
            return 1;
        }
        for (int number = first;; number += kBatch) {
            if (!own->begin()) {
                return 2;
            }
            for (int i = 0; i < kBatch; ++i) {
                if (!own->store(numbered(number + i))) {
                    return 3;
                }
            }
            if (!own->commit()) {
                return 4;
            }
            say(report, 'c');
        }
    }
};

TEST_F(Durability, killedInATransactionLosesOnlyThat)
{
    catalogue.reset();
    {
        Process writer{[&](int report) {
            auto own = Catalogue::open(file(), Mode::readWrite);
            const bool done = own && own->begin() && own->store(numbered(1)) && own->commit() && own->begin() &&
                              own->store(numbered(2)) && own->store(numbered(3));
            say(report, done ? 'y' : 'n');
            ::pause();
            return 0;
        }};
        ASSERT_EQ(writer.hear(), 'y');
        writer.kill();
    }
    reopen();
    EXPECT_EQ(catalogue->statistics()->works, 1U);
    EXPECT_FALSE(*catalogue->location("reports", "2.pdf"));
    EXPECT_THAT(store(numbered(2)).citableId, HasSubstr("UCLG-2021-0002-"));
    expectSound();
}

TEST_F(Durability, killedAtAnyMomentKeepsEveryCommit)
{
    catalogue.reset();
    std::mt19937 random{11};
    int expectedAtLeast = 0;
    for (int round = 0; round < 12; ++round) {
        SCOPED_TRACE(round);
        {
            Process writer{[&](int report) { return writeForEver(report, expectedAtLeast + 1); }};
            const int commits = std::uniform_int_distribution<int>{1, 4}(random);
            for (int i = 0; i < commits; ++i) {
                ASSERT_EQ(writer.hear(), 'c');
            }
            std::this_thread::sleep_for(
                std::chrono::microseconds{std::uniform_int_distribution<int>{0, 8'000}(random)});
            writer.kill();
            expectedAtLeast += commits * kBatch;
        }
        reopen();
        const auto works = static_cast<int>(catalogue->statistics()->works);
        EXPECT_GE(works, expectedAtLeast);
        EXPECT_EQ(works % kBatch, 0); // a batch is there whole or not at all
        expectedAtLeast = works;
        expectSound();
        catalogue.reset();
    }
}

TEST_F(Durability, killedAHundredTimesWhileMintingGivesNoIdTwiceAndLosesNone)
{
    catalogue.reset();
    constexpr int kKills = 100;
    std::mt19937 random{42};
    std::map<std::string, std::string> given; // acknowledged: ID -> document
    int next = 1;
    for (int round = 0; round < kKills; ++round) {
        std::string heard;
        {
            Process writer{[&](int report) {
                auto own = Catalogue::open(file(), Mode::readWrite);
                for (int number = next; own; ++number) {
                    auto document = numbered(number);
                    document.metadata.date = std::to_string(2010 + number % 12);
                    const auto stored = own->store(document); // durable when it returns
                    const auto line = stored ? document.location.uri + " " + stored->citableId + "\n" : std::string{};
                    if (!stored || ::write(report, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
                        return 1;
                    }
                }
                return 2;
            }};
            if (round % 4 != 0) {
                heard = writer.hear(); // under way
            }
            std::this_thread::sleep_for(
                std::chrono::microseconds{std::uniform_int_distribution<int>{0, 30'000}(random)});
            writer.kill();
            heard += writer.rest();
        }
        std::istringstream lines{heard.substr(0, heard.rfind('\n') + 1)};
        for (std::string uri, id; lines >> uri >> id;) {
            ASSERT_TRUE(given.try_emplace(id, uri).second) << id << " was given twice, round " << round;
            next = std::max(next, std::stoi(uri) + 1);
        }
        ++next; // its last document may be stored and not acknowledged
    }
    reopen();
    EXPECT_GT(given.size(), 100U);
    for (const auto& [id, uri] : given) {
        const auto editions = catalogue->editionsOfWork(id);
        ASSERT_TRUE(editions);
        ASSERT_EQ(editions->size(), 1U) << id << " is lost";
        EXPECT_EQ((*editions)[0].sourceUri, uri);
    }
    expectSound();
}

TEST_F(Durability, readersSeeWholeTransactionsWhileAnotherProcessWrites)
{
    catalogue.reset();
    Process writer{[&](int report) { return writeForEver(report, 1); }};
    ASSERT_EQ(writer.hear(), 'c');
    auto reader = Catalogue::open(file(), Mode::readOnly);
    ASSERT_TRUE(reader) << reader.error().message;
    std::int64_t last = 0;
    std::size_t seen = 0;
    for (int round = 0; round < 40; ++round) {
        const auto statistics = reader->statistics();
        ASSERT_TRUE(statistics) << statistics.error().message;
        ASSERT_EQ(statistics->works % kBatch, 0U);
        ASSERT_EQ(statistics->pages, 2 * statistics->works);
        const auto changes = reader->changesAfter(last, 50);
        ASSERT_TRUE(changes) << changes.error().message;
        for (const auto& change : *changes) {
            ASSERT_EQ(change.number, last + 1);
            last = change.number;
            const auto pages = reader->pages(change.edition.versionId);
            ASSERT_TRUE(pages) << pages.error().message;
            ASSERT_EQ(pages->size(), 2U);
            ++seen;
        }
        ASSERT_EQ(writer.hear(), 'c'); // it moves on
    }
    EXPECT_GT(seen, 500U);
    EXPECT_EQ(reader->store(numbered(1)).error().code, ErrorCode::permissionDenied);
}

TEST_F(Durability, aSecondWriterIsToldToWait)
{
    auto second = Catalogue::open(file(), Mode::readWrite);
    ASSERT_TRUE(second) << second.error().message;
    ASSERT_TRUE(catalogue->begin());
    store(numbered(1));
    const auto begun = second->begin();
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, ErrorCode::busy);
    EXPECT_THAT(begun.error().message, HasSubstr("another indexer is running"));
    ASSERT_TRUE(catalogue->commit());
    EXPECT_TRUE(second->begin());
}

TEST_F(Durability, aFullDiskLosesOnlyTheTransaction)
{
    ASSERT_TRUE(catalogue->begin());
    for (int number = 1; number <= kBatch; ++number) {
        store(numbered(number));
    }
    ASSERT_TRUE(catalogue->commit());
    ASSERT_TRUE(catalogue->limitSize(400'000));
    ASSERT_TRUE(catalogue->begin());
    Result<void> failed;
    std::mt19937 random{5};
    for (int number = 100; failed && number < 5'000; ++number) {
        auto document = numbered(number);
        for (auto& c : document.pages[1].text) { // does not compress
            c = static_cast<char>(std::uniform_int_distribution<int>{32, 126}(random));
        }
        if (const auto stored = catalogue->store(document); !stored) {
            failed = stored.error();
        }
    }
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::diskFull) << failed.error().message;
    ASSERT_TRUE(catalogue->rollback());
    EXPECT_EQ(catalogue->statistics()->works, static_cast<std::uint64_t>(kBatch));
    expectSound();
    // With room again, work goes on where it stood.
    ASSERT_TRUE(catalogue->limitSize(std::uint64_t{1} << 40U));
    EXPECT_THAT(store(numbered(21)).citableId, HasSubstr("UCLG-2021-0021-"));
    reopen();
    EXPECT_EQ(catalogue->statistics()->works, static_cast<std::uint64_t>(kBatch) + 1);
    expectSound();
}

TEST_F(Durability, oneDocumentThatFailsLeavesTheRestOfItsTransaction)
{
    ASSERT_TRUE(catalogue->begin());
    store(numbered(1));
    auto broken = numbered(2);
    broken.pages[1].number = 1;
    EXPECT_FALSE(catalogue->store(broken));
    store(numbered(3));
    ASSERT_TRUE(catalogue->commit());
    EXPECT_EQ(catalogue->statistics()->works, 2U);
    expectSound();
}

TEST_F(Durability, damageIsFoundAndNamed)
{
    std::int64_t versionId = 0;
    {
        for (int number = 1; number <= 200; ++number) {
            versionId = edition(store(numbered(number)).editionId).versionId;
        }
        catalogue.reset();
        auto connection = detail::Connection::open(file(), detail::Access::readWrite);
        ASSERT_TRUE(connection);
        detail::Script script{*connection};
        script.run("UPDATE page SET text = zeroblob(20) WHERE version_id = ? AND number = 2", versionId);
        script.run("UPDATE page SET text_bytes = 1 << 29 WHERE version_id = ? AND number = 2", versionId - 1);
        script.run("DELETE FROM page WHERE version_id = ? AND number = 2", versionId - 2);
        ASSERT_TRUE(script.outcome());
    }
    reopen();
    for (const auto damaged : {versionId, versionId - 1}) {
        const auto page = catalogue->page(damaged, 2);
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().code, ErrorCode::corruptInput);
        EXPECT_TRUE(*catalogue->page(damaged, 1));
    }
    const auto problems = catalogue->integrityProblems();
    ASSERT_TRUE(problems);
    EXPECT_THAT(*problems, testing::UnorderedElementsAre(
                               HasSubstr("wrong number of pages: version " + std::to_string(versionId - 2)),
                               HasSubstr("version " + std::to_string(versionId) + ", page 2"),
                               HasSubstr("version " + std::to_string(versionId - 1) + ", page 2")));
}

TEST_F(Durability, aFileOverwrittenInTheMiddleIsAnErrorNotACrash)
{
    for (int number = 1; number <= 200; ++number) {
        store(numbered(number));
    }
    catalogue.reset();
    {
        auto connection = detail::Connection::open(file(), detail::Access::readWrite);
        ASSERT_TRUE(connection->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    }
    const auto size = std::filesystem::file_size(file());
    std::mt19937 random{3};
    for (int round = 0; round < 20; ++round) {
        const auto copy = folder.path() / ("damaged" + std::to_string(round));
        std::filesystem::copy_file(file(), copy);
        {
            std::fstream bytes{copy, std::ios::in | std::ios::out | std::ios::binary};
            for (int i = 0; i < 5; ++i) {
                bytes.seekp(std::uniform_int_distribution<std::streamoff>{100, static_cast<std::streamoff>(size) -
                                                                                   4'096}(random));
                const std::string garbage(2'000, static_cast<char>(random()));
                bytes << garbage;
            }
        }
        auto opened = Catalogue::open(copy, Mode::readOnly);
        if (!opened) {
            EXPECT_EQ(opened.error().code, ErrorCode::corruptInput) << opened.error().message;
            continue;
        }
        const auto problems = opened->integrityProblems();
        EXPECT_TRUE(!problems || !problems->empty()) << "round " << round;
        (void)opened->changesAfter(0, 1'000).has_value();
        for (std::int64_t version = 1; version <= 200; ++version) {
            (void)opened->pages(version).has_value();
        }
    }
}

// Runs `look` where nothing in the folder can be written: as another user when we may write everything.
int withoutWriting(const std::filesystem::path& folder, const std::function<int()>& look)
{
    ::chmod(folder.c_str(), 0555);
    Process other{[&](int) {
        constexpr uid_t kNobody = 65'534;
        if (::geteuid() == 0 && ::setresuid(kNobody, kNobody, kNobody) != 0) {
            return 99;
        }
        return look();
    }};
    const int status = other.wait();
    ::chmod(folder.c_str(), 0755);
    return status;
}

TEST_F(Durability, aFolderThatCannotBeWrittenIsReadWhenTheLogIsThere)
{
    store(numbered(1));
    catalogue.reset(); // keeps the log for readers
    EXPECT_EQ(withoutWriting(folder.path(),
                             [&] {
                                 auto reader = Catalogue::open(file(), Mode::readOnly);
                                 return reader && reader->statistics() && reader->statistics()->works == 1 ? 0 : 1;
                             }),
              0);
}

TEST_F(Durability, aFolderThatCannotBeWrittenIsSaidSo)
{
    store(numbered(1));
    catalogue.reset();
    std::filesystem::remove(file().string() + "-wal");
    std::filesystem::remove(file().string() + "-shm");
    EXPECT_EQ(withoutWriting(folder.path(),
                             [&] {
                                 const auto reader = Catalogue::open(file(), Mode::readOnly);
                                 if (reader || reader.error().code != ErrorCode::permissionDenied ||
                                     reader.error().message.find("-shm") == std::string::npos) {
                                     return 1;
                                 }
                                 const auto writer = Catalogue::open(folder.path() / "new", Mode::readWrite);
                                 return !writer && writer.error().code == ErrorCode::permissionDenied ? 0 : 2;
                             }),
              0);
}

} // namespace
} // namespace acervo::catalogue
