// Catalogue::resolve(): what people type, brought to the work it means.
#include "corpus/identifier/citable_id.h"
#include "tests/unit/corpus/catalogue/fixture.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace acervo::catalogue {
namespace {

class Resolve : public WithCatalogue {
protected:
    std::string resolved(std::string_view typed)
    {
        const auto found = catalogue->resolve(typed);
        EXPECT_TRUE(found) << found.error().message;
        return found && *found ? **found : "";
    }
};

TEST_F(Resolve, isTolerantOfTheFormAndStrictAboutTheId)
{
    const auto id = store(makeDocument("a.pdf", "a")).citableId;
    ASSERT_EQ(id, identifier::format("UCLG", 2021, 1));
    const std::string check{id.back()};
    EXPECT_EQ(resolved(id), id);
    EXPECT_EQ(resolved("cglu 2021 0001 " + check), id);
    EXPECT_EQ(resolved("UCLG20210001" + check), id);
    EXPECT_EQ(resolved("UCLG–2021–1–" + check), id);
    EXPECT_EQ(resolved("UCLG-2021-0001-" + std::string{check == "A" ? "B" : "A"}), "");
    EXPECT_EQ(resolved(identifier::format("UCLG", 2021, 2)), "");
    EXPECT_EQ(resolved(""), "");
    EXPECT_EQ(resolved("\xFF\xFE"), "");
}

TEST_F(Resolve, followsFormerIdsAndFindsWithdrawnWorks)
{
    const auto minted = store(makeDocument("a.pdf", "a")).citableId;
    auto named = makeDocument("a.pdf", "a");
    named.metadata.assignedId = identifier::format("UCLG", 2020, 77);
    const auto now = store(named).citableId;
    ASSERT_NE(now, minted);
    EXPECT_EQ(resolved(minted), now);
    ASSERT_TRUE(catalogue->withdraw("reports", "a.pdf", "gone"));
    EXPECT_EQ(resolved(minted), now);
}

TEST_F(Resolve, knowsIdsOfAnEarlierPrefix)
{
    const auto id = store(makeDocument("a.pdf", "a")).citableId;
    catalogue.reset();
    auto renamed = Catalogue::open(file(), Mode::readWrite, {"ACV"});
    ASSERT_TRUE(renamed);
    catalogue.emplace(std::move(*renamed));
    EXPECT_TRUE(store(makeDocument("b.pdf", "b")).citableId.starts_with("ACV-2021-0001-"));
    EXPECT_EQ(resolved(id), id);
}

TEST_F(Resolve, knowsIdsOfAnEarlierPattern)
{
    const auto id = store(makeDocument("a.pdf", "a")).citableId;
    catalogue.reset();
    auto renamed = Catalogue::open(file(), Mode::readWrite, {"UCLG-{number:5}-{check}"});
    ASSERT_TRUE(renamed);
    catalogue.emplace(std::move(*renamed));
    const auto next = store(makeDocument("b.pdf", "b")).citableId;
    EXPECT_TRUE(next.starts_with("UCLG-00001-")) << next;
    EXPECT_EQ(resolved(next), next);
    EXPECT_EQ(resolved(id), id);
    const auto refused = Catalogue::open(file(), Mode::readWrite, {"UCLG-{serial}"});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("identifier_prefix"), std::string::npos);
}

// Works close together, in years that are swaps of each other: the hardest case for the check character.
TEST_F(Resolve, tenThousandIdsFindTheirWorkAndTenThousandSlipsNoOther)
{
    constexpr std::string_view kYears[] = {"2021", "2012", "2019", "2091", "1990", "1909"};
    constexpr int kWorks = 1'500;
    constexpr int kTrials = 10'000;
    constexpr std::string_view kTyped = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    std::vector<std::string> ids;
    ASSERT_TRUE(catalogue->begin());
    for (int i = 0; i < kWorks; ++i) {
        auto document = makeDocument(std::to_string(i) + ".pdf", std::to_string(i));
        document.metadata.date = kYears[static_cast<std::size_t>(i) % std::size(kYears)];
        ids.push_back(store(document).citableId);
    }
    ASSERT_TRUE(catalogue->commit());
    ASSERT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
    std::mt19937_64 random{20211125};
    const auto upTo = [&](std::size_t last) { return std::uniform_int_distribution<std::size_t>{0, last}(random); };
    std::map<std::string, int> outcomes;
    for (int trial = 0; trial < kTrials; ++trial) {
        const auto& id = ids[upTo(ids.size() - 1)];
        ASSERT_EQ(resolved(id), id);
        auto wrong = id;
        if (trial % 3 == 0) {
            std::erase(wrong, '-');
        }
        const auto typed = wrong;
        while (wrong == typed) {
            const auto place = upTo(wrong.size() - 2);
            if (trial % 2 == 0) {
                std::swap(wrong[place], wrong[place + 1]);
            } else {
                wrong[place + upTo(1)] = kTyped[upTo(kTyped.size() - 1)];
            }
        }
        const auto found = resolved(wrong);
        ASSERT_TRUE(found.empty() || found == id) << id << " typed as " << wrong << " finds " << found;
        ++outcomes[found.empty() ? "refused" : "still found"];
    }
    EXPECT_GT(outcomes["refused"], kTrials * 8 / 10); // the others lost or moved a dash
}

} // namespace
} // namespace acervo::catalogue
