// The worker's side: one document after another until the pool hangs up.
#pragma once

#include "analyzers/base/result.h"
#include "indexer/extract/extractor.h"

#include <functional>
#include <string>
#include <string_view>

namespace acervo::worker::detail {

using ReadDocument = std::function<Result<extract::ExtractedDocument>(
    std::string_view bytes, const std::string& fileName, const extract::Limits& limits)>;

// Runs as the whole of a worker's main(): arguments are the parent's process number and the memory limit in bytes;
// standard input is the socket. Returns the exit status.
int serve(int argc, const char* const* argv, const ReadDocument& read);

} // namespace acervo::worker::detail
