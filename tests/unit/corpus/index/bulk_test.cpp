// Whole generations: built in parts, merged, verified, kept for rollback.
#include "corpus/index/detail/batch_queue.h"
#include "corpus/index/detail/verification.h"
#include "corpus/index/document_builder.h"
#include "corpus/index/generation.h"
#include "corpus/index/reader.h"
#include "corpus/index/writer.h"
#include "tests/support/indexed_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <future>

namespace acervo::index {
namespace {

namespace fs = std::filesystem;
using support::IndexedCatalogue;
using support::makeDocument;
using support::shippedVocabularies;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Bulk : public testing::Test {
protected:
    const fs::path& root() { return library.options().root; }
    std::string current() { return currentGeneration(root()).value(); }

    Xapian::Database database(const std::string& audience)
    {
        return Xapian::Database{(root() / current() / audience).string()};
    }

    // In turn for the public, members and staff, in English, French and Spanish.
    void storeMany(int from, int to)
    {
        const std::vector<std::string> audiences{"public", "members", "staff"};
        ASSERT_TRUE(library.catalogue().begin());
        for (int i = from; i < to; ++i) {
            const auto number = std::to_string(i);
            const auto* language = i % 2 == 0 ? "fr" : "es";
            auto document = makeDocument("work" + number, language, {"eau numéro n" + number, "logement public"});
            document.metadata.title = "Rapport " + number + " sur l'eau";
            document.audience = audiences[static_cast<std::size_t>(i) % audiences.size()];
            library.store(document);
        }
        ASSERT_TRUE(library.catalogue().commit());
    }

    // All terms with positions and frequencies, values and data, by docid.
    static std::vector<std::string> contentOf(const Xapian::Database& database)
    {
        std::vector<std::string> documents;
        for (auto posting = database.postlist_begin(""); posting != database.postlist_end(""); ++posting) {
            const auto document = database.get_document(*posting);
            std::string all = std::to_string(*posting) + document.get_data();
            for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
                all += *term + "/" + std::to_string(term.get_wdf());
                for (auto at = term.positionlist_begin(); at != term.positionlist_end(); ++at) {
                    all += "," + std::to_string(*at);
                }
            }
            for (auto value = document.values_begin(); value != document.values_end(); ++value) {
                all += std::to_string(value.get_valueno()) + "=" + *value;
            }
            documents.push_back(std::move(all));
        }
        return documents;
    }

    IndexedCatalogue library;
};

TEST_F(Bulk, partsOfAnySizeMakeTheSameIndex)
{
    storeMany(0, 60);
    library.catchUp();
    const auto whole = contentOf(database("public"));
    ASSERT_THAT(whole, SizeIs(20));
    library.options().segmentDocuments = 7;
    library.options().buildThreads = 3;
    library.rebuild();
    EXPECT_EQ(contentOf(database("public")), whole);
    library.options().segmentDocuments = 1000;
    library.options().buildMemoryBytes = 1; // each document for itself
    library.rebuild();
    EXPECT_EQ(contentOf(database("public")), whole);
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Bulk, isTheIndexThatSmallUpdatesMake)
{
    library.store(makeDocument("first", "en", {"water"}));
    library.catchUp();
    library.options().batchDocuments = 10;
    storeMany(0, 60);
    library.catchUp();
    const auto updated = contentOf(database("members"));
    library.rebuild();
    EXPECT_EQ(contentOf(database("members")), updated);
}

TEST_F(Bulk, morePartsThanCanBeOpenAreMergedInRounds)
{
    library.options().segmentDocuments = 1;
    storeMany(0, 450); // 150 parts for each audience
    EXPECT_EQ(library.catchUp().added, 450U);
    EXPECT_THAT(library.problems(), IsEmpty());
    EXPECT_EQ(database("public").get_doccount(), 150U);
    EXPECT_FALSE(fs::exists(root() / current() / "segments"));
    const auto staff = database("staff");
    std::int64_t edition = 0;
    for (auto posting = staff.postlist_begin(""); posting != staff.postlist_end(""); ++posting) {
        auto term = staff.termlist_begin(*posting);
        term.skip_to("Q");
        const auto here = std::stoll((*term).substr(1));
        EXPECT_GT(here, edition) << "documents keep the order of their changes";
        edition = here;
    }
}

TEST_F(Bulk, whatWasStoppedGoesOnAndIsWholeInTheEnd)
{
    library.options().segmentDocuments = 5;
    storeMany(0, 60);
    int asked = 0;
    library.options().stopRequested = [&] { return ++asked > 3; };
    const auto stopped = library.catchUp();
    EXPECT_EQ(stopped.added, 20U);
    library.options().stopRequested = nullptr;
    EXPECT_EQ(library.catchUp().added, 60 - stopped.added);
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Bulk, nothingToIndexMakesAnEmptyIndexOnce)
{
    library.catchUp();
    library.catchUp();
    EXPECT_EQ(current(), "g000001");
    EXPECT_EQ(database("public").get_doccount(), 0U);
    storeMany(0, 3);
    library.catchUp(); // nothing in it yet: made anew
    EXPECT_THAT(library.problems(), IsEmpty());
    EXPECT_FALSE(fs::exists(root() / "g000001"));
}

TEST_F(Bulk, updatesGoOnFromAMergedIndex)
{
    storeMany(0, 30);
    library.catchUp();
    storeMany(30, 33);
    EXPECT_EQ(library.catchUp().added, 3U);
    ASSERT_TRUE(library.catalogue().withdraw("tests", "work0.fr.pdf", "test"));
    EXPECT_EQ(library.catchUp().removed, 1U);
    EXPECT_EQ(database("public").get_doccount(), 10U);
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Bulk, aGenerationRolledBackToCatchesUpOnTheNextRun)
{
    storeMany(0, 9);
    library.catchUp();
    library.rebuild();
    storeMany(9, 12);
    library.catchUp();
    ASSERT_TRUE(library.catalogue().withdraw("tests", "work0.fr.pdf", "test"));
    library.catchUp();
    EXPECT_EQ(changesBehind(library.options(), library.catalogue()).value(), 0U);
    ASSERT_TRUE(rollBack(root()));
    EXPECT_EQ(current(), "g000001");
    EXPECT_GT(changesBehind(library.options(), library.catalogue()).value(), 0U);
    EXPECT_EQ(database("public").get_doccount(), 3U);
    const auto caughtUp = library.catchUp();
    EXPECT_EQ(caughtUp.added, 3U);
    EXPECT_EQ(caughtUp.removed, 1U);
    EXPECT_THAT(library.problems(), IsEmpty());
    EXPECT_EQ(changesBehind(library.options(), library.catalogue()).value(), 0U);
}

TEST_F(Bulk, anIndexWithoutSomeOfTheEditionsIsNotUsed)
{
    storeMany(0, 30);
    const auto report = library.catchUp();
    const auto verified = [&] { return detail::verify(library.options(), current(), library.catalogue(), report); };
    ASSERT_TRUE(verified());
    {
        Xapian::WritableDatabase damaged{(root() / current() / "members").string()};
        damaged.delete_document(3);
    }
    auto refused = verified();
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("9 documents for the audience members"));
    auto withOne = report;
    withOne.refused.push_back("edition 8: too strange");
    EXPECT_TRUE(detail::verify(library.options(), current(), library.catalogue(), withOne))
        << "one that was refused may be missing";
}

TEST_F(Bulk, anIndexThatDoesNotFindTitlesIsNotUsed)
{
    storeMany(0, 30);
    const auto report = library.catchUp();
    {
        Xapian::WritableDatabase damaged{(root() / current() / "public").string()};
        for (Xapian::docid id = 1; id <= damaged.get_lastdocid(); ++id) {
            auto document = damaged.get_document(id);
            document.remove_term("ZS:rapport");
            damaged.replace_document(id, document);
        }
    }
    const auto refused = detail::verify(library.options(), current(), library.catalogue(), report);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("by its title \"Rapport"));
}

TEST_F(Bulk, manyEditionsWithOneTitleAreFoundNevertheless)
{
    for (int i = 0; i < 40; ++i) {
        auto document = makeDocument("work" + std::to_string(i), "en", {"water"});
        document.metadata.title = i % 2 == 0 ? "Annual report" : "";
        library.store(document);
    }
    EXPECT_EQ(library.catchUp().added, 40U);
    EXPECT_EQ(library.rebuild().added, 40U);
}

TEST_F(Bulk, oneThatIsNotFitForUseLeavesThePresentOne)
{
    storeMany(0, 6);
    library.catchUp();
    // A file where a folder must be made: the build fails, whoever runs it.
    library.options().progress = [&](std::uint64_t) { std::ofstream{root() / "g000002" / "public"} << "in the way"; };
    EXPECT_FALSE(rebuild(library.options(), library.catalogue(), shippedVocabularies()));
    EXPECT_EQ(current(), "g000001");
    EXPECT_FALSE(fs::exists(root() / "g000002"));
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Bulk, aReaderNeverMeetsAGenerationThatIsGone)
{
    storeMany(0, 3);
    library.catchUp();
    std::atomic<bool> done{false};
    std::vector<std::future<std::string>> readers;
    for (int i = 0; i < 3; ++i) {
        readers.push_back(std::async(std::launch::async, [&]() -> std::string {
            while (!done) {
                if (const auto reader = Reader::open(root(), access::Filter::publicOnly()); !reader) {
                    return reader.error().message;
                }
            }
            return {};
        }));
    }
    const auto from = library.folder().path() / "public";
    fs::copy(root() / current() / "public", from);
    for (int i = 0; i < 60; ++i) {
        const auto next = createGeneration(root(), library.options().audiences.names);
        ASSERT_TRUE(next);
        fs::copy(from, root() / *next / "public");
        ASSERT_TRUE(switchTo(root(), *next));
        ASSERT_TRUE(removeOldGenerations(root(), 0));
    }
    done = true;
    for (auto& reader : readers) {
        EXPECT_EQ(reader.get(), "");
    }
}

TEST(BatchQueue, holdsBackWhoReadsFasterThanOthersIndex)
{
    detail::BatchQueue queue{100};
    EXPECT_TRUE(queue.push({0, {}, 500})) << "one larger than the room comes alone";
    auto second = std::async(std::launch::async, [&] { return queue.push({1, {}, 60}); });
    EXPECT_EQ(second.wait_for(std::chrono::milliseconds{20}), std::future_status::timeout);
    ASSERT_EQ(queue.pop()->number, 0U);
    EXPECT_EQ(second.wait_for(std::chrono::milliseconds{20}), std::future_status::timeout) << "popped is not done";
    queue.done(500);
    EXPECT_TRUE(second.get());
    EXPECT_TRUE(queue.push({2, {}, 40}));
    queue.finish();
    EXPECT_EQ(queue.pop()->number, 1U);
    EXPECT_EQ(queue.pop()->number, 2U);
    EXPECT_FALSE(queue.pop());
}

TEST(BatchQueue, nobodyWaitsForOneWhoGaveUp)
{
    detail::BatchQueue queue{100};
    EXPECT_TRUE(queue.push({0, {}, 100}));
    auto waiting = std::async(std::launch::async, [&] { return queue.push({1, {}, 100}); });
    queue.abandon();
    EXPECT_FALSE(waiting.get());
    EXPECT_FALSE(queue.pop());
    EXPECT_FALSE(queue.push({2, {}, 1}));
}

} // namespace
} // namespace acervo::index
