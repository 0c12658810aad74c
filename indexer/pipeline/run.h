// One run over a source: find, read, decide, store, index; every document seen ends in exactly one state.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/config/config.h"
#include "corpus/vocabulary/vocabulary.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace acervo::pipeline {

struct Progress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::string current; // the document just finished
};

// How the caller follows and steers a run; the functions may be empty. Called from the thread that runs.
struct Control {
    std::function<void(const Progress&)> progress;
    std::function<void(std::uint64_t)> indexing; // documents written to the index so far
    std::function<bool()> stopRequested;         // what is in hand is finished and committed, then the run ends
    bool acceptMissing = false;                  // many missing documents are really gone: count this pass
};

struct Warning {
    std::string uri; // or the sidecar
    std::string message;
};

struct RunReport {
    std::string source;
    catalogue::RunCounts counts;
    std::vector<catalogue::RunRow> rows;          // partial, failed, quarantined, withdrawn
    std::vector<Warning> warnings;                // unknown vocabulary values, sidecar problems, identity doubts
    std::map<std::string, std::uint64_t> ignored; // by extension: files of kinds we do not read
    std::string alarm;         // why nothing was concluded from missing documents; "" when all is well
    std::uint64_t missing = 0; // not seen this time; withdrawn when the next complete run does not see them either
    std::uint64_t added = 0;   // to the index, or replaced
    bool stopped = false;
    double seconds = 0.0;
};

// Brings catalogue and index up to the source. Idempotent; what was committed stays whatever happens.
// errors  those that end a run: the source's folder cannot be read, disk full, catalogue or index not writable.
Result<RunReport> runSource(const config::Config& config, const config::Source& source, catalogue::Catalogue& catalogue,
                            const vocabulary::Vocabularies& vocabularies, const Control& control);

// "indexed 3, unchanged 4, ..." adds up to seen.
bool sumsUp(const catalogue::RunCounts& counts);

} // namespace acervo::pipeline
