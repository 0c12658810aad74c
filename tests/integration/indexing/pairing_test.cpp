#include "corpus/catalogue/catalogue.h"
#include "workplace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace acervo::test {
namespace {

using nlohmann::json;

// Of the sample works some whose three editions are files of one kind; without sidecars, under names that say nothing.
constexpr std::array<std::array<const char*, 2>, 5> kWorks{{{"migration-position-mediterranean", "html"},
                                                            {"subsidiarity-federal-states", "txt"},
                                                            {"open-data-councils", "md"},
                                                            {"food-systems-city-region", "odt"},
                                                            {"energy-transition-resolution", "odt"}}};

class Pairing : public testing::Test {
protected:
    void SetUp() override
    {
        int number = 0;
        for (const auto& [name, extension] : kWorks) {
            for (const char* language : {"en", "fr", "es"}) {
                const std::string work = name;
                std::ifstream in{std::string{ACERVO_SOURCE_DIR "/corpus/samples/files/"} + work + "/" + work + "." +
                                     language + "." + extension,
                                 std::ios::binary};
                std::stringstream content;
                content << in.rdbuf();
                const auto file = "document-" + std::to_string(++number * 7 % 16) + "." + extension;
                workOf[file] = name;
                place.write(file, content.str());
            }
        }
        ASSERT_EQ(workOf.size(), 15U);
        ASSERT_EQ(place.report().at("indexed"), 15);
        ASSERT_EQ(works(), 15);
    }

    int works() const { return place.status().at("works").get<int>(); }

    json proposals() const
    {
        const auto outcome = place.run({"works", "pair", "--json"});
        EXPECT_EQ(outcome.exit, 0) << outcome.err;
        return json::parse(outcome.out);
    }

    bool isRight(const json& proposal) const
    {
        const auto& editions = proposal.at("editions");
        return workOf.at(editions[0].at("uri")) == workOf.at(editions[1].at("uri"));
    }

    // Files by the work that the catalogue has them in.
    std::map<std::string, std::set<std::string>> filesByWork() const
    {
        std::map<std::string, std::set<std::string>> files;
        const auto catalogue =
            catalogue::Catalogue::open(place.data() / "catalogue.sqlite", catalogue::Mode::readOnly).value();
        const auto changes = catalogue.changesAfter(0, 1000).value();
        for (const auto& change : changes) {
            files[change.edition.citableId].insert(change.edition.sourceUri);
        }
        return files;
    }

    void expectOnlyRightOnesTogether() const
    {
        for (const auto& [id, files] : filesByWork()) {
            for (const auto& file : files) {
                ASSERT_TRUE(workOf.contains(file)) << id << " has \"" << file << '"';
                EXPECT_EQ(workOf.at(file), workOf.at(*files.begin())) << id;
            }
        }
    }

    Workplace place;
    std::map<std::string, std::string> workOf; // by file
};

TEST_F(Pairing, proposesTheEditionsOfAWorkFirst)
{
    const auto all = proposals();
    ASSERT_GE(all.size(), 15U);
    for (std::size_t i = 0; i < 15; ++i) {
        EXPECT_TRUE(isRight(all[i])) << all[i].dump(2);
    }
}

TEST_F(Pairing, mergesWhatNothingSpeaksAgainst)
{
    const auto merged = place.run({"works", "pair", "--yes-above", "0.97", "--by", "a test"});
    ASSERT_EQ(merged.exit, 0) << merged.err;
    EXPECT_LT(works(), 13) << merged.out;
    expectOnlyRightOnesTogether();
    EXPECT_EQ(place.run({"check"}).exit, 0);

    const auto before = works();
    const auto again = place.run({"works", "pair", "--yes-above", "0.97", "--by", "a test"});
    EXPECT_EQ(again.exit, 0) << again.err;
    EXPECT_EQ(works(), before);
    EXPECT_EQ(place.report().at("unchanged"), 15); // what people decided survives a run
    EXPECT_EQ(works(), before);
}

TEST_F(Pairing, mergesByTheNumbersOfTheLastList)
{
    EXPECT_EQ(place.run({"works", "pair", "--accept", "1", "--by", "a test"}).exit, 1); // there is no list yet
    const auto all = proposals();
    const auto accepted = place.run({"works", "pair", "--accept", "1", "--by", "a test"});
    ASSERT_EQ(accepted.exit, 0) << accepted.err;
    EXPECT_EQ(works(), 14);
    const auto& editions = all[0].at("editions");
    const auto files = filesByWork();
    EXPECT_TRUE(std::ranges::any_of(files, [&](const auto& work) {
        return work.second == std::set<std::string>{editions[0].at("uri"), editions[1].at("uri")};
    }));

    const auto again = place.run({"works", "pair", "--accept", "1", "--by", "a test"});
    EXPECT_EQ(again.exit, 0) << again.err;
    EXPECT_NE(again.out.find("one work already"), std::string::npos) << again.out;
    for (const char* numbers : {"0", "1,", "3-2", "1-1000", "x", "-1", "1;2"}) {
        EXPECT_EQ(place.run({"works", "pair", std::string{"--accept="} + numbers, "--by", "a test"}).exit, 1)
            << numbers;
    }
    EXPECT_EQ(works(), 14);
}

TEST_F(Pairing, asksAPersonAndRemembersANo)
{
    const auto all = proposals();
    const auto reviewed = place.runTyping({"works", "pair", "--review", "--by", "Ana"}, "n\nwhat?\ny\nq\n");
    ASSERT_EQ(reviewed.exit, 0) << reviewed.err;
    EXPECT_EQ(works(), 14) << reviewed.out;
    for (const auto& proposal : proposals()) {
        EXPECT_FALSE(proposal.at("editions")[0].at("uri") == all[0].at("editions")[0].at("uri") &&
                     proposal.at("editions")[1].at("uri") == all[0].at("editions")[1].at("uri"));
    }
    const auto catalogue =
        catalogue::Catalogue::open(place.data() / "catalogue.sqlite", catalogue::Mode::readOnly).value();
    const auto journal = catalogue.journal("", 10).value();
    ASSERT_FALSE(journal.empty());
    EXPECT_EQ(journal.front().by, "Ana");
}

TEST_F(Pairing, endsWhereNobodyAnswers)
{
    const auto reviewed = place.runTyping({"works", "pair", "--review", "--by", "Ana"}, "");
    EXPECT_EQ(reviewed.exit, 0);
    EXPECT_EQ(works(), 15);
}

} // namespace
} // namespace acervo::test
