// lexicon learn: translation tables from parallel texts.
#include "indexer/cli/commands.h"
#include "indexer/cli/library.h"
#include "indexer/cli/report.h"
#include "indexer/lexicon/learn.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>

namespace acervo::cli {

namespace fs = std::filesystem;

namespace {

std::string codesOf(const lexicon::LanguagePair& pair)
{
    return std::string{text::codeOf(pair.source)} + "-" + std::string{text::codeOf(pair.target)};
}

unsigned long long number(std::uint64_t value)
{
    return value;
}

Result<lexicon::LearnRequest> requestFrom(const config::Arguments& arguments, const config::Config& config)
{
    lexicon::LearnRequest request;
    for (const auto& folder : arguments.values("folder")) {
        request.folders.emplace_back(folder);
    }
    const auto from = text::languageOf(arguments.value("from", "en"));
    const auto to = text::languageOf(arguments.value("to"));
    for (const auto& file : arguments.values("mo")) {
        if (from == text::Language::other || to == text::Language::other || from == to) {
            return Error{ErrorCode::invalidArgument, "--mo needs --from and --to, two of en, fr, es"};
        }
        request.gettextFiles.push_back({file, from, to});
    }
    request.audience = config.audiences.front();
    request.output = config.data / "lexicon";
    request.name = arguments.value("name", "learned");
    request.workerProgram = config.indexer.workerProgram;
    if (request.workerProgram.empty()) {
        std::error_code ignored;
        request.workerProgram = fs::read_symlink("/proc/self/exe", ignored).parent_path() / "acervo-extract-worker";
    }
    request.threads = config.indexer.workers;
    return request;
}

void print(const lexicon::LearnReport& report, std::chrono::milliseconds took)
{
    for (const auto& source : report.sources) {
        const auto& counts = source.counts;
        std::printf("read %s: %llu texts, %llu of %llu pairs of them not parallel, %llu pairs of sentences "
                    "(left out: %llu untranslated, %llu unequal, %llu without words)\n",
                    printable(source.name).c_str(), number(source.texts), number(counts.notParallel),
                    number(counts.texts), number(counts.sentences), number(counts.untranslated), number(counts.unequal),
                    number(counts.wordless));
        if (source.unreadable > 0) {
            std::printf("  %llu files could not be read\n", number(source.unreadable));
        }
    }
    for (const auto& problem : report.problems) {
        std::printf("  %s\n", printable(problem).c_str());
    }
    for (const auto& table : report.tables) {
        std::printf("learned %s: %llu translations from %llu pairs of sentences (%llu more were repetitions, %llu over "
                    "the limit)%s%s\n",
                    codesOf(table.languages).c_str(), number(table.rows), number(table.pairs), number(table.repeated),
                    number(table.leftOut), table.file.empty() ? "" : ": ", table.file.c_str());
    }
    std::printf("took %.1f s\n", static_cast<double>(took.count()) / 1000.0);
}

} // namespace

int lexiconLearnCommand(const config::Arguments& arguments)
{
    const auto begin = std::chrono::steady_clock::now();
    const auto config = loadConfig(arguments);
    if (!config) {
        return failed(config.error());
    }
    auto request = requestFrom(arguments, *config);
    if (!request) {
        return failed(request.error());
    }
    std::optional<catalogue::Catalogue> works;
    if (arguments.has("works")) {
        auto opened = catalogue::Catalogue::open(config->catalogueFile(), catalogue::Mode::readOnly);
        if (!opened) {
            return failed(opened.error());
        }
        works.emplace(std::move(*opened));
        request->works = &*works;
    }
    const auto report = lexicon::learn(*request);
    if (!report) {
        return failed(report.error());
    }
    print(*report, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin));
    return exitDone;
}

} // namespace acervo::cli
