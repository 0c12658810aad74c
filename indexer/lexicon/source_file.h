// The normalised sources of the lexicon: one text file each, written by import, learn and correct, read by build.
//
//   # acervo lexicon source 1
//   # name: freedict-fra-eng
//   # origin: dictionary
//   # title: French-English FreeDict Dictionary
//   # licence: GPL-2.0-or-later
//   pair<TAB>fr<TAB>logement<TAB>en<TAB>housing<TAB>0.9           one direction; weight 0 (staff only): never this one
//   label<TAB>urn:x:housing<TAB>fr<TAB>Logement<TAB>pref          pref, alt, hidden or narrower
//   broader<TAB>urn:x:housing<TAB>urn:x:city
//   theme<TAB>urn:x:housing<TAB>housing                           the notation of a house theme
//
// UTF-8. Columns after those named are notes for people. Other lines that begin with # and empty lines are skipped.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/lexicon/entry.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::lexicon {

inline constexpr std::size_t kMaxSourceBytes = 512U << 20U; // of one file
inline constexpr std::size_t kMaxSourceRows = 5'000'000;    // of one source

// [a-z0-9-]+, at most 64 bytes: the name of a source is also the name of its file.
bool isSourceName(std::string_view name);

// file  for error messages.
// errors  corruptInput with file and line; resourceLimit.
Result<Source> parseSource(std::string_view content, const std::filesystem::path& file);

// As parseSource, and those of reading the file.
Result<Source> readSource(const std::filesystem::path& file);

// All <name>.tsv of a folder, by name; none when there is no such folder.
Result<std::vector<Source>> readSources(const std::filesystem::path& folder);

// What parseSource reads back. Tabs and line ends within texts become spaces.
std::string textOf(const Source& source);

// Writes <folder>/<name>.tsv durably, and makes the folder.
// errors  invalidArgument for a name that is none; those of the operating system.
Result<void> writeSource(const std::filesystem::path& folder, const Source& source);

} // namespace acervo::lexicon
