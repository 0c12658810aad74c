// Guesses how a word that no dictionary knows is spelled in the other languages: Latin words differ by rule.
#pragma once

#include "analyzers/text/language.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::query {

// "subsidiarite" in French -> {en, "subsidiarity"}, {es, "subsidiariedad"}. Candidates only: many are no words.
//
// folded  at least kMinCognateBytes long, else there are none.
inline constexpr std::size_t kMinCognateBytes = 6;
std::vector<std::pair<text::Language, std::string>> cognatesOf(std::string_view folded, text::Language from);

} // namespace acervo::query
