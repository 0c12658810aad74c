// The countries of ISO 3166-1 with their names, from ICU.
#pragma once

#include "corpus/vocabulary/vocabulary.h"

#include <vector>

namespace acervo::vocabulary {

// By alpha-2 code. Alternative labels: short names, alpha-3 codes, and names still in use that ICU does not give.
// source  CLDR 42 through ICU 72.
std::vector<Concept> countryConcepts();

} // namespace acervo::vocabulary
