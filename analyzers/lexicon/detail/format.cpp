#include "analyzers/lexicon/detail/format.h"

#include "analyzers/text/language.h"

#include <cstring>

namespace acervo::lexicon {

std::uint64_t checksumOf(std::string_view bytes)
{
    // Every step maps the state one to one, so that a difference in one word cannot get lost.
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;
    std::uint64_t sum = bytes.size() * kOdd;
    while (!bytes.empty()) {
        std::uint64_t word = 0;
        const auto taken = bytes.size() < sizeof word ? bytes.size() : sizeof word;
        std::memcpy(&word, bytes.data(), taken);
        bytes.remove_prefix(taken);
        sum = (sum ^ word) * kOdd;
        sum ^= sum >> 29U;
    }
    return sum;
}

char letterOf(std::uint8_t language)
{
    switch (static_cast<text::Language>(language)) {
    case text::Language::en:
        return 'e';
    case text::Language::fr:
        return 'f';
    case text::Language::es:
        return 's';
    case text::Language::other:
        break;
    }
    return 0;
}

} // namespace acervo::lexicon
