// Makes clean, short phrases out of what dictionaries print.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace acervo::lexicon {

inline constexpr std::size_t kMaxRenderingWords = 4; // what is longer explains instead of translating

// Without what stands in (), [] or {}, with single spaces. An opening bracket without a closing one takes the rest
// along.
std::string withoutBrackets(std::string_view typeset);

// The alternatives of a list: split at commas, semicolons, slashes and, on request, the word between them (" or ").
// Brackets are taken off first.
std::vector<std::string> alternatives(std::string_view text, std::string_view wordBetween = "");

// Without a leading article or infinitive mark of English ("to", "a", "an", "the") and without trailing dots.
std::string withoutLeadingParticle(std::string_view phrase);

std::size_t wordCount(std::string_view phrase);

// Letters of any script, digits, spaces and - ' . & only, at least one letter, at most kMaxRenderingWords words.
bool isShortPhrase(std::string_view phrase);

} // namespace acervo::lexicon
