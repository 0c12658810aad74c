#include "analyzers/text/detail/language_model.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <stdexcept>
#include <string>

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

constexpr std::string_view kMagic = "ACVLANG1";
constexpr std::size_t kHeaderBytes = 28;

static_assert(std::endian::native == std::endian::little, "the model file is little-endian");

template <typename Number>
Number numberAt(std::span<const std::uint8_t> bytes, std::size_t index)
{
    Number number{};
    std::memcpy(&number, bytes.data() + index * sizeof number, sizeof number);
    return number;
}

// FNV-1a over the UTF-8 of an n-gram, one character at a time; the same as in training/train.py.
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
    if (!known || numberAt<std::uint32_t>(numbers, 0) != kModelLanguages ||
        numberAt<std::uint32_t>(numbers, 4) != kMaxGramChars) {
        throw std::logic_error("the language model is not the one this program was built for");
    }
    _buckets = numberAt<std::uint32_t>(numbers, 1);
    const std::size_t grams = numberAt<std::uint32_t>(numbers, 2);
    _scale = 1.0 / numberAt<std::uint32_t>(numbers, 3);
    const std::size_t offsetBytes = (std::size_t{_buckets} + 1) * sizeof(std::uint32_t);
    const std::size_t printBytes = grams * sizeof(std::uint16_t);
    if (!std::has_single_bit(_buckets) ||
        bytes.size() != kHeaderBytes + offsetBytes + printBytes + grams * kModelLanguages) {
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
            return reinterpret_cast<const std::int8_t*>(_rows.data()) + std::size_t{at} * kModelLanguages;
        }
    }
    return nullptr;
}

void LanguageModel::addWord(std::u32string_view word, Scores& scores) const
{
    std::u32string padded = U" ";
    padded.append(word).push_back(U' ');
    for (std::size_t first = 0; first < padded.size(); ++first) {
        // The longest n-gram known at a place speaks for it. Adding the shorter ones too counts the same evidence again
        // and costs a point of accuracy on short texts.
        const std::int8_t* longest = nullptr;
        GramHash hash;
        const std::size_t last = std::min(first + kMaxGramChars, padded.size());
        for (std::size_t at = first; at < last; ++at) {
            hash.add(padded[at]);
            if (const std::int8_t* row = rowOf(hash.value())) {
                longest = row;
            }
        }
        for (std::size_t i = 0; longest != nullptr && i < kModelLanguages; ++i) {
            scores[i] += longest[i] * _scale;
        }
    }
}

} // namespace acervo::text::detail
