// The citable ID of a work: PREFIX-YEAR-SERIAL-X, X being its ISO 7064 MOD 37,36 check character.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace acervo::identifier {

// "UCLG-2021-0042-X": the serial has at least four digits. prefix: A-Z and 0-9, 2 to 12 characters. year: 1800..9999.
std::string format(std::string_view prefix, int year, std::uint64_t serial);

// The check character over the letters and digits of `body` (dashes ignored, case ignored).
// source  ISO 7064:2003, hybrid system MOD 37,36.
char checkCharacter(std::string_view body);

// Brings an ID as people type it (lower case, spaces or other dashes, CGLU for UCLG) to its one form.
// errors  invalidArgument when the shape or the check character is wrong; the message says which.
Result<std::string> parse(std::string_view typed, std::string_view prefix = "UCLG");

} // namespace acervo::identifier
