// What a query was also searched as: shown to the reader, who can switch each off.
#pragma once

#include "analyzers/text/language.h"

#include <cstdint>
#include <string>
#include <vector>

namespace acervo::query {

enum class Translate : std::uint8_t { no, yes };

struct Alternative {
    std::string id; // "es:vivienda social": language and folded text; what switches it off
    text::Language language = text::Language::other;
    std::string text;    // as shown
    std::string origin;  // staff, glossary, thesaurus, dictionary, learned; cognate for a guess by spelling
    std::string source;  // name of the source in the lexicon
    double weight = 0.0; // (0, 1]
    bool isOn = true;
};

struct Expansion {
    std::string words; // of the query, as typed
    std::vector<Alternative> alternatives;
};

} // namespace acervo::query
