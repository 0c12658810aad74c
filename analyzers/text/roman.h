// Roman numerals, as page labels and numbered lists have them.
#pragma once

#include <cstdint>
#include <string>

namespace acervo::text {

inline constexpr std::uint32_t kMostRoman = 3999;

// In small letters: 14 -> "xiv"; "" for 0 and what is over kMostRoman.
std::string romanNumeral(std::uint32_t number);

} // namespace acervo::text
