// Makes questions for the benchmark from its documents: words that stand together in one of them, neither in nearly all
// nor in hardly any; the same documents, number and seed give the same questions.
//
// usage: bench_make_questions DOCUMENTS.jsonl N [SEED] > QUESTIONS      N of each class
#include "tests/bench/questions.h"
#include "tests/bench/random.h"

#include "analyzers/text/analyzer.h"
#include "analyzers/text/normalise.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace acervo::bench;
using nlohmann::json;

constexpr std::size_t kSample = 20'000; // documents, or pages of reports, that are looked at
constexpr std::size_t kMinLetters = 4;  // bytes
constexpr double kMinShare = 0.001;     // of the documents of its language that have the word
constexpr double kMaxShare = 0.15;
constexpr int kYears = 5; // before and after, of the filter
constexpr std::size_t kMinTyped = 3;
constexpr std::size_t kMaxTyped = 12;

std::vector<std::string> wordsOf(const std::string& text)
{
    std::vector<std::string> words{""};
    for (const char c : text) {
        if (std::isalpha(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    words.pop_back();
    return words;
}

class Sample {
public:
    explicit Sample(const char* file)
    {
        std::ifstream lines{file};
        for (std::string line; _documents.size() < kSample && std::getline(lines, line);) {
            auto document = json::parse(line);
            if (document.contains("text")) {
                take(document);
                continue;
            }
            const auto pages = std::move(document["pages"]);
            document.erase("pages");
            for (const auto& page : pages) {
                document["text"] = page["text"];
                take(document);
            }
        }
    }

    bool empty() const { return _documents.empty(); }
    const json& any(Random& random) const { return _documents[random.below(_documents.size())]; }

    // Neither a function word nor a rarity. Signs that are not ASCII (« ¶ — …) are no letters.
    bool isAsked(const std::string& word, const std::string& language) const
    {
        const auto found = _frequency.find(language + acervo::text::fold(word));
        const auto share = found == _frequency.end()
                               ? 0.0
                               : static_cast<double>(found->second) / static_cast<double>(_languageCount.at(language));
        const bool says = !acervo::text::isStopword(acervo::text::fold(word), acervo::text::languageOf(language));
        return says && word.size() >= kMinLetters && word.find_first_of("\xc2\xe2") == std::string::npos &&
               share >= kMinShare && share <= kMaxShare;
    }

private:
    void take(const json& document)
    {
        const auto words = wordsOf(document["text"]);
        const auto& language = document["language"].get_ref<const std::string&>();
        ++_languageCount[language];
        for (const auto& word : std::set<std::string>{words.begin(), words.end()}) {
            ++_frequency[language + acervo::text::fold(word)];
        }
        _documents.push_back(document);
    }

    std::vector<json> _documents;
    std::map<std::string, std::size_t> _languageCount;
    std::map<std::string, std::size_t> _frequency;
};

// So many different words of the document, in lower case as readers type; none when it has too few.
std::vector<std::string> someWords(const Sample& sample, const json& document, std::size_t count, Random& random)
{
    const auto all = wordsOf(document["text"]);
    std::vector<std::string> chosen;
    for (std::size_t tries = 0; tries < 40 && chosen.size() < count && !all.empty(); ++tries) {
        auto word = all[random.below(all.size())];
        const bool asked = sample.isAsked(word, document["language"]);
        std::ranges::transform(word, word.begin(), [](unsigned char c) { return c < 0x80 ? std::tolower(c) : c; });
        if (asked && std::ranges::find(chosen, word) == chosen.end()) {
            chosen.push_back(word);
        }
    }
    return chosen.size() == count ? chosen : std::vector<std::string>{};
}

// Two asked words that are neighbours, or stand around one other word; "" when there are none.
std::string phraseOf(const Sample& sample, const json& document, Random& random)
{
    const std::string& text = document["text"].get_ref<const std::string&>();
    const std::string& language = document["language"].get_ref<const std::string&>();
    const auto all = wordsOf(text);
    for (std::size_t tries = 0; tries < 60 && all.size() > 3; ++tries) {
        const auto at = random.below(all.size() - 2);
        const auto last = at + random.between(1, 2);
        auto phrase = all[at];
        for (auto i = at + 1; i <= last; ++i) {
            phrase += ' ';
            phrase += all[i];
        }
        if (sample.isAsked(all[at], language) && sample.isAsked(all[last], language) &&
            text.find(phrase) != std::string::npos) {
            return '"' + phrase + '"';
        }
    }
    return {};
}

std::string joined(const std::vector<std::string>& words, const char* between)
{
    std::string text;
    for (const auto& word : words) {
        text += text.empty() ? word : between + word;
    }
    return text;
}

// "" when the document gives none.
std::string textFor(const std::string& kind, const Sample& sample, const json& document, Random& random)
{
    if (kind == "phrase") {
        return phraseOf(sample, document, random);
    }
    if (kind == "suggest") {
        const auto title = document["title"].get<std::string>();
        return std::string{acervo::text::truncateUtf8(title, random.between(kMinTyped, kMaxTyped))};
    }
    if (kind == "all_facets" || kind == "start") {
        return {};
    }
    return joined(someWords(sample, document, kind == "one_word" ? 1 : 3, random),
                  kind == "three_and" ? " AND " : " OR ");
}

} // namespace

int main(int argc, char** argv)
{
    const auto count = argc >= 3 ? std::strtoull(argv[2], nullptr, 10) : 0;
    if (argc > 4 || count == 0) {
        std::fputs("usage: bench_make_questions DOCUMENTS.jsonl N [SEED]\n", stderr);
        return 2;
    }
    const Sample sample{argv[1]};
    if (sample.empty()) {
        std::fprintf(stderr, "bench_make_questions: no documents in %s\n", argv[1]);
        return 1;
    }
    auto seed = (argc == 4 ? std::strtoull(argv[3], nullptr, 10) : 1) * kClasses.size();
    for (const auto& kind : kClasses) {
        // Other words in each class: an engine that keeps what it read for one would know those of the next.
        Random random{seed++};
        for (std::size_t made = 0, tries = 0; made < count && tries < count * 100; ++tries) {
            const auto& document = sample.any(random);
            Question question{kind, document["language"], textFor(kind, sample, document, random), "", "", 0, 0};
            if (question.text.empty() && kind != "all_facets" && kind != "start") {
                continue;
            }
            if (kind == "three_filters") {
                question.section = document["section"];
                question.type = document["type"];
                question.yearFrom = document["year"].get<int>() - kYears;
                question.yearTo = document["year"].get<int>() + kYears;
            }
            writeQuestion(question);
            ++made;
        }
    }
    return 0;
}
