// Decides what a document that nobody described is about, from the concepts in it.
#pragma once

#include "corpus/index/detail/concept_finder.h"
#include "corpus/vocabulary/vocabulary.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::index::detail {

inline constexpr std::size_t kMostAutomaticThemes = 3; // of an edition

// How a theme earns its place. The figures were set on documents that were then judged by hand: docs/concepts.md.
namespace theme_rules {

inline constexpr double kInTitle = 5.0;         // one use in the title counts as so many in the text
inline constexpr double kAtLeastWords = 300;    // shorter texts count as this long: a few words prove little
inline constexpr double kAnotherConcept = 0.25; // more for each further concept that points to the theme
inline constexpr std::size_t kMostConcepts = 5; // that add to it
inline constexpr double kThreshold = 14.0;
inline constexpr double kAlone = 1.5;  // so many times the threshold where a single concept, in the title, points to it
inline constexpr double kOfBest = 0.5; // a theme below this share of the best one's score is beside the point

// Themes whose concepts are institutions, municipalities, measures and other things that every text of the field names,
// whatever it is about. Only people give these; the themes below them are found.
inline constexpr std::array<std::string_view, 9> kTooGeneral{
    "governance", "international-action", "organisation-governance", "global-agendas",       "economy",
    "statistics", "infrastructure",       "social-policy",           "localising-indicators"};

} // namespace theme_rules

struct ThemeScore {
    std::string theme; // notation
    double score = 0.0;
    std::uint32_t inTitle = 0;
    std::uint32_t inText = 0;
    std::size_t concepts = 0; // that point to it
};

// Every theme that a concept points to, the best first. The score is the number of uses in 1,000 words, more for uses
// in the title and for a theme that several concepts point to.
//
// words  of the document's text.
std::vector<ThemeScore> scoreThemes(const std::vector<ConceptUse>& uses, std::size_t words);

// The themes to assign, at most kMostAutomaticThemes. One that several concepts or the title point to and that passes
// its threshold; of a theme and one below it in the scheme the narrower.
std::vector<std::string> automaticThemes(const std::vector<ConceptUse>& uses, std::size_t words,
                                         const vocabulary::Scheme& themes);

} // namespace acervo::index::detail
