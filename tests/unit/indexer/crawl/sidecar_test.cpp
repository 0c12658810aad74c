#include "indexer/crawl/sidecar.h"

#include "indexer/crawl/detail/csv.h"
#include "indexer/crawl/folder_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>
#include <string>
#include <vector>

namespace acervo::crawl {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Folder : public testing::Test {
protected:
    void SetUp() override
    {
        _root = fs::path{testing::TempDir()} /
                (std::string{"acervo-crawl-"} + testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(_root);
        fs::create_directories(_root);
    }
    void TearDown() override { fs::remove_all(_root); }

    fs::path write(const std::string& name, const std::string& text)
    {
        fs::create_directories((_root / name).parent_path());
        std::ofstream{_root / name} << text;
        return _root / name;
    }

    fs::path _root;
};

using SidecarFiles = Folder;

TEST_F(SidecarFiles, folderTomlDescribesWorksAndTheirEditions)
{
    const auto file = write("metadata.toml", R"(
[[work]]
key = "housing-2018"
section = "africa"
sdgs = [11, 1]
date = 2018-10-01
  [[work.edition]]
  file = "housing.fr.pdf"
  language = "fr"
  title = "Le logement"
  authors = ["A", "B"]
  [[work.edition]]
  file = "housing.en.pdf"
  section = "world"
)");
    const auto sidecars = Sidecars::read({file});
    EXPECT_THAT(sidecars.problems(), IsEmpty());
    const auto* french = sidecars.find(_root / "housing.fr.pdf");
    ASSERT_NE(french, nullptr);
    EXPECT_EQ(french->metadata.workKey, "housing-2018");
    EXPECT_EQ(french->metadata.section, "africa");
    EXPECT_EQ(french->metadata.date, "2018-10-01");
    EXPECT_THAT(french->metadata.sdgs, ElementsAre("11", "1"));
    EXPECT_THAT(french->metadata.authors, ElementsAre("A", "B"));
    const auto* english = sidecars.find(_root / "housing.en.pdf");
    ASSERT_NE(english, nullptr);
    EXPECT_EQ(english->metadata.section, "world") << "an edition overrides its work";
    EXPECT_EQ(sidecars.find(_root / "other.pdf"), nullptr);
}

TEST_F(SidecarFiles, theNearestSidecarWinsKeyByKey)
{
    const auto folder = write("metadata.toml", "[[work]]\nkey = \"k\"\ntype = \"report\"\n[[work.edition]]\n"
                                               "file = \"a.pdf\"\ntitle = \"From the folder\"\n");
    const auto table = write("metadata.csv", "file,title,series\na.pdf,From the table,S1\n");
    const auto own = write("a.pdf.toml", "title = \"Its own\"\n");
    const auto sidecars = Sidecars::read({table, folder, own});
    const auto* entry = sidecars.find(_root / "a.pdf");
    ASSERT_NE(entry, nullptr);
    EXPECT_EQ(entry->metadata.title, "Its own");
    EXPECT_EQ(entry->metadata.type, "report");
    EXPECT_EQ(entry->metadata.series, "S1");
}

TEST_F(SidecarFiles, whatIsWrongIsSaidWithItsLineAndTheRestCounts)
{
    const auto file =
        write("metadata.toml", "[[work]]\nkey = \"k\"\ncolour = \"red\"\n[[work.edition]]\nfile = \"a.pdf\"\n"
                               "title = [1]\n[[work]]\nkey = \"l\"\n");
    const auto broken = write("b.pdf.toml", "title = \n");
    const auto table = write("metadata.csv", "file,title\nc.pdf\nd.pdf,Good\n");
    const auto sidecars = Sidecars::read({file, broken, table});
    std::vector<std::string> messages;
    for (const auto& problem : sidecars.problems()) {
        messages.push_back(problem.file + " " + problem.message);
    }
    EXPECT_THAT(messages, testing::UnorderedElementsAre(HasSubstr("b.pdf.toml:1"), HasSubstr("unknown key \"colour\""),
                                                        HasSubstr("metadata.toml:6 \"title\" must be"),
                                                        HasSubstr("lacks [[work.edition]]"),
                                                        HasSubstr("metadata.csv:2 the row has 1 cells instead of 2")));
    ASSERT_NE(sidecars.find(_root / "a.pdf"), nullptr);
    ASSERT_NE(sidecars.find(_root / "d.pdf"), nullptr);
    EXPECT_EQ(sidecars.find(_root / "d.pdf")->metadata.title, "Good");
}

TEST_F(SidecarFiles, aPreciseDateIsNotLostToItsYear)
{
    const auto toml = write("a.pdf.toml", "date = 2021-06-15\nyear = 2021\n");
    const auto csv = write("metadata.csv", "file,date,year,work,key\nb.pdf,2021-06,,outlook,\nc.pdf,,2020,,outlook\n");
    const auto sidecars = Sidecars::read({toml, csv});
    EXPECT_THAT(sidecars.problems(), IsEmpty());
    EXPECT_EQ(sidecars.find(_root / "a.pdf")->metadata.date, "2021-06-15");
    EXPECT_EQ(sidecars.find(_root / "b.pdf")->metadata.date, "2021-06") << "an empty cell says nothing";
    EXPECT_EQ(sidecars.find(_root / "b.pdf")->metadata.workKey, "outlook");
    EXPECT_EQ(sidecars.find(_root / "c.pdf")->metadata.date, "2020");
}

TEST_F(SidecarFiles, filesAreNamedAsPeopleNameThem)
{
    const auto toml = write("metadata.toml", "[[work]]\nkey = \"w\"\n"
                                             "[[work.edition]]\nfile = \"./a.pdf\"\ntitle = \"A\"\n"
                                             "[[work.edition]]\nfile = \"sub/../sub/b.pdf\"\ntitle = \"B\"\n"
                                             "[[work.edition]]\nfile = \"\u00e9tude.pdf\"\ntitle = \"E\"\n");
    const auto sidecars = Sidecars::read({toml});
    EXPECT_THAT(sidecars.problems(), IsEmpty());
    ASSERT_NE(sidecars.find(_root / "a.pdf"), nullptr);
    ASSERT_NE(sidecars.find(_root / "sub/b.pdf"), nullptr);
    EXPECT_NE(sidecars.find(_root / "\u00e9tude.pdf"), nullptr);
    // As some systems store it: the letter and its accent apart.
    ASSERT_NE(sidecars.find(_root / "e\u0301tude.pdf"), nullptr);
    EXPECT_EQ(sidecars.find(_root / "e\u0301tude.pdf")->metadata.title, "E");
}

TEST(Csv, readsWhatSpreadsheetsWrite)
{
    const auto rows = detail::parseCsv("\xef\xbb\xbf"
                                       "file;title\r\na.pdf;\"One; \"\"two\"\"\nthree\"\r\n\r\nb.pdf;x");
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[0].cells, ElementsAre("file", "title"));
    EXPECT_THAT(rows[1].cells, ElementsAre("a.pdf", "One; \"two\"\nthree"));
    EXPECT_THAT(rows[2].cells, ElementsAre("b.pdf", "x"));
    EXPECT_EQ(rows[2].line, 5U);
}

using FolderSource = Folder;

TEST_F(FolderSource, findsDocumentsAndLeavesTheRestAside)
{
    write("b.txt", "b");
    write("a/report.PDF", "pdf");
    write("a/report.PDF.toml", "title = \"x\"");
    write("a/metadata.csv", "file\n");
    write("a/.hidden.txt", "h");
    write(".git/c.txt", "c");
    write("drafts/d.txt", "d");
    write("x.xyz", "unknown");
    fs::create_symlink(_root / "b.txt", _root / "link.txt");
    fs::create_directory_symlink(_root, _root / "loop");
    ASSERT_EQ(::mkfifo((_root / "pipe.txt").c_str(), 0600), 0);
    config::Source source;
    source.name = "s";
    source.folder = _root;
    source.exclude = {"drafts/*"};
    const auto listing = listFolder(source, {"txt", "pdf"});
    ASSERT_TRUE(listing) << listing.error().message;
    std::vector<std::string> uris;
    for (const auto& file : listing->files) {
        uris.push_back(file.uri);
        EXPECT_GT(file.byteSize, 0U);
        EXPECT_GT(file.modifiedAt, 0);
    }
    EXPECT_THAT(uris, ElementsAre("a/report.PDF", "b.txt"));
    EXPECT_EQ(listing->sidecars.size(), 2U);
    EXPECT_EQ(listing->ignored.at("xyz"), 1U);
    EXPECT_THAT(listing->problems, IsEmpty());
}

TEST_F(FolderSource, aMissingRootConcludesNothing)
{
    config::Source source;
    source.name = "s";
    source.folder = _root / "gone";
    const auto listing = listFolder(source, {"txt"});
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, ErrorCode::notFound);
}

TEST_F(FolderSource, namesThatAreNotUtf8AreEscapedAndOpenedAsTheyAre)
{
    write("caf\xe9.txt", "latin");
    config::Source source;
    source.name = "s";
    source.folder = _root;
    const auto listing = listFolder(source, {"txt"});
    ASSERT_TRUE(listing);
    ASSERT_EQ(listing->files.size(), 1U);
    EXPECT_EQ(listing->files[0].uri, "caf%E9.txt");
    EXPECT_TRUE(fs::exists(listing->files[0].path));
}

} // namespace
} // namespace acervo::crawl
