// What a folded word is read as before Snowball sees it: spellings and endings that would keep one word apart.
#pragma once

#include "analyzers/text/language.h"

#include <string>
#include <string_view>

namespace acervo::text::detail {

// The word to give to Snowball in place of `folded`; often the same. Spanish may get accents back, so the stem must be
// folded again. docs/adr/0013-stem-exceptions.md tells what each rule gained.
std::string respelled(std::string_view folded, Language language);

} // namespace acervo::text::detail
