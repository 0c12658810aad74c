#include "tests/unit/corpus/catalogue/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class CatalogueFile : public WithCatalogue {
protected:
    std::vector<std::int64_t> changedAfter(std::int64_t after)
    {
        std::vector<std::int64_t> ids;
        const auto changes = catalogue->changesAfter(after, 1'000);
        EXPECT_TRUE(changes);
        std::int64_t last = after;
        for (const auto& change : *changes) {
            EXPECT_GT(change.number, last);
            last = change.number;
            ids.push_back(change.edition.editionId);
        }
        return ids;
    }
    std::int64_t lastChange() { return catalogue->statistics()->lastChange; }
};

NewDocument fullDocument()
{
    auto document = makeDocument("2021/outlook.pdf", "A", "fr", "outlook");
    document.metadata.type = "thematic-report";
    document.metadata.section = "africa";
    document.metadata.themes = {"local-finance", "no such theme"};
    document.metadata.countries = {"SN", "MA"};
    document.metadata.sdgs = {"11", "16"};
    document.metadata.keywords = {"impôt", "budget"};
    document.metadata.series = "Cahiers";
    document.metadata.number = "12";
    document.metadata.isbn = "978-84-0";
    document.metadata.doi = "10.1/x";
    document.metadata.license = "CC-BY-4.0";
    document.metadata.subtitle = "Sous-titre";
    document.metadata.authors = {"Zoé", "Adama"};
    document.metadata.abstractText = "Résumé";
    document.truncated = true;
    document.outline = {{1, "Introduction", 1}, {2, "Détail", 0}};
    document.pages = {{1, "i", "", "fr", std::string(5'000, 'x')},
                      {2, "1", "Chapitre", "en", std::string("with\0nul", 8)},
                      {4, "", "", "fr", ""}};
    document.warnings = {"two\nlines", "one"};
    document.location.inputsHash = "inputs";
    document.location.modifiedAt = 1'600'000'000'123'456'789;
    document.location.outcome = Outcome::partial;
    document.location.reason = "truncated";
    return document;
}

TEST_F(CatalogueFile, givesBackWhatWasStored)
{
    const auto document = fullDocument();
    const auto stored = store(document);
    reopen();
    const auto found = edition(stored.editionId);
    EXPECT_EQ(found.metadata, document.metadata);
    EXPECT_EQ(found.outline, document.outline);
    EXPECT_EQ(found.sha256, "sha-A");
    EXPECT_EQ(found.mediaType, "application/pdf");
    EXPECT_EQ(found.audience, "public");
    EXPECT_EQ(found.sourceUri, "2021/outlook.pdf");
    EXPECT_EQ(found.sourceName, "reports");
    EXPECT_EQ(found.pageCount, 3U);
    EXPECT_TRUE(found.truncated);
    EXPECT_THAT(found.pageLanguages, ElementsAre("fr", "en"));
    EXPECT_EQ(*catalogue->pages(found.versionId), document.pages);
    EXPECT_EQ(**catalogue->page(found.versionId, 2), document.pages[1]);
    EXPECT_FALSE(*catalogue->page(found.versionId, 3));
    const auto location = **catalogue->location("reports", "2021/outlook.pdf");
    EXPECT_EQ(location.modifiedAt, 1'600'000'000'123'456'789);
    EXPECT_EQ(location.inputsHash, "inputs");
    EXPECT_EQ(location.outcome, Outcome::partial);
    EXPECT_EQ(location.reason, "truncated");
    EXPECT_THAT(location.warnings, ElementsAre("two lines", "one"));
    const auto statistics = *catalogue->statistics();
    EXPECT_EQ(statistics.pages, 3U);
    EXPECT_EQ(statistics.textBytes, 5'008U);
    expectSound();
}

TEST_F(CatalogueFile, keepsOldVersionsAndTheirPages)
{
    const auto first = store(makeDocument("a.pdf", "A"));
    const auto before = edition(first.editionId);
    store(makeDocument("a.pdf", "B"));
    const auto after = edition(first.editionId);
    EXPECT_EQ(after.versionNumber, 2U);
    EXPECT_EQ(after.sha256, "sha-B");
    EXPECT_EQ((*catalogue->pages(before.versionId)).front().text, "Text of A");
    EXPECT_EQ((*catalogue->pages(after.versionId)).front().text, "Text of B");
    EXPECT_EQ(catalogue->statistics()->versions, 2U);
    EXPECT_EQ(catalogue->statistics()->pages, 1U);
}

TEST_F(CatalogueFile, versionsAreListedNewestFirst)
{
    auto document = makeDocument("a.pdf", "A");
    document.outline = {{1, "Chapter", 1}};
    const auto first = store(document);
    document = makeDocument("a.pdf", "BB");
    document.pages.push_back({2, "ii", "", "es", "Otra"});
    const auto second = store(document);
    ASSERT_EQ(first.editionId, second.editionId);
    const auto versions = catalogue->versions(first.editionId);
    ASSERT_TRUE(versions);
    ASSERT_EQ(versions->size(), 2U);
    const auto& [newest, oldest] = std::tie((*versions)[0], (*versions)[1]);
    EXPECT_EQ(newest.number, 2U);
    EXPECT_EQ(newest.versionId, edition(first.editionId).versionId);
    EXPECT_EQ(newest.pageCount, 2U);
    EXPECT_EQ(newest.sha256, "sha-BB");
    EXPECT_TRUE(newest.outline.empty());
    EXPECT_EQ(oldest.number, 1U);
    EXPECT_EQ(oldest.byteSize, 1U);
    EXPECT_EQ(oldest.outline, (std::vector<model::OutlineEntry>{{1, "Chapter", 1}}));
    EXPECT_EQ(oldest.pageLanguages, (std::vector<std::string>{"fr"}));
    EXPECT_EQ((*catalogue->pages(oldest.versionId)).at(0).text, "Text of A");
    EXPECT_TRUE(catalogue->versions(9999)->empty());
}

TEST_F(CatalogueFile, aVersionThatIsReplacedKeepsItsNames)
{
    auto document = makeDocument("a.pdf", "A");
    document.metadata.subtitle = "Draft for comment";
    document.metadata.authors = {"Ana Ruiz", "Marc Petit"};
    const auto id = store(document).editionId;
    ASSERT_TRUE(catalogue->editWork(edition(id).citableId, {{"title", "", {"As staff had it"}}}, {"ana", ""}));
    document = makeDocument("a.pdf", "B");
    document.metadata.authors = {"Ana Ruiz"};
    document.metadata.date = "2022";
    store(document);
    document.metadata.title = "A third title for the same bytes";
    store(document);
    const auto versions = catalogue->versions(id);
    ASSERT_EQ(versions->size(), 2U);
    EXPECT_EQ((*versions)[0].title, ""); // the edition has it
    EXPECT_EQ((*versions)[1].title, "As staff had it");
    EXPECT_EQ((*versions)[1].subtitle, "Draft for comment");
    EXPECT_EQ((*versions)[1].date, "2021-06");
    EXPECT_EQ((*versions)[1].authors, (std::vector<std::string>{"Ana Ruiz", "Marc Petit"}));
    EXPECT_EQ(edition(id).metadata.authors, (std::vector<std::string>{"Ana Ruiz"}));
}

TEST_F(CatalogueFile, aReportThatIsOpenedDoesNotOpenItsDrafts)
{
    auto draft = makeDocument("a.pdf", "Draft");
    draft.audience = "members";
    const auto stored = store(draft);
    auto final = makeDocument("a.pdf", "Final");
    store(final);
    const auto audiences = [&] {
        std::vector<std::string> found;
        const auto versions = catalogue->versions(stored.editionId);
        for (const auto& version : *versions) {
            found.push_back(version.audience);
        }
        return found;
    };
    EXPECT_EQ(edition(stored.editionId).audience, "public");
    EXPECT_EQ(audiences(), (std::vector<std::string>{"public", "members"}));
    // The same bytes under another policy: the version that is current follows it.
    final.audience = "staff";
    store(final);
    EXPECT_EQ(audiences(), (std::vector<std::string>{"staff", "members"}));
}

TEST_F(CatalogueFile, changesComeInOrderAndOnlyOnce)
{
    const auto a = store(makeDocument("a.pdf", "A")).editionId;
    const auto b = store(makeDocument("b.pdf", "B")).editionId;
    const auto c = store(makeDocument("c.pdf", "C")).editionId;
    EXPECT_THAT(changedAfter(0), ElementsAre(a, b, c));
    const auto mark = lastChange();
    EXPECT_FALSE(store(makeDocument("b.pdf", "B")).changed);
    EXPECT_THAT(changedAfter(mark), IsEmpty());
    store(makeDocument("b.pdf", "B2"));
    EXPECT_THAT(changedAfter(0), ElementsAre(a, c, b));
    EXPECT_THAT(changedAfter(mark), ElementsAre(b));
    ASSERT_TRUE(catalogue->withdraw("reports", "a.pdf", "superseded"));
    EXPECT_THAT(changedAfter(mark), ElementsAre(b, a));
    EXPECT_THAT(*catalogue->changesAfter(0, 2), SizeIs(2));
    const auto withdrawn = edition(a);
    EXPECT_EQ(withdrawn.state, model::EditionState::withdrawn);
    EXPECT_EQ(withdrawn.withdrawnReason, "superseded");
    EXPECT_GT(withdrawn.withdrawnAt, 0);
}

TEST_F(CatalogueFile, anEditedSidecarChangesMetadataNotTheVersion)
{
    auto document = makeDocument("a.pdf", "A");
    const auto id = store(document).editionId;
    const auto mark = lastChange();
    document.metadata.title = "Another title";
    document.metadata.themes = {"housing"};
    const auto stored = store(document);
    EXPECT_EQ(stored.how, StoredAs::sameContent);
    EXPECT_TRUE(stored.changed);
    EXPECT_THAT(changedAfter(mark), ElementsAre(id));
    EXPECT_EQ(edition(id).versionNumber, 1U);
    EXPECT_EQ(edition(id).metadata.title, "Another title");
    document.metadata.themes.clear();
    store(document);
    EXPECT_THAT(edition(id).metadata.themes, IsEmpty());
}

TEST_F(CatalogueFile, aBetterExtractionReplacesThePagesOfTheSameVersion)
{
    auto document = makeDocument("a.pdf", "A");
    const auto id = store(document).editionId;
    const auto mark = lastChange();
    document.pages.push_back({2, "ii", "", "en", "more"});
    EXPECT_TRUE(store(document).changed);
    const auto found = edition(id);
    EXPECT_EQ(found.versionNumber, 1U);
    EXPECT_EQ(found.pageCount, 2U);
    EXPECT_EQ(*catalogue->pages(found.versionId), document.pages);
    EXPECT_THAT(changedAfter(mark), ElementsAre(id));
    expectSound();
}

TEST_F(CatalogueFile, editionsOfAWorkFillEachOthersGaps)
{
    auto french = makeDocument("a.fr.pdf", "A", "fr", "k");
    french.metadata.themes = {"housing"};
    french.metadata.date = "2021";
    const auto first = store(french).editionId;
    auto english = makeDocument("a.en.pdf", "B", "en", "k");
    english.metadata.type = "report";
    english.metadata.date = "2021-06";
    english.metadata.isbn = "en-isbn";
    const auto mark = lastChange();
    const auto second = store(english).editionId;
    // The work learned its type: both editions have changed.
    EXPECT_THAT(changedAfter(mark), testing::UnorderedElementsAre(first, second));
    EXPECT_EQ(edition(first).metadata.type, "report");
    EXPECT_THAT(edition(second).metadata.themes, ElementsAre("housing"));
    EXPECT_EQ(edition(first).metadata.date, "2021");
    EXPECT_EQ(edition(first).metadata.isbn, "");
    const auto again = lastChange();
    store(french);
    EXPECT_THAT(changedAfter(again), IsEmpty());
}

TEST_F(CatalogueFile, theSourcesSectionIsTheDefault)
{
    auto document = makeDocument("a.pdf", "A");
    document.sourceSection = "europe";
    EXPECT_EQ(edition(store(document).editionId).metadata.section, "europe");
    EXPECT_FALSE(store(document).changed);
    document.metadata.section = "mewa";
    EXPECT_EQ(edition(store(document).editionId).metadata.section, "mewa");
}

TEST_F(CatalogueFile, aFailureIsRememberedAndHidesNothing)
{
    const auto id = store(makeDocument("a.pdf", "A")).editionId;
    Location failed;
    failed.source = "reports";
    failed.uri = "a.pdf";
    failed.sha256 = "sha-damaged";
    failed.reason = "corruptInput: no pages";
    ASSERT_TRUE(catalogue->noteFailure(failed));
    failed.uri = "new.pdf";
    failed.outcome = Outcome::quarantined;
    ASSERT_TRUE(catalogue->noteFailure(failed));
    const auto known = **catalogue->location("reports", "a.pdf");
    EXPECT_EQ(known.outcome, Outcome::failed);
    EXPECT_EQ(known.reason, "corruptInput: no pages");
    EXPECT_EQ(known.editionId, id);
    EXPECT_EQ(edition(id).sha256, "sha-A");
    EXPECT_EQ((*catalogue->location("reports", "new.pdf"))->outcome, Outcome::quarantined);
    EXPECT_EQ(catalogue->statistics()->failed, 2U);
    // Mended: a version of the same edition.
    EXPECT_EQ(store(makeDocument("a.pdf", "B")).editionId, id);
    EXPECT_EQ(catalogue->statistics()->failed, 1U);
}

TEST_F(CatalogueFile, theLastPlaceToGoWithdrawsTheEdition)
{
    const auto id = store(makeDocument("a.pdf", "A")).editionId;
    store(makeDocument("copy.pdf", "A"));
    ASSERT_TRUE(catalogue->withdraw("reports", "a.pdf", "gone"));
    EXPECT_EQ(edition(id).state, model::EditionState::current);
    EXPECT_EQ(edition(id).sourceUri, "copy.pdf");
    const auto mark = lastChange();
    ASSERT_TRUE(catalogue->withdraw("reports", "a.pdf", "gone")); // said twice
    EXPECT_EQ(lastChange(), mark);
    ASSERT_TRUE(catalogue->withdraw("reports", "copy.pdf", "gone"));
    EXPECT_EQ(edition(id).state, model::EditionState::withdrawn);
    ASSERT_TRUE(catalogue->noteUnchanged("reports", "copy.pdf"));
    EXPECT_EQ(edition(id).state, model::EditionState::current);
    EXPECT_EQ(edition(id).withdrawnReason, "");
    EXPECT_EQ((*catalogue->location("reports", "copy.pdf"))->outcome, Outcome::indexed);
    expectSound();
}

TEST_F(CatalogueFile, missedPassesAreCountedUntilSeenAgain)
{
    store(makeDocument("a.pdf", "A"));
    EXPECT_EQ(*catalogue->noteMissing("reports", "a.pdf"), 1U);
    EXPECT_EQ(*catalogue->noteMissing("reports", "a.pdf"), 2U);
    Location touched = **catalogue->location("reports", "a.pdf");
    touched.modifiedAt = 42;
    ASSERT_TRUE(catalogue->noteUnchanged(touched));
    EXPECT_EQ((*catalogue->location("reports", "a.pdf"))->missedPasses, 0U);
    EXPECT_EQ((*catalogue->location("reports", "a.pdf"))->modifiedAt, 42);
    EXPECT_EQ(*catalogue->noteMissing("reports", "a.pdf"), 1U);
}

TEST_F(CatalogueFile, unknownPlacesAreNotFound)
{
    EXPECT_EQ(catalogue->noteUnchanged("reports", "none.pdf").error().code, ErrorCode::notFound);
    EXPECT_EQ(catalogue->withdraw("none", "none.pdf", "").error().code, ErrorCode::notFound);
    EXPECT_EQ(catalogue->noteMissing("reports", "none.pdf").error().code, ErrorCode::notFound);
    EXPECT_FALSE(*catalogue->location("reports", "none.pdf"));
    EXPECT_FALSE(*catalogue->edition(99));
    EXPECT_THAT(*catalogue->editionsOfWork("UCLG-2021-0042-T"), IsEmpty());
    EXPECT_THAT(*catalogue->pages(99), IsEmpty());
}

TEST_F(CatalogueFile, incompleteDocumentsAreRefused)
{
    auto document = makeDocument("a.pdf", "A");
    document.location.sha256.clear();
    EXPECT_EQ(catalogue->store(document).error().code, ErrorCode::invalidArgument);
    document = makeDocument("a.pdf", "A");
    document.pages.push_back(document.pages.front());
    EXPECT_EQ(catalogue->store(document).error().code, ErrorCode::invalidArgument);
    document = makeDocument("a.pdf", "A");
    document.audience.clear();
    EXPECT_EQ(catalogue->store(document).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(catalogue->statistics()->works, 0U);
}

TEST_F(CatalogueFile, whatIsRolledBackHasNeverBeen)
{
    ASSERT_TRUE(catalogue->begin());
    store(makeDocument("a.pdf", "A"));
    ASSERT_TRUE(catalogue->commit());
    ASSERT_TRUE(catalogue->begin());
    store(makeDocument("b.pdf", "B"));
    store(makeDocument("a.pdf", "A2"));
    ASSERT_TRUE(catalogue->rollback());
    EXPECT_EQ(catalogue->statistics()->works, 1U);
    EXPECT_EQ(catalogue->statistics()->versions, 1U);
    EXPECT_FALSE(catalogue->commit());
    EXPECT_TRUE(catalogue->rollback());
    ASSERT_TRUE(catalogue->begin());
    EXPECT_FALSE(catalogue->begin());
    ASSERT_TRUE(catalogue->rollback());
}

TEST_F(CatalogueFile, aRunIsReportedRowByRow)
{
    const auto first = *catalogue->beginRun("reports");
    const auto second = *catalogue->beginRun("archive");
    ASSERT_TRUE(catalogue->addRunRow(first, {"b.pdf", Outcome::failed, "timeout: 30 s"}));
    ASSERT_TRUE(catalogue->addRunRow(first, {"a.pdf", Outcome::indexed, ""}));
    RunCounts counts;
    counts.seen = 3;
    counts.indexed = 1;
    counts.failed = 1;
    counts.unchanged = 1;
    ASSERT_TRUE(catalogue->finishRun(first, counts));
    EXPECT_EQ(catalogue->finishRun(99, counts).error().code, ErrorCode::notFound);
    EXPECT_FALSE(catalogue->addRunRow(99, {}));
    const auto runs = *catalogue->recentRuns(10);
    ASSERT_THAT(runs, SizeIs(2));
    EXPECT_EQ(runs[0].runId, second);
    EXPECT_EQ(runs[0].finishedAt, 0);
    EXPECT_EQ(runs[1].source, "reports");
    EXPECT_EQ(runs[1].counts.failed, 1U);
    EXPECT_GT(runs[1].finishedAt, 0);
    const auto rows = *catalogue->runRows(first);
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_EQ(rows[0].uri, "b.pdf");
    EXPECT_EQ(rows[0].outcome, Outcome::failed);
    EXPECT_EQ(rows[0].reason, "timeout: 30 s");
}

TEST_F(CatalogueFile, locationsComeByUriAndCanBeStopped)
{
    store(makeDocument("b.pdf", "B"));
    store(makeDocument("a.pdf", "A"));
    store(makeDocument("c.pdf", "C"));
    std::vector<std::string> uris;
    ASSERT_TRUE(catalogue->eachLocation("reports", [&](const Location& location) {
        uris.push_back(location.uri);
        return uris.size() < 2;
    }));
    EXPECT_THAT(uris, ElementsAre("a.pdf", "b.pdf"));
    EXPECT_THAT(*catalogue->locations("reports"), SizeIs(3));
    EXPECT_THAT(*catalogue->locations("none"), IsEmpty());
}

TEST_F(CatalogueFile, refusesAPrefixThatNoIdCanHave)
{
    const auto opened = Catalogue::open(file(), Mode::readWrite, {"not a prefix"});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::invalidArgument);
}

} // namespace
} // namespace acervo::catalogue
