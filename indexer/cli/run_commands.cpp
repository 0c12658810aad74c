// init, run, import, reindex, rollback: the commands that write.
#include "indexer/cli/commands.h"

#include "corpus/index/generation.h"
#include "indexer/cli/library.h"
#include "indexer/cli/progress_line.h"
#include "indexer/cli/report.h"
#include "indexer/pipeline/import.h"
#include "indexer/pipeline/run.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace acervo::cli {

namespace fs = std::filesystem;

namespace {

int reported(const config::Arguments& arguments, const std::vector<pipeline::RunReport>& reports)
{
    if (arguments.has("report")) {
        if (auto written = writeReport(arguments.value("report"), reports); !written) {
            return failed(written.error());
        }
    }
    const bool alarm = std::ranges::any_of(reports, [](const auto& report) { return !report.alarm.empty(); });
    return alarm ? exitAlarm : exitDone;
}

// "rapports 2021.jsonl" -> "rapports-2021"
std::string sourceNameFrom(const fs::path& file)
{
    std::string name;
    for (const char c : file.stem().string()) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        const bool capital = c >= 'A' && c <= 'Z';
        name += capital ? static_cast<char>(c - 'A' + 'a') : kept ? c : '-';
    }
    return name.empty() ? "import" : name.substr(0, 64);
}

} // namespace

int initCommand(const config::Arguments& arguments)
{
    if (arguments.values("folder").size() != 1) {
        return failed({ErrorCode::invalidArgument, "init needs one --folder DIR, the folder with the documents"});
    }
    const fs::path output = arguments.value("output", "acervo.toml");
    std::error_code ignored;
    if (fs::exists(output, ignored)) {
        return failed({ErrorCode::conflict, output.string() + " exists already; it was left as it is"});
    }
    const auto folder = fs::absolute(arguments.value("folder"));
    std::ofstream out{output};
    out << config::defaultText(arguments.value("data", "data"), arguments.value("source", "documents"),
                               folder.lexically_normal().string());
    out.close();
    if (!out) {
        return failed(errorFromErrno(errno != 0 ? errno : EIO, "write " + output.string()));
    }
    std::printf("Wrote %s. Next: acervo-indexer --config %s run\n", output.c_str(), output.c_str());
    return exitDone;
}

int runCommand(const config::Arguments& arguments)
{
    auto library = openLibrary(arguments, catalogue::Mode::readWrite);
    if (!library) {
        return failed(library.error());
    }
    const auto only = arguments.value("source");
    std::vector<config::Source> sources;
    std::ranges::copy_if(library->config.sources, std::back_inserter(sources),
                         [&](const config::Source& source) { return only.empty() || source.name == only; });
    if (sources.empty()) {
        return failed({ErrorCode::invalidArgument,
                       only.empty() ? "the configuration has no [[source]]" : "there is no source named " + only});
    }
    const auto stopRequested = stopOnSignals();
    std::vector<pipeline::RunReport> reports;
    int status = exitDone;
    for (const auto& source : sources) {
        ProgressLine progress{"documents"};
        pipeline::Control control;
        control.progress = [&](const pipeline::Progress& now) { progress.show(now); };
        control.indexing = [&](std::uint64_t documents) { progress.showIndexing(documents); };
        control.stopRequested = stopRequested;
        control.acceptMissing = arguments.has("accept-missing");
        auto report = pipeline::runSource(library->config, source, library->catalogue, library->vocabularies, control);
        progress.finish();
        if (!report) {
            // One source that cannot be read does not keep the others from being read.
            status = failed(report.error().within("source " + source.name));
            if (report.error().code == ErrorCode::diskFull || report.error().code == ErrorCode::indexUnavailable) {
                return status;
            }
            continue;
        }
        printReport(*report);
        reports.push_back(std::move(*report));
        if (reports.back().stopped) {
            break;
        }
    }
    const auto outcome = reported(arguments, reports);
    return status != exitDone ? status : outcome;
}

int importCommand(const config::Arguments& arguments)
{
    if (arguments.words().size() != 2) {
        return failed({ErrorCode::invalidArgument, "import needs the name of one file of JSON lines"});
    }
    auto library = openLibrary(arguments, catalogue::Mode::readWrite);
    if (!library) {
        return failed(library.error());
    }
    const fs::path file = arguments.words()[1];
    const auto audience = arguments.value("audience", "public");
    if (std::ranges::find(library->config.audiences, audience) == library->config.audiences.end()) {
        return failed({ErrorCode::invalidArgument, "there is no audience named " + audience});
    }
    ProgressLine progress{"bytes"};
    pipeline::Control control;
    control.progress = [&](const pipeline::Progress& now) { progress.show(now); };
    control.indexing = [&](std::uint64_t documents) { progress.showIndexing(documents); };
    control.stopRequested = stopOnSignals();
    const auto report =
        pipeline::importJsonLines(library->config, file, arguments.value("source", sourceNameFrom(file)), audience,
                                  library->catalogue, library->vocabularies, control);
    progress.finish();
    if (!report) {
        return failed(report.error());
    }
    printReport(*report);
    return reported(arguments, {*report});
}

int reindexCommand(const config::Arguments& arguments)
{
    auto library = openLibrary(arguments, catalogue::Mode::readWrite);
    if (!library) {
        return failed(library.error());
    }
    ProgressLine progress{"documents"};
    auto options = writerOptions(library->config);
    options.progress = [&](std::uint64_t documents) { progress.showIndexing(documents); };
    options.stopRequested = stopOnSignals();
    const auto built = index::rebuild(options, library->catalogue, library->vocabularies);
    progress.finish();
    if (!built) {
        return failed(built.error());
    }
    std::printf("The index was built anew and verified: %llu documents. Readers use it from now on.\n",
                static_cast<unsigned long long>(built->added));
    if (!built->lexiconProblem.empty()) {
        std::printf("  concepts were not indexed: %s\n", printable(built->lexiconProblem).c_str());
    }
    for (const auto& refused : built->refused) {
        std::printf("  left out: %s\n", printable(refused).c_str());
    }
    return built->refused.empty() ? exitDone : exitAlarm;
}

int rollbackCommand(const config::Arguments& arguments)
{
    const auto library = openLibrary(arguments, catalogue::Mode::readWrite);
    if (!library) {
        return failed(library.error());
    }
    const auto rolledBack = index::rollBack(library->config.indexRoot());
    if (!rolledBack) {
        return failed(rolledBack.error());
    }
    std::printf("Generation %s of the index is in use again instead of %s.\n", rolledBack->to.c_str(),
                rolledBack->from.c_str());
    const auto behind = index::changesBehind(writerOptions(library->config), library->catalogue);
    if (!behind) {
        return failed(behind.error());
    }
    if (*behind > 0) {
        std::printf("The catalogue changed since it was last written: the next \"acervo-indexer run\" brings it up to "
                    "date.\n");
    }
    std::printf("%s stays on the disk until the next \"acervo-indexer reindex\".\n", rolledBack->from.c_str());
    return exitDone;
}

} // namespace acervo::cli
