#include "searchd/query/plan.h"

#include "analyzers/text/normalise.h"
#include "corpus/schema/fields.h"
#include "tests/support/indexed_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

namespace acervo::query {
namespace {

using support::shippedVocabularies;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Plan planOf(const std::string& q, text::Language language = text::Language::en)
{
    Planner planner{shippedVocabularies(), {}};
    Asked asked;
    asked.language = language;
    return planner.plan(parse(q, {}), asked);
}

std::size_t termsIn(const Tree& tree)
{
    std::size_t terms = tree.term.empty() ? 0 : 1;
    for (const auto& part : tree.parts) {
        terms += termsIn(part);
    }
    return terms;
}

std::string strict(const std::string& q)
{
    return describe(planOf(q).strict);
}

std::vector<std::string> codes(const Plan& plan)
{
    std::vector<std::string> found;
    for (const auto& note : plan.notes) {
        found.push_back(note.code);
    }
    return found;
}

TEST(Plan, nothingAskedMatchesAll)
{
    for (const auto* q : {"", "  ", "()", "\"\""}) {
        const auto plan = planOf(q);
        EXPECT_TRUE(plan.matchesAll) << q;
        EXPECT_FALSE(plan.canRelax) << q;
    }
}

TEST(Tree, noTermLooksLikeTwo)
{
    EXPECT_NE(strict("section:\"a) WORD(6:XSEC:b\""), strict("section:a OR section:b"));
    const Tree one{Tree::Kind::any, "", "", 0, 1.0, {{Tree::Kind::word, "a) WORD(1:b", "", 0, 1.0, {}}}};
    const Tree two{Tree::Kind::any,
                   "",
                   "",
                   0,
                   1.0,
                   {{Tree::Kind::word, "a", "", 0, 1.0, {}}, {Tree::Kind::word, "b", "", 0, 1.0, {}}}};
    EXPECT_NE(describe(one), describe(two));
    EXPECT_EQ(describe(two), describe(Tree{two}));
}

TEST(Plan, fieldsAreTheirTerms)
{
    EXPECT_THAT(strict("author:Ndiaye"), HasSubstr("A:ndiaye"));
    EXPECT_THAT(strict("title:cities"), HasSubstr("ZS:"));
    EXPECT_THAT(strict("section:Afrique"), HasSubstr("XSEC:africa"));
    EXPECT_THAT(strict("section:africa"), HasSubstr("XSEC:africa"));
    EXPECT_THAT(strict("theme:\"Finances locales\""), HasSubstr("XTHM:local-finance"));
    EXPECT_THAT(strict("year:2015-2019"), HasSubstr("2015"));
    EXPECT_THAT(strict("year:2015..2019"), HasSubstr("2019"));
    EXPECT_THAT(strict("year:2019"), HasSubstr("2019"));
}

TEST(Plan, whatAFieldCannotMeanIsSaidAndFindsNothing)
{
    for (const auto& [q, code] :
         std::vector<std::pair<std::string, std::string>>{{"id:nonsense", "badId"},
                                                          {"year:soon", "badYear"},
                                                          {"year:19", "badYear"},
                                                          {"year:2015-", "badYear"},
                                                          {"year:2015-19", "badYear"},
                                                          {"year:2019-2015", "badYear"},
                                                          {"author:...", "nothingToSearch"},
                                                          {"title:???", "nothingToSearch"},
                                                          {"section:Atlantis", "unknownValue"}}) {
        const auto plan = planOf(q);
        EXPECT_THAT(codes(plan), Contains(code)) << q;
        EXPECT_FALSE(plan.matchesAll) << q;
    }
}

TEST(Plan, negativeAloneIsEverythingElse)
{
    const auto plan = planOf("-water");
    EXPECT_FALSE(plan.matchesAll);
    EXPECT_THAT(describe(plan.strict), HasSubstr("WITHOUT"));
    EXPECT_THAT(plan.marks.stems, IsEmpty());
}

TEST(Plan, relaxesTwoToFourWords)
{
    EXPECT_FALSE(planOf("alpha").canRelax);
    EXPECT_TRUE(planOf("alpha beta").canRelax);
    EXPECT_TRUE(planOf("alpha beta gamma").canRelax);
    EXPECT_TRUE(planOf("alpha beta gamma delta").canRelax);
    EXPECT_FALSE(planOf("alpha beta gamma delta epsilon").canRelax);
    EXPECT_TRUE(planOf("\"alpha beta\"").canRelax) << "its words alone";
    EXPECT_TRUE(planOf("section:africa water").canRelax) << "the word then only ranks";
}

TEST(Plan, functionWordsAreDroppedBesideOthers)
{
    EXPECT_FALSE(planOf("the cities").canRelax) << "one word counts";
    EXPECT_FALSE(planOf("the").strict.empty()) << "alone they are looked for";
}

TEST(Plan, marksStemsOfAllLanguages)
{
    const auto plan = planOf("municipalités", text::Language::en);
    const text::Analyzer french{text::Language::fr};
    EXPECT_TRUE(plan.marks.stems.contains(french.stem("municipalite")));
}

TEST(Plan, aBeginningIsCutLikeWords)
{
    EXPECT_TRUE(planOf("l'urbani*", text::Language::fr).marks.prefixes.contains("urbani"));
    EXPECT_TRUE(planOf("Décentra*").marks.prefixes.contains("decentra"));
    for (const auto* q : {"\u0301\u0301\u0301*", "!!!*", "'''*"}) {
        const auto plan = planOf(q);
        EXPECT_THAT(plan.marks.prefixes, Not(Contains(""))) << "would mark and match every word";
        EXPECT_THAT(plan.marks.prefixes, IsEmpty()) << q;
    }
}

TEST(Plan, aFieldsBeginningNeedsLetters)
{
    EXPECT_THAT(strict("title:decentr*"), HasSubstr("BEGINNING"));
    for (const auto* q : {"title:\u0301\u0301\u0301*", "author:\u0301\u0301\u0301*"}) {
        EXPECT_THAT(strict(q), Not(HasSubstr("BEGINNING"))) << q;
        EXPECT_FALSE(planOf(q).matchesAll) << q;
    }
}

TEST(Plan, boundsTheWordsOfAQuery)
{
    std::string slashes = "a";
    for (int i = 0; i < 250; ++i) {
        slashes += "/" + std::string(1, static_cast<char>('a' + i % 26));
    }
    const auto plan = planOf(slashes);
    EXPECT_LE(termsIn(plan.strict), 32U * 5U);
    EXPECT_THAT(codes(plan), Contains("tooManyTerms"));
}

TEST(Plan, planningEndsForAnyInput)
{
    Planner planner{shippedVocabularies(), {}};
    std::mt19937 random{815};
    const std::vector<std::string> pieces{"a",   "AND",   "OR",       "NOT ",     "-",       "(",     ")",      "\"",
                                          " ",   " ",     "*",        "title:",   "id:",     "year:", "é",      ":",
                                          "abc", "l'eau", "2019",     "section:", "author:", "日本",  "\u0301", "的",
                                          "...", "/",     "theme:x ", "water ",   "😀",       "U.N."};
    for (int round = 0; round < 2'000; ++round) {
        std::string q;
        for (auto n = random() % 30; n > 0; --n) {
            q += pieces[random() % pieces.size()];
        }
        Asked asked;
        asked.language = static_cast<text::Language>(random() % 4);
        const auto plan = planner.plan(parse(q, {}), asked);
        ASSERT_FALSE(plan.strict.empty()) << q;
        ASSERT_FALSE(plan.marks.prefixes.contains("")) << q;
        ASSERT_FALSE(plan.marks.stems.contains("")) << q;
    }
}

} // namespace
} // namespace acervo::query
