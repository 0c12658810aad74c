#include "corpus/vocabulary/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::vocabulary {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::NotNull;

Concept named(std::string_view notation, std::string_view broader = "")
{
    Concept entry;
    entry.notation = notation;
    entry.broader = broader;
    for (const auto* language : {"en", "fr", "es"}) {
        entry.labels[language] = std::string(notation) + " " + language;
    }
    return entry;
}

std::vector<std::string> order(const Scheme& scheme)
{
    std::vector<std::string> notations;
    for (const auto& entry : scheme.concepts()) {
        notations.push_back(entry.notation);
    }
    return notations;
}

TEST(Scheme, ordersConceptsByHierarchyWhateverTheirOrder)
{
    const auto scheme = Scheme::make(
        "test", {named("a2", "a"), named("b"), named("a21", "a2"), named("a"), named("b1", "b"), named("a1", "a")});
    ASSERT_TRUE(scheme) << scheme.error().message;
    EXPECT_THAT(order(*scheme), ElementsAre("b", "b1", "a", "a2", "a21", "a1"));
    EXPECT_THAT(scheme->find("a")->narrower, ElementsAre("a2", "a1"));
    EXPECT_EQ(scheme->descendants("a").size(), 3U);
    EXPECT_EQ(scheme->descendants("b").size(), 1U);
    EXPECT_EQ(scheme->ancestors("a21").back()->notation, "a");
}

TEST(Scheme, fallsBackToEnglishThenToTheNotation)
{
    const auto scheme = Scheme::make("test", {named("a")});
    ASSERT_TRUE(scheme);
    EXPECT_EQ(scheme->label("a", "fr"), "a fr");
    EXPECT_EQ(scheme->label("a", "pt"), "a en");
    EXPECT_EQ(scheme->label("not known", "fr"), "not known");
}

TEST(Scheme, hasNothingToSayOfUnknownNotations)
{
    const auto scheme = Scheme::make("test", {named("a")});
    ASSERT_TRUE(scheme);
    EXPECT_EQ(scheme->find("z"), nullptr);
    EXPECT_THAT(scheme->ancestors("z"), IsEmpty());
    EXPECT_THAT(scheme->descendants("z"), IsEmpty());
    for (const auto& label :
         {std::string("z"), std::string(), std::string("---"), std::string("\xFF\xFE"), std::string(100'000, 'a')}) {
        EXPECT_EQ(scheme->findByLabel(label), nullptr);
    }
}

TEST(Scheme, prefersLabelsToAlternativeOnes)
{
    auto first = named("a");
    first.altLabels["fr"] = {"b fr", "Œuvre d'art"};
    const auto scheme = Scheme::make("test", {first, named("b")});
    ASSERT_TRUE(scheme);
    ASSERT_THAT(scheme->findByLabel("B  FR"), NotNull());
    EXPECT_EQ(scheme->findByLabel("B  FR")->notation, "b");
    ASSERT_THAT(scheme->findByLabel("oeuvre d’art"), NotNull());
    EXPECT_EQ(scheme->findByLabel("oeuvre d’art")->notation, "a");
}

TEST(Scheme, survivesBeingCopiedAndMoved)
{
    auto made = Scheme::make("test", {named("a"), named("a1", "a")});
    ASSERT_TRUE(made);
    const auto copy = *made;
    const auto moved = std::move(*made);
    EXPECT_EQ(copy.findByLabel("a1 fr")->notation, "a1");
    EXPECT_EQ(moved.descendants("a").size(), 1U);
}

TEST(Scheme, refusesCycles)
{
    const auto scheme = Scheme::make("test", {named("top"), named("a", "b"), named("b", "c"), named("c", "a")});
    ASSERT_FALSE(scheme);
    EXPECT_EQ(scheme.error().code, ErrorCode::corruptInput);
    EXPECT_THAT(scheme.error().message, HasSubstr("cycle"));
}

TEST(Scheme, refusesAConceptBroaderThanItself)
{
    EXPECT_FALSE(Scheme::make("test", {named("a", "a")}));
}

constexpr std::string_view kPrefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
                                       "@prefix : <urn:test:> .\n";
constexpr std::string_view kGood = ":a a skos:Concept ; skos:notation \"a\" ;\n"
                                   "  skos:prefLabel \"A\"@en , \"A\"@fr , \"A\"@es .\n";

// A folder whose themes.ttl is the test's, the other files are good.
class LoadTest : public testing::Test {
protected:
    void SetUp() override
    {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        auto name = std::string(test->test_suite_name()) + "_" + test->name(); // unique: tests run in parallel
        std::replace(name.begin(), name.end(), '/', '_');
        _folder = testing::TempDir() + "acervo_vocabulary_" + name;
        std::filesystem::remove_all(_folder);
        std::filesystem::create_directories(_folder);
        for (const auto* file : {"sections.ttl", "types.ttl", "themes.ttl", "sdgs.ttl"}) {
            write(file, std::string(kPrefixes) + std::string(kGood));
        }
    }
    void TearDown() override { std::filesystem::remove_all(_folder); }

    void write(const std::string& name, std::string_view text) const
    {
        std::ofstream(_folder + "/" + name, std::ios::binary) << text;
    }
    std::string path(const std::string& name) const { return (std::filesystem::path(_folder) / name).string(); }

    std::string _folder;
};

TEST_F(LoadTest, readsHierarchyFromEitherEnd)
{
    write("themes.ttl", std::string(kPrefixes) + std::string(kGood) +
                            ":b a skos:Concept ; skos:notation \"b\" ; skos:broader :a ;\n"
                            "  skos:prefLabel \"B\"@en-GB , \"B\"@fr , \"B\"@es ; skos:altLabel \"Bee\"@EN .\n"
                            ":a skos:narrower :c , :b .\n"
                            ":c a skos:Concept ; skos:notation \"c\" ;\n"
                            "  skos:prefLabel \"C\"@en , \"C\"@fr , \"C\"@es .\n");
    const auto all = load(_folder);
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_THAT(order(all->themes), ElementsAre("a", "b", "c"));
    EXPECT_EQ(all->themes.find("b")->line, 5U);
    EXPECT_EQ(all->themes.find("b")->altLabels.find("en")->second.front(), "Bee");
    EXPECT_EQ(all->themes.label("b", "en"), "B");
}

TEST_F(LoadTest, composesAccents)
{
    write("themes.ttl", std::string(kPrefixes) +
                            ":a a skos:Concept ; skos:notation \"a\" ;\n"
                            "  skos:prefLabel \"E\xCC\x81tat\"@fr , \"State\"@en , \"Estado\"@es .\n");
    const auto all = load(_folder);
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_EQ(all->themes.label("a", "fr"), "État");
}

TEST_F(LoadTest, namesTheMissingFile)
{
    std::filesystem::remove(path("sdgs.ttl"));
    const auto all = load(_folder);
    ASSERT_FALSE(all);
    EXPECT_EQ(all.error().code, ErrorCode::notFound);
    EXPECT_THAT(all.error().message, HasSubstr(path("sdgs.ttl")));
}

TEST_F(LoadTest, refusesAFolderInPlaceOfAFile)
{
    std::filesystem::remove(path("sdgs.ttl"));
    std::filesystem::create_directory(path("sdgs.ttl"));
    EXPECT_FALSE(load(_folder));
}

TEST_F(LoadTest, takesAnEmptyFileForAnEmptyScheme)
{
    write("themes.ttl", "");
    const auto all = load(_folder);
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_THAT(all->themes.concepts(), IsEmpty());
}

struct RefusedCase {
    std::string_view name;
    std::string_view text; // after the two prefix lines and the two lines of concept "a"
    std::uint32_t line;
    std::string_view message; // part of it
};
void PrintTo(const RefusedCase& c, std::ostream* out)
{
    *out << c.text;
}

class LoadRefuses : public LoadTest, public testing::WithParamInterface<RefusedCase> {};

TEST_P(LoadRefuses, withFileAndLine)
{
    const auto& [name, text, line, message] = GetParam();
    write("themes.ttl", std::string(kPrefixes) + std::string(kGood) + std::string(text));
    const auto all = load(_folder);
    ASSERT_FALSE(all);
    EXPECT_EQ(all.error().code, ErrorCode::corruptInput);
    EXPECT_THAT(all.error().message, HasSubstr(path("themes.ttl") + ":" + std::to_string(line) + ":"));
    EXPECT_THAT(all.error().message, HasSubstr(std::string(message)));
}

INSTANTIATE_TEST_SUITE_P(
    , LoadRefuses,
    testing::Values(
        RefusedCase{"text_not_closed", ":b a skos:Concept ;\n  skos:notation \"b ;\n", 6, ""},
        RefusedCase{"stop_missing", ":b a skos:Concept\n:c a skos:Concept .\n", 6, ""},
        RefusedCase{"not_turtle", "\n<html><body>no\n", 6, ""},
        RefusedCase{"cut_off", ":b a skos:Concept ;\n  skos:notation", 6, ""},
        RefusedCase{"invalid_utf8", ":b a skos:Concept ;\n  skos:notation \"\xFF\" .\n", 6, ""},
        RefusedCase{"unknown_prefix", "\n:b a skoss:Concept .\n", 6, "skoss"},
        RefusedCase{"repeated_notation",
                    ":b a skos:Concept ; skos:notation \"a\" ;\n"
                    "  skos:prefLabel \"B\"@en , \"B\"@fr , \"B\"@es .\n",
                    5, "earlier concept"},
        RefusedCase{"no_notation", "\n:b a skos:Concept ; skos:prefLabel \"B\"@en , \"B\"@fr , \"B\"@es .\n", 6,
                    "notation"},
        RefusedCase{"second_notation", "\n:b a skos:Concept ; skos:notation \"b\" ,\n \"c\" .\n", 7, "second notation"},
        RefusedCase{"spanish_label_missing",
                    "\n\n:b a skos:Concept ; skos:notation \"b\" ; skos:prefLabel \"B\"@en , \"B\"@fr .\n", 7,
                    "\"es\""},
        RefusedCase{"second_label", ":b a skos:Concept ; skos:prefLabel \"B\"@en ,\n \"Bee\"@en .\n", 6, "second"},
        RefusedCase{"label_without_language", ":b a skos:Concept ;\n\n skos:altLabel \"B\" .\n", 7, "no language"},
        RefusedCase{"broader_unknown", ":a skos:broader :z .\n", 5, "urn:test:z"},
        RefusedCase{"two_broader",
                    ":b a skos:Concept ; skos:notation \"b\" .\n:c a skos:Concept ; skos:notation \"c\" ;\n"
                    "  skos:broader :a , :b .\n",
                    7, "two broader"},
        RefusedCase{"cycle", ":a skos:broader :a .\n", 3, "cycle"}),
    [](const auto& row) { return std::string{row.param.name}; });

} // namespace
} // namespace acervo::vocabulary
