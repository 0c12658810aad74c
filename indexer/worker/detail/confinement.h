// What a worker process gives up before it reads a document from outside.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>

namespace acervo::worker::detail {

// Dies with its parent, gains no privileges, writes no file, dumps no core, opens few files and uses no more memory
// than this. Descriptors from 3 on are closed. Memory is not limited under sanitizers: they reserve terabytes.
Result<void> confine(int parentProcess, std::uint64_t maxMemoryBytes);

// From now on this process may use that much more processor time, then SIGXCPU ends it.
Result<void> allowProcessorTime(std::uint64_t seconds);

} // namespace acervo::worker::detail
