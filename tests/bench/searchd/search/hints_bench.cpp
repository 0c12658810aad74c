// Measures suggestions, did-you-mean and similar works on an index: what the hints cost, and how long answers take.
//
// usage: bench_hints DATA-FOLDER [QUESTIONS [LEXICON]]
//
// DATA-FOLDER is what acervo-indexer filled (`data` of the configuration), LEXICON a file that its lexicon build made.
// The questions are made from titles of the index, as they are and with one typing mistake; the same index gives the
// same questions. Times are given twice: of the clock, which other work on the machine lengthens, and of this thread's
// processor.
#include "corpus/index/document_data.h"
#include "corpus/index/reader.h"
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/search/detail/hints.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace acervo;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

double processorMilliseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Series {
    std::vector<double> wall;
    std::vector<double> processor;
    std::size_t answered = 0; // with something

    void print(const char* name)
    {
        const auto at = [](std::vector<double>& times, double share) {
            std::ranges::sort(times);
            return times.empty() ? 0.0 : times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
        };
        std::printf("%-34s %6zu %6zu %9.2f %9.2f %9.2f %9.2f %9.2f\n", name, wall.size(), answered, at(processor, 0.5),
                    at(processor, 0.99), at(processor, 1.0), at(wall, 0.5), at(wall, 0.99));
    }
};

// One letter missing, doubled, swapped with the next, or wrong; never the first.
std::string mistyped(std::string word, std::mt19937& random)
{
    const auto at = 1 + random() % (word.size() - 2);
    switch (random() % 4) {
    case 0:
        word.erase(at, 1);
        break;
    case 1:
        word.insert(at, 1, word[at]);
        break;
    case 2:
        std::swap(word[at], word[at + 1]);
        break;
    default:
        word[at] = static_cast<char>('a' + random() % 26);
    }
    return word;
}

std::vector<std::string> titlesOf(const index::Reader& reader, const search::detail::Snapshot& snapshot,
                                  std::size_t count, std::mt19937& random)
{
    std::vector<std::string> titles;
    for (std::size_t tries = 0; titles.size() < count && tries < count * 10; ++tries) {
        const auto& ids = snapshot.columns.workDocids;
        const auto data = index::decodeHead(reader.database().get_document(ids[random() % ids.size()]).get_data());
        if (data && data->title.size() > 8) {
            titles.push_back(data->title);
        }
    }
    return titles;
}

// An ASCII word of the title that is long enough to be mistyped; "" when there is none.
std::string longWordOf(const std::string& title, std::mt19937& random)
{
    std::vector<std::string> words{""};
    for (const char c : title) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    std::erase_if(words, [](const std::string& word) { return word.size() < 6; });
    return words.empty() ? "" : words[random() % words.size()];
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2 || argc > 4) {
        std::fputs("usage: bench_hints DATA-FOLDER [QUESTIONS [LEXICON]]\n", stderr);
        return 2;
    }
    const std::filesystem::path data = argv[1];
    const std::size_t questions = argc >= 3 ? std::strtoul(argv[2], nullptr, 10) : 2000;
    const std::filesystem::path lexiconFile = argc == 4 ? argv[3] : "";
    const auto vocabularies = vocabulary::load(ACERVO_SOURCE_DIR "/corpus/vocabulary");
    const auto filter = access::Filter::publicOnly();
    auto reader = index::Reader::open(data / "index", filter);
    auto engine = search::Engine::open({data / "index", data / "catalogue.sqlite", lexiconFile, {}, {}}, filter,
                                       vocabularies.value(), search::makeSharedState());
    if (!reader || !engine) {
        std::fprintf(stderr, "bench_hints: no index in %s\n", data.c_str());
        return 1;
    }
    const auto shared = search::makeSharedState();
    auto began = Clock::now();
    const auto snapshot = shared->snapshotOf(*reader);
    const double snapshotCost = milliseconds(Clock::now() - began);
    const auto lexicon = shared->lexiconOf(lexiconFile);
    std::map<text::Language, text::Analyzer> analyzers;
    for (const auto language : {text::Language::other, text::Language::en, text::Language::fr, text::Language::es}) {
        analyzers.emplace(language, text::Analyzer{language});
    }
    const double before = processorMilliseconds();
    const auto hints =
        search::detail::makeHints(reader->database(), *snapshot, {vocabularies.value(), lexicon.get(), analyzers});
    std::printf("%u works; snapshot %.0f ms; hints %.0f ms (%.0f ms of processor), %.1f MB: %zu words to mend, %zu "
                "suggestable words, %zu labels, %zu concepts with %zu labels, %zu phrases, %zu people, %zu titles\n\n",
                snapshot->columns.workCount, snapshotCost, milliseconds(hints.cost), processorMilliseconds() - before,
                static_cast<double>(hints.bytes()) / 1e6, hints.spelling.words.size(), hints.suggestions.words.size(),
                hints.suggestions.labels.size(), hints.suggestions.concepts.size(),
                hints.suggestions.conceptLabels.size(), hints.suggestions.phrases.size(),
                hints.suggestions.people.size(), hints.suggestions.titles.size());
    (void)engine->suggest("a", text::Language::en, 8); // loads its own

    std::mt19937 random{1};
    const auto titles = titlesOf(*reader, *snapshot, questions, random);
    std::printf("%-34s %6s %6s %9s %9s %9s %9s %9s\n", "", "asked", "found", "CPU 50 %", "CPU 99 %", "CPU max",
                "wall 50 %", "wall 99 %");
    const auto measure = [](Series& series, const std::function<bool()>& ask) {
        const auto start = Clock::now();
        const double cpu = processorMilliseconds();
        series.answered += ask() ? 1 : 0;
        series.processor.push_back(processorMilliseconds() - cpu);
        series.wall.push_back(milliseconds(Clock::now() - start));
    };
    Series typed;
    Series wrong;
    Series oneLetter;
    Series respelled;
    Series plain;
    Series similar;
    for (const auto& title : titles) {
        const auto language = text::kLanguages[random() % 3];
        const auto suggests = [&](const std::string& text) {
            const auto found = engine->suggest(text, language, 8);
            return found && !found->empty();
        };
        const auto length = 3 + random() % std::min<std::size_t>(title.size() - 3, 24);
        measure(typed, [&] { return suggests(title.substr(0, length)); });
        measure(oneLetter, [&] { return suggests(title.substr(0, 1)); });
        const auto word = longWordOf(title, random);
        if (word.empty()) {
            continue;
        }
        const auto slip = mistyped(word, random);
        measure(wrong, [&] { return suggests(slip); });
        search::SearchRequest request;
        request.interfaceLanguage = language;
        request.q = word;
        measure(plain, [&] { return engine->search(request).value().total > 0; });
        request.q = slip;
        measure(respelled, [&] { return engine->search(request).value().didYouMean.has_value(); });
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(titles.size(), 500); ++i) {
        const auto id = snapshot->columns.workDocids[random() % snapshot->columns.workDocids.size()];
        const auto head = index::decodeHead(reader->database().get_document(id).get_data());
        if (head) {
            measure(similar, [&] { return !engine->similar(head->citableId, text::Language::en, 5).value().empty(); });
        }
    }
    typed.print("suggest, beginning of a title");
    oneLetter.print("suggest, one letter");
    wrong.print("suggest, a mistyped word");
    plain.print("search, the word as it is");
    respelled.print("search, mistyped: did you mean");
    similar.print("similar works");
    return 0;
}
