// Finds which pieces of a text translate which pieces of another, by nothing but their lengths.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace acervo::lexicon {

// Pieces [sourceBegin, sourceEnd) and [targetBegin, targetEnd) say the same; one of the two ranges may be empty.
struct Bead {
    std::size_t sourceBegin = 0;
    std::size_t sourceEnd = 0;
    std::size_t targetBegin = 0;
    std::size_t targetEnd = 0;
    double cost = 0.0; // -ln of the likelihood; about 0 when the lengths fit, 10 and more when they do not
};

// The cheapest sequence of beads (1-1, 1-0, 0-1, 2-1, 1-2, 2-2) that covers both texts from end to end.
//
// source, target  lengths of the pieces in characters.
// cost            pieces × width of the band around the diagonal; longer texts than kMaxAlignedCells allows yield
//                 nothing.
// source          Gale and Church, "A program for aligning sentences in bilingual corpora", Computational Linguistics
//                 19(1), 1993: their variance and their shares of each kind of bead. Unlike theirs the expected ratio
//                 of lengths is that of the two texts, and 1-0 and 0-1 cost the same whatever their length.
std::vector<Bead> alignByLength(std::span<const std::uint32_t> source, std::span<const std::uint32_t> target);

inline constexpr std::size_t kMaxAlignedCells = 40'000'000; // 5 bytes each

// How many characters of target one of source makes, by the lengths of both texts; near 1 for short ones.
double expectedRatio(std::span<const std::uint32_t> source, std::span<const std::uint32_t> target);

// Cost of the lengths alone: -ln of how often a translation's length is off by this much or more.
//
// ratio  characters of target to be expected for one of source.
double lengthCost(double sourceChars, double targetChars, double ratio);

} // namespace acervo::lexicon
