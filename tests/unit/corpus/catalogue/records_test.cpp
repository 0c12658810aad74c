#include "corpus/catalogue/detail/records.h"
#include "corpus/catalogue/detail/schema.h"
#include "corpus/identifier/citable_id.h"
#include "tests/unit/corpus/catalogue/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <set>
#include <string>
#include <vector>

namespace acervo::catalogue {
namespace {

using detail::Access;
using detail::Connection;
using detail::Migration;
using detail::Script;
using testing::ElementsAre;
using testing::IsEmpty;

const access::Filter kPublic = access::Filter::publicOnly();
const access::Filter kStaff{{"public", "members", "staff"}};

class Records : public WithCatalogue {
protected:
    NewDocument with(NewDocument document, std::string audience, std::string section = {}, std::string type = {})
    {
        document.audience = std::move(audience);
        document.metadata.section = std::move(section);
        document.metadata.type = std::move(type);
        return document;
    }

    std::vector<WorkRecord> list(const access::Filter& reader, const RecordRange& range = {}, std::size_t limit = 100,
                                 const RecordBookmark& after = {})
    {
        auto records = catalogue->worksChanged(reader, range, after, limit);
        EXPECT_TRUE(records) << records.error().message;
        return records ? *records : std::vector<WorkRecord>{};
    }

    // "UCLG-2021-0001-X" or, deleted, "-UCLG-2021-0001-X"
    std::vector<std::string> ids(const access::Filter& reader, const RecordRange& range = {}, std::size_t limit = 100)
    {
        std::vector<std::string> all;
        for (const auto& record : list(reader, range, limit)) {
            all.push_back((record.deleted ? "-" : "") + record.citableId);
        }
        return all;
    }

    // Everything changed so far, changed at that time instead.
    void setTime(std::int64_t time)
    {
        auto connection = Connection::open(file(), Access::readWrite);
        ASSERT_TRUE(connection);
        Script script{*connection};
        detail::stampChanges(script, 0, time);
        ASSERT_TRUE(script.ok()) << script.error().message;
    }

    std::int64_t timeOf(const access::Filter& reader, std::string_view id)
    {
        const auto record = catalogue->workRecord(reader, id);
        EXPECT_TRUE(record && *record);
        return record && *record ? (*record)->changedAt : -1;
    }
};

TEST_F(Records, aNewWorkIsListedWithItsEditions)
{
    const auto before = static_cast<std::int64_t>(std::time(nullptr));
    const auto id = store(makeDocument("a_fr.pdf", "A", "fr", "a")).citableId;
    store(makeDocument("a_es.pdf", "B", "es", "a"));
    const auto records = list(kPublic);
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].citableId, id);
    EXPECT_FALSE(records[0].deleted);
    ASSERT_EQ(records[0].editions.size(), 2U);
    EXPECT_EQ(records[0].editions[1].metadata.title, "Title of B");
    EXPECT_GE(records[0].changedAt, before);
    EXPECT_EQ(records[0].editions[1].changedAt, records[0].changedAt);
}

TEST_F(Records, whatAReaderNeverSawDoesNotExist)
{
    const auto seen = store(with(makeDocument("a.pdf", "A"), "public")).citableId;
    const auto secret = store(with(makeDocument("b.pdf", "B"), "staff", "africa", "report")).citableId;
    EXPECT_THAT(ids(kPublic), ElementsAre(seen));
    EXPECT_THAT(ids(kStaff), testing::UnorderedElementsAre(seen, secret));
    EXPECT_FALSE(*catalogue->workRecord(kPublic, secret));
    EXPECT_THAT(catalogue->recordSummary(kPublic)->sections, IsEmpty());
    EXPECT_THAT(catalogue->recordSummary(kStaff)->sections, ElementsAre("africa"));
    // Not when it goes, either.
    ASSERT_TRUE(catalogue->withdraw("reports", "b.pdf", "gone"));
    EXPECT_THAT(ids(kPublic), ElementsAre(seen));
    EXPECT_THAT(ids(kStaff), testing::UnorderedElementsAre(seen, "-" + secret));
}

TEST_F(Records, aWithdrawnWorkIsDeletedAndComesBack)
{
    const auto id = store(with(makeDocument("a.pdf", "A"), "public", "africa", "report")).citableId;
    setTime(1000);
    ASSERT_TRUE(catalogue->withdraw("reports", "a.pdf", "gone"));
    EXPECT_THAT(ids(kPublic), ElementsAre("-" + id));
    EXPECT_GT(timeOf(kPublic, id), 1000);
    EXPECT_EQ((*catalogue->workRecord(kPublic, id))->section, "africa");
    ASSERT_TRUE(catalogue->noteUnchanged("reports", "a.pdf"));
    EXPECT_THAT(ids(kPublic), ElementsAre(id));
}

TEST_F(Records, aWorkThatLeavesAnAudienceIsDeletedForItOnly)
{
    const auto id = store(with(makeDocument("a.pdf", "A", "fr", "a"), "public", "africa", "report")).citableId;
    setTime(1000);
    auto moved = with(makeDocument("a.pdf", "A", "fr", "a"), "staff", "europe", "position");
    ASSERT_EQ(store(moved).citableId, id);
    EXPECT_THAT(ids(kPublic), ElementsAre("-" + id));
    EXPECT_GT(timeOf(kPublic, id), 1000);
    EXPECT_THAT(ids(kStaff), ElementsAre(id));
    // What it has become since is not for the public.
    EXPECT_EQ((*catalogue->workRecord(kPublic, id))->section, "africa");
    EXPECT_EQ((*catalogue->workRecord(kPublic, id))->type, "report");
    const auto atLeaving = timeOf(kPublic, id);
    setTime(2000);
    moved.metadata.title = "A new title";
    ASSERT_TRUE(store(moved).changed);
    EXPECT_EQ(timeOf(kPublic, id), 2000);
    EXPECT_GE(timeOf(kStaff, id), atLeaving);
}

TEST_F(Records, whatComesToAWithdrawnWorkIsShownToNobody)
{
    const Signature by{"ana", ""};
    const auto secret = store(with(makeDocument("a.fr.pdf", "A", "fr", "a"), "staff")).citableId;
    const auto shown = store(with(makeDocument("b.fr.pdf", "B", "fr", "b"), "public")).citableId;
    ASSERT_TRUE(catalogue->withdrawWork(secret, "secret reason", "", by));
    ASSERT_TRUE(catalogue->withdrawWork(shown, "wrong figures", "", by));
    // Opened, given another edition, closed: while it is withdrawn nobody sees any of it.
    ASSERT_EQ(store(with(makeDocument("a.fr.pdf", "A", "fr", "a"), "public")).citableId, secret);
    ASSERT_EQ(store(with(makeDocument("a.es.pdf", "A2", "es", "a"), "members")).citableId, secret);
    ASSERT_EQ(store(with(makeDocument("b.fr.pdf", "B", "fr", "b"), "staff")).citableId, shown);
    EXPECT_THAT(ids(kPublic), ElementsAre("-" + shown));
    EXPECT_FALSE(*catalogue->workRecord(kPublic, secret));
    EXPECT_THAT(ids(access::Filter{{"public", "members"}}), ElementsAre("-" + shown));
    EXPECT_THAT(ids(kStaff), testing::UnorderedElementsAre("-" + secret, "-" + shown));
    EXPECT_FALSE(*catalogue->tombstone(kPublic, secret));
    ASSERT_TRUE(*catalogue->tombstone(kPublic, shown));
    EXPECT_EQ((*catalogue->tombstone(kPublic, shown))->reason, "wrong figures");
    // Back again, it is for those it is open to now.
    ASSERT_TRUE(catalogue->restoreWork(secret, by));
    EXPECT_THAT(ids(kPublic), testing::UnorderedElementsAre(secret, "-" + shown));
}

TEST_F(Records, theTimeIsThatOfTheLatestChangeTheReaderSees)
{
    const auto id = store(with(makeDocument("a_fr.pdf", "A", "fr", "a"), "public")).citableId;
    setTime(1000);
    ASSERT_EQ(store(with(makeDocument("a_es.pdf", "B", "es", "a"), "staff")).citableId, id);
    EXPECT_EQ(timeOf(kPublic, id), 1000);
    EXPECT_GT(timeOf(kStaff, id), 1000);
    EXPECT_EQ(list(kPublic)[0].editions.size(), 1U);
    EXPECT_EQ(list(kStaff)[0].editions.size(), 2U);
}

TEST_F(Records, aRenamedWorkIsDeletedUnderItsFormerId)
{
    auto document = makeDocument("a.pdf", "A");
    const auto former = store(document).citableId;
    const auto assigned = identifier::format("UCLG", 2020, 500);
    document.metadata.assignedId = assigned;
    ASSERT_EQ(store(document).citableId, assigned);
    EXPECT_THAT(ids(kPublic), testing::UnorderedElementsAre("-" + former, assigned));
}

TEST_F(Records, aWorkMergedIntoAnotherIsDeleted)
{
    const auto one = store(makeDocument("a_fr.pdf", "A", "fr", "a")).citableId;
    auto other = makeDocument("x_es.pdf", "X", "es", "x");
    const auto two = store(other).citableId;
    setTime(1000);
    other.metadata.workKey = "a";
    ASSERT_EQ(store(other).citableId, one);
    EXPECT_THAT(ids(kPublic), testing::UnorderedElementsAre(one, "-" + two));
    EXPECT_GT(timeOf(kPublic, two), 1000);
}

TEST_F(Records, aRangeNarrowsByTimeSectionAndType)
{
    const auto old = store(with(makeDocument("a.pdf", "A"), "public", "africa", "report")).citableId;
    setTime(1000);
    const auto recent = store(with(makeDocument("b.pdf", "B"), "public", "africa", "position")).citableId;
    EXPECT_THAT(ids(kPublic, {1000, {}, {}, {}}), ElementsAre(old, recent));
    EXPECT_THAT(ids(kPublic, {1001, {}, {}, {}}), ElementsAre(recent));
    EXPECT_THAT(ids(kPublic, {{}, 1000, {}, {}}), ElementsAre(old));
    EXPECT_THAT(ids(kPublic, {{}, 999, {}, {}}), IsEmpty());
    EXPECT_THAT(ids(kPublic, {{}, {}, {"africa"}, {}}), ElementsAre(old, recent));
    EXPECT_THAT(ids(kPublic, {{}, {}, {"europe"}, {}}), IsEmpty());
    EXPECT_THAT(ids(kPublic, {{}, {}, {}, {"position"}}), ElementsAre(recent));
    const auto summary = catalogue->recordSummary(kPublic);
    EXPECT_EQ(summary->first, 1000);
    EXPECT_EQ(summary->last, timeOf(kPublic, recent));
    EXPECT_THAT(summary->types, ElementsAre("position", "report"));
}

TEST_F(Records, pagesJoinWithoutGapOrRepetition)
{
    constexpr std::size_t kWorks = 23;
    const std::vector<std::string> audiences{"public", "members", "staff"};
    for (std::size_t i = 0; i < kWorks; ++i) {
        const auto name = std::to_string(i);
        store(with(makeDocument(name + "_fr.pdf", name, "fr", name), audiences[i % 3]));
        store(with(makeDocument(name + "_es.pdf", name + "es", "es", name), audiences[i % 2]));
    }
    for (const auto& reader : {kPublic, kStaff}) {
        std::vector<std::string> paged;
        RecordBookmark after;
        for (;;) {
            const auto page = list(reader, {}, 4, after);
            if (page.empty()) {
                break;
            }
            ASSERT_LE(page.size(), 4U);
            for (const auto& record : page) {
                paged.push_back(record.citableId);
            }
            after = {page.back().changedAt, page.back().citableId};
        }
        EXPECT_EQ(paged, ids(reader));
        EXPECT_EQ(std::set<std::string>(paged.begin(), paged.end()).size(), paged.size());
    }
    EXPECT_EQ(ids(kStaff).size(), kWorks);
}

TEST_F(Records, whatIsSeenNowIsListedByIdAndByTime)
{
    const auto first = store(makeDocument("a.pdf", "A")).citableId;
    const auto gone = store(makeDocument("b.pdf", "B")).citableId;
    store(with(makeDocument("c.pdf", "C"), "staff"));
    const auto last = store(makeDocument("d.pdf", "D")).citableId;
    ASSERT_TRUE(catalogue->withdraw("reports", "b.pdf", "gone"));
    setTime(1000);
    auto changed = makeDocument("a.pdf", "A");
    changed.metadata.title = "Another";
    ASSERT_TRUE(store(changed).changed);

    const auto all = catalogue->worksAfter(kPublic, "", 10);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ((*all)[0].citableId, first);
    EXPECT_GT((*all)[0].changedAt, 1000);
    EXPECT_EQ((*all)[1].citableId, last);
    EXPECT_EQ((*all)[1].changedAt, 1000);
    EXPECT_EQ(catalogue->worksAfter(kPublic, first, 10)->size(), 1U);
    EXPECT_EQ(catalogue->worksAfter(kPublic, "", 1)->size(), 1U);
    EXPECT_THAT(*catalogue->everyWork(kPublic, 1), ElementsAre(first, last));
    EXPECT_THAT(*catalogue->everyWork(kPublic, 2), ElementsAre(last));
    EXPECT_THAT(*catalogue->everyWork(kPublic, 3), IsEmpty());

    const auto latest = catalogue->latestWorks(kPublic, {}, 10);
    ASSERT_TRUE(latest);
    ASSERT_EQ(latest->size(), 2U);
    EXPECT_EQ((*latest)[0].citableId, first);
    EXPECT_EQ((*latest)[1].citableId, last);
    EXPECT_EQ(catalogue->latestWorks(kPublic, (*latest)[0], 10)->size(), 1U);
    EXPECT_EQ(catalogue->latestWorks(kStaff, {}, 10)->size(), 3U);
}

TEST_F(Records, aCommitStampsItsOwnChangesOnly)
{
    const auto id = store(makeDocument("a.pdf", "A")).citableId;
    setTime(1000);
    ASSERT_TRUE(catalogue->begin());
    const auto later = store(makeDocument("b.pdf", "B")).citableId;
    ASSERT_TRUE(catalogue->commit());
    EXPECT_EQ(timeOf(kPublic, id), 1000);
    EXPECT_GT(timeOf(kPublic, later), 1000);
}

// As when a long transaction began before a harvest and ended after it.
TEST_F(Records, stampsBringForwardWhatWasWrittenEarlier)
{
    store(makeDocument("a.pdf", "A"));
    setTime(1000);
    auto connection = Connection::open(file(), Access::readWrite);
    ASSERT_TRUE(connection);
    Script script{*connection};
    detail::stampChanges(script, 1, 3000);
    ASSERT_TRUE(script.ok());
    EXPECT_EQ(list(kPublic)[0].changedAt, 1000) << "the change before is left alone";
    detail::stampChanges(script, 0, 3000);
    EXPECT_EQ(list(kPublic)[0].changedAt, 3000);
    EXPECT_EQ(list(kPublic)[0].editions[0].changedAt, 3000);
}

TEST_F(Records, anOlderCatalogueLearnsWhatItHasShown)
{
    {
        auto connection = Connection::open(folder.path() / "old.sqlite", Access::readWrite);
        ASSERT_TRUE(connection);
        const std::vector<Migration> first(detail::migrations().begin(), detail::migrations().begin() + 1);
        ASSERT_TRUE(detail::migrate(*connection, first));
        const auto filled = connection->execute(
            "INSERT INTO work VALUES (1, 'UCLG-2021-0001-A', 0, NULL, 'report', 'africa', '2021', '', '', 5),"
            "(2, 'UCLG-2021-0002-B', 0, NULL, 'report', 'asia', '2021', '', '', 5);"
            "INSERT INTO file VALUES (1, 'aa', 1, 'text/plain'), (2, 'bb', 1, 'text/plain');"
            "INSERT INTO edition VALUES (1, 1, 'fr', 'public', 0, 1, 1, 0, '', '', '', '', '', '', '', 'T', '', ''),"
            "(2, 2, 'fr', 'public', 1, 1, 2, 700, 'gone', '', '', '', '', '', '', 'T', '', '');"
            "INSERT INTO version VALUES (1, 1, 1, 1, 500, 0, 0, '', 0), (2, 2, 1, 2, 600, 0, 0, '', 0);"
            "UPDATE counter SET value = 2");
        ASSERT_TRUE(filled) << filled.error().message;
    }
    const auto old = Catalogue::open(folder.path() / "old.sqlite", Mode::readWrite);
    ASSERT_TRUE(old) << old.error().message;
    const auto records = old->worksChanged(kPublic, {}, {}, 10);
    ASSERT_TRUE(records) << records.error().message;
    ASSERT_EQ(records->size(), 2U);
    EXPECT_EQ((*records)[0].citableId, "UCLG-2021-0001-A");
    EXPECT_EQ((*records)[0].changedAt, 500);
    EXPECT_FALSE((*records)[0].deleted);
    EXPECT_EQ((*records)[1].changedAt, 700);
    EXPECT_TRUE((*records)[1].deleted);
    EXPECT_EQ((*records)[1].section, "asia");
}

} // namespace
} // namespace acervo::catalogue
