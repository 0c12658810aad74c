// Writes documents made of the sentences of real ones, as JSON lines for acervo-indexer import: the same texts, kind,
// number and seed give the same bytes.
//
// usage: bench_make_documents FOLDER short|reports N [SEED]
//
//   short    about 780 bytes of text each; a work in five has two or three language editions, which stand one after
//            the other and count towards N
//   reports  50 to 300 pages of about 1,400 bytes, with printed labels
//
// Sentences keep their neighbours: a document is made of runs of them, so that phrases of the source are found again.
#include "tests/bench/random.h"
#include "tests/bench/source_texts.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace acervo::bench;
using nlohmann::json;

constexpr std::size_t kMinBytes = 400; // a short document; 780 in the middle, for the last sentence is kept whole
constexpr std::size_t kMaxBytes = 1'000;
constexpr std::size_t kMinPageBytes = 800;
constexpr std::size_t kMaxPageBytes = 1'850;
constexpr std::size_t kMinPages = 50;
constexpr std::size_t kMaxPages = 300;
constexpr std::size_t kMaxRun = 4; // sentences that stand together as in the source
constexpr std::size_t kFirstYear = 2000;
constexpr std::size_t kLastYear = 2025;

constexpr std::array<std::string_view, 10> kSections{
    "world", "africa", "aspac", "eurasia", "europe", "mewa", "regions", "latin-america", "north-america", "metropolis"};
constexpr std::array<std::string_view, 10> kTypes{"annual-report", "thematic-report", "country-report", "policy-brief",
                                                  "case-study",    "position-paper",  "declaration",    "resolution",
                                                  "working-paper", "statement"};
constexpr std::array<std::string_view, 20> kThemes{
    "local-finance",     "decentralisation", "climate-change",   "housing",           "migration",
    "gender-equality",   "food-systems",     "public-transport", "energy-transition", "culture",
    "resilience",        "open-data",        "waste-management", "public-health",     "social-economy",
    "right-to-the-city", "public-space",     "sdg-localisation", "human-rights",      "water-and-sanitation"};
constexpr std::array<std::string_view, 24> kCountries{"SN", "MA", "FR", "ES", "MX", "BR", "CA", "TR",
                                                      "ID", "KE", "CO", "DE", "ZA", "IN", "JP", "KR",
                                                      "AR", "CL", "EC", "PE", "IT", "PT", "SE", "TN"};

// The first values come more often, as in real libraries.
template <std::size_t size>
std::string_view oneOf(const std::array<std::string_view, size>& values, Random& random)
{
    return values[random.below(1 + random.below(size))];
}

template <std::size_t size>
json someOf(const std::array<std::string_view, size>& values, std::size_t count, Random& random)
{
    json chosen = json::array();
    while (chosen.size() < count) {
        const auto value = oneOf(values, random);
        if (std::find(chosen.begin(), chosen.end(), value) == chosen.end()) {
            chosen.push_back(value);
        }
    }
    return chosen;
}

// Where a run of sentences begins: the same place in every language of the text.
struct Place {
    const SourceText* text;
    double share; // of the sentences before it
};

Place anyPlace(const std::vector<SourceText>& texts, Random& random)
{
    // By the number of sentences, so that each is as likely as any other.
    static const auto total = [&] {
        std::size_t sum = 0;
        for (const auto& text : texts) {
            sum += text.sentences[0].size();
        }
        return sum;
    }();
    auto left = random.below(total);
    for (const auto& text : texts) {
        const auto size = text.sentences[0].size();
        if (left < size) {
            return {&text, static_cast<double>(left) / static_cast<double>(size)};
        }
        left -= size;
    }
    return {&texts.front(), 0.0};
}

std::size_t sentenceAt(const Place& place, std::size_t language)
{
    return static_cast<std::size_t>(place.share * static_cast<double>(place.text->sentences[language].size()));
}

std::string textOf(const std::vector<SourceText>& texts, std::size_t language, std::size_t bytes, Random random)
{
    std::string text;
    while (text.size() < bytes) {
        const auto place = anyPlace(texts, random);
        const auto& sentences = place.text->sentences[language];
        auto at = sentenceAt(place, language);
        for (auto left = random.between(1, kMaxRun); left > 0 && at < sentences.size() && text.size() < bytes; --left) {
            text += text.empty() ? "" : " ";
            text += sentences[at++];
        }
    }
    return text;
}

// Up to eight words of a sentence, and a number that no other document has, as most reports do.
std::string titleOf(const Place& place, std::size_t language, std::size_t words, std::uint64_t number)
{
    const std::string& sentence = place.text->sentences[language][sentenceAt(place, language)];
    std::size_t end = 0;
    for (std::size_t count = 0; count < words && end < sentence.size(); ++count) {
        end = std::min(sentence.find(' ', end + 1), sentence.size());
    }
    return sentence.substr(0, end) + ", no. " + std::to_string(number);
}

json pagesOf(const std::vector<SourceText>& texts, std::size_t language, Random random)
{
    json pages = json::array();
    for (auto left = random.between(kMinPages, kMaxPages); left > 0; --left) {
        auto text = textOf(texts, language, random.between(kMinPageBytes, kMaxPageBytes), Random{random.next()});
        pages.push_back({{"label", std::to_string(pages.size() + 1)}, {"text", std::move(text)}});
    }
    return pages;
}

bool writeDocuments(const std::vector<SourceText>& texts, bool reports, std::uint64_t wanted, Random random)
{
    for (std::uint64_t number = 0, work = 0; number < wanted; ++work) {
        json document{{"work", "w" + std::to_string(work)},
                      {"type", oneOf(kTypes, random)},
                      {"section", oneOf(kSections, random)},
                      {"year", random.between(kFirstYear, kLastYear)},
                      {"themes", someOf(kThemes, random.between(1, 3), random)},
                      {"countries", someOf(kCountries, random.between(1, 2), random)},
                      {"audience", "public"}};
        const auto editions = random.below(5) == 0 ? random.between(2, 3) : 1;
        const auto first = random.below(kLanguages.size());
        const auto bytes = random.between(kMinBytes, kMaxBytes);
        const auto place = anyPlace(texts, random);
        const auto titleWords = random.between(4, 8);
        const Random same{random.next()}; // the editions of a work say the same
        for (std::size_t i = 0; i < editions && number < wanted; ++i, ++number) {
            const auto language = (first + i) % kLanguages.size();
            document["id"] = "d" + std::to_string(number);
            document["language"] = kLanguages[language];
            document["title"] = titleOf(place, language, titleWords, number);
            if (reports) {
                document["pages"] = pagesOf(texts, language, same);
            } else {
                document["text"] = textOf(texts, language, bytes, same);
            }
            const auto line = document.dump() + "\n";
            if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) {
                std::perror("bench_make_documents");
                return false;
            }
        }
    }
    return std::fflush(stdout) == 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view kind = argc >= 4 ? argv[2] : "";
    const auto wanted = argc >= 4 ? std::strtoull(argv[3], nullptr, 10) : 0;
    if (argc > 5 || (kind != "short" && kind != "reports") || wanted == 0) {
        std::fputs("usage: bench_make_documents FOLDER short|reports N [SEED]\n", stderr);
        return 2;
    }
    const auto texts = readTexts(argv[1]);
    if (texts.empty()) {
        std::fprintf(stderr, "bench_make_documents: no texts in English, French and Spanish in %s\n", argv[1]);
        return 1;
    }
    const Random random{argc == 5 ? std::strtoull(argv[4], nullptr, 10) : 1};
    return writeDocuments(texts, kind == "reports", wanted, random) ? 0 : 1;
}
