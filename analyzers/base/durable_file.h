// Replaces a file so that there is the old content or the new one, whatever happens in between.
#pragma once

#include "analyzers/base/result.h"

#include <filesystem>
#include <string_view>

namespace acervo {

// Written beside (`file`.new), synced, renamed over, folder synced. Readers that have the old file open keep it.
// errors  those of the operating system, with the path.
Result<void> replaceDurably(const std::filesystem::path& file, std::string_view content);

// fsync of a folder: makes the names in it durable.
Result<void> syncFolder(const std::filesystem::path& folder);

// fsync of a folder and of every file directly in it.
Result<void> syncTree(const std::filesystem::path& folder);

} // namespace acervo
