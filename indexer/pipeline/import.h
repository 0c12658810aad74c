// Takes documents in bulk from a file of JSON lines, without reading any original.
#pragma once

#include "indexer/pipeline/run.h"

#include <filesystem>
#include <string>

namespace acervo::pipeline {

inline constexpr std::size_t kMaxLineBytes = 64ULL << 20;

// One JSON object a line: {"id", "title", "language", "text" or "pages", ...}. "id" is required and unique within the
// source. "pages" is a list of texts or of {"label", "heading", "language", "text"}. Optional: "work" (groups
// languages), "type", "section", "year" or "date", "themes", "countries", "sdgs", "keywords", "authors", "abstract",
// "series", "number", "audience" (of the configured ones; left out: `audience`). Streams: memory does not grow with
// the file. A line that cannot be used is one failed row; the others go on. A second import of the same line is
// "unchanged".
//
// source    the name under which the catalogue keeps them.
// errors    notFound, permissionDenied, ioFailure for the file; those of the catalogue and the index.
Result<RunReport> importJsonLines(const config::Config& config, const std::filesystem::path& file,
                                  const std::string& source, const std::string& audience,
                                  catalogue::Catalogue& catalogue, const vocabulary::Vocabularies& vocabularies,
                                  const Control& control);

} // namespace acervo::pipeline
