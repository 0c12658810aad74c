// Brings the index up to the catalogue: replays its changes, commits durably, builds new generations.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/access/filter.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/vocabulary/vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace acervo::index {

struct CatchUp {
    std::uint64_t added = 0; // or replaced
    std::uint64_t removed = 0;
    std::vector<std::string> refused; // editions the index would not take, with the reason
    std::int64_t appliedChange = 0;
    std::string lexiconProblem; // why concepts were not indexed, although there is a lexicon; "" when all is well
};

struct WriterOptions {
    std::filesystem::path root;
    access::Audiences audiences;
    std::filesystem::path lexiconFile;                // whose concepts are indexed; "" or not there: none are
    std::uint64_t batchTextBytes = 48ULL << 20;       // a commit after this much text
    std::uint32_t batchDocuments = 2000;              // or this many documents
    std::uint64_t buildMemoryBytes = 512ULL << 20;    // what indexing a whole generation may take
    std::uint32_t segmentDocuments = 2000;            // a generation is built of parts with so many documents at most
    unsigned buildThreads = 0;                        // that index them; 0: one for each core
    std::function<void(std::uint64_t done)> progress; // called every now and then; may be empty
    std::function<bool()> stopRequested;              // asked between documents; may be empty
};

// Replays what the catalogue changed since the index was last written. When nothing was written yet, a generation is
// built as by rebuild(); one that is stopped keeps what it has.
// Idempotent: after any crash the next call completes it.
// errors  busy (another process writes), indexUnavailable (other schema or analyser: rebuild), diskFull, ioFailure.
Result<CatchUp> catchUp(const WriterOptions& options, const catalogue::Catalogue& catalogue,
                        const vocabulary::Vocabularies& vocabularies);

// Builds the next generation from the catalogue alone, verifies it (detail/verification.h), then makes it the current
// one, which stays as it is until then and is kept for rollback after; the one kept before goes first.
// errors  as above, busy when it was stopped, internal when the new one is not fit for use; the current index is
//         untouched by any of them.
// cost    disk: up to twice a generation while it is built, beside the current one.
Result<CatchUp> rebuild(const WriterOptions& options, const catalogue::Catalogue& catalogue,
                        const vocabulary::Vocabularies& vocabularies);

// How many changes of the catalogue the index has not seen.
Result<std::uint64_t> changesBehind(const WriterOptions& options, const catalogue::Catalogue& catalogue);

// What is wrong between index and catalogue, and within the index; empty when all is well.
Result<std::vector<std::string>> problems(const WriterOptions& options, const catalogue::Catalogue& catalogue);

} // namespace acervo::index
