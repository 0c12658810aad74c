// Measures the analyser and the language detector on text files: bench_analyzer LANGUAGE FILE...
#include "analyzers/text/analyzer.h"
#include "analyzers/text/detect.h"
#include "analyzers/text/normalise.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

// About a printed page.
constexpr std::size_t kPageBytes = 4096;
constexpr int kRounds = 5;

template <typename Work>
void report(const char* name, std::size_t bytes, Work work)
{
    double best = 1e9;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        best = std::min(best, seconds.count());
    }
    std::printf("%-16s %8.2f MB/s\n", name, static_cast<double>(bytes) / 1e6 / best);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: bench_analyzer LANGUAGE FILE...\n");
        return 2;
    }
    using namespace acervo::text;
    const Language language = languageOf(argv[1]);
    std::string raw;
    for (int i = 2; i < argc; ++i) {
        std::ifstream file{argv[i], std::ios::binary};
        raw.append(std::istreambuf_iterator<char>{file}, {});
    }
    const std::string text = clean(raw);
    std::size_t tokens = 0;
    const auto eachPage = [&text](auto work) {
        for (std::string_view rest = text; !rest.empty();) {
            const std::string_view page = truncateUtf8(rest, kPageBytes);
            work(page.empty() ? rest : page);
            rest.remove_prefix(page.empty() ? rest.size() : page.size());
        }
    };
    report("clean", raw.size(), [&] { tokens += clean(raw).size() > 0 ? 1 : 0; });
    tokens = 0;
    const Analyzer analyzer{language};
    report("analyze", text.size(),
           [&] { eachPage([&](std::string_view page) { tokens += analyzer.analyze(page).size(); }); });
    std::size_t compounds = 0;
    report("with compounds", text.size(), [&] {
        eachPage([&](std::string_view page) { compounds += analyzer.analyzeWithCompounds(page).compounds.size(); });
    });
    std::size_t ours = 0;
    report("detectLanguage", text.size(), [&] {
        eachPage([&](std::string_view page) { ours += detectLanguage(page).language == language ? 1 : 0; });
    });
    std::printf("%.2f MB, %zu tokens, %zu compounds, %zu pages recognised\n", static_cast<double>(text.size()) / 1e6,
                tokens / kRounds, compounds / kRounds, ours / kRounds);
    return 0;
}
