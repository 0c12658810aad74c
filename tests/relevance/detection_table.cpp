// Prints how often detectLanguage() is right on texts it was not trained on: whole texts, and pieces of two to four
// words; then how far its confidence can be believed.
//
//   acervo-detection-table [--floor] [--misses] FILE.jsonl...
//
// Each line is {"lang": "fr", "text": "..."}, each line of a text is a text. Languages that are none of the three count
// as right when the answer is "other". With --misses every piece that was taken for another language is printed, with
// --floor it fails when a figure is below its floor.
#include "analyzers/text/detect.h"
#include "analyzers/text/normalise.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
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
    std::size_t asOther = 0; // of the wrong ones
    std::size_t total = 0;
    double share() const { return total == 0 ? 1.0 : static_cast<double>(right) / static_cast<double>(total); }
};

// The floor is what the model reaches on the worse of two collections, sentences of news and of medicine, less three
// tenths of a point for a piece that tips over; it is there to catch a worse model. Many short pieces are names alone
// (an English one, said to be French) or words of two languages ("de la"), which nobody can tell: they count as they
// fall.
struct Kind {
    const char* name;
    double floor; // over the three languages together
};

constexpr Kind kKinds[] = {{"2 words", 0.955},
                           {"3 words", 0.983},
                           {"4 words", 0.99},
                           {"2-4 words", 0.975},
                           {"2-4 words, no names alone", 0.985},
                           {"2-4 words, without accents", 0.955},
                           {"2-4 words, capitals without accents", 0.955},
                           {"whole text", 0.998},
                           {"whole text of 200 bytes or more", 0.999}};
constexpr std::size_t kShort = 3;
constexpr std::size_t kNoNames = 4;
constexpr std::size_t kUnaccented = 5;
constexpr std::size_t kCapitals = 6;
constexpr std::size_t kWhole = 7;
constexpr std::size_t kParagraph = 8;
constexpr std::size_t kParagraphBytes = 200;

constexpr std::array kConfidences = {0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99};

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

// At least one word of two letters that does not begin with a capital.
bool hasSmallWord(const std::string& piece)
{
    const auto words = wordsOf(piece);
    return std::ranges::any_of(words, [](const std::string& word) {
        const auto letter = std::ranges::find_if(word, [](unsigned char c) { return std::isalpha(c) || c >= 0x80; });
        return word.end() - letter >= 2 && std::islower(static_cast<unsigned char>(*letter)) != 0;
    });
}

class Table {
public:
    explicit Table(bool printMisses) : _printMisses(printMisses) {}

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
            if (hasSmallWord(piece)) {
                mark(kNoNames, lang, piece);
            }
            mark(kUnaccented, lang, acervo::text::fold(piece));
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
                    ours.asOther += score.asOther;
                    ours.total += score.total;
                }
            }
            const bool below = ours.share() < kKinds[kind].floor;
            std::printf("  together %.2f %%, %zu taken for other%s\n", 100 * ours.share(), ours.asOther,
                        below ? "  BELOW FLOOR" : "");
            good = good && !below;
        }
        for (std::size_t i = 0; i < kConfidences.size(); ++i) {
            std::printf("2-4 words, confidence from %.2f: %6.2f %% right (%zu)\n", kConfidences[i],
                        100 * _byConfidence[i].share(), _byConfidence[i].total);
        }
        return good;
    }

private:
    void mark(std::size_t kind, const std::string& lang, const std::string& text)
    {
        const auto guess = acervo::text::detectLanguage(text);
        const bool right = guess.language == acervo::text::languageOf(lang);
        auto& score = _scores.try_emplace(lang, std::size(kKinds)).first->second[kind];
        ++score.total;
        score.right += right ? 1 : 0;
        score.asOther += !right && guess.language == Language::other ? 1 : 0;
        if (kind == kShort && guess.confidence > 0) {
            auto& believed = _byConfidence[static_cast<std::size_t>(
                std::ranges::upper_bound(kConfidences, guess.confidence) - kConfidences.begin() - 1)];
            ++believed.total;
            believed.right += right ? 1 : 0;
        }
        if (!right && _printMisses && (kind == kShort || kind >= kWhole)) {
            std::printf("%s is not %s (%.2f): %s\n", lang.c_str(),
                        guess.language == Language::other ? "other" : std::string{codeOf(guess.language)}.c_str(),
                        guess.confidence, text.c_str());
        }
    }

    std::mt19937 _random{2021};
    std::map<std::string, std::vector<Score>> _scores;
    std::array<Score, kConfidences.size()> _byConfidence{};
    bool _printMisses;
};

void addLines(std::ifstream& file, Table& table)
{
    for (std::string line; std::getline(file, line);) {
        const auto row = nlohmann::json::parse(line, nullptr, false);
        if (!row.is_object() || !row.contains("lang") || !row.contains("text")) {
            continue;
        }
        std::istringstream text{row["text"].get<std::string>()};
        for (std::string sentence; std::getline(text, sentence);) {
            if (!sentence.empty()) {
                table.add(row["lang"].get<std::string>(), sentence);
            }
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto given = [&arguments](const char* option) {
        return std::ranges::find(arguments, option) != arguments.end();
    };
    bool good = true;
    for (const auto& argument : arguments) {
        if (argument == "--floor" || argument == "--misses") {
            continue;
        }
        std::ifstream file{argument};
        if (!file) {
            std::fprintf(stderr, "cannot read %s\n", argument.c_str());
            return 2;
        }
        Table table{given("--misses")};
        addLines(file, table);
        std::printf("%s\n", argument.c_str());
        good = table.print() && good;
    }
    return given("--floor") && !good ? 1 : 0;
}
