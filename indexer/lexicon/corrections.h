// What staff say about single translations: kept in <folder>/staff.tsv, one row each, the last word on a pair.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/lexicon/entry.h"

#include <filesystem>
#include <string>

namespace acervo::lexicon {

struct Correction {
    Pair pair;        // weight 0 refuses it
    std::string by;   // who says so; may be empty
    std::string when; // "2024-05-31"; may be empty
};

enum class Corrected {
    added,
    changed,   // the pair stood there with another weight
    unchanged, // it stood there with this weight
};

// Durable when it returns. Phrases are the same when they fold to the same words; other rows, comments and their order
// are kept. The caller holds the indexer's lock.
//
// errors  invalidArgument for an empty phrase, a language that is none of the three or a weight outside 0..1; those of
//         readSource (a file that somebody broke by hand is not overwritten) and of the operating system.
Result<Corrected> correct(const std::filesystem::path& folder, const Correction& correction);

} // namespace acervo::lexicon
