#include "indexer/pairing/propose.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace acervo::pairing {
namespace {

// Words that the three languages have in common stand for what the lexicon would translate.
const std::vector<std::vector<std::string>> kSubjects{
    {"subsidiarity", "federation", "constitution", "parliament", "province", "senate"},
    {"sanitation", "aquifer", "reservoir", "latrine", "chlorine", "pipeline"},
    {"carnival", "museum", "theatre", "folklore", "cinema", "orchestra"},
    {"tramway", "bicycle", "corridor", "metro", "station", "ticket"}};

Profile edition(std::int64_t id, text::Language language, std::size_t subject)
{
    Profile profile;
    profile.editionId = id;
    profile.workId = id;
    profile.citableId = "UCLG-2024-000" + std::to_string(id);
    profile.language = language;
    profile.audience = "public";
    profile.mediaType = "application/pdf";
    profile.textBytes = 4000;
    profile.pageCount = 4;
    for (const auto& word : kSubjects[subject]) {
        profile.words.push_back({word, word, 5});
    }
    for (int i = 0; i < 5; ++i) {
        profile.marks[std::to_string(subject + 1) + "00" + std::to_string(i)] = 2;
    }
    return profile;
}

// Each subject in English and French: works 1 and 2, 3 and 4, ...
std::vector<Profile> library()
{
    std::vector<Profile> profiles;
    for (std::size_t subject = 0; subject < kSubjects.size(); ++subject) {
        const auto id = static_cast<std::int64_t>(subject * 2 + 1);
        profiles.push_back(edition(id, text::Language::en, subject));
        profiles.push_back(edition(id + 1, text::Language::fr, subject));
        profiles.back().textBytes = 4900;
    }
    return profiles;
}

bool hasDoubt(const Proposal& proposal, Doubt doubt)
{
    return std::ranges::find(proposal.doubts, doubt) != proposal.doubts.end();
}

const Proposal* between(const std::vector<Proposal>& proposals, std::size_t a, std::size_t b)
{
    const auto found = std::ranges::find_if(proposals, [&](const Proposal& one) {
        return (one.first == a && one.second == b) || (one.first == b && one.second == a);
    });
    return found == proposals.end() ? nullptr : &*found;
}

TEST(Propose, findsEditionsThatHaveWordsNumbersAndLengthInCommon)
{
    const auto profiles = library();
    const auto proposals = propose(profiles, nullptr);
    for (std::size_t i = 0; i < profiles.size(); i += 2) {
        const auto* proposal = between(proposals, i, i + 1);
        ASSERT_NE(proposal, nullptr) << i;
        EXPECT_TRUE(proposal->isCertain(kCertain)) << i << ": " << proposal->score;
    }
    EXPECT_EQ(std::ranges::count_if(proposals, [](const Proposal& one) { return one.isCertain(kCertain); }), 4);
}

TEST(Propose, isNotCertainOfAnEditionWhoseMateIsMissing)
{
    auto profiles = library();
    profiles.erase(profiles.begin() + 1);
    for (const auto& proposal : propose(profiles, nullptr)) {
        EXPECT_FALSE(proposal.first == 0 && proposal.isCertain(kCertain));
    }
}

TEST(Propose, leavesEditionsOfOneWorkAndOfTheSameLanguageAlone)
{
    auto profiles = library();
    profiles[1].workId = profiles[0].workId;
    profiles[3].language = text::Language::en;
    const auto proposals = propose(profiles, nullptr);
    EXPECT_EQ(between(proposals, 0, 1), nullptr);
    EXPECT_EQ(between(proposals, 2, 3), nullptr);
}

TEST(Propose, leavesAWorkAloneThatHasTheLanguageAlready)
{
    auto profiles = library();
    profiles.push_back(edition(90, text::Language::en, 0)); // a second English text on the same
    profiles[1].workId = profiles[0].workId;
    const auto proposals = propose(profiles, nullptr);
    EXPECT_EQ(between(proposals, 1, profiles.size() - 1), nullptr);
}

TEST(Propose, doubtsWhereTwoAreEquallyAlike)
{
    auto profiles = library();
    profiles.push_back(edition(90, text::Language::fr, 0));
    const auto proposals = propose(profiles, nullptr);
    const auto* proposal = between(proposals, 0, 1);
    ASSERT_NE(proposal, nullptr);
    EXPECT_TRUE(hasDoubt(*proposal, Doubt::closeRival));
}

struct DoubtCase {
    std::string name;
    void (*change)(Profile& english, Profile& french);
    Doubt doubt;
};
void PrintTo(const DoubtCase& one, std::ostream* out)
{
    *out << one.name;
}

class DoubtTable : public testing::TestWithParam<DoubtCase> {};

TEST_P(DoubtTable, isLeftToAPerson)
{
    auto profiles = library();
    GetParam().change(profiles[0], profiles[1]);
    const auto proposals = propose(profiles, nullptr);
    const auto* proposal = between(proposals, 0, 1);
    ASSERT_NE(proposal, nullptr);
    EXPECT_TRUE(hasDoubt(*proposal, GetParam().doubt));
    EXPECT_FALSE(proposal->isCertain(0.0));
}

INSTANTIATE_TEST_SUITE_P(
    , DoubtTable,
    testing::Values(
        DoubtCase{"year_of_another_issue",
                  [](Profile& english, Profile& french) {
                      english.title = "Annual report 2023";
                      french.title = "Rapport annuel 2024";
                  },
                  Doubt::numbers},
        DoubtCase{"year_in_the_file_names",
                  [](Profile& english, Profile& french) {
                      english.uri = "reports/report-2023.pdf";
                      french.uri = "rapports/rapport-2024.pdf";
                  },
                  Doubt::numbers},
        DoubtCase{"published_in_another_year",
                  [](Profile& english, Profile& french) {
                      english.date = "2023-05";
                      french.date = "2021";
                  },
                  Doubt::date},
        DoubtCase{"other_readers", [](Profile&, Profile& french) { french.audience = "staff"; }, Doubt::audience},
        DoubtCase{"another_format", [](Profile&, Profile& french) { french.mediaType = "text/html"; }, Doubt::format},
        DoubtCase{"far_longer", [](Profile&, Profile& french) { french.textBytes = 8000; }, Doubt::length},
        DoubtCase{"other_numbers_in_the_text",
                  [](Profile&, Profile& french) {
                      french.marks = {{"7777", 2}, {"8888", 3}};
                  },
                  Doubt::fewMarks}),
    [](const auto& row) { return row.param.name; });

TEST(Propose, namesOfFilesCountAndThoseThatEverybodyHasDoNot)
{
    auto same = library();
    auto every = library();
    for (auto& profile : every) {
        profile.uri = "x/index.html";
    }
    same[0].uri = "Reports/Water_Atlas_2024_EN.pdf";
    same[1].uri = "docs/water-atlas-2024-fr.pdf";
    const auto bySame = propose(same, nullptr);
    const auto byEvery = propose(every, nullptr);
    EXPECT_GT(between(bySame, 0, 1)->evidence.names, 0.5);
    EXPECT_EQ(between(byEvery, 0, 1)->evidence.names, 0.0);
}

TEST(Propose, sameYearIsNoOtherDate)
{
    auto profiles = library();
    profiles[0].date = "2024-05-01";
    profiles[1].date = "2024";
    const auto proposals = propose(profiles, nullptr);
    EXPECT_TRUE(between(proposals, 0, 1)->evidence.sameDate);
    EXPECT_TRUE(between(proposals, 0, 1)->isCertain(kCertain));
}

TEST(Propose, agreementOfThreeLanguagesIsEvidence)
{
    auto profiles = library();
    profiles.push_back(edition(90, text::Language::es, 0));
    const auto proposals = propose(profiles, nullptr);
    EXPECT_TRUE(between(proposals, 0, 1)->evidence.inThird);
    EXPECT_FALSE(between(proposals, 2, 3)->evidence.inThird);
}

TEST(Propose, hasNothingToSayOfNothing)
{
    EXPECT_TRUE(propose({}, nullptr).empty());
    EXPECT_TRUE(propose({edition(1, text::Language::en, 0)}, nullptr).empty());
    EXPECT_TRUE(propose({edition(1, text::Language::other, 0), edition(2, text::Language::en, 0)}, nullptr).empty());
}

} // namespace
} // namespace acervo::pairing
