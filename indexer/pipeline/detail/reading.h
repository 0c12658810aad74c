// Reads documents on several threads: hash, extraction in a worker process, language of each page.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/config/config.h"
#include "indexer/crawl/folder_source.h"
#include "indexer/extract/extractor.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace acervo::pipeline::detail {

struct Task {
    crawl::FoundFile file;
    std::string inputsHash;
    std::optional<catalogue::Location> known; // as the catalogue has it
};

struct ReadDocument {
    Task task;
    std::string sha256;     // "" when the file could not be read
    bool sameBytes = false; // as known, with the same inputs: nothing was extracted
    std::optional<Result<extract::ExtractedDocument>> extracted; // nothing when sameBytes
};

// Calls `take` on this thread for each task, in any order; stops early when it returns an error or stopRequested says
// so.
Result<void> readAll(const config::Indexer& settings, std::vector<Task> tasks,
                     const std::function<bool()>& stopRequested, const std::function<Result<void>(ReadDocument)>& take);

// Lower-case hex of the SHA-256 of everything from the descriptor's beginning; the position is moved.
Result<std::string> sha256OfFile(int descriptor);
std::string sha256OfText(std::string_view text);

} // namespace acervo::pipeline::detail
