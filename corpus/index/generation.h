// Where an index lies on disk: generations side by side, one database per audience in each, one of them current.
//
//   <root>/CURRENT                     name of the current generation; in the second line that of the highest that ever
//                                      was, whose number is not given again
//   <root>/g000001/manifest.json       versions the generation was written with
//   <root>/g000001/<audience>/         one Xapian database
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::index {

struct Manifest {
    std::uint32_t schemaVersion = 0;
    std::vector<std::string> profiles; // text::profileOf each language, "other" among them
    std::vector<std::string> audiences;
    std::string lexicon; // fingerprint of the one whose concepts were indexed first; "": there was none
};

// errors  indexUnavailable when there is none yet.
Result<std::string> currentGeneration(const std::filesystem::path& root);

// errors  indexUnavailable when it is missing, unreadable, or written by another schema or another analyser
//         profile: "reindex".
Result<Manifest> readManifest(const std::filesystem::path& root, std::string_view generation);

// Makes the folder of the next generation with its manifest; not current yet.
// lexicon  as in the manifest.
Result<std::string> createGeneration(const std::filesystem::path& root, const std::vector<std::string>& audiences,
                                     const std::string& lexicon = {});

// Makes `generation` the current one, atomically and durably (write beside, fsync, rename, fsync the folder).
Result<void> switchTo(const std::filesystem::path& root, std::string_view generation);

// Removes all generations but the current one and so many of those before it. Unfinished ones go too.
Result<void> removeOldGenerations(const std::filesystem::path& root, std::size_t keep);

struct RolledBack {
    std::string from;
    std::string to;
};

// Makes the generation before the current one the current one again. What was current is kept until the next one is
// built.
// errors  notFound when there is none before it; as readManifest when this program cannot read it.
Result<RolledBack> rollBack(const std::filesystem::path& root);

// Removes what an attempt that failed or was cut off left behind: it takes the room that the next one needs.
void removeUnfinished(const std::filesystem::path& root);

} // namespace acervo::index
