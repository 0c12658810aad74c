// Tells English, French and Spanish apart: a character n-gram model, good from two words on.
#pragma once

#include "analyzers/text/language.h"

#include <string_view>

namespace acervo::text {

struct LanguageGuess {
    Language language = Language::other;
    double confidence = 0.0; // 0..1; the winner's share among the languages considered
};

// Naive Bayes over character 1- to 5-grams; the model is compiled into the program. It also knows Portuguese, Italian,
// German, Catalan and Dutch, to answer `other`; of languages that it never met some paragraphs pass for one of the
// three.
//
// text    valid UTF-8; only the first 16 KiB are read. Without letters, or in a script or language that is none of the
//         three, the answer is `other`.
// threads safe.
LanguageGuess detectLanguage(std::string_view text);

} // namespace acervo::text
