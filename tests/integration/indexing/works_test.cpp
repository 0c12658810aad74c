// works ...: what people decide is shown at once, and stays when documents are read again, moved, renamed, reindexed.
#include "workplace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace acervo::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

json works(const Workplace& place, std::vector<std::string> arguments = {"works", "list", "--json"})
{
    const auto listed = place.run(arguments);
    EXPECT_EQ(listed.exit, 0) << listed.err;
    return json::parse(listed.out);
}

json shown(const Workplace& place, const std::string& id)
{
    return works(place, {"works", "show", id, "--json"});
}

std::string onlyId(const Workplace& place)
{
    const auto list = works(place);
    EXPECT_EQ(list.size(), 1U) << list;
    return list.at(0).at("id");
}

void expectDone(const Workplace& place, const std::vector<std::string>& arguments)
{
    const auto done = place.run(arguments);
    EXPECT_EQ(done.exit, 0) << done.out << done.err;
    const auto check = place.run({"check"}); // the index agrees with the catalogue: the change is shown
    EXPECT_EQ(check.exit, 0) << check.out << check.err;
}

void expectRefused(const Workplace& place, const std::vector<std::string>& arguments, const std::string& message)
{
    const auto refused = place.run(arguments);
    EXPECT_NE(refused.exit, 0);
    EXPECT_THAT(refused.err, HasSubstr(message));
}

TEST(Works, keepTheirIdWhenReadAgainMovedRenamedAndReindexed)
{
    const Workplace place;
    place.write("a/report.txt", textNumber(1));
    place.report();
    const auto id = onlyId(place);
    place.report();
    EXPECT_EQ(onlyId(place), id) << "read again";
    place.write("a/report.txt", textNumber(2));
    place.report();
    EXPECT_EQ(onlyId(place), id) << "new content";
    fs::create_directories(place.documents() / "b");
    fs::rename(place.documents() / "a/report.txt", place.documents() / "b/report.txt");
    place.report();
    EXPECT_EQ(onlyId(place), id) << "moved";
    fs::rename(place.documents() / "b/report.txt", place.documents() / "b/quite another name.txt");
    place.report();
    EXPECT_EQ(onlyId(place), id) << "renamed";
    EXPECT_EQ(place.run({"reindex"}).exit, 0);
    EXPECT_EQ(onlyId(place), id) << "reindexed";
    fs::remove_all(place.data() / "index");
    place.report();
    EXPECT_EQ(onlyId(place), id) << "index lost";
    EXPECT_EQ(place.run({"check"}).exit, 0);
}

TEST(Works, areEditedWithdrawnAndRestored)
{
    const Workplace place;
    place.write("report.txt", textNumber(1));
    place.report();
    const auto id = onlyId(place);
    expectDone(place, {"works", "edit", id, "title=A better title", "themes=housing; water", "date=2019-05", "--by",
                       "ana", "--note", "as printed"});
    place.write("report.txt", textNumber(2));
    place.report();
    EXPECT_EQ(shown(place, id).at("editions").at(0).at("title"), "A better title");
    expectDone(place, {"works", "edit", id, "--reset", "title"});
    EXPECT_NE(shown(place, id).at("editions").at(0).at("title"), "A better title");
    expectDone(place, {"works", "withdraw", id, "--reason", "wrong figures"});
    place.write("report.txt", textNumber(3));
    place.report();
    EXPECT_EQ(place.run({"reindex"}).exit, 0);
    EXPECT_EQ(place.status().at("works"), 0);
    EXPECT_EQ(works(place, {"works", "list", "--withdrawn", "--json"}).size(), 1U);
    expectDone(place, {"works", "restore", id});
    EXPECT_EQ(place.status().at("works"), 1);
    const auto journal = works(place, {"works", "journal", id, "--json", "--limit", "100"});
    ASSERT_EQ(journal.size(), 7U); // the date is a line for the work and one for the edition
    EXPECT_EQ(journal.front().at("action"), "restore");
    EXPECT_EQ(journal.back().at("by"), "ana");
    EXPECT_EQ(journal.back().at("note"), "as printed");
}

TEST(Works, areMergedSplitAndNamed)
{
    const Workplace place;
    place.write("report.en.txt", textNumber(1));
    place.write("rapport.fr.txt", "Le conseil municipal adopte le budget de la ville pour le logement et l'eau.");
    place.report();
    const auto list = works(place);
    ASSERT_EQ(list.size(), 2U);
    const std::string first = list.at(0).at("id");
    const std::string second = list.at(1).at("id");
    expectDone(place, {"works", "merge", second, first});
    EXPECT_EQ(onlyId(place), first);
    EXPECT_EQ(shown(place, second).at("id"), first);
    expectDone(place, {"works", "alias", first, "ISBN 978-92-1-132640-6", "https://uclg.org/old.pdf"});
    EXPECT_EQ(shown(place, "9789211326406").at("id"), first);
    EXPECT_EQ(shown(place, "http://www.uclg.org/old.pdf").at("id"), first);
    expectDone(place, {"works", "alias", first, "https://uclg.org/old.pdf", "--remove"});
    expectRefused(place, {"works", "show", "https://uclg.org/old.pdf"}, "there is no work");
    place.report();
    EXPECT_EQ(onlyId(place), first);
    expectDone(place, {"works", "split", first, "--language", "fr"});
    EXPECT_EQ(works(place).size(), 2U);
    place.report();
    EXPECT_EQ(works(place).size(), 2U);
    EXPECT_EQ(shown(place, second).at("id"), first) << "an ID is never given back";
}

TEST(Works, sayWhatToDoWhenTheyCannot)
{
    const Workplace place;
    place.write("report.txt", textNumber(1));
    place.report();
    const auto id = onlyId(place);
    auto wrong = id;
    wrong.back() = id.back() == 'A' ? 'B' : 'A';
    expectRefused(place, {"works"}, "works needs a command");
    expectRefused(place, {"works", "burn", id}, "there is no works burn");
    expectRefused(place, {"works", "show", wrong}, "perhaps " + id);
    expectRefused(place, {"works", "show"}, "needs one ID");
    expectRefused(place, {"works", "edit", id}, "FIELD=VALUE");
    expectRefused(place, {"works", "edit", id, "title"}, "write FIELD=VALUE");
    expectRefused(place, {"works", "edit", id, "colour=red"}, "there are: title,");
    expectRefused(place, {"works", "edit", id, "type=pamphlet"}, "it has: ");
    expectRefused(place, {"works", "edit", id, "date=yesterday"}, "2021-06");
    expectRefused(place, {"works", "edit", id, "isbn=978-92-1-132640-7"}, "no ISBN");
    expectRefused(place, {"works", "edit", id, "title=x", "--language", "pt"}, "it has: en");
    expectRefused(place, {"works", "merge", id}, "two IDs");
    expectRefused(place, {"works", "merge", id, id}, "one work already");
    expectRefused(place, {"works", "split", id, "--language", "en"}, "only this edition");
    expectRefused(place, {"works", "split", id}, "--language");
    expectRefused(place, {"works", "withdraw", id}, "--reason");
    expectRefused(place, {"works", "withdraw", id, "--reason", "x", "--successor", id}, "own successor");
    expectRefused(place, {"works", "restore", id}, "not withdrawn");
    expectRefused(place, {"works", "alias", id, "12"}, "cannot be an alias");
    expectRefused(place, {"works", "alias", id, wrong}, "looks like a citable ID");
    expectRefused(place, {"works", "journal", id, "--limit", "x"}, "--limit");
    EXPECT_EQ(works(place, {"works", "journal", "--json"}).size(), 0U) << "nothing was changed";
}

} // namespace
} // namespace acervo::test
