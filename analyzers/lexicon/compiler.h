// Makes the one file of the lexicon out of all its sources.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/lexicon/entry.h"
#include "analyzers/lexicon/lexicon.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <vector>

namespace acervo::lexicon {

// The rules, each in one place. A weight says how likely a rendering is meant; figures are choices, not measurements,
// unless a line says otherwise.
namespace rules {

// Between two labels of a concept, whatever their languages. Hidden labels are found like alternative ones and never
// given as a rendering.
inline constexpr double kPreferredToPreferred = 1.0;
inline constexpr double kAlternativeToPreferred = 0.95;
inline constexpr double kPreferredToAlternative = 0.8;
inline constexpr double kAlternativeToAlternative = 0.7;

// A dictionary's or a learned pair also serves backwards, when nobody states it that way.
inline constexpr double kReverse = 0.7;

// Through the third language, when nobody but a learned table knows the phrase: fr -> es -> en.
inline constexpr double kPivot = 0.6;
inline constexpr std::size_t kMostOfPivot = 4; // a pivot with more renderings is too ambiguous

// What less trusted sources say beside staff or the glossary, and what dictionaries and learned tables say beside a
// thesaurus, for the same phrase and language.
inline constexpr double kBesideTrusted = 0.4;
inline constexpr double kBesideThesaurus = 0.7;

inline constexpr double kLeastShareOfBest = 0.1;   // weaker renderings are left out
inline constexpr std::size_t kMostALanguage = 8;   // renderings
inline constexpr std::size_t kMostStems = 10;      // words of a rendering; longer ones are sentences
inline constexpr std::size_t kMostTextBytes = 400; // of a phrase or rendering

// The best rendering of a language weighs 1 or a little below, even where it was only learned: a best of w becomes
// kFloorOfBest + (1 - kFloorOfBest) * w, the others follow in proportion.
inline constexpr double kFloorOfBest = 0.7;

} // namespace rules

struct CompileReport {
    Statistics statistics;
    std::size_t leftOut = 0; // pairs and labels that say nothing: empty, function words alone, too long, no language
};

// Sources are taken in the order of their origin; of equal origin the earlier wins. What staff refuse (weight 0) is
// left out wherever it comes from, for all inflections of the phrase.
//
// progress  may be empty; called now and then with the share that is done, 0..1.
// errors    resourceLimit when there is more than the format can hold (4 GiB of text); those of replaceDurably.
// cost      about 3 microseconds a pair, and 200 bytes of memory.
Result<CompileReport> compile(const std::vector<Source>& sources, const std::filesystem::path& file,
                              const std::function<void(double)>& progress = {});

} // namespace acervo::lexicon
