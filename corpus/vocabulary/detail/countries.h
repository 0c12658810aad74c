// The countries of ISO 3166-1 and the regions of the world they lie in, with their names, from ICU.
#pragma once

#include "corpus/vocabulary/vocabulary.h"

#include <vector>

namespace acervo::vocabulary {

// Countries by alpha-2 code, each below its part of a continent and that below the continent, which have the numeric
// codes of UN M49 and follow them; Antarctica and the outlying islands of the United States lie in none. Alternative
// labels: short names, alpha-3 codes, and names still in use that ICU does not give. source  CLDR 42 through ICU 72.
std::vector<Concept> countryConcepts();

} // namespace acervo::vocabulary
