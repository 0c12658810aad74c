// Finds editions that are likely to be one work in several languages, by what their texts and files have in common.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "indexer/pairing/profile.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace acervo::pairing {

// Shares are from 0 (nothing in common) to 1.
struct Evidence {
    double words = 0.0;    // of the telling words of each, as translated, that the other has
    double margin = 1.0;   // how many times more than of the next best edition in that language; of both the least
    bool isMutual = false; // each is the other's best
    bool inThird = false;  // both are mutually the best of an edition in the third language
    double marks = 0.0;    // numbers and names, the rare ones above all
    std::size_t sharedMarks = 0;
    double length = 0.0; // as expected of a translation
    double pages = 0.0;  // as many; 0 where both have one
    double names = 0.0;  // of the files, the rare words above all, without what names a language
    bool sameFormat = false;
    bool sameDate = false;     // as far as both are known to the same precision
    bool otherDate = false;    // another year
    bool otherNumbers = false; // in the titles, or other years in the names of the files: another issue of a series
    bool otherAudience = false;
    bool mention = false; // one's text names the other's file
};

// Why a pair is for a person, whatever its score: each piece of evidence must be good by itself. What is in other years
// or numbers is another issue of a series; a text that is there in several formats has as many equals.
enum class Doubt : std::uint8_t {
    notBest,     // one of the two has more in common with another edition
    closeRival,  // or nearly as much
    fewMarks,    // hardly the same numbers and names
    length,      // one is far longer
    format,      // another media type
    date,        // another year
    numbers,     // see haveOtherNumbers()
    audience,    // not for the same readers
    contradicts, // a better pair would leave a work with two editions in a language
};
std::string_view nameOf(Doubt doubt);

struct Proposal {
    std::size_t first = 0; // of the profiles; a lower place than the second's
    std::size_t second = 0;
    Evidence evidence;
    double score = 0.0; // 0..1: how likely they are one work
    std::vector<Doubt> doubts;

    bool isCertain(double least) const { return doubts.empty() && score >= least; }
};

inline constexpr double kCertain = 0.97;         // measured: docs/measurements.md
inline constexpr double kWorthAsking = 0.3;      // what scores less is not proposed
inline constexpr std::size_t kTellingWords = 30; // of an edition, that are looked for in translation

// Proposals by score, the best first: one for each two works, of which neither has an edition in a language of the
// other's. Works that are already one are not proposed. Those without doubts from kCertain on contradict each other
// nowhere.
//
// lexicon   nullptr: words count where both languages stem them alike.
// cost      for each edition, the postings of its kTellingWords words in translation.
std::vector<Proposal> propose(const std::vector<Profile>& profiles, const lexicon::Lexicon* lexicon);

// From evidence alone; see docs/adr.
double scoreOf(const Evidence& evidence);

} // namespace acervo::pairing
