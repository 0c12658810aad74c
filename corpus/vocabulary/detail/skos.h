// Reads the concepts of a SKOS scheme from a Turtle file.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/vocabulary/vocabulary.h"

#include <filesystem>
#include <vector>

namespace acervo::vocabulary {

// In file order, with `broader` set and `narrower` left empty; skos:narrower is read as the other end of skos:broader.
//
// errors  as load().
// source  W3C SKOS Reference, 2009: S14 (one preferred label a language).
Result<std::vector<Concept>> readConcepts(const std::filesystem::path& file);

} // namespace acervo::vocabulary
