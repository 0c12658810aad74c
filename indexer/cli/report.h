// What a run did, as a table for people and as JSON for programs.
#pragma once

#include "indexer/pipeline/run.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace acervo::cli {

inline constexpr std::size_t kShownRows = 40; // per source on the screen; the JSON report has all

void printReport(const pipeline::RunReport& report);

// {"source", "seen", "indexed", ..., "rows": [{"uri", "outcome", "reason"}], "warnings": [...], "ignored": {...}}
nlohmann::json toJson(const pipeline::RunReport& report);

// errors  those of writing the file.
Result<void> writeReport(const std::string& file, const std::vector<pipeline::RunReport>& reports);

// Control characters as "?", so that no file name can write on the operator's terminal.
std::string printable(std::string_view text);

} // namespace acervo::cli
