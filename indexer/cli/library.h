// What most commands begin with: configuration, vocabularies, the lock, the catalogue.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "corpus/catalogue/lock.h"
#include "corpus/config/arguments.h"
#include "corpus/config/config.h"
#include "corpus/index/writer.h"
#include "corpus/vocabulary/vocabulary.h"

#include <functional>
#include <optional>

namespace acervo::cli {

struct Library {
    config::Config config;
    vocabulary::Vocabularies vocabularies;
    std::optional<catalogue::Lock> lock; // held while writing
    catalogue::Catalogue catalogue;
};

// readWrite makes the data folder and takes the lock; errors as those of its parts, `busy` when another indexer runs.
Result<Library> openLibrary(const config::Arguments& arguments, catalogue::Mode mode);

Result<config::Config> loadConfig(const config::Arguments& arguments);

index::WriterOptions writerOptions(const config::Config& config);

// Prints "acervo-indexer: message" and returns exitFailed.
int failed(const Error& error);

// From now on SIGINT and SIGTERM ask the command to finish what it has in hand; the result tells whether one came.
std::function<bool()> stopOnSignals();

} // namespace acervo::cli
