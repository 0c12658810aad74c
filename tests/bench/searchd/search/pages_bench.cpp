// Measures what the pages of a hit cost by the length of its report: libraries of 10, 100 and 1,000 pages a report.
//
// usage: bench_pages [REPORTS [ROUNDS]]
//
// The reports are made of the sentences of the sample documents, shuffled with a fixed seed into pages of some 400
// words, two thirds of them from one document, as pages have subjects; two words that no sentence holds stand on a few
// pages of each. Every library is filled up with short reports of other words, so that all hold as many pages. Times
// are of this thread's processor, the first quartile of all rounds, in microseconds for one result page of ten works.
#include "corpus/index/reader.h"
#include "corpus/index/writer.h"
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/search/engine.h"

#include <stdlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <ranges>
#include <string>
#include <vector>

namespace {

using namespace acervo;

constexpr std::size_t kWordsOnPage = 400;
constexpr std::array<std::size_t, 3> kLengths{10, 100, 1000};
constexpr std::size_t kFillerPages = 10;

struct Question {
    const char* name;
    const char* q;
};
constexpr std::array kQuestions{
    Question{"a word on a few pages", "zuvolin"},
    Question{"a word on every page", "cities"},
    Question{"two words", "public transport"},
    Question{"three words", "local government finance"},
    Question{"a common and a rare word", "cities zuvolin"},
    Question{"a phrase", "\"local government\""},
    Question{"the beginning of a word", "transport*"},
};

double processorMicroseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

using Sentences = std::vector<std::vector<std::string>>; // by document

Sentences sampleSentences()
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator{ACERVO_SOURCE_DIR "/corpus/samples/sources"}) {
        if (entry.path().string().ends_with(".en.md")) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    Sentences sentences;
    for (const auto& file : files) {
        std::ifstream in{file};
        auto& own = sentences.emplace_back();
        for (std::string line; std::getline(in, line);) {
            if (line.size() > 30) {
                own.push_back(std::move(line));
            }
        }
    }
    return sentences;
}

std::string pageOf(const Sentences& sentences, std::mt19937& random, std::string page)
{
    const auto& subject = sentences[random() % sentences.size()];
    for (std::size_t words = 0; words < kWordsOnPage;) {
        const auto& from = random() % 3 < 2 ? subject : sentences[random() % sentences.size()];
        const auto& sentence = from[random() % from.size()];
        words += 1 + static_cast<std::size_t>(std::ranges::count(sentence, ' '));
        page += sentence + "\n";
    }
    return page;
}

catalogue::NewDocument reportOf(std::size_t number, std::size_t pages, const Sentences& sentences, std::mt19937& random)
{
    catalogue::NewDocument document;
    const auto name = "report-" + std::to_string(number);
    document.location.source = "bench";
    document.location.uri = name + ".pdf";
    document.location.sha256 = name + "-" + std::to_string(pages);
    document.location.outcome = catalogue::Outcome::indexed;
    document.audience = "public";
    document.mediaType = "application/pdf";
    document.metadata.workKey = name;
    document.metadata.language = "en";
    document.metadata.title = "Report number " + std::to_string(number);
    document.metadata.date = std::to_string(2000 + number % 24);
    document.pages.reserve(pages);
    for (std::uint32_t page = 1; page <= pages; ++page) {
        const bool isRare = page == 2 || page == pages / 2 || page == pages - 1;
        document.pages.push_back({page, page < 7 ? std::string(page, 'i') : std::to_string(page - 6), "", "en",
                                  pageOf(sentences, random, isRare ? "Zuvolin. Baskero zuvolin.\n" : "")});
    }
    return document;
}

// Every word is another one.
Sentences otherWords(Sentences sentences)
{
    for (auto& sentence : std::views::join(sentences)) {
        std::string other;
        for (std::size_t i = 0; i < sentence.size(); ++i) {
            other += (i == 0 || sentence[i - 1] == ' ') ? "qx" : "";
            other += sentence[i];
        }
        sentence = std::move(other);
    }
    return sentences;
}

struct Library {
    std::filesystem::path folder;

    Library(std::size_t reports, std::size_t pages, const vocabulary::Vocabularies& vocabularies)
    {
        auto pattern = (std::filesystem::temp_directory_path() / "acervo-bench-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        std::mt19937 random{7};
        const auto sentences = sampleSentences();
        auto catalogue = catalogue::Catalogue::open(folder / "catalogue.sqlite", catalogue::Mode::readWrite).value();
        for (std::size_t number = 0; number < reports; ++number) {
            (void)catalogue.store(reportOf(number, pages, sentences, random)).value();
        }
        const auto fillers = otherWords(sentences);
        for (std::size_t left = reports * (kLengths.back() - pages) / kFillerPages; left > 0; --left) {
            auto filler = reportOf(reports + left, kFillerPages, fillers, random);
            std::erase_if(filler.pages, [](const auto& page) { return page.text.starts_with("Zuvolin"); });
            (void)catalogue.store(filler).value();
        }
        index::WriterOptions options;
        options.root = folder / "index";
        options.audiences.names = {"public"};
        (void)index::catchUp(options, catalogue, vocabularies).value();
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

std::uintmax_t bytesBelow(const std::filesystem::path& folder)
{
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    }
    return bytes;
}

template <class Ask>
double quartileOf(std::size_t rounds, const Ask& ask)
{
    std::vector<double> times;
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto began = processorMicroseconds();
        ask();
        times.push_back(processorMicroseconds() - began);
    }
    std::ranges::sort(times);
    return times[times.size() / 4];
}

// What one question costs with its pages and without, and how many pages are shown.
struct Cost {
    double whole = 0.0;
    double without = 0.0;
    std::size_t pages = 0;
};

Cost costOf(search::Engine& engine, const Question& question, std::size_t rounds)
{
    search::SearchRequest request;
    request.q = question.q;
    request.spelling = false;
    Cost cost;
    const auto answer = engine.search(request).value();
    for (const auto& hit : answer.hits) {
        cost.pages += hit.snippets.size();
    }
    cost.whole = quartileOf(rounds, [&] { (void)engine.search(request).value(); });
    request.snippets = false;
    cost.without = quartileOf(rounds, [&] { (void)engine.search(request).value(); });
    return cost;
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t reports = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 40;
    const std::size_t rounds = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 31;
    if (argc > 3 || reports < 10 || rounds == 0) {
        std::fputs("usage: bench_pages [REPORTS [ROUNDS]]\n", stderr);
        return 2;
    }
    const auto vocabularies = vocabulary::load(ACERVO_SOURCE_DIR "/corpus/vocabulary").value();
    std::array<std::array<Cost, kLengths.size()>, kQuestions.size()> costs;
    for (std::size_t length = 0; length < kLengths.size(); ++length) {
        const Library library{reports, kLengths[length], vocabularies};
        auto engine =
            search::Engine::open({library.folder / "index", library.folder / "catalogue.sqlite", "", {}, {}, {}, 0},
                                 access::Filter::publicOnly(), vocabularies, search::makeSharedState())
                .value();
        std::fprintf(stderr, "%zu reports of %zu pages are indexed, in %.1f MB\n", reports, kLengths[length],
                     static_cast<double>(bytesBelow(library.folder / "index")) / 1e6);
        for (std::size_t question = 0; question < kQuestions.size(); ++question) {
            costs[question][length] = costOf(engine, kQuestions[question], rounds);
        }
    }
    std::printf("%zu reports a library, ten shown; microseconds of processor, by pages a report\n\n", reports);
    std::printf("%-26s %28s %28s %8s %8s\n", "", "whole answer", "without the pages of hits", "1000/10", "shown");
    std::printf("%-26s %8zu %9zu %9zu %8zu %9zu %9zu\n", "", kLengths[0], kLengths[1], kLengths[2], kLengths[0],
                kLengths[1], kLengths[2]);
    for (std::size_t question = 0; question < kQuestions.size(); ++question) {
        const auto& [ten, hundred, thousand] = costs[question];
        std::printf("%-26s %8.0f %9.0f %9.0f %8.0f %9.0f %9.0f %8.2f %3zu %3zu\n", kQuestions[question].name, ten.whole,
                    hundred.whole, thousand.whole, ten.without, hundred.without, thousand.without,
                    thousand.whole / ten.whole, ten.pages, thousand.pages);
    }
    return 0;
}
