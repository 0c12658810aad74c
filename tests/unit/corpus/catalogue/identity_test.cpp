#include "corpus/identifier/citable_id.h"
#include "tests/unit/corpus/catalogue/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace acervo::catalogue {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// One step of a story: what happens to a file, and what the catalogue must make of it.
struct Step {
    enum class What { store, missing, withdraw } what = What::store;
    std::string_view uri;
    std::string_view bytes = {};
    std::string_view language = "fr";
    std::string_view key = {}; // "?key": guessed from the file's name
    std::string_view assignedId = {};
    std::string_view audience = "public";
    StoredAs how = StoredAs::newWork;
    char work = 'a';    // equal letters: the same citable ID within the story
    char edition = 'a'; // equal letters: the same edition
    bool warned = false;
};

struct Story {
    std::string_view name;
    std::vector<Step> steps;
    std::uint64_t works, editions, withdrawn;
};
void PrintTo(const Story& story, std::ostream* out)
{
    *out << story.name;
}

class IdentityTable : public WithCatalogue, public testing::WithParamInterface<Story> {};

TEST_P(IdentityTable, keepsWhatItIs)
{
    std::map<char, std::string> works;
    std::map<char, std::int64_t> editions;
    int number = 0;
    for (const auto& step : GetParam().steps) {
        SCOPED_TRACE("step " + std::to_string(++number) + ", " + std::string{step.uri});
        if (step.what == Step::What::missing) {
            ASSERT_TRUE(catalogue->noteMissing("reports", step.uri));
            continue;
        }
        if (step.what == Step::What::withdraw) {
            ASSERT_TRUE(catalogue->withdraw("reports", step.uri, "gone"));
            continue;
        }
        const bool guessed = step.key.starts_with('?');
        auto document = makeDocument(std::string{step.uri}, std::string{step.bytes}, std::string{step.language},
                                     std::string{step.key.substr(guessed ? 1 : 0)});
        document.workKeyGuessed = guessed;
        document.metadata.assignedId = step.assignedId;
        document.audience = step.audience;
        const auto stored = store(document);
        EXPECT_EQ(stored.how, step.how);
        EXPECT_EQ(!stored.warnings.empty(), step.warned) << testing::PrintToString(stored.warnings);
        const auto [work, isNewWork] = works.try_emplace(step.work, stored.citableId);
        const auto [edition, isNewEdition] = editions.try_emplace(step.edition, stored.editionId);
        EXPECT_EQ(work->second, stored.citableId);
        EXPECT_EQ(edition->second, stored.editionId);
        EXPECT_TRUE(identifier::parse(stored.citableId));
        const auto location = catalogue->location("reports", step.uri);
        ASSERT_TRUE(location && *location);
        EXPECT_EQ((*location)->editionId, stored.editionId);
    }
    const auto distinct = [](const auto& named) {
        std::set<typename std::decay_t<decltype(named)>::mapped_type> values;
        for (const auto& [letter, value] : named) {
            values.insert(value);
        }
        return values.size() == named.size();
    };
    EXPECT_TRUE(distinct(works));
    EXPECT_TRUE(distinct(editions));
    const auto statistics = catalogue->statistics();
    ASSERT_TRUE(statistics);
    EXPECT_EQ(statistics->works, GetParam().works);
    EXPECT_EQ(statistics->editions, GetParam().editions);
    EXPECT_EQ(statistics->withdrawn, GetParam().withdrawn);
    for (const auto& [letter, id] : works) {
        const auto found = catalogue->editionsOfWork(id);
        ASSERT_TRUE(found);
        EXPECT_FALSE(found->empty()) << id << " leads nowhere";
    }
    expectSound();
}

constexpr auto kStore = Step::What::store;
constexpr auto kMissing = Step::What::missing;
constexpr auto kWithdraw = Step::What::withdraw;
constexpr auto kNewWork = StoredAs::newWork;
constexpr auto kNewEdition = StoredAs::newEdition;
constexpr auto kNewVersion = StoredAs::newVersion;
constexpr auto kSame = StoredAs::sameContent;
const std::string kId = identifier::format("UCLG", 2021, 777);
const std::string kOtherId = identifier::format("UCLG", 2021, 778);
const std::string kFirstMinted = identifier::format("UCLG", 2021, 1);

Step stored(std::string_view uri, std::string_view bytes, std::string_view language, std::string_view key, StoredAs how,
            char work, char edition, bool warned = false)
{
    return {kStore, uri, bytes, language, key, {}, "public", how, work, edition, warned};
}
Step identified(std::string_view uri, std::string_view bytes, std::string_view language, std::string_view key,
                std::string_view id, StoredAs how, char work, char edition, bool warned = false)
{
    return {kStore, uri, bytes, language, key, id, "public", how, work, edition, warned};
}
Step within(std::string_view audience, Step step)
{
    step.audience = audience;
    return step;
}

INSTANTIATE_TEST_SUITE_P(
    , IdentityTable,
    testing::Values(
        Story{"unrelated_files_are_unrelated_works",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'), stored("b.pdf", "B", "fr", "", kNewWork, 'b', 'b')},
              2,
              2,
              0},
        Story{"the_same_again_is_the_same",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'), stored("a.pdf", "A", "fr", "", kSame, 'a', 'a')},
              1,
              1,
              0},
        Story{"a_key_joins_languages",
              {stored("a.fr.pdf", "A", "fr", "k", kNewWork, 'a', 'f'),
               stored("a.en.pdf", "B", "en", "k", kNewEdition, 'a', 'e'),
               stored("a.es.pdf", "C", "es", "k", kNewEdition, 'a', 's')},
              1,
              3,
              0},
        Story{"other_bytes_are_a_new_version",
              {stored("a.pdf", "A", "fr", "k", kNewWork, 'a', 'a'),
               stored("a.pdf", "A2", "fr", "k", kNewVersion, 'a', 'a')},
              1,
              1,
              0},
        Story{"a_language_found_anew_stays_the_edition",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'), stored("a.pdf", "A", "es", "", kSame, 'a', 'a')},
              1,
              1,
              0},
        Story{"a_moved_file_keeps_its_identity",
              {stored("old/a.pdf", "A", "fr", "", kNewWork, 'a', 'a'),
               {kMissing, "old/a.pdf"},
               stored("new/a.pdf", "A", "fr", "", kSame, 'a', 'a')},
              1,
              1,
              0},
        Story{"a_guessed_key_joins_languages",
              {{kStore, "r.fr.pdf", "F", "fr", "?r"},
               {kStore, "r.en.pdf", "E", "en", "?r", "", "public", StoredAs::newEdition, 'a', 'b'}},
              1,
              2,
              0},
        Story{"a_moved_file_stays_in_its_work_whatever_its_new_name_suggests",
              {{kStore, "r.fr.pdf", "F", "fr", "k"},
               {kStore, "r.en.pdf", "E", "en", "k", "", "public", StoredAs::newEdition, 'a', 'b'},
               {kMissing, "r.en.pdf"},
               {kStore, "moved/r.en.pdf", "E", "en", "?moved/r", "", "public", StoredAs::sameContent, 'a', 'b'}},
              1,
              2,
              0},
        Story{"a_lost_sidecar_splits_no_work",
              {{kStore, "r.fr.pdf", "F", "fr", "k"},
               {kStore, "r.en.pdf", "E", "en", "k", "", "public", StoredAs::newEdition, 'a', 'b'},
               {kStore, "r.en.pdf", "E2", "en", "?r", "", "public", StoredAs::newVersion, 'a', 'b'}},
              1,
              2,
              0},
        Story{"a_file_withdrawn_and_found_elsewhere_lives_again",
              {stored("old/a.pdf", "A", "fr", "", kNewWork, 'a', 'a'),
               {kWithdraw, "old/a.pdf"},
               stored("new/a.pdf", "A", "fr", "", kSame, 'a', 'a')},
              1,
              1,
              0},
        Story{"a_copy_is_the_same_edition",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'),
               stored("copy/a.pdf", "A", "fr", "", kSame, 'a', 'a', true)},
              1,
              1,
              0},
        Story{"a_copy_outlives_the_original",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'),
               stored("copy/a.pdf", "A", "fr", "", kSame, 'a', 'a', true),
               {kWithdraw, "a.pdf"},
               stored("copy/a.pdf", "A", "fr", "", kSame, 'a', 'a')},
              1,
              1,
              0},
        Story{"a_copy_that_changes_goes_its_own_way",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'),
               stored("copy/a.pdf", "A", "fr", "", kSame, 'a', 'a', true),
               stored("copy/a.pdf", "B", "fr", "", kNewWork, 'b', 'b', true)},
              2,
              2,
              0},
        Story{"an_original_that_changes_keeps_its_identity",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'),
               stored("copy/a.pdf", "A", "fr", "", kSame, 'a', 'a', true),
               stored("a.pdf", "B", "fr", "", kNewVersion, 'a', 'a')},
              1,
              1,
              0},
        Story{"the_same_bytes_for_others_are_another_work",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'),
               within("staff", stored("staff/a.pdf", "A", "fr", "", kNewWork, 'b', 'b'))},
              2,
              2,
              0},
        Story{"a_report_published_keeps_its_id",
              {within("members", stored("members/a.pdf", "A", "fr", "", kNewWork, 'a', 'a')),
               {kMissing, "members/a.pdf"},
               stored("public/a.pdf", "A", "fr", "", kSame, 'a', 'a')},
              1,
              1,
              0},
        Story{"two_files_of_one_key_and_language_are_two_works",
              {stored("a.pdf", "A", "fr", "k", kNewWork, 'a', 'a'),
               stored("b.pdf", "B", "fr", "k", kNewWork, 'b', 'b', true),
               stored("b.pdf", "B", "fr", "k", kSame, 'b', 'b', true),
               stored("a.pdf", "A", "fr", "k", kSame, 'a', 'a')},
              2,
              2,
              0},
        Story{"a_file_replaced_under_another_name_is_a_new_version",
              {stored("draft.pdf", "A", "fr", "k", kNewWork, 'a', 'a'),
               {kMissing, "draft.pdf"},
               stored("final.pdf", "B", "fr", "k", kNewVersion, 'a', 'a')},
              1,
              1,
              0},
        Story{"an_assigned_id_is_taken",
              {identified("a.pdf", "A", "fr", "", kId, kNewWork, 'a', 'a'),
               identified("b.pdf", "B", "en", "", kId, kNewEdition, 'a', 'b')},
              1,
              2,
              0},
        Story{"a_malformed_assigned_id_is_reported_and_not_used",
              {identified("a.pdf", "A", "fr", "", "UCLG-2021-0777-?", kNewWork, 'a', 'a', true)},
              1,
              1,
              0},
        Story{"a_key_given_later_joins",
              {stored("a.fr.pdf", "A", "fr", "k", kNewWork, 'a', 'f'),
               stored("a.en.pdf", "B", "en", "", kNewWork, 'b', 'e'),
               stored("a.en.pdf", "B", "en", "k", kSame, 'a', 'e')},
              1,
              2,
              0},
        Story{"a_key_given_to_a_lone_work_keeps_its_id",
              {stored("a.fr.pdf", "A", "fr", "", kNewWork, 'a', 'f'),
               stored("a.fr.pdf", "A", "fr", "k", kSame, 'a', 'f'),
               stored("a.en.pdf", "B", "en", "k", kNewEdition, 'a', 'e')},
              1,
              2,
              0},
        Story{"a_key_renamed_moves_all_its_editions",
              {stored("a.fr.pdf", "A", "fr", "k", kNewWork, 'a', 'f'),
               stored("a.en.pdf", "B", "en", "k", kNewEdition, 'a', 'e'),
               stored("a.fr.pdf", "A", "fr", "k2", kNewWork, 'b', 'f'),
               stored("a.en.pdf", "B", "en", "k2", kSame, 'b', 'e')},
              1,
              2,
              0},
        Story{"a_key_taken_in_that_language_leaves_the_file_where_it_is",
              {stored("a.pdf", "A", "fr", "k", kNewWork, 'a', 'a'), stored("b.pdf", "B", "fr", "", kNewWork, 'b', 'b'),
               stored("b.pdf", "B", "fr", "k", kSame, 'b', 'b', true)},
              2,
              2,
              0},
        Story{"a_language_that_collides_splits_off",
              {stored("a.pdf", "A", "fr", "k", kNewWork, 'a', 'a'),
               stored("b.pdf", "B", "en", "k", kNewEdition, 'a', 'b'),
               stored("b.pdf", "B", "fr", "k", kNewWork, 'b', 'b', true)},
              2,
              2,
              0},
        Story{"an_edition_withdrawn_keeps_its_place",
              {stored("a.fr.pdf", "A", "fr", "k", kNewWork, 'a', 'f'),
               stored("a.en.pdf", "B", "en", "k", kNewEdition, 'a', 'e'),
               {kWithdraw, "a.en.pdf"}},
              1,
              1,
              1},
        Story{"a_withdrawn_file_comes_back_changed",
              {stored("a.pdf", "A", "fr", "", kNewWork, 'a', 'a'),
               {kWithdraw, "a.pdf"},
               stored("a.pdf", "B", "fr", "", kNewVersion, 'a', 'a')},
              1,
              1,
              0}),
    [](const auto& row) { return std::string{row.param.name}; });

class Identity : public WithCatalogue {};

TEST_F(Identity, anIdAssignedLaterReplacesTheMintedOneWhichStillResolves)
{
    auto document = makeDocument("a.pdf", "A");
    const auto minted = store(document);
    document.metadata.assignedId = kId;
    const auto assigned = store(document);
    EXPECT_EQ(assigned.citableId, kId);
    EXPECT_EQ(assigned.editionId, minted.editionId);
    EXPECT_TRUE(assigned.changed);
    for (const auto& id : {minted.citableId, kId}) {
        const auto editions = catalogue->editionsOfWork(id);
        ASSERT_TRUE(editions);
        ASSERT_EQ(editions->size(), 1U);
        EXPECT_EQ(editions->front().citableId, kId);
    }
    // The number is never given again.
    EXPECT_NE(store(makeDocument("b.pdf", "B")).citableId, minted.citableId);
    expectSound();
}

TEST_F(Identity, theIdsOfAMergedWorkLeadToItsSuccessor)
{
    const auto first = store(makeDocument("a.fr.pdf", "A", "fr", "k"));
    const auto second = store(makeDocument("a.en.pdf", "B", "en"));
    ASSERT_NE(first.citableId, second.citableId);
    store(makeDocument("a.en.pdf", "B", "en", "k"));
    const auto found = catalogue->editionsOfWork(second.citableId);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ(found->front().citableId, first.citableId);
    expectSound();
}

TEST_F(Identity, mintedIdsStepOverAssignedOnes)
{
    auto document = makeDocument("a.pdf", "A");
    document.metadata.assignedId = kFirstMinted;
    EXPECT_EQ(store(document).citableId, kFirstMinted);
    EXPECT_EQ(store(makeDocument("b.pdf", "B")).citableId, identifier::format("UCLG", 2021, 2));
}

TEST_F(Identity, theYearOfAnIdIsThatOfTheDocument)
{
    auto document = makeDocument("a.pdf", "A");
    document.metadata.date = "1998";
    EXPECT_THAT(store(document).citableId, HasSubstr("UCLG-1998-0001-"));
    document = makeDocument("b.pdf", "B");
    document.metadata.date = "";
    EXPECT_FALSE(store(document).citableId.starts_with("UCLG-1998"));
    document = makeDocument("c.pdf", "C");
    document.metadata.date = "soon"; // as written
    const auto stored = store(document);
    EXPECT_EQ(edition(stored.editionId).metadata.date, "soon");
}

TEST_F(Identity, aKeyIsOfItsSource)
{
    const auto first = store(makeDocument("a.pdf", "A", "fr", "k"));
    auto document = makeDocument("a.pdf", "B", "en", "k");
    document.location.source = "archive";
    const auto second = store(document);
    EXPECT_NE(first.citableId, second.citableId);
}

TEST_F(Identity, aWithdrawnCopyReturnsAtItsOldPlace)
{
    const auto first = store(makeDocument("a.pdf", "A"));
    ASSERT_TRUE(catalogue->noteMissing("reports", "a.pdf"));
    store(makeDocument("b.pdf", "A"));
    EXPECT_EQ(edition(first.editionId).sourceUri, "b.pdf");
    const auto other = store(makeDocument("a.pdf", "C"));
    EXPECT_EQ(other.how, StoredAs::newWork);
    EXPECT_THAT(other.warnings, IsEmpty());
    expectSound();
}

} // namespace
} // namespace acervo::catalogue
