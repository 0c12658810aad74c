// extract, status, check: the commands that only look.
#include "indexer/cli/commands.h"

#include "analyzers/base/descriptor.h"
#include "analyzers/lexicon/lexicon.h"
#include "corpus/index/generation.h"
#include "indexer/cli/lexicon_commands.h"
#include "indexer/cli/library.h"
#include "indexer/cli/report.h"
#include "indexer/pipeline/metadata_rules.h"
#include "indexer/worker/worker_pool.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>

namespace acervo::cli {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t kStatusRuns = 5;
constexpr std::size_t kStatusFailures = 20;

std::string dump(const json& value)
{
    return value.dump(2, ' ', false, json::error_handler_t::replace);
}

json toJson(const extract::ExtractedDocument& document)
{
    auto pages = json::array();
    for (const auto& page : document.pages) {
        pages.push_back({{"number", page.number},
                         {"label", page.label},
                         {"heading", page.heading},
                         {"language", page.language},
                         {"text", page.text}});
    }
    auto outline = json::array();
    for (const auto& entry : document.outline) {
        outline.push_back({{"level", entry.level}, {"title", entry.title}, {"page", entry.page}});
    }
    const auto& metadata = document.metadata;
    return {{"mediaType", document.mediaType},
            {"metadata",
             {{"title", metadata.title},
              {"subtitle", metadata.subtitle},
              {"authors", metadata.authors},
              {"date", metadata.date},
              {"language", metadata.language},
              {"keywords", metadata.keywords},
              {"abstract", metadata.abstractText}}},
            {"properties", document.properties},
            {"pages", std::move(pages)},
            {"outline", std::move(outline)},
            {"warnings", document.warnings},
            {"truncated", document.truncated}};
}

void printPages(const extract::ExtractedDocument& document)
{
    std::cout << document.mediaType << ", " << document.pages.size() << " pages\n";
    if (!document.metadata.title.empty()) {
        std::cout << "title: " << printable(document.metadata.title) << '\n';
    }
    for (const auto& warning : document.warnings) {
        std::cout << "warning: " << printable(warning) << '\n';
    }
    for (const auto& page : document.pages) {
        std::cout << "\n=== page " << page.number;
        if (!page.label.empty()) {
            std::cout << " (" << printable(page.label) << ")";
        }
        if (!page.language.empty()) {
            std::cout << " [" << page.language << "]";
        }
        if (!page.heading.empty()) {
            std::cout << " " << printable(page.heading);
        }
        std::cout << '\n' << page.text << '\n';
    }
}

std::string timeText(std::int64_t seconds)
{
    if (seconds == 0) {
        return "cut off";
    }
    const std::time_t when = seconds;
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
}

// Says when the concepts in the index are not those of the lexicon. An index that cannot be read is for "check".
void printConceptState(const config::Config& config)
{
    const auto generation = index::currentGeneration(config.indexRoot());
    const auto lexicon = lexicon::Lexicon::open(config.lexiconFile());
    if (!generation || !lexicon) {
        return;
    }
    if (const auto manifest = index::readManifest(config.indexRoot(), *generation);
        manifest && manifest->lexicon != lexicon->fingerprint()) {
        std::printf("the lexicon is newer than the index: run reindex to renew concepts\n");
    }
}

// One line a run, and what went wrong in the newest one of each source.
int printStatus(const Library& library, const catalogue::Statistics& held,
                const std::vector<catalogue::RunSummary>& runs)
{
    std::printf("%llu works, %llu editions, %llu pages, %.1f MB of text; %llu documents failed\n",
                static_cast<unsigned long long>(held.works), static_cast<unsigned long long>(held.editions),
                static_cast<unsigned long long>(held.pages), static_cast<double>(held.textBytes) / 1e6,
                static_cast<unsigned long long>(held.failed));
    std::printf("%s\n", printable(lexiconLine(library.config)).c_str());
    printConceptState(library.config);
    for (const auto& run : runs) {
        const auto& counts = run.counts;
        std::printf("run %lld  %-16s %s to %s  indexed %llu, unchanged %llu, partial %llu, failed %llu\n",
                    static_cast<long long>(run.runId), run.source.c_str(), timeText(run.startedAt).c_str(),
                    timeText(run.finishedAt).c_str(), static_cast<unsigned long long>(counts.indexed),
                    static_cast<unsigned long long>(counts.unchanged), static_cast<unsigned long long>(counts.partial),
                    static_cast<unsigned long long>(counts.failed));
    }
    if (runs.empty()) {
        std::printf("no runs yet: start with \"acervo-indexer run\"\n");
        return exitDone;
    }
    const auto rows = library.catalogue.runRows(runs.front().runId);
    if (!rows) {
        return failed(rows.error());
    }
    std::size_t shown = 0;
    for (const auto& row : *rows) {
        if (row.outcome == catalogue::Outcome::failed && shown++ < kStatusFailures) {
            std::printf("  failed  %s  (%s)\n", printable(row.uri).c_str(), printable(row.reason).c_str());
        }
    }
    if (shown > kStatusFailures) {
        std::printf("  ... and %zu more\n", shown - kStatusFailures);
    }
    return exitDone;
}

} // namespace

int extractCommand(const config::Arguments& arguments)
{
    if (arguments.words().size() != 2) {
        return failed({ErrorCode::invalidArgument, "extract needs the name of one file"});
    }
    const fs::path file = arguments.words()[1];
    // A pipe is refused, not awaited.
    const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (!descriptor) {
        return failed(errorFromErrno(errno, "open " + file.string()));
    }
    std::error_code ignored;
    const auto program = fs::read_symlink("/proc/self/exe", ignored).parent_path() / "acervo-extract-worker";
    worker::WorkerPool workers{program, 1, {}, {}};
    auto document = workers.extract(descriptor.number(), file.filename().string());
    if (!document) {
        return failed({document.error().code, file.string() + ": " + std::string{nameOf(document.error().code)} + ": " +
                                                  document.error().message});
    }
    pipeline::detectLanguages(document->pages);
    if (arguments.has("json")) {
        std::cout << dump(toJson(*document)) << '\n';
    } else {
        printPages(*document);
    }
    return exitDone;
}

int statusCommand(const config::Arguments& arguments)
{
    const auto library = openLibrary(arguments, catalogue::Mode::readOnly);
    if (!library) {
        return failed(library.error());
    }
    const auto held = library->catalogue.statistics();
    if (!held) {
        return failed(held.error());
    }
    const auto runs = library->catalogue.recentRuns(kStatusRuns);
    if (!runs) {
        return failed(runs.error());
    }
    if (!arguments.has("json")) {
        return printStatus(*library, *held, *runs);
    }
    auto list = json::array();
    for (const auto& run : *runs) {
        list.push_back({{"run", run.runId},
                        {"source", run.source},
                        {"startedAt", run.startedAt},
                        {"finishedAt", run.finishedAt},
                        {"seen", run.counts.seen},
                        {"indexed", run.counts.indexed},
                        {"unchanged", run.counts.unchanged},
                        {"partial", run.counts.partial},
                        {"failed", run.counts.failed},
                        {"withdrawn", run.counts.withdrawn}});
    }
    std::cout << dump({{"works", held->works},
                       {"editions", held->editions},
                       {"versions", held->versions},
                       {"pages", held->pages},
                       {"textBytes", held->textBytes},
                       {"failed", held->failed},
                       {"runs", std::move(list)}})
              << '\n';
    return exitDone;
}

int checkCommand(const config::Arguments& arguments)
{
    const auto library = openLibrary(arguments, catalogue::Mode::readOnly);
    if (!library) {
        return failed(library.error());
    }
    auto found = library->catalogue.integrityProblems();
    if (!found) {
        return failed(found.error());
    }
    const auto inIndex = index::problems(writerOptions(library->config), library->catalogue);
    if (!inIndex) {
        found->push_back(inIndex.error().message);
    } else {
        found->insert(found->end(), inIndex->begin(), inIndex->end());
    }
    for (const auto& problem : *found) {
        std::printf("PROBLEM  %s\n", printable(problem).c_str());
    }
    if (!found->empty()) {
        return exitFailed;
    }
    const auto held = library->catalogue.statistics();
    if (!held) {
        return failed(held.error());
    }
    std::printf("All is well: %llu works, %llu editions, %llu pages read back; the index agrees.\n",
                static_cast<unsigned long long>(held->works), static_cast<unsigned long long>(held->editions),
                static_cast<unsigned long long>(held->pages));
    return exitDone;
}

} // namespace acervo::cli
