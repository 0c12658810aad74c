#include "searchd/search/detail/snippet.h"

#include "analyzers/text/normalise.h"
#include "tests/support/indexed_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>

namespace acervo::search::detail {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

query::Marks marksOf(const std::string& q)
{
    query::Planner planner{support::shippedVocabularies(), {}};
    return planner.plan(query::parse(q, {}), {}).marks;
}

std::vector<std::string> markedWords(const std::string& text, const std::vector<text::ByteSpan>& marks)
{
    std::vector<std::string> words;
    for (const auto& mark : marks) {
        words.push_back(text.substr(mark.begin, mark.end - mark.begin));
    }
    return words;
}

struct MarkCase {
    std::string_view name;
    std::string_view q;
    text::Language language;
    std::string_view text;
    std::vector<std::string> expected;
};
void PrintTo(const MarkCase& c, std::ostream* out)
{
    *out << c.q << " in " << c.text;
}

class MarkTable : public testing::TestWithParam<MarkCase> {};

TEST_P(MarkTable, marksWhatTheQueryFinds)
{
    const auto& [name, q, language, text, expected] = GetParam();
    const text::Analyzer analyzer{language};
    EXPECT_EQ(markedWords(std::string{text}, findMarks(text, analyzer, marksOf(std::string{q}))), expected);
    const auto snippet = cutSnippet(text, analyzer, marksOf(std::string{q}));
    EXPECT_EQ(markedWords(snippet.text, snippet.marks), expected);
}

INSTANTIATE_TEST_SUITE_P(
    , MarkTable,
    testing::Values(
        MarkCase{"accent_in_text", "collectivites", text::Language::fr, "Les collectivités locales", {"collectivités"}},
        MarkCase{"accent_in_query", "collectivités", text::Language::fr, "les COLLECTIVITES", {"COLLECTIVITES"}},
        MarkCase{"inflected", "collectivité", text::Language::fr, "Deux collectivités", {"collectivités"}},
        MarkCase{"elided", "eau", text::Language::fr, "Droit à l’eau potable", {"eau"}},
        MarkCase{"elided_query", "l'eau", text::Language::fr, "L'eau est un droit", {"eau"}},
        MarkCase{"spanish_plural", "ciudad", text::Language::es, "las ciudades", {"ciudades"}},
        MarkCase{"phrase", "\"droit à l'eau\"", text::Language::fr, "Le droit à l’eau.", {"droit", "à", "eau"}},
        MarkCase{"prefix", "munic*", text::Language::fr, "Municipalité et MUNICIPES", {"Municipalité", "MUNICIPES"}},
        MarkCase{"negated_is_not_marked", "water -housing", text::Language::en, "water and housing", {"water"}},
        MarkCase{"combining_accents",
                 "collectivites",
                 text::Language::fr,
                 "collectivite\xcc\x81s",
                 {"collectivite\xcc\x81s"}},
        MarkCase{"ligature", "oeuvre", text::Language::fr, "main d’œuvre", {"œuvre"}},
        MarkCase{"nothing", "", text::Language::fr, "les communes", {}}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Marks, wordsOfATranslatedPhraseAreMarkedSideBySideOnly)
{
    const text::Analyzer analyzer{text::Language::es};
    query::Marks marks;
    marks.stems = {analyzer.stem("isla")};
    marks.phrases = {{analyzer.stem("municipios"), analyzer.stem("insulares")}};
    const std::string text = "Los municipios costeros, los municipios insulares y las islas";
    EXPECT_EQ(markedWords(text, findMarks(text, analyzer, marks)),
              (std::vector<std::string>{"municipios", "insulares", "islas"}));
    const auto snippet = cutSnippet(text, analyzer, marks);
    EXPECT_EQ(markedWords(snippet.text, snippet.marks),
              (std::vector<std::string>{"municipios", "insulares", "islas"}));
}

// What must hold of any snippet, whatever the text.
void expectWellFormed(const Snippet& snippet, std::string_view trace)
{
    EXPECT_TRUE(text::isValidUtf8(snippet.text)) << trace;
    EXPECT_LE(snippet.text.size(), 2 * kSnippetBytes + 300) << trace;
    std::uint32_t end = 0;
    for (const auto& mark : snippet.marks) {
        EXPECT_LT(mark.begin, mark.end) << trace;
        EXPECT_GE(mark.begin, end) << trace;
        ASSERT_LE(mark.end, snippet.text.size()) << trace;
        EXPECT_TRUE(text::isValidUtf8(snippet.text.substr(mark.begin, mark.end - mark.begin))) << trace;
        EXPECT_TRUE(text::isValidUtf8(snippet.text.substr(0, mark.begin))) << trace;
        end = mark.end;
    }
}

TEST(CutSnippet, takesThePassageWithMostDifferentWords)
{
    const text::Analyzer analyzer{text::Language::en};
    std::string text = "water water water. ";
    text.append(500, 'x').append(" ");
    text += "Then housing and water meet here. ";
    text.append(600, 'y');
    const auto snippet = cutSnippet(text, analyzer, marksOf("water housing"));
    EXPECT_THAT(markedWords(snippet.text, snippet.marks), ElementsAre("housing", "water"));
    expectWellFormed(snippet, "passage");
}

TEST(CutSnippet, showsEllipsesWhereTextWasLeftOut)
{
    const text::Analyzer analyzer{text::Language::en};
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "filler ";
    }
    const auto snippet = cutSnippet(text + "housing " + text, analyzer, marksOf("housing"));
    EXPECT_TRUE(snippet.text.starts_with("…")) << snippet.text;
    EXPECT_TRUE(snippet.text.ends_with("…")) << snippet.text;
    EXPECT_THAT(markedWords(snippet.text, snippet.marks), ElementsAre("housing"));
    const auto whole = cutSnippet("short  \n text", analyzer, marksOf("housing"));
    EXPECT_EQ(whole.text, "short text");
    EXPECT_THAT(whole.marks, IsEmpty());
}

TEST(CutSnippet, copesWithTextWithoutSpaces)
{
    std::string text;
    for (int i = 0; i < 3000; ++i) {
        text += i == 1500 ? "é" : "日本";
    }
    for (const auto language : {text::Language::other, text::Language::fr}) {
        expectWellFormed(cutSnippet(text, text::Analyzer{language}, marksOf("日本 é")), "no spaces");
        expectWellFormed(cutSnippet(std::string(5000, 'a'), text::Analyzer{language}, marksOf("aaaa")), "a");
    }
}

TEST(CutSnippet, isEmptyForEmptyText)
{
    const text::Analyzer analyzer{text::Language::en};
    EXPECT_EQ(cutSnippet("", analyzer, marksOf("water")).text, "");
    EXPECT_EQ(cutSnippet(" \n\t ", analyzer, marksOf("water")).text, "");
}

TEST(CutSnippet, isWellFormedForRandomText)
{
    std::mt19937 random{20240711};
    const std::vector<std::string> pieces{
        "water", "collectivités", "l’eau", " ",  "\n", "e\xcc\x81",    "\xc2\xad", "-\n",   "日本",
        "😀",     "<b>",           "\"",    "'s", "\t", "\xe2\x80\x8b", "U.N.",     "1 000", "²",
        "ß",     "ﬁnan",          "مدينة", "-"};
    const auto marks = marksOf("water collectivités eau 1000 finan* \"un\"");
    for (int round = 0; round < 400; ++round) {
        std::string text;
        for (auto n = random() % 200; n > 0; --n) {
            text += pieces[random() % pieces.size()];
        }
        text = text::clean(text);
        const text::Analyzer analyzer{static_cast<text::Language>(random() % 4)};
        expectWellFormed(cutSnippet(text, analyzer, marks), text);
        if (HasFailure()) {
            break;
        }
    }
}

TEST(CutSnippet, isWellFormedForNaughtyStrings)
{
    const auto* folder = std::getenv("ACERVO_TEST_DATA");
    std::ifstream in{std::string{folder != nullptr ? folder : ACERVO_SOURCE_DIR "/../shared/data"} +
                     "/hostile/naughty-strings.txt"};
    if (!in) {
        GTEST_SKIP() << "the test data are not there";
    }
    const text::Analyzer analyzer{text::Language::fr};
    for (std::string line; std::getline(in, line);) {
        const auto text = text::clean(line);
        expectWellFormed(cutSnippet(text, analyzer, marksOf(text)), text);
    }
}

} // namespace
} // namespace acervo::search::detail
