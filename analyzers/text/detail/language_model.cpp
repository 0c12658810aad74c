#include "analyzers/text/detail/language_model.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>

// ACERVO_LANGUAGE_MODEL is the path of language_model.bin, given by CMake.
asm(".section .rodata\n"
    ".balign 16\n"
    ".global acervoLanguageModelBegin\n"
    "acervoLanguageModelBegin:\n"
    ".incbin \"" ACERVO_LANGUAGE_MODEL "\"\n"
    ".global acervoLanguageModelEnd\n"
    "acervoLanguageModelEnd:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const std::uint8_t acervoLanguageModelBegin[];
extern const std::uint8_t acervoLanguageModelEnd[];
}

namespace acervo::text::detail {

namespace {

constexpr std::string_view kMagic = "ACVLANG2";
constexpr std::size_t kHeaderBytes = 28;
constexpr char32_t kWordMark = U'='; // begins the key of a whole word

static_assert(std::endian::native == std::endian::little, "the model file is little-endian");

template <typename Number>
Number numberAt(std::span<const std::uint8_t> bytes, std::size_t index)
{
    Number number{};
    std::memcpy(&number, bytes.data() + index * sizeof number, sizeof number);
    return number;
}

// FNV-1a over the UTF-8 of a key, one character at a time; the same as in training/train.py.
class GramHash {
public:
    void add(char32_t c)
    {
        if (c < 0x80) {
            byte(c);
        } else if (c < 0x800) {
            byte(0xC0U | (c >> 6U));
            byte(0x80U | (c & 0x3FU));
        } else if (c < 0x10000) {
            byte(0xE0U | (c >> 12U));
            byte(0x80U | ((c >> 6U) & 0x3FU));
            byte(0x80U | (c & 0x3FU));
        } else {
            byte(0xF0U | (c >> 18U));
            byte(0x80U | ((c >> 12U) & 0x3FU));
            byte(0x80U | ((c >> 6U) & 0x3FU));
            byte(0x80U | (c & 0x3FU));
        }
    }
    std::uint32_t value() const { return (_value ^ (_value >> 15U)) * 0x2C1B3C6DU; }

private:
    void byte(std::uint32_t b) { _value = (_value ^ b) * 0x01000193U; }

    std::uint32_t _value = 0x811C9DC5U;
};

} // namespace

const LanguageModel& LanguageModel::builtIn()
{
    static const LanguageModel model{{acervoLanguageModelBegin, acervoLanguageModelEnd}};
    return model;
}

LanguageModel::LanguageModel(std::span<const std::uint8_t> bytes)
{
    const bool known = bytes.size() > kHeaderBytes && std::equal(kMagic.begin(), kMagic.end(), bytes.begin());
    const auto numbers = known ? bytes.subspan(kMagic.size(), 20) : std::span<const std::uint8_t>{};
    if (!known || numberAt<std::uint32_t>(numbers, 0) != kModelColumns ||
        numberAt<std::uint32_t>(numbers, 3) != kStepsPerNat || numberAt<std::uint32_t>(numbers, 4) != kMaxGramChars) {
        throw std::logic_error("the language model is not the one this program was built for");
    }
    _buckets = numberAt<std::uint32_t>(numbers, 1);
    const std::size_t keys = numberAt<std::uint32_t>(numbers, 2);
    const std::size_t offsetBytes = (std::size_t{_buckets} + 1) * sizeof(std::uint32_t);
    const std::size_t printBytes = keys * sizeof(std::uint16_t);
    if (!std::has_single_bit(_buckets) ||
        bytes.size() != kHeaderBytes + offsetBytes + printBytes + keys * kModelColumns) {
        throw std::logic_error("the language model is damaged");
    }
    _offsets = bytes.subspan(kHeaderBytes, offsetBytes);
    _prints = bytes.subspan(kHeaderBytes + offsetBytes, printBytes);
    _rows = bytes.subspan(kHeaderBytes + offsetBytes + printBytes);
}

const std::int8_t* LanguageModel::rowOf(std::uint32_t hash) const
{
    const std::uint32_t bucket = hash & (_buckets - 1);
    const auto print = static_cast<std::uint16_t>(hash >> 16U);
    const auto last = numberAt<std::uint32_t>(_offsets, bucket + 1);
    for (auto at = numberAt<std::uint32_t>(_offsets, bucket); at < last; ++at) {
        if (numberAt<std::uint16_t>(_prints, at) == print) {
            return reinterpret_cast<const std::int8_t*>(_rows.data()) + std::size_t{at} * kModelColumns;
        }
    }
    return nullptr;
}

bool LanguageModel::judge(std::u32string_view word, Steps& steps) const
{
    GramHash hash;
    hash.add(kWordMark);
    for (const char32_t c : word) {
        hash.add(c);
    }
    if (const std::int8_t* row = rowOf(hash.value())) {
        std::copy_n(row, kModelColumns, steps.begin());
        return true;
    }
    spell(word, steps);
    const auto best = *std::ranges::max_element(steps);
    for (auto& step : steps) {
        step -= best;
    }
    return false;
}

void LanguageModel::spell(std::u32string_view word, Steps& steps) const
{
    const auto at = [word](std::size_t i) { return i == 0 || i > word.size() ? U' ' : word[i - 1]; };
    steps.fill(0);
    const std::size_t end = word.size() + 2;
    for (std::size_t first = 0; first + 1 < end; ++first) {
        // A row says how probable its first character is before the others: the longest one known speaks.
        const std::int8_t* longest = nullptr;
        GramHash hash;
        const std::size_t last = std::min(first + kMaxGramChars, end);
        for (std::size_t i = first; i < last; ++i) {
            hash.add(at(i));
            if (const std::int8_t* row = rowOf(hash.value())) {
                longest = row;
            }
        }
        for (std::size_t i = 0; longest != nullptr && i < kModelColumns; ++i) {
            steps[i] += longest[i];
        }
    }
}

} // namespace acervo::text::detail
