// Tells English, French and Spanish apart, and from all other languages; good from two words on.
#pragma once

#include "analyzers/text/language.h"

#include <string_view>

namespace acervo::text {

struct LanguageGuess {
    Language language = Language::other;
    double confidence = 0.0; // 0..1; how probable the answer is
};

// Looks up the words of the text in a model that is compiled into the program, and judges those it does not know by
// their spelling. The model also knows some forty other languages written in Latin letters, to answer `other`; a text
// of a dozen words or more in a language that it never met is recognised by how few of them it knows.
//
// text    valid UTF-8; only the first 16 KiB are read. Without letters, or in a script or language that is none of the
//         three, the answer is `other`.
// threads safe.
LanguageGuess detectLanguage(std::string_view text);

} // namespace acervo::text
