// The trained scores of words and n-grams, as they lie in the program.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace acervo::text::detail {

// Columns of the model: en, fr, es, then those that only stand for "other".
inline constexpr std::size_t kModelColumns = 17;
inline constexpr std::size_t kMaxGramChars = 5;
inline constexpr int kStepsPerNat = 12;

// Log-likelihoods in steps, up to a constant.
using Steps = std::array<std::int32_t, kModelColumns>;

// Reads language_model.bin, whose layout is in training/README.md.
// threads  safe.
class LanguageModel {
public:
    // The model compiled into the program; throws std::logic_error when its header is not the one this code reads.
    static const LanguageModel& builtIn();

    // Writes how well `word` goes with each column: 0 for the best, negative for the others. True when the model knows
    // it as a whole; else it is judged by its spelling.
    //
    // word  lower case, letters and inner apostrophes.
    bool judge(std::u32string_view word, Steps& steps) const;

private:
    explicit LanguageModel(std::span<const std::uint8_t> bytes);
    const std::int8_t* rowOf(std::uint32_t hash) const; // nullptr when the key is not in the model
    void spell(std::u32string_view word, Steps& steps) const;

    std::span<const std::uint8_t> _offsets;
    std::span<const std::uint8_t> _prints;
    std::span<const std::uint8_t> _rows;
    std::uint32_t _buckets = 0;
};

} // namespace acervo::text::detail
