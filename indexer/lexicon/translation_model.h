// Learns which words translate which from pairs of sentences: IBM Model 1 in both directions at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace acervo::lexicon {

using WordId = std::uint32_t;

// Pairs of sentences as numbers of their words. A word counts once in a sentence.
class Bitext {
public:
    // Takes one more pair; false when it is full or a side is empty or has more than kMaxSentenceWords words.
    bool add(std::span<const WordId> source, std::span<const WordId> target);

    std::size_t size() const { return _ends.size(); }
    std::span<const WordId> source(std::size_t pair) const;
    std::span<const WordId> target(std::size_t pair) const;

private:
    struct End {
        std::size_t source = 0;
        std::size_t target = 0;
    };
    std::vector<WordId> _source;
    std::vector<WordId> _target;
    std::vector<End> _ends;
    std::uint64_t _links = 0;
};

// Limits of the memory: 16 bytes a possible link while the table is built, see train().
inline constexpr std::size_t kMaxSentenceWords = 60;
inline constexpr std::uint64_t kMaxLinks = 32'000'000;

struct ModelOptions {
    unsigned plainRounds = 4;    // each direction by itself
    unsigned agreeingRounds = 4; // then both together
    std::uint32_t minSeen = 3;   // sentences a word must occur in, on either side
};

struct Translation {
    WordId source = 0;
    WordId target = 0;
    double together = 0.0; // expected number of sentences in which the one stands for the other
    double forward = 0.0;  // together / sentences with the source word
    double backward = 0.0; // together / sentences with the target word
};

// Expectation maximisation over the pairs: each word of a sentence was made by one word of the other sentence or by
// none. After some rounds a link counts only as far as both directions believe in it: that takes away the links that
// a rare word draws to itself.
//
// Returns links with `together` of at least one half, by source, then by target.
//
// cost    rounds × (words of source × words of target) of all pairs; at most 600 MB of memory.
// source  Model 1: Brown, Della Pietra, Della Pietra and Mercer, "The mathematics of statistical machine translation",
//         Computational Linguistics 19(2), 1993, section 4.1; t(f|e) as there, with one null word a sentence.
//         Agreement: Liang, Taskar and Klein, "Alignment by agreement", NAACL 2006: the product of both posteriors.
std::vector<Translation> train(const Bitext& text, const ModelOptions& options = {});

} // namespace acervo::lexicon
