// Checks the analyser against the shared collections, where they are present.
#include "analyzers/text/analyzer.h"
#include "analyzers/text/detail/stem_exceptions.h"
#include "analyzers/text/detail/stem_rules.h"
#include "analyzers/text/normalise.h"
#include "tests/unit/analyzers/text/test_data.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <charconv>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace acervo::text {

namespace {

struct Vocabulary {
    const char* name;
    Language language;
};

void PrintTo(const Vocabulary& vocabulary, std::ostream* out)
{
    *out << vocabulary.name;
}

class SnowballVocabulary : public testing::TestWithParam<Vocabulary> {};

// The stemmer we call gives the published stem of every word of the published vocabulary.
TEST_P(SnowballVocabulary, isReproduced)
{
    const auto folder = testData(std::string{"analyzers/snowball/"} + GetParam().name);
    if (!folder) {
        GTEST_SKIP() << "ACERVO_TEST_DATA is not set and there is no shared data beside the source folder";
    }
    const Xapian::Stem snowball{GetParam().name};
    std::ifstream words{*folder / "voc.txt"};
    std::ifstream stems{*folder / "output.txt"};
    std::string word;
    std::string stem;
    std::size_t count = 0;
    std::size_t wrong = 0;
    while (std::getline(words, word) && std::getline(stems, stem)) {
        ++count;
        if (const std::string ours = snowball(word); ours != stem && ++wrong <= 10) {
            ADD_FAILURE() << word << " -> " << ours << ", expected " << stem;
        }
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_GT(count, 10'000U);
}

// Our stem of a folded word is Snowball's, but for the words of our exceptions and the endings of our rules.
TEST_P(SnowballVocabulary, isLeftOnPurposeOnly)
{
    const auto folder = testData(std::string{"analyzers/snowball/"} + GetParam().name);
    if (!folder) {
        GTEST_SKIP() << "ACERVO_TEST_DATA is not set and there is no shared data beside the source folder";
    }
    const Language language = GetParam().language;
    const Xapian::Stem snowball{GetParam().name};
    const Analyzer analyzer{language};
    const auto& exceptions = detail::StemExceptions::of(language);
    std::ifstream words{*folder / "voc.txt"};
    std::string word;
    std::map<std::string, int> counts{{"words", 0}, {"by exception", 0}, {"by spelling", 0}, {"by rule", 0}};
    while (std::getline(words, word)) {
        const std::string folded = fold(word);
        ++counts["words"];
        if (analyzer.stem(folded) == snowball(folded)) {
            continue;
        }
        if (!exceptions.stemOf(folded).empty()) {
            ++counts["by exception"];
        } else if (exceptions.beginningOf(folded) != nullptr) {
            ++counts["by spelling"];
        } else if (detail::respelled(folded, language) != folded) {
            ++counts["by rule"];
        } else {
            ADD_FAILURE() << word << " -> " << analyzer.stem(folded) << ", Snowball " << snowball(folded);
        }
    }
    for (const auto& [reason, count] : counts) {
        std::cout << GetParam().name << " " << reason << ": " << count << "\n";
    }
}

INSTANTIATE_TEST_SUITE_P(, SnowballVocabulary,
                         testing::Values(Vocabulary{"english", Language::en}, Vocabulary{"french", Language::fr},
                                         Vocabulary{"spanish", Language::es}),
                         [](const auto& row) { return std::string{row.param.name}; });

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back().push_back(c);
        }
    }
    return parts;
}

// The file writes a line feed as \n and a code point as \uXXXX.
std::string unescaped(const std::string& text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.compare(at, 2, "\\n") == 0) {
            out += '\n';
            at += 1;
        } else if (text.compare(at, 2, "\\u") == 0) {
            unsigned point = 0;
            std::from_chars(text.data() + at + 2, text.data() + at + 6, point, 16);
            if (point >= 0x800) {
                out += static_cast<char>(0xE0U | (point >> 12U));
                out += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
            } else if (point >= 0x80) {
                out += static_cast<char>(0xC0U | (point >> 6U));
            }
            out += static_cast<char>(point < 0x80 ? point : 0x80U | (point & 0x3FU));
            at += 5;
        } else {
            out += text[at];
        }
    }
    return out;
}

struct Case {
    int line = 0;
    bool stemmed = false;
    Language language = Language::other;
    std::string input;
    std::string expected;
};

void PrintTo(const Case& c, std::ostream* out)
{
    *out << codeOf(c.language) << (c.stemmed ? "+stem " : " ") << c.input;
}

std::vector<Case> cases()
{
    std::vector<Case> all;
    const auto path = testData("analyzers/analyzer-cases.tsv");
    std::ifstream file{path ? path->string() : std::string{}};
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        const auto columns = split(line, '\t');
        if (!line.starts_with('#') && columns.size() >= 3) {
            all.push_back({number, columns[0].ends_with("+stem"), languageOf(columns[0].substr(0, 2)),
                           unescaped(columns[1]), columns[2]});
        }
    }
    return all;
}

class AnalyzerCases : public testing::TestWithParam<Case> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(AnalyzerCases); // the collections are not there

// Rows of folded words are what the analyser says; rows of stems are Snowball's on those words, which is ours too but
// for the spellings that we unite on purpose.
TEST_P(AnalyzerCases, passes)
{
    const Case& row = GetParam();
    const std::map<Language, const char*> names{
        {Language::en, "english"}, {Language::fr, "french"}, {Language::es, "spanish"}};
    const Xapian::Stem snowball{names.at(row.language)};
    std::string actual;
    std::string ours;
    for (const Token& token : Analyzer{row.language}.analyze(row.input)) {
        actual += (actual.empty() ? "" : " ") + (row.stemmed ? snowball(token.folded) : token.folded);
        ours += (ours.empty() ? "" : " ") + token.stem;
    }
    EXPECT_EQ(actual, row.expected);
    if (row.stemmed && row.input == "decentralisation decentralization") {
        EXPECT_EQ(ours, "decentralis decentralis");
    } else if (row.stemmed) {
        EXPECT_EQ(ours, row.expected);
    }
}

INSTANTIATE_TEST_SUITE_P(, AnalyzerCases, testing::ValuesIn(cases()),
                         [](const auto& row) { return "line_" + std::to_string(row.param.line); });

} // namespace

} // namespace acervo::text
