// The trained n-gram scores, as they lie in the program.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace acervo::text::detail {

// Columns of the model: en, fr, es, then the languages that only stand for "other".
inline constexpr std::size_t kModelLanguages = 8;
inline constexpr std::size_t kMaxGramChars = 5;

using Scores = std::array<double, kModelLanguages>; // log-likelihoods, nats, up to a constant

// Reads language_model.bin, whose layout is in training/README.md.
// threads  safe.
class LanguageModel {
public:
    // The model compiled into the program; throws std::logic_error when its header is not the one this code reads.
    static const LanguageModel& builtIn();

    // Adds the scores of ` word `: at each character, of the longest known n-gram that begins there.
    //
    // word  lower case, letters and inner apostrophes.
    void addWord(std::u32string_view word, Scores& scores) const;

private:
    explicit LanguageModel(std::span<const std::uint8_t> bytes);
    const std::int8_t* rowOf(std::uint32_t hash) const; // nullptr when the n-gram is not in the model

    std::span<const std::uint8_t> _offsets;
    std::span<const std::uint8_t> _prints;
    std::span<const std::uint8_t> _rows;
    std::uint32_t _buckets = 0;
    double _scale = 1;
};

} // namespace acervo::text::detail
