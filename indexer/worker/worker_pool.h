// Reads documents in separate processes, so that a file that crashes or hangs its reader costs one row of the report.
#pragma once

#include "analyzers/base/result.h"
#include "indexer/extract/extractor.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace acervo::worker {

struct WorkerLimits {
    std::uint64_t maxMemoryBytes = 1ULL << 30; // address space (not applied under sanitizers)
    std::chrono::seconds cpuPerDocument{60};
    std::chrono::seconds wallPerDocument{120};
    std::uint64_t maxReplyBytes = 256ULL << 20;
    std::uint32_t documentsPerProcess = 200; // then a fresh process
};

// threads  extract() may be called from several threads; each call uses one of the pool's processes.
class WorkerPool {
public:
    // program    the worker executable ("acervo-extract-worker"), found beside the running program.
    // processes  how many at most; started when first needed.
    WorkerPool(std::filesystem::path program, unsigned processes, WorkerLimits limits, extract::Limits extraction);
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;
    WorkerPool(WorkerPool&&) = delete;
    WorkerPool& operator=(WorkerPool&&) = delete;
    ~WorkerPool();

    // Reads the file open at `descriptor` (kept open, owned by the caller).
    // errors   those of extract(); workerDied (signal named), timeout, resourceLimit when it was ended from outside.
    Result<extract::ExtractedDocument> extract(int descriptor, const std::string& fileName);

private:
    struct State;
    std::unique_ptr<State> _state;
};

} // namespace acervo::worker
