// Brings labels to one form: the composed one we keep, and the folded one we compare.
#pragma once

#include <string>
#include <string_view>

namespace acervo::vocabulary {

// The text in Unicode normalisation form C.
std::string composed(std::string_view text);

// The label without case, accents and ligatures, its words separated by single spaces; "" when it has no letter or
// digit, or is too long to be a label (1 KiB).
std::string labelKey(std::string_view label);

} // namespace acervo::vocabulary
