#include "searchd/query/parse.h"

#include "analyzers/text/normalise.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>

namespace acervo::query {
namespace {

// word -> w, "phrase" -> "w w", prefix -> w*, field -> f:w, negation -> !, groups in brackets: [..] side by side,
// &[..] and, |[..] or.
std::string written(const Node& node)
{
    std::string text = node.negated ? "!" : "";
    text += node.field.empty() ? "" : node.field + ":";
    switch (node.kind) {
    case NodeKind::word:
        return text + node.text;
    case NodeKind::phrase:
        return text + "\"" + node.text + "\"";
    case NodeKind::prefix:
        return text + node.text + "*";
    default:
        break;
    }
    text += node.kind == NodeKind::all ? "&[" : node.kind == NodeKind::any ? "|[" : "[";
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        text += (i > 0 ? " " : "") + written(node.children[i]);
    }
    return text + "]";
}

std::string notesOf(const ParsedQuery& parsed)
{
    std::string text;
    for (const auto& note : parsed.notes) {
        text += (text.empty() ? "" : " ") + note.code;
        for (const auto& argument : note.arguments) {
            text += "(" + argument + ")";
        }
    }
    return text;
}

struct ParseCase {
    std::string_view name;
    std::string_view q;
    std::string_view tree;
    std::string_view notes = "";
};
void PrintTo(const ParseCase& c, std::ostream* out)
{
    *out << c.q;
}

class ParseTable : public testing::TestWithParam<ParseCase> {};

TEST_P(ParseTable, understands)
{
    const auto parsed = parse(GetParam().q, {});
    EXPECT_EQ(written(parsed.root), GetParam().tree);
    EXPECT_EQ(notesOf(parsed), GetParam().notes);
}

INSTANTIATE_TEST_SUITE_P(
    , ParseTable,
    testing::Values(
        ParseCase{"nothing", "", "[]"}, ParseCase{"spaces", " \t\n\u00a0\u3000 ", "[]"},
        ParseCase{"words", "local  finance", "[local finance]"},
        ParseCase{"no_break_space", "local\u00a0finance\u202fnow", "[local finance now]"},
        ParseCase{"quotes", "\"local finance\"", "[\"local finance\"]"},
        ParseCase{"english_quotes", "“local finance”", "[\"local finance\"]"},
        ParseCase{"french_quotes", "«\u00a0finances locales\u00a0»", "[\"\u00a0finances locales\u00a0\"]"},
        ParseCase{"german_quotes", "„lokale Finanzen“", "[\"lokale Finanzen\"]"},
        ParseCase{"quote_without_end", "\"local finance", "[\"local finance\"]", "unbalancedQuote"},
        ParseCase{"empty_quotes", "a \"\" b", "[a b]"}, ParseCase{"quotes_of_spaces", "a \" \u00a0 \" b", "[a b]"},
        ParseCase{"quote_inside_word", "water\"local finance\"", "[water \"local finance\"]"},
        ParseCase{"minus", "water -housing", "[water !housing]"},
        ParseCase{"minus_phrase", "water -\"right to\"", "[water !\"right to\"]"},
        ParseCase{"minus_group", "water -(a b)", "[water ![a b]]"},
        ParseCase{"minus_first_in_group", "water (-a b)", "[water [!a b]]"},
        ParseCase{"minus_field", "-type:report", "[!type:report]"},
        ParseCase{"hyphen_inside_word", "post-2015", "[post-2015]"},
        ParseCase{"dash_between_words", "Cities - a report", "[Cities a report]"},
        ParseCase{"dash_at_end", "Cities -", "[Cities]"}, ParseCase{"plus", "+water +housing", "[water housing]"},
        ParseCase{"not", "water NOT housing", "[water !housing]"}, ParseCase{"not_twice", "NOT NOT a", "[a]"},
        ParseCase{"and_not", "a AND NOT b", "[&[a !b]]"}, ParseCase{"and", "a AND b AND c", "[&[a b c]]"},
        ParseCase{"or", "a OR b OR c", "[|[a b c]]"},
        ParseCase{"or_is_looser_than_and", "a AND b OR c AND d", "[|[&[a b] &[c d]]]"},
        ParseCase{"side_by_side_is_loosest", "a b OR c d", "[a |[b c] d]"},
        ParseCase{"small_letters_are_words", "bread and butter or not", "[bread and butter or not]"},
        ParseCase{"group", "(a OR b) AND c", "[&[[|[a b]] c]]"}, ParseCase{"nested", "((a))", "[a]"},
        ParseCase{"empty_group", "a () b", "[a b]"}, ParseCase{"remark", "a (b c) d", "[a b c d]"},
        ParseCase{"capitals", "REPORT ON WATER AND LAND OF CITIES AND REGIONS",
                  "[REPORT ON WATER AND LAND OF CITIES AND REGIONS]"},
        ParseCase{"acronyms", "SDG OR ODD", "[|[SDG ODD]]"},
        ParseCase{"group_without_end", "(a b", "[a b]", "unbalancedParenthesis"},
        ParseCase{"end_without_group", "a) b", "[a b]", "unbalancedParenthesis"},
        ParseCase{"only_ends", ")))", "[]", "unbalancedParenthesis unbalancedParenthesis unbalancedParenthesis"},
        ParseCase{"dangling_and", "a AND", "[a]", "danglingOperator(AND)"},
        ParseCase{"dangling_or_first", "OR a", "[a]", "danglingOperator(OR)"},
        ParseCase{"dangling_not", "a NOT", "[a]", "danglingOperator(NOT)"},
        ParseCase{"and_or", "a AND OR b", "[|[a b]]", "danglingOperator(AND)"},
        ParseCase{"only_operators", "AND OR NOT", "[]",
                  "danglingOperator(AND) danglingOperator(OR) danglingOperator(NOT) danglingOperator(OR)"},
        ParseCase{"field", "title:water", "[title:water]"},
        ParseCase{"field_phrase", "title:\"drinking water\"", "[title:\"drinking water\"]"},
        ParseCase{"field_space", "title: water", "[title:water]"},
        ParseCase{"field_french", "titre:eau auteur:Ndiaye année:2020 thème:eau pays:SN langue:fr odd:6",
                  "[title:eau author:Ndiaye year:2020 theme:eau country:SN language:fr sdg:6]"},
        ParseCase{"field_spanish", "título:agua autor:Ortega año:2020 sección:africa tipo:x país:SN idioma:es ods:6",
                  "[title:agua author:Ortega year:2020 section:africa type:x country:SN language:es sdg:6]"},
        ParseCase{"field_capitals", "TITLE:water", "[title:water]"},
        ParseCase{"field_unknown", "editor:me http://a", "[editor:me http://a]"},
        ParseCase{"field_without_value", "title:", "[]", "danglingOperator(title:)"},
        ParseCase{"field_of_field", "title:author:x", "[author:x]", "danglingOperator(title:)"},
        ParseCase{"field_of_group", "title:(a b)", "[a b]", "danglingOperator(title:)"},
        ParseCase{"id", "id:UCLG-2021-0042-X", "[id:UCLG-2021-0042-X]"},
        ParseCase{"range", "year:2015-2019", "[year:2015-2019]"}, ParseCase{"prefix", "decentral*", "[decentral*]"},
        ParseCase{"prefix_accents", "déc*", "[déc*]"},
        ParseCase{"prefix_too_short", "de*", "[de]", "wildcardTooShort(de)"}, ParseCase{"star_alone", "*", "[*]"},
        ParseCase{"stars", "munici***", "[munici*]"}, ParseCase{"star_inside", "mun*pal", "[mun*pal]"},
        ParseCase{"too_many_prefixes", "aaa* bbb* ccc* ddd*", "[aaa* bbb* ccc ddd]", "tooManyWildcards(2)"},
        ParseCase{"too_many_phrases", "\"a a\" \"b b\" \"c c\" \"d d\" \"e e\" \"f f\"",
                  "[\"a a\" \"b b\" \"c c\" \"d d\" e e f f]", "tooManyPhrases(4)"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Parse, keepsToItsBudget)
{
    std::string words;
    for (int i = 0; i < 60; ++i) {
        words += "w" + std::to_string(i) + " ";
    }
    const auto many = parse(words, {});
    EXPECT_EQ(many.root.children.size(), Budget{}.maxTerms);
    EXPECT_EQ(notesOf(many), "tooManyTerms(32)");

    const auto deep = parse(std::string(300, '(') + "a" + std::string(150, ')'), {});
    EXPECT_NE(notesOf(deep).find("tooManyOperators(16)"), std::string::npos);

    const auto longWord = parse(std::string(600, 'x'), {});
    EXPECT_EQ(longWord.root.children.at(0).text.size(), 512U);
    EXPECT_EQ(notesOf(longWord), "queryTooLong(512)");
    std::string accents;
    for (int i = 0; i < 400; ++i) {
        accents += "é";
    }
    EXPECT_TRUE(text::isValidUtf8(parse("x" + accents, {}).root.children.at(0).text));
}

std::size_t depthOf(const Node& node)
{
    std::size_t depth = 0;
    for (const auto& child : node.children) {
        depth = std::max(depth, depthOf(child));
    }
    return depth + 1;
}

void expectWellFormed(const Node& node, const std::string& q)
{
    EXPECT_TRUE(text::isValidUtf8(node.text)) << q;
    const bool leaf = node.kind == NodeKind::word || node.kind == NodeKind::phrase || node.kind == NodeKind::prefix;
    EXPECT_EQ(node.children.empty(), leaf) << q;
    EXPECT_TRUE(leaf || node.field.empty()) << q;
    for (const auto& child : node.children) {
        expectWellFormed(child, q);
    }
}

TEST(Parse, endsForAnyInput)
{
    std::mt19937 random{4711};
    const std::vector<std::string> pieces{
        "a", "AND", "OR",     "NOT", "-", "(",     ")",  "\"", "«", "»",  " ",   " ",  " ", "*",
        "+", ":",   "title:", "id:", "é", "year:", "--", "“",  "”", "\t", "abc", "d'", "😀", "\u0301"};
    for (int round = 0; round < 10'000 && !testing::Test::HasFailure(); ++round) {
        std::string q;
        for (auto n = random() % 40; n > 0; --n) {
            q += pieces[random() % pieces.size()];
        }
        const auto parsed = parse(q, {});
        ASSERT_LE(depthOf(parsed.root), 60U) << q;
        for (const auto& child : parsed.root.children) {
            expectWellFormed(child, q);
        }
    }
}

TEST(Parse, endsForNaughtyStrings)
{
    const auto* folder = std::getenv("ACERVO_TEST_DATA");
    std::ifstream in{std::string{folder != nullptr ? folder : ACERVO_SOURCE_DIR "/../shared/data"} +
                     "/hostile/naughty-strings.txt"};
    if (!in) {
        GTEST_SKIP() << "the test data are not there";
    }
    for (std::string line; std::getline(in, line);) {
        const auto parsed = parse(text::clean(line), {});
        for (const auto& child : parsed.root.children) {
            expectWellFormed(child, line);
        }
    }
}

} // namespace
} // namespace acervo::query
