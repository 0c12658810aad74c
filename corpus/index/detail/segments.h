// Puts databases together into one.
#pragma once

#include "analyzers/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace acervo::index::detail {

// Sorts by number.
std::string segmentName(std::size_t number);

// Makes `target` of the databases in `folder`, in the order of their names: documents keep their order and are numbered
// through. Packed, and durable when it returns; the databases are gone then, or empty when it fails. Of none nothing is
// made.
Result<void> mergeSegments(const std::filesystem::path& folder, const std::filesystem::path& target);

} // namespace acervo::index::detail
