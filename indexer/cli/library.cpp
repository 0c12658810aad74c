#include "indexer/cli/library.h"

#include "indexer/cli/commands.h"
#include "indexer/cli/report.h"

#include <atomic>
#include <csignal>
#include <cstdio>

namespace acervo::cli {

namespace fs = std::filesystem;

namespace {

std::atomic<bool> stopAsked{false}; // set by the signal handler only

extern "C" void askToStop(int)
{
    stopAsked.store(true);
}

} // namespace

Result<config::Config> loadConfig(const config::Arguments& arguments)
{
    const fs::path file = arguments.value("config", "acervo.toml");
    auto config = config::load(file, config::sharedFolder());
    if (!config && config.error().code == ErrorCode::notFound && !arguments.has("config")) {
        return Error{ErrorCode::notFound, "there is no acervo.toml in this folder: name the configuration with "
                                          "--config FILE, or make one with \"acervo-indexer init\""};
    }
    return config;
}

Result<Library> openLibrary(const config::Arguments& arguments, catalogue::Mode mode)
{
    auto config = loadConfig(arguments);
    if (!config) {
        return config.error();
    }
    auto vocabularies = vocabulary::load(config->vocabulary);
    if (!vocabularies) {
        return vocabularies.error();
    }
    std::optional<catalogue::Lock> lock;
    if (mode == catalogue::Mode::readWrite) {
        std::error_code problem;
        fs::create_directories(config->data, problem);
        if (problem) {
            return errorFromErrno(problem.value(), "create the data folder " + config->data.string());
        }
        auto taken = catalogue::lockExclusively(config->lockFile());
        if (!taken) {
            return taken.error();
        }
        lock.emplace(std::move(*taken));
    }
    auto catalogue = catalogue::Catalogue::open(config->catalogueFile(), mode, {config->identifierPrefix});
    if (!catalogue) {
        return catalogue.error();
    }
    return Library{std::move(*config), std::move(*vocabularies), std::move(lock), std::move(*catalogue)};
}

index::WriterOptions writerOptions(const config::Config& config)
{
    index::WriterOptions options;
    options.root = config.indexRoot();
    options.audiences.names = config.audiences;
    options.lexiconFile = config.lexiconFile();
    options.buildMemoryBytes = config.indexer.buildMemoryBytes;
    return options;
}

int failed(const Error& error)
{
    std::fflush(stdout);
    std::fprintf(stderr, "acervo-indexer: %s\n", printable(error.message).c_str());
    return exitFailed;
}

std::function<bool()> stopOnSignals()
{
    struct sigaction action {};
    action.sa_handler = askToStop;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    return [] { return stopAsked.load(); };
}

} // namespace acervo::cli
