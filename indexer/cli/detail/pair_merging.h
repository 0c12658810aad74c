// Merges two works that were found to be one, if they still can be.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "indexer/pairing/library.h"

#include <cstdint>
#include <string>

namespace acervo::cli::detail {

enum class Merged : std::uint8_t { done, already, gone, sameLanguage };

struct Outcome {
    Merged how = Merged::done;
    std::string id; // of the work that stays
};

// The work with an ID that the organisation gave stays, else the one with more editions, else the older one. Works that
// both have an edition in a language are left alone: one of the two would be hidden.
Result<Outcome> mergePair(catalogue::Catalogue& catalogue, const pairing::WorkPair& works,
                          const catalogue::Signature& signature);

// Whether mergePair() would merge them now.
Result<bool> fits(const catalogue::Catalogue& catalogue, const pairing::WorkPair& works);

std::string sentenceFor(const Outcome& outcome, const pairing::WorkPair& works);

} // namespace acervo::cli::detail
