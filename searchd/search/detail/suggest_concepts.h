// The concepts of the lexicon that a reader's own index has something for.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "analyzers/text/analyzer.h"

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::search::detail {

inline constexpr std::size_t kMaxConceptsRead = 20'000; // of the lexicon: of staff and the glossary, then of thesauri

using Analyzers = std::map<text::Language, text::Analyzer>;

struct ConceptLabel {
    text::Language language = text::Language::other;
    std::string text;
    std::string key; // the same for all inflections; see labelKey
};

struct KnownConcept {
    std::map<std::string, std::string, std::less<>> names; // preferred labels by ISO 639-1 code
    std::vector<ConceptLabel> labels;                      // preferred and alternative ones, each once
    std::vector<std::string>
        evidence;                // stem terms of a label, which stand in one document; none: the index has nothing
    std::uint32_t documents = 0; // that the rarest of them stands in
};

// The language and the stems of a label.
std::string labelKey(text::Language language, std::string_view label, const Analyzers& analyzers);

// Concepts of staff, the glossary and thesauri, in this order, with and without evidence.
//
// lexicon  nullptr: there are none.
// cost     about a tenth of a millisecond a concept; see docs/measurements.md.
std::vector<KnownConcept> readConcepts(const Xapian::Database& database, const lexicon::Lexicon* lexicon,
                                       const Analyzers& analyzers);

} // namespace acervo::search::detail
