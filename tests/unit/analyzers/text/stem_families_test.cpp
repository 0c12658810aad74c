// Reads stem_families.tsv: which words must share a stem and which must not.
#include "analyzers/text/analyzer.h"
#include "analyzers/text/detail/stem_exceptions.h"
#include "analyzers/text/normalise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace acervo::text {

namespace {

struct Family {
    int line = 0;
    Language language = Language::other;
    bool together = false;
    std::vector<std::string> words;
};

void PrintTo(const Family& family, std::ostream* out)
{
    *out << "line " << family.line << " [" << codeOf(family.language) << "]";
    for (const auto& word : family.words) {
        *out << " " << word;
    }
}

std::vector<Family> families()
{
    std::ifstream file{ACERVO_SOURCE_DIR "/tests/unit/analyzers/text/stem_families.tsv"};
    std::vector<Family> all;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        std::istringstream fields{line};
        std::string language;
        std::string kind;
        if (line.starts_with('#') || !(fields >> language >> kind)) {
            continue;
        }
        if (languageOf(language) == Language::other || (kind != "together" && kind != "apart")) {
            throw std::logic_error("stem_families.tsv: malformed line: " + line);
        }
        Family family{number, languageOf(language), kind == "together", {}};
        for (std::string word; fields >> word;) {
            family.words.push_back(word);
        }
        all.push_back(std::move(family));
    }
    return all;
}

class StemFamilies : public testing::TestWithParam<Family> {};

TEST_P(StemFamilies, shareOneStemOrNone)
{
    const auto& family = GetParam();
    ASSERT_GE(family.words.size(), 2U);
    const Analyzer analyzer{family.language};
    std::map<std::string, std::string> wordOfStem;
    for (const auto& word : family.words) {
        const auto tokens = analyzer.analyze(word);
        ASSERT_EQ(tokens.size(), 1U) << word;
        const auto [known, isNew] = wordOfStem.emplace(tokens[0].stem, word);
        EXPECT_TRUE(isNew || family.together) << word << " and " << known->second << " -> " << tokens[0].stem;
        EXPECT_TRUE(wordOfStem.size() == 1 || !family.together)
            << word << " -> " << tokens[0].stem << ", " << family.words[0] << " not";
    }
}

INSTANTIATE_TEST_SUITE_P(, StemFamilies, testing::ValuesIn(families()), [](const auto& row) {
    return std::string{codeOf(row.param.language)} + "_line_" + std::to_string(row.param.line);
});

TEST(StemExceptions, eachHasATestRow)
{
    std::map<Language, std::set<std::string>> tested;
    for (const auto& family : families()) {
        for (const auto& word : family.words) {
            tested[family.language].insert(fold(word));
        }
    }
    for (const auto language : kLanguages) {
        for (const auto& [word, stem] : detail::StemExceptions::of(language).words()) {
            EXPECT_TRUE(tested[language].contains(std::string{word})) << codeOf(language) << " " << word;
        }
        for (const auto& [key, beginning] : detail::StemExceptions::of(language).beginnings()) {
            const auto covered = [&](const std::string& word) { return word.starts_with(beginning.written); };
            EXPECT_TRUE(std::ranges::any_of(tested[language], covered)) << codeOf(language) << " " << beginning.written;
        }
    }
}

// A word that is not folded would never be looked up.
TEST(StemExceptions, areFoldedWords)
{
    for (const auto language : kLanguages) {
        for (const auto& [word, stem] : detail::StemExceptions::of(language).words()) {
            EXPECT_EQ(fold(word), word);
            EXPECT_EQ(fold(stem), stem);
        }
    }
}

TEST(StemExceptions, refuseMalformedLines)
{
    using detail::StemExceptions;
    EXPECT_THROW(StemExceptions{"stem\tcity"}, std::logic_error);
    EXPECT_THROW(StemExceptions{"stam\tcity\tcities"}, std::logic_error);
    EXPECT_THROW(StemExceptions{"stem\tcity\tcities\nstem\ttown\tcities"}, std::logic_error);
    EXPECT_THROW(StemExceptions{"stem\tcity\tcities  towns"}, std::logic_error);
    EXPECT_THROW(StemExceptions{"begin\tlab\tlab"}, std::logic_error);
    EXPECT_EQ(StemExceptions{"# note\n\nstem\tcity\tcities\n"}.stemOf("cities"), "city");
    EXPECT_EQ(StemExceptions{""}.stemOf("cities"), "");
    EXPECT_EQ(StemExceptions{"begin\tlabor\tlabour"}.beginningOf("labourers")->readAs, "labor");
    EXPECT_EQ(StemExceptions{"begin\tlabor\tlabour"}.beginningOf("labor"), nullptr);
    EXPECT_EQ(StemExceptions{"begin\tlabor\tlabour"}.beginningOf("la"), nullptr);
}

TEST(Stems, areIdenticalForWordsThatAreNoneOfOurLanguages)
{
    EXPECT_EQ(Analyzer{Language::other}.stem("cidades"), "cidades");
    EXPECT_EQ(Analyzer{Language::fr}.stem("2030s"), "2030s");
    EXPECT_EQ(Analyzer{Language::en}.stem(""), "");
}

} // namespace

} // namespace acervo::text
