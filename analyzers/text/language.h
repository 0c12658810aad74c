// The languages Acervo reads: three it analyses deeply, and "other", which is indexed without stemming.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace acervo::text {

// Numbers are written to disk: never renumber, only append.
enum class Language : std::uint8_t { other = 0, en = 1, fr = 2, es = 3 };

inline constexpr std::array kLanguages{Language::en, Language::fr, Language::es};

// ISO 639-1 code; "" for other.
std::string_view codeOf(Language language);

// "fr", "FR", "fr-CA", "fra", "fre" -> fr; anything that is not English, French or Spanish -> other.
Language languageOf(std::string_view tag);

} // namespace acervo::text
