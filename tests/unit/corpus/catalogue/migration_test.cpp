#include "corpus/catalogue/detail/schema.h"
#include "tests/unit/corpus/catalogue/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <vector>

namespace acervo::catalogue {
namespace {

using detail::Access;
using detail::Connection;
using detail::Migration;
using detail::Script;

class Migrations : public WithCatalogue {
protected:
    Connection connect()
    {
        auto connection = Connection::open(file(), Access::readWrite);
        EXPECT_TRUE(connection);
        return std::move(*connection);
    }

    void execute(const char* sql)
    {
        auto connection = connect();
        const auto done = connection.execute(sql);
        EXPECT_TRUE(done) << done.error().message;
    }
};

TEST_F(Migrations, furtherStepsKeepWhatIsThere)
{
    const auto stored = store(makeDocument("a.pdf", "A"));
    catalogue.reset();
    auto steps = std::vector<Migration>(detail::migrations().begin(), detail::migrations().end());
    const auto known = static_cast<std::int64_t>(steps.size());
    steps.push_back({"ALTER TABLE work ADD COLUMN shelf TEXT NOT NULL DEFAULT 'x'"});
    steps.push_back({"UPDATE work SET shelf = shelf || 'y'"});
    auto connection = connect();
    const auto migrated = detail::migrate(connection, steps);
    ASSERT_TRUE(migrated) << migrated.error().message;
    Script script{connection};
    EXPECT_EQ(script.number("PRAGMA user_version"), known + 2);
    EXPECT_EQ(script.number("SELECT count(*) FROM work WHERE shelf = 'xy' AND citable_id = ?", stored.citableId), 1);
    ASSERT_TRUE(detail::migrate(connection, steps)); // nothing to do
    EXPECT_EQ(script.number("SELECT count(*) FROM work WHERE shelf = 'xy'"), 1);
}

TEST_F(Migrations, aStepThatFailsLeavesTheVersionBefore)
{
    store(makeDocument("a.pdf", "A"));
    catalogue.reset();
    auto steps = std::vector<Migration>(detail::migrations().begin(), detail::migrations().end());
    const auto known = static_cast<std::int64_t>(steps.size());
    steps.push_back({"ALTER TABLE work ADD COLUMN shelf TEXT NOT NULL DEFAULT ''; UPDATE nothing SET x = 1"});
    {
        auto connection = connect();
        EXPECT_FALSE(detail::migrate(connection, steps));
        Script script{connection};
        EXPECT_EQ(script.number("PRAGMA user_version"), known);
        EXPECT_EQ(script.number("SELECT count(*) FROM pragma_table_info('work') WHERE name = 'shelf'"), 0);
    }
    reopen();
    EXPECT_EQ(catalogue->statistics()->works, 1U);
}

TEST_F(Migrations, aNewerSchemaIsRefused)
{
    execute("PRAGMA user_version = 99");
    for (const auto mode : {Mode::readOnly, Mode::readWrite}) {
        const auto opened = Catalogue::open(file(), mode);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::conflict);
        EXPECT_THAT(opened.error().message, testing::HasSubstr("upgrade Acervo"));
    }
}

TEST_F(Migrations, anotherProgramsDatabaseIsLeftAlone)
{
    const auto other = folder.path() / "other.sqlite";
    {
        auto connection = Connection::open(other, Access::readWrite);
        ASSERT_TRUE(connection);
        ASSERT_TRUE(connection->execute("CREATE TABLE t(x)"));
    }
    for (const auto mode : {Mode::readOnly, Mode::readWrite}) {
        const auto opened = Catalogue::open(other, mode);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::conflict);
    }
    auto connection = Connection::open(other, Access::readWrite);
    Script script{*connection};
    EXPECT_EQ(script.number("SELECT count(*) FROM sqlite_schema"), 1);
    EXPECT_EQ(script.number("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'delete'"), 1);
}

TEST_F(Migrations, aFileThatIsNoDatabaseIsRefused)
{
    const auto other = folder.path() / "text.sqlite";
    std::ofstream{other} << std::string(10'000, 'x');
    for (const auto mode : {Mode::readOnly, Mode::readWrite}) {
        const auto opened = Catalogue::open(other, mode);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::corruptInput);
    }
    EXPECT_EQ(std::filesystem::file_size(other), 10'000U);
}

TEST_F(Migrations, anEmptyFileIsFilledByTheWriterOnly)
{
    const auto other = folder.path() / "empty.sqlite";
    std::ofstream{other}.flush();
    const auto reader = Catalogue::open(other, Mode::readOnly);
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().code, ErrorCode::notFound);
    EXPECT_TRUE(Catalogue::open(other, Mode::readWrite));
    EXPECT_TRUE(Catalogue::open(other, Mode::readOnly));
}

TEST_F(Migrations, aMissingFolderIsNotFoundByTheWriter)
{
    const auto opened = Catalogue::open(folder.path() / "none" / "catalogue.sqlite", Mode::readWrite);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::notFound);
    EXPECT_THAT(opened.error().message, testing::HasSubstr("there is no folder"));
}

TEST_F(Migrations, aMissingFileIsNotFoundByTheReader)
{
    const auto opened = Catalogue::open(folder.path() / "none.sqlite", Mode::readOnly);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::notFound);
    EXPECT_THAT(opened.error().message, testing::HasSubstr("run the indexer first"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "none.sqlite"));
}

} // namespace
} // namespace acervo::catalogue
