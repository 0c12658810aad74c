// Checks the analyser against the shared collections, where they are present.
#include "analyzers/text/analyzer.h"
#include "tests/unit/analyzers/text/test_data.h"

#include <gtest/gtest.h>

#include <charconv>
#include <fstream>
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
    const Analyzer analyzer{GetParam().language};
    std::ifstream words{*folder / "voc.txt"};
    std::ifstream stems{*folder / "output.txt"};
    std::string word;
    std::string stem;
    std::size_t count = 0;
    std::size_t wrong = 0;
    while (std::getline(words, word) && std::getline(stems, stem)) {
        ++count;
        if (GetParam().language == Language::es && (word.ends_with("acion") || word.ends_with("ucion"))) {
            stem = analyzer.stem(word + "es"); // our one departure: the singular meets its plural
        }
        if (const std::string ours = analyzer.stem(word); ours != stem && ++wrong <= 10) {
            ADD_FAILURE() << word << " -> " << ours << ", expected " << stem;
        }
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_GT(count, 10'000U);
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

TEST(AnalyzerCases, allRowsOfTheSharedFilePass)
{
    const auto path = testData("analyzers/analyzer-cases.tsv");
    if (!path) {
        GTEST_SKIP() << "ACERVO_TEST_DATA is not set and there is no shared data beside the source folder";
    }
    std::ifstream file{*path};
    std::string line;
    std::size_t rows = 0;
    while (std::getline(file, line)) {
        const auto columns = split(line, '\t');
        if (line.starts_with('#') || columns.size() < 3) {
            continue;
        }
        ++rows;
        const bool stemmed = columns[0].ends_with("+stem");
        std::string actual;
        for (const Token& token : Analyzer{languageOf(columns[0].substr(0, 2))}.analyze(unescaped(columns[1]))) {
            actual += (actual.empty() ? "" : " ") + (stemmed ? token.stem : token.folded);
        }
        EXPECT_EQ(actual, columns[2]) << "row: " << columns[0] << " " << columns[1];
    }
    EXPECT_GE(rows, 53U);
}

} // namespace

} // namespace acervo::text
