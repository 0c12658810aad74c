// Folders and files as they should not be: each costs a clear message or one row, never the run.
#include "workplace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

namespace acervo::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

std::vector<std::string> failures(const json& report)
{
    std::vector<std::string> found;
    for (const auto& row : report.at("rows")) {
        if (row.at("outcome") == "failed") {
            found.push_back(
                row.at("uri").get<std::string>() + " " +
                row.at("reason").get<std::string>().substr(0, row.at("reason").get<std::string>().find(':')));
        }
    }
    return found;
}

TEST(Folder, mayBeEmpty)
{
    const Workplace place;
    const auto outcome = place.run({"run"});
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("The source has no documents that Acervo can read."));
    EXPECT_EQ(place.run({"check"}).exit, 0);
    EXPECT_EQ(place.run({"reindex"}).exit, 0);
    EXPECT_EQ(place.status().at("works"), 0);
}

TEST(Folder, mayHoldAnyName)
{
    const Workplace place;
    const std::vector<std::string> names{
        "line\nbreak.txt",
        "-rf.txt",
        "--help.md",
        std::string(250, 'x') + ".txt",
        " spaces .txt",
        "bad\xFF\xFE.txt",
        "bad\xFE\xFF.txt",
        "bad%FF%FE.txt",
        "\xC3\xA9t\xC3\xA9.txt",
        "e\xCC\x81te\xCC\x81.txt",
        "quote'\".txt",
        "tab\tx.txt",
        "esc\x1B[31m.txt",
        "a/b c/d.txt",
        "\xE2\x80\xAE"
        "evil.txt",
    };
    int number = 0;
    for (const auto& name : names) {
        place.write(name, textNumber(++number));
    }
    const auto report = place.report();
    EXPECT_EQ(report.at("indexed"), names.size());
    EXPECT_EQ(place.status().at("editions"), names.size()) << "no two names are one in the catalogue";
    EXPECT_EQ(place.report().at("unchanged"), names.size());
    EXPECT_EQ(place.run({"check"}).exit, 0);
}

TEST(Folder, mayHoldWhatIsNoFile)
{
    const Workplace place;
    place.write("report.txt", textNumber(1));
    ASSERT_EQ(::mkfifo((place.documents() / "pipe.txt").c_str(), 0600), 0);
    fs::create_symlink("loop.txt", place.documents() / "loop.txt");
    fs::create_directory_symlink("..", place.documents() / "up");
    fs::create_symlink("/etc/passwd", place.documents() / "passwd.txt");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto name = (place.documents() / "socket.txt").string();
    ASSERT_LT(name.size(), sizeof address.sun_path);
    std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    const auto report = place.report();
    ::close(socket);
    EXPECT_EQ(report.at("seen"), 1);
    EXPECT_EQ(report.at("indexed"), 1);
    const auto pipe = place.run({"extract", (place.documents() / "pipe.txt").string()});
    EXPECT_EQ(pipe.exit, 1) << "refused, not awaited";
}

TEST(Folder, costsOneRowForEachBadFile)
{
    const Workplace place;
    place.write("good.txt", textNumber(1));
    place.write("empty.txt", "");
    place.write("zeros.pdf", std::string(100, '\0'));
    place.write("broken.docx", "PK\x03\x04 this is no archive");
    place.write("notes.xyz", "of a kind that is not read");
    place.write("huge.txt", "");
    fs::resize_file(place.documents() / "huge.txt", 600ULL << 20); // sparse
    const auto report = place.report();
    EXPECT_EQ(report.at("seen"), 5);
    EXPECT_EQ(sumOf(report), 5U);
    EXPECT_EQ(report.at("indexed"), 1);
    EXPECT_THAT(failures(report), UnorderedElementsAre("empty.txt corruptInput", "zeros.pdf corruptInput",
                                                       "broken.docx corruptInput", "huge.txt resourceLimit"));
    EXPECT_EQ(report.at("ignored"), (json{{"xyz", 1}}));
    const auto again = place.report();
    EXPECT_EQ(again.at("unchanged"), 1);
    EXPECT_EQ(again.at("failed"), 4);
    EXPECT_EQ(sumOf(again), 5U);
}

TEST(Folder, maybeUnreadableInPart)
{
    const Workplace place;
    place.write("open.txt", textNumber(1));
    place.write("secret.txt", textNumber(2));
    place.write("closed/inside.txt", textNumber(3));
    fs::permissions(place.documents() / "secret.txt", fs::perms::none);
    fs::permissions(place.documents() / "closed", fs::perms::none);
    const auto partly = place.runUnprivileged({"run"});
    EXPECT_EQ(partly.exit, 0) << partly.err;
    EXPECT_THAT(partly.out, HasSubstr("secret.txt  (permissionDenied"));
    EXPECT_THAT(partly.out, HasSubstr("closed  (permissionDenied"));

    fs::permissions(place.documents() / "secret.txt", fs::perms{0644});
    fs::permissions(place.documents() / "closed", fs::perms{0755});
    EXPECT_EQ(place.runUnprivileged({"run"}).exit, 0);
    EXPECT_EQ(place.status().at("editions"), 3);

    fs::permissions(place.documents() / "closed", fs::perms::none);
    for (int pass = 0; pass < 3; ++pass) {
        EXPECT_EQ(place.runUnprivileged({"run"}).exit, 0);
    }
    EXPECT_EQ(place.status().at("editions"), 3) << "what cannot be looked at is not gone";

    fs::permissions(place.documents(), fs::perms::none);
    const auto denied = place.runUnprivileged({"run"});
    EXPECT_EQ(denied.exit, 1);
    EXPECT_THAT(denied.err, HasSubstr("read the folder " + place.documents().string()));
    EXPECT_THAT(denied.err, HasSubstr("Permission denied"));
    fs::permissions(place.documents(), fs::perms{0755});
    fs::permissions(place.documents() / "closed", fs::perms{0755});
    EXPECT_EQ(place.status().at("editions"), 3);
}

TEST(DataFolder, mustBeWritable)
{
    const Workplace place;
    place.write("report.txt", textNumber(1));
    std::ofstream{place.data()} << "a file where the folder should be";
    const auto outcome = place.run({"run"});
    EXPECT_EQ(outcome.exit, 1);
    EXPECT_THAT(outcome.err, HasSubstr(place.data().string()));
}

TEST(Configuration, namesTheLineThatIsWrong)
{
    const Workplace place;
    struct Case {
        const char* text;
        const char* expected;
    };
    for (const auto& [text, expected] :
         {Case{"data = \"x\"\ncolour = \"red\"\n", "acervo.toml:2: unknown key \"colour\""},
          Case{"data = \"x\n", "acervo.toml:1: "},
          Case{"data = \"x\"\n\n[[source]]\nname = \"A B\"\nfolder = \"/\"\n", "acervo.toml:4: "},
          Case{"data = \"x\"\n[indexer]\nworkers = \"two\"\n", "acervo.toml:3: \"workers\""}}) {
        std::ofstream{place.config()} << text;
        const auto outcome = place.run({"run"});
        EXPECT_EQ(outcome.exit, 1) << text;
        EXPECT_THAT(outcome.err, HasSubstr(expected));
    }
}

TEST(Import, costsOneRowForEachBadLine)
{
    const Workplace place;
    const auto file = place.root() / "lines.jsonl";
    std::ofstream{file, std::ios::binary}
        << "{\"id\": \"a\", \"title\": \"Budget\", \"language\": \"en\", \"text\": \"The council votes.\"}\n"
        << "not json\n"
        << "\n"
        << "[1, 2]\n"
        << "{\"title\": \"without id\", \"text\": \"x\"}\n"
        << "{\"id\": \"b\", \"title\": \"Bytes\", \"text\": \"\xFF\xFE\"}\n"
        << "{\"id\": \"c\", \"title\": \"No text\"}\n"
        << "{\"id\": \"d\", \"pages\": [\"one\", {\"label\": \"iv\", \"text\": \"two\"}], \"audience\": \"nobody\"}";
    const auto report = place.report({"import", file.string()});
    EXPECT_EQ(report.at("seen"), 7);
    EXPECT_EQ(sumOf(report), 7U);
    EXPECT_EQ(report.at("indexed"), 2);
    EXPECT_EQ(report.at("partial"), 1);
    EXPECT_THAT(failures(report), UnorderedElementsAre("line 2 corruptInput", "line 4 corruptInput",
                                                       "line 5 corruptInput", "line 6 corruptInput"));
    EXPECT_EQ(report.at("warnings").size(), 1U) << report.at("warnings");
    EXPECT_EQ(place.run({"check"}).exit, 0);
    const auto again = place.report({"import", file.string()});
    EXPECT_EQ(again.at("unchanged"), 3);
    EXPECT_EQ(sumOf(again), 7U);
}

} // namespace
} // namespace acervo::test
