// A small library for tests: a catalogue, an index and a lexicon of some trilingual works, made through the corpus' own
// calls.
#pragma once

#include "analyzers/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace acervo::support {

// Works everybody may read. Every one speaks of municipalities in each of its languages.
inline constexpr std::size_t kPublicWorks = 14;

// Where the work on water was before; an alias of it.
inline constexpr std::string_view kOldWaterAddress = "https://old.example/reports/water.pdf";

struct TestLibrary {
    std::filesystem::path folder;
    std::filesystem::path configFile; // for acervo-searchd; listens on a free port, logs to access.log in the folder
    std::string waterId;              // trilingual, themed water-and-sanitation; 3 pages labelled i, 1, 2; an outline
    std::string frenchOnlyId;         // its title holds <b>, & and quotes
    std::string versionedId;          // trilingual; the English edition has two versions, the second one page longer
    std::string openedId;             // version 2 of its English edition, of 3, was for members only
    std::string membersId;            // not for the public
    std::string withdrawnId;          // its successor is the work on water
};

// Makes all of it in `folder`, which must be empty or missing.
Result<TestLibrary> makeTestLibrary(const std::filesystem::path& folder);

} // namespace acervo::support
