#include "corpus/index/writer.h"

#include "corpus/index/document_builder.h"
#include "corpus/index/generation.h"
#include "tests/support/indexed_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

namespace acervo::index {
namespace {

using support::IndexedCatalogue;
using support::makeDocument;
using support::shippedVocabularies;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Writer : public testing::Test {
protected:
    std::filesystem::path part(const std::string& audience)
    {
        return library.options().root / currentGeneration(library.options().root).value() / audience;
    }

    std::uint64_t documents(const std::string& audience)
    {
        return Xapian::Database{part(audience).string()}.get_doccount();
    }

    // How often the edition stands in the audience's database.
    std::uint64_t occurrences(const std::string& audience, std::int64_t editionId)
    {
        return Xapian::Database{part(audience).string()}.get_termfreq(DocumentBuilder::uniqueTerm(editionId));
    }

    void execute(const std::string& sql)
    {
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open(library.catalogueFile().c_str(), &handle), SQLITE_OK);
        char* problem = nullptr;
        EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &problem), SQLITE_OK) << problem;
        sqlite3_close(handle);
    }

    IndexedCatalogue library;
};

TEST_F(Writer, catchesUpOnceAndThenHasNothingToDo)
{
    for (const auto* name : {"a", "b", "c"}) {
        library.store(makeDocument(name, "en", {"water"}));
    }
    const auto first = library.catchUp();
    EXPECT_EQ(first.added, 3U);
    EXPECT_GT(first.appliedChange, 0);
    EXPECT_EQ(documents("public"), 3U);
    const auto second = library.catchUp();
    EXPECT_EQ(second.added, 0U);
    EXPECT_EQ(second.removed, 0U);
    EXPECT_EQ(second.appliedChange, first.appliedChange);
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Writer, aNewVersionReplacesTheFormer)
{
    const auto stored = library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    library.store(makeDocument("a", "en", {"housing"}));
    EXPECT_EQ(library.catchUp().added, 1U);
    EXPECT_EQ(occurrences("public", stored.editionId), 1U);
    const Xapian::Database database{part("public").string()};
    EXPECT_FALSE(database.term_exists("water"));
    EXPECT_TRUE(database.term_exists("housing"));
}

TEST_F(Writer, withdrawnEditionsLeaveAndComeBack)
{
    const auto stored = library.store(makeDocument("a", "en", {"water"}));
    library.store(makeDocument("b", "en", {"water"}));
    library.catchUp();
    ASSERT_TRUE(library.catalogue().withdraw("tests", "a.en.pdf", "test"));
    EXPECT_EQ(library.catchUp().removed, 1U);
    EXPECT_EQ(occurrences("public", stored.editionId), 0U);
    EXPECT_EQ(documents("public"), 1U);
    EXPECT_THAT(library.problems(), IsEmpty());
    ASSERT_TRUE(library.catalogue().noteUnchanged("tests", "a.en.pdf"));
    library.catchUp();
    EXPECT_EQ(documents("public"), 2U);
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Writer, anotherAudienceMeansAnotherDatabase)
{
    auto document = makeDocument("a", "en", {"zanzibarine"});
    library.store(document);
    library.catchUp();
    document.audience = "staff";
    document.location.inputsHash = "other";
    library.store(document);
    library.catchUp();
    EXPECT_EQ(documents("public"), 0U);
    EXPECT_EQ(documents("staff"), 1U);
    EXPECT_FALSE((Xapian::Database{part("public").string()}.term_exists("zanzibarine")));
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Writer, anUnknownAudienceIsTheStrictest)
{
    auto document = makeDocument("a", "en", {"water"});
    document.audience = "friends";
    library.store(document);
    library.catchUp();
    EXPECT_EQ(documents("public"), 0U);
    EXPECT_EQ(documents("staff"), 1U);
}

TEST_F(Writer, completesWhatACrashBetweenTwoCommitsLeft)
{
    for (const auto* audience : {"public", "members", "staff"}) {
        auto document = makeDocument(audience, "en", {"water"});
        document.audience = audience;
        library.store(document);
    }
    library.catchUp();
    // As if "members" had committed and the machine had stopped before the others: they stand at an older change.
    for (const auto* audience : {"public", "staff"}) {
        Xapian::WritableDatabase database{part(audience).string()};
        database.set_metadata("acervo.applied", "0");
        for (std::int64_t id = 1; id <= 3; ++id) {
            database.delete_document(DocumentBuilder::uniqueTerm(id));
        }
        database.commit();
    }
    EXPECT_THAT(library.problems(), Contains(HasSubstr("run \"acervo-indexer run\"")));
    library.catchUp();
    for (const auto* audience : {"public", "members", "staff"}) {
        EXPECT_EQ(documents(audience), 1U) << audience;
    }
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Writer, manySmallBatchesAreOneIndex)
{
    library.options().batchDocuments = 1;
    library.options().batchTextBytes = 1;
    library.store(makeDocument("first", "en", {"water"}));
    library.catchUp();
    ASSERT_TRUE(library.catalogue().begin());
    for (int i = 0; i < 450; ++i) { // more than two reads of the catalogue
        library.store(makeDocument("w" + std::to_string(i), "en", {"water"}));
    }
    ASSERT_TRUE(library.catalogue().commit());
    EXPECT_EQ(library.catchUp().added, 450U);
    EXPECT_EQ(documents("public"), 451U);
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Writer, stopsBetweenBatchesAndGoesOn)
{
    library.options().batchDocuments = 1;
    library.store(makeDocument("first", "en", {"water"}));
    library.catchUp();
    library.options().stopRequested = [] { return true; };
    ASSERT_TRUE(library.catalogue().begin());
    for (int i = 0; i < 450; ++i) {
        library.store(makeDocument("w" + std::to_string(i), "en", {"water"}));
    }
    ASSERT_TRUE(library.catalogue().commit());
    EXPECT_LT(library.catchUp().added, 450U);
    EXPECT_THAT(library.problems(), SizeIs(3));
    library.options().stopRequested = nullptr;
    library.catchUp();
    EXPECT_EQ(documents("public"), 451U);
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Writer, oneDocumentThatCannotBeReadCostsItselfOnly)
{
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 5; ++i) {
        ids.push_back(
            library.store(makeDocument("w" + std::to_string(i), "en", {"water " + std::string(4000, 'x')})).editionId);
    }
    const auto damaged = library.catalogue().edition(ids[2]).value()->versionId;
    execute("UPDATE page SET text = x'00ff00ff' WHERE version_id = " + std::to_string(damaged));
    library.reopen();
    const auto report = library.catchUp();
    ASSERT_THAT(report.refused, SizeIs(1));
    EXPECT_THAT(report.refused[0], HasSubstr("edition " + std::to_string(ids[2])));
    EXPECT_EQ(report.added, 4U);
    EXPECT_EQ(documents("public"), 4U);
    EXPECT_THAT(library.problems(), Contains(HasSubstr("4 documents, the catalogue 5")));
    EXPECT_EQ(library.catchUp().added, 0U) << "it is not tried for ever";
}

TEST_F(Writer, asksForARebuildWhenTheAudiencesChanged)
{
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    library.options().audiences.names = {"public", "staff"};
    const auto done = catchUp(library.options(), library.catalogue(), shippedVocabularies());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::indexUnavailable);
    EXPECT_THAT(done.error().message, HasSubstr("reindex"));
    library.rebuild();
    EXPECT_EQ(library.catchUp().added, 0U);
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Writer, aSecondWriterIsToldToWait)
{
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    library.store(makeDocument("b", "en", {"water"}));
    {
        const Xapian::WritableDatabase other{part("members").string()};
        const auto done = catchUp(library.options(), library.catalogue(), shippedVocabularies());
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, ErrorCode::busy);
    }
    EXPECT_EQ(library.catchUp().added, 1U);
}

TEST_F(Writer, rebuildsBesideAndKeepsTheFormer)
{
    const auto& root = library.options().root;
    library.store(makeDocument("a", "en", {"water"}));
    library.store(makeDocument("b", "en", {"water"}));
    library.catchUp();
    ASSERT_TRUE(library.catalogue().withdraw("tests", "b.en.pdf", "test"));
    EXPECT_EQ(library.rebuild().added, 1U);
    EXPECT_EQ(currentGeneration(root).value(), "g000002");
    EXPECT_TRUE(std::filesystem::exists(root / "g000001"));
    EXPECT_THAT(library.problems(), IsEmpty());
    library.rebuild();
    EXPECT_FALSE(std::filesystem::exists(root / "g000001"));
    EXPECT_TRUE(std::filesystem::exists(root / "g000002"));
    EXPECT_EQ(currentGeneration(root).value(), "g000003");
}

TEST_F(Writer, aRebuildThatIsStoppedChangesNothing)
{
    const auto& root = library.options().root;
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    library.options().stopRequested = [] { return true; };
    EXPECT_EQ(rebuild(library.options(), library.catalogue(), shippedVocabularies()).error().code, ErrorCode::busy);
    EXPECT_EQ(currentGeneration(root).value(), "g000001");
    EXPECT_FALSE(std::filesystem::exists(root / "g000002"));
    EXPECT_THAT(library.problems(), IsEmpty());
}

TEST_F(Writer, aRebuildKeepsTheFormerGenerationAfterACrash)
{
    const auto& root = library.options().root;
    library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    ASSERT_TRUE(createGeneration(root, library.options().audiences.names)); // a rebuild that was killed
    library.rebuild();
    EXPECT_TRUE(std::filesystem::exists(root / "g000001" / "public")) << "for rollback";
}

TEST_F(Writer, problemsNamesWhatIsMissing)
{
    EXPECT_EQ(problems(library.options(), library.catalogue()).error().code, ErrorCode::indexUnavailable);
    const auto stored = library.store(makeDocument("a", "en", {"water"}));
    library.catchUp();
    {
        Xapian::WritableDatabase database{part("public").string()};
        database.delete_document(DocumentBuilder::uniqueTerm(stored.editionId));
        database.commit();
    }
    EXPECT_THAT(library.problems(), ElementsAre(HasSubstr("0 documents, the catalogue 1")));
}

} // namespace
} // namespace acervo::index
