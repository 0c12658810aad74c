// Prints how often detectLanguage() is right on texts it was not trained on: whole texts, and pieces of two to four
// words.
//
//   acervo-detection-table [--floor] FILE.jsonl...     each line {"lang": "fr", "text": "..."}; other languages count
//   as
//                                                      right when the answer is "other"
//
// With --floor it fails when a figure is below its floor.
#include "analyzers/text/detect.h"
#include "analyzers/text/normalise.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

using acervo::text::codeOf;
using acervo::text::Language;

struct Score {
    std::size_t right = 0;
    std::size_t total = 0;
    double share() const { return total == 0 ? 1.0 : static_cast<double>(right) / static_cast<double>(total); }
};

// The floor is what the model reaches on news and medical sentences, whose short pieces are often names alone, less
// half a point; it is there to catch a worse model.
struct Kind {
    const char* name;
    double floor; // over the three languages together
};

constexpr Kind kKinds[] = {{"2 words", 0.925},
                           {"3 words", 0.955},
                           {"4 words", 0.97},
                           {"2-4 words", 0.95},
                           {"2-4 words, capitals without accents", 0.94},
                           {"whole text", 0.995},
                           {"whole text of 200 bytes or more", 0.998}};
constexpr std::size_t kShort = 3;
constexpr std::size_t kCapitals = 4;
constexpr std::size_t kWhole = 5;
constexpr std::size_t kParagraph = 6;
constexpr std::size_t kParagraphBytes = 200;

std::vector<std::string> wordsOf(const std::string& text)
{
    std::istringstream in{text};
    std::vector<std::string> words;
    for (std::string word; in >> word;) {
        words.push_back(word);
    }
    return words;
}

std::string capitals(const std::string& text)
{
    std::string out = acervo::text::fold(text);
    std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

class Table {
public:
    void add(const std::string& lang, const std::string& text)
    {
        mark(kWhole, lang, text);
        if (text.size() >= kParagraphBytes) {
            mark(kParagraph, lang, text);
        }
        const auto words = wordsOf(text);
        for (std::size_t length = 2; length <= 4 && length <= words.size(); ++length) {
            std::uniform_int_distribution<std::size_t> start{0, words.size() - length};
            std::string piece;
            for (std::size_t i = 0, first = start(_random); i < length; ++i) {
                piece += (i == 0 ? "" : " ") + words[first + i];
            }
            // Numbers and names of one letter belong to no language.
            if (std::ranges::count_if(piece, [](unsigned char c) { return std::isalpha(c) || c >= 0x80; }) < 4) {
                continue;
            }
            mark(length - 2, lang, piece);
            mark(kShort, lang, piece);
            mark(kCapitals, lang, capitals(piece));
        }
    }

    // False when a figure of the three languages together is below its floor.
    bool print() const
    {
        bool good = true;
        for (std::size_t kind = 0; kind < std::size(kKinds); ++kind) {
            std::printf("%-38s", kKinds[kind].name);
            Score ours;
            for (const auto& [lang, scores] : _scores) {
                const Score& score = scores[kind];
                std::printf("  %s %6.2f %% (%zu)", lang.c_str(), 100 * score.share(), score.total);
                if (acervo::text::languageOf(lang) != Language::other) {
                    ours.right += score.right;
                    ours.total += score.total;
                }
            }
            const bool below = ours.share() < kKinds[kind].floor;
            std::printf("  together %.2f %%%s\n", 100 * ours.share(), below ? "  BELOW FLOOR" : "");
            good = good && !below;
        }
        return good;
    }

private:
    void mark(std::size_t kind, const std::string& lang, const std::string& text)
    {
        auto& score = _scores.try_emplace(lang, std::size(kKinds)).first->second[kind];
        ++score.total;
        score.right += acervo::text::detectLanguage(text).language == acervo::text::languageOf(lang) ? 1 : 0;
    }

    std::mt19937 _random{2021};
    std::map<std::string, std::vector<Score>> _scores;
};

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    bool floor = false;
    bool good = true;
    for (const auto& argument : arguments) {
        if (argument == "--floor") {
            floor = true;
            continue;
        }
        std::ifstream file{argument};
        if (!file) {
            std::fprintf(stderr, "cannot read %s\n", argument.c_str());
            return 2;
        }
        Table table;
        for (std::string line; std::getline(file, line);) {
            const auto row = nlohmann::json::parse(line, nullptr, false);
            if (row.is_object() && row.contains("lang") && row.contains("text")) {
                std::istringstream text{row["text"].get<std::string>()};
                for (std::string sentence; std::getline(text, sentence);) {
                    if (!sentence.empty()) {
                        table.add(row["lang"].get<std::string>(), sentence);
                    }
                }
            }
        }
        std::printf("%s\n", argument.c_str());
        good = table.print() && good;
    }
    return floor && !good ? 1 : 0;
}
