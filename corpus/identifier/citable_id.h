// The citable ID of a work: PREFIX-YEAR-SERIAL-X as a rule, X being its ISO 7064 MOD 37,36 check character.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::identifier {

// What an ID is made of, besides its check character.
struct Parts {
    std::string prefix;
    int year = 0; // 0 when IDs have none
    std::uint64_t serial = 0;
};

// A-Z and 0-9, beginning with a letter, 2 to 12 characters.
bool isPrefix(std::string_view prefix);

// What every function here takes as `prefix`: a prefix alone, or a whole pattern with one. "UCLG" is short for
// "UCLG-{year}-{number:4}-{check}"; "-{year}" may be left out, and the number has at least 3 to 9 digits. Anything else
// is a bug of the caller, to be kept out with isPattern(), and throws std::logic_error.
bool isPattern(std::string_view text);
std::string prefixOf(std::string_view pattern);
bool hasYear(std::string_view pattern);

// "UCLG-2021-0042-X". prefix: see isPattern. year: 1800..9999, ignored when IDs have none. serial: from 1.
// Anything else is a bug of the caller and throws std::logic_error.
std::string format(std::string_view pattern, int year, std::uint64_t serial);

// The check character over the letters and digits of `body` (dashes and spaces ignored, case ignored). It tells every
// single wrong character and nearly every swap of two neighbours; tests/unit/corpus/identifier has the figures.
// source  ISO 7064:2003, hybrid system MOD 37,36.
char checkCharacter(std::string_view body);

// Brings an ID as people type it to its one form: lower case, spaces or any dash or none, leading zeros of the serial
// left out or added, CGLU for UCLG. Without dashes before the check character it must not be possible to read the end
// in two ways.
// errors  invalidArgument when the shape or the check character is wrong; the message says which, and the right shape.
Result<std::string> parse(std::string_view typed, std::string_view prefix = "UCLG");

// Takes apart what parse() or format() gave.
// errors  invalidArgument as parse().
Result<Parts> partsOf(std::string_view canonical, std::string_view prefix = "UCLG");

// The valid IDs that `typed` may have been meant for: those one wrong character or one swap of neighbours away, swaps
// first, `typed` itself left out. Tolerant of dashes, spaces and case as parse(). Whether a work has them is for the
// catalogue to say. Empty when `typed` is nothing like an ID.
std::vector<std::string> corrections(std::string_view typed, std::string_view prefix = "UCLG");

// The other valid IDs that one wrong character (dashes and spaces too) or one swap of neighbours makes of this one,
// typed with its dashes or without; mostly none. The check character alone lets about 0.4 % of swaps pass: of two IDs
// that can be taken for each other, only one may be given.
std::vector<std::string> confusions(std::string_view canonical, std::string_view prefix = "UCLG");

} // namespace acervo::identifier
