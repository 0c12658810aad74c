#include "indexer/pipeline/run.h"

#include "source_fixture.h"

#include <gmock/gmock.h>

#include <chrono>

namespace acervo::pipeline {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class RunSource : public WithSource {
protected:
    void writeThree()
    {
        write("water.en.txt",
              "The council of the municipality votes on drinking water and on the tariffs of its utility.\n");
        write("water.fr.txt", "Le conseil de la municipalité vote sur l’eau potable et sur les tarifs de sa régie.\n");
        write("housing.html",
              "<html lang=\"en\"><head><title>Housing for all</title></head><body><h1>Housing for all</h1>"
              "<p>The right to housing asks for land kept out of speculation.</p></body></html>");
    }
};

TEST_F(RunSource, readsWhatIsNewAndThenNothing)
{
    writeThree();
    const auto first = run();
    EXPECT_EQ(first.counts.indexed, 3U);
    EXPECT_EQ(first.counts.seen, 3U);
    EXPECT_EQ(first.added, 3U);
    EXPECT_THAT(first.rows, IsEmpty());
    auto documents = current();
    ASSERT_THAT(documents, SizeIs(3));
    EXPECT_EQ(documents["water.en.txt"].workId, documents["water.fr.txt"].workId) << "two languages of one work";
    EXPECT_EQ(documents["water.fr.txt"].metadata.language, "fr");
    EXPECT_EQ(documents["housing.html"].metadata.title, "Housing for all");

    config.indexer.workerProgram = "/nonexistent"; // nothing is read, so nobody misses it
    const auto second = run();
    EXPECT_EQ(second.counts.unchanged, 3U);
    EXPECT_EQ(second.added, 0U);
}

TEST_F(RunSource, aTouchedFileIsOpenedButNotReadAgain)
{
    writeThree();
    run();
    fs::last_write_time(source.folder / "housing.html", fs::file_time_type::clock::now() + std::chrono::hours{1});
    config.indexer.workerProgram = "/nonexistent";
    const auto report = run();
    EXPECT_EQ(report.counts.unchanged, 3U);
    EXPECT_EQ(report.added, 0U);
}

TEST_F(RunSource, otherBytesAreANewVersion)
{
    writeThree();
    run();
    const auto before = current()["housing.html"];
    write("housing.html",
          "<html lang=\"en\"><title>Housing, revised</title><body><p>Other words stand here now.</p></html>");
    const auto report = run();
    EXPECT_EQ(report.counts.indexed, 1U);
    EXPECT_EQ(report.counts.unchanged, 2U);
    const auto after = current()["housing.html"];
    EXPECT_EQ(after.editionId, before.editionId);
    EXPECT_EQ(after.citableId, before.citableId);
    EXPECT_EQ(after.versionNumber, 2U);
    EXPECT_EQ(after.metadata.title, "Housing, revised");
}

TEST_F(RunSource, aRenamedFileKeepsItsId)
{
    writeThree();
    run();
    const auto before = current()["housing.html"];
    fs::rename(source.folder / "housing.html", source.folder / "right-to-housing.html");
    const auto report = run();
    EXPECT_EQ(report.counts.seen, 3U);
    EXPECT_EQ(report.missing, 0U) << "it moved";
    const auto after = current();
    ASSERT_THAT(after, SizeIs(3));
    EXPECT_EQ(after.at("right-to-housing.html").citableId, before.citableId);
    EXPECT_EQ(after.at("right-to-housing.html").versionNumber, 1U);
    for (int i = 0; i < 3; ++i) { // the former place never takes the edition away
        const auto later = run();
        EXPECT_EQ(later.missing, 0U);
        EXPECT_EQ(later.counts.withdrawn, 0U);
    }
    EXPECT_THAT(current(), SizeIs(3));
}

TEST_F(RunSource, withdrawsWhatIsMissingTwice)
{
    writeThree();
    run();
    remove("housing.html");
    const auto once = run();
    EXPECT_EQ(once.missing, 1U);
    EXPECT_EQ(once.counts.withdrawn, 0U);
    EXPECT_THAT(current(), SizeIs(3)) << "still readable";
    const auto twice = run();
    EXPECT_EQ(twice.missing, 0U);
    EXPECT_EQ(twice.counts.withdrawn, 1U);
    EXPECT_THAT(twice.rows, SizeIs(1));
    EXPECT_THAT(current(), SizeIs(2));
    EXPECT_EQ(run().counts.seen, 2U) << "said once";
    writeThree();
    run();
    EXPECT_THAT(current(), SizeIs(3)) << "back again";
}

TEST_F(RunSource, countsOnlyMissesInARow)
{
    writeThree();
    write("broken.pdf", "no PDF");
    run();
    for (int round = 0; round < 3; ++round) {
        for (const auto* name : {"housing.html", "broken.pdf"}) {
            fs::rename(source.folder / name, library.folder().path() / name);
        }
        EXPECT_EQ(run().counts.withdrawn, 0U) << round;
        for (const auto* name : {"housing.html", "broken.pdf"}) {
            fs::rename(library.folder().path() / name, source.folder / name);
        }
        EXPECT_EQ(run().counts.failed, 1U);
    }
}

TEST_F(RunSource, anEmptiedFolderIsAnAlarm)
{
    writeThree();
    run();
    for (const auto* name : {"water.en.txt", "water.fr.txt", "housing.html"}) {
        remove(name);
    }
    for (int i = 0; i < 3; ++i) {
        const auto report = run();
        EXPECT_THAT(report.alarm, HasSubstr("3 of 3"));
        EXPECT_THAT(current(), SizeIs(3));
    }
    Control control;
    control.acceptMissing = true;
    EXPECT_EQ(run(control).alarm, "");
    run(control);
    EXPECT_THAT(current(), IsEmpty());
}

TEST_F(RunSource, manyMissingAreAnAlarm)
{
    for (int i = 0; i < 60; ++i) {
        write("d" + std::to_string(i) + ".txt", "The council votes on measure number " + std::to_string(i) + ".\n");
    }
    EXPECT_EQ(run().counts.indexed, 60U);
    for (int i = 0; i < 25; ++i) {
        remove("d" + std::to_string(i) + ".txt");
    }
    EXPECT_NE(run().alarm, "");
    EXPECT_NE(run().alarm, "");
    EXPECT_THAT(current(), SizeIs(60));
}

TEST_F(RunSource, aFolderThatIsAFileOrAwayEndsTheRun)
{
    writeThree();
    run();
    fs::rename(source.folder, library.folder().path() / "elsewhere");
    EXPECT_EQ(runSource(config, source, library.catalogue(), support::shippedVocabularies(), {}).error().code,
              ErrorCode::notFound);
    library.folder().write("documents", "a file");
    EXPECT_FALSE(runSource(config, source, library.catalogue(), support::shippedVocabularies(), {}));
    EXPECT_THAT(current(), SizeIs(3));
}

TEST_F(RunSource, aFailedDocumentStaysKnownAndCostsOneRow)
{
    writeThree();
    write("broken.html", "");
    const auto first = run();
    EXPECT_EQ(first.counts.failed, 1U);
    ASSERT_THAT(first.rows, SizeIs(1));
    EXPECT_EQ(first.rows[0].uri, "broken.html");
    const auto second = run();
    EXPECT_EQ(second.counts.failed, 1U);
    EXPECT_THAT(second.rows, SizeIs(1));
    write("broken.html",
          "<!DOCTYPE html><html><title>Written at last</title><body><p>Words of a page.</p></body></html>");
    const auto third = run();
    EXPECT_EQ(third.counts.indexed, 1U) << (third.rows.empty() ? "" : third.rows[0].reason);
}

TEST_F(RunSource, aWorkerThatCannotStartCostsRowsNotTheRun)
{
    writeThree();
    config.indexer.workerProgram = "/nonexistent";
    const auto report = run();
    EXPECT_EQ(report.counts.failed, 3U);
    EXPECT_EQ(report.counts.seen, 3U);
}

TEST_F(RunSource, aSidecarChangesTheDocumentWithoutReadingOthers)
{
    writeThree();
    run();
    write("housing.html.toml",
          "title = \"From the sidecar\"\ntype = \"declaration\"\nthemes = [\"housing\", \"nonsense\"]\n");
    auto report = run();
    EXPECT_EQ(report.counts.indexed, 1U);
    EXPECT_EQ(report.counts.unchanged, 2U);
    EXPECT_EQ(current()["housing.html"].metadata.title, "From the sidecar");
    ASSERT_THAT(report.warnings, SizeIs(1));
    EXPECT_THAT(report.warnings[0].message, HasSubstr("nonsense"));
    write("housing.html.toml", "title = \n");
    report = run();
    ASSERT_FALSE(report.warnings.empty());
    EXPECT_THAT(report.warnings[0].uri, HasSubstr("housing.html.toml:1"));
}

TEST_F(RunSource, theSourceDecidesWhoMayRead)
{
    source.audience = "staff";
    write("secret.html",
          "<html><head><meta name=\"audience\" content=\"public\"></head><body>zanzibarine</body></html>");
    write("secret.html.toml", "title = \"T\"\naudience = \"public\"\n");
    run();
    EXPECT_EQ(current()["secret.html"].audience, "staff");
    source.audience = "public";
    run();
    EXPECT_EQ(current()["secret.html"].audience, "public") << "a new policy counts without new bytes";
}

TEST_F(RunSource, stopsWhenAsked)
{
    for (int i = 0; i < 40; ++i) {
        write("d" + std::to_string(i) + ".txt", "The council votes on measure number " + std::to_string(i) + ".\n");
    }
    int done = 0;
    Control control;
    control.progress = [&](const Progress&) { ++done; };
    control.stopRequested = [&] { return done >= 3; };
    auto report = runSource(config, source, library.catalogue(), support::shippedVocabularies(), control);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->stopped);
    EXPECT_LT(report->counts.seen, 40U);
    EXPECT_TRUE(sumsUp(report->counts));
    run();
    EXPECT_THAT(current(), SizeIs(40));
}

} // namespace
} // namespace acervo::pipeline
