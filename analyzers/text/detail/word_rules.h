// What a language strips from a word before folding: French articles, English 's, the dots of acronyms.
#pragma once

#include "analyzers/text/language.h"

#include <cstddef>
#include <string_view>

namespace acervo::text::detail {

// Units [begin, end) of a word.
struct WordPart {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// The word without elided French articles ("l'eau" -> "eau", thirteen articles) or the English 's, both with U+0027 as
// the apostrophe. Other languages: the whole word.
WordPart coreOf(std::u16string_view word, Language language);

// "C.G.L.U": single letters between single dots, at least two of them.
bool isDottedAcronym(std::u16string_view word);

// Where the feminine and plural endings of French inclusive writing begin ("citoyen·ne·s", "élu.e.s"); the word's
// length when there are none.
std::size_t inclusiveEnding(std::u16string_view word);

} // namespace acervo::text::detail
