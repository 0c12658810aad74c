#include "corpus/index/document_set.h"

#include <algorithm>

// Counting bits is one instruction on every processor of the last fifteen years, but not on the oldest that Debian
// supports: both are compiled, and the right one is chosen when the program starts. Sanitizers do not bear the
// choosing.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ACERVO_COUNTS_BITS __attribute__((target_clones("avx2", "popcnt", "default")))
#else
#define ACERVO_COUNTS_BITS
#endif

namespace acervo::index {

namespace {

ACERVO_COUNTS_BITS std::size_t bitsIn(const std::uint64_t* words, std::size_t count)
{
    std::size_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        bits += static_cast<std::size_t>(__builtin_popcountll(words[i]));
    }
    return bits;
}

ACERVO_COUNTS_BITS std::size_t commonBits(const std::uint64_t* a, const std::uint64_t* b, std::size_t count)
{
    std::size_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        bits += static_cast<std::size_t>(__builtin_popcountll(a[i] & b[i]));
    }
    return bits;
}

} // namespace

DocumentSet& DocumentSet::operator|=(const DocumentSet& other)
{
    for (std::size_t i = 0; i < _words.size(); ++i) {
        _words[i] |= other._words[i];
    }
    return *this;
}

DocumentSet& DocumentSet::operator&=(const DocumentSet& other)
{
    for (std::size_t i = 0; i < _words.size(); ++i) {
        _words[i] &= other._words[i];
    }
    return *this;
}

DocumentSet& DocumentSet::operator-=(const DocumentSet& other)
{
    for (std::size_t i = 0; i < _words.size(); ++i) {
        _words[i] &= ~other._words[i];
    }
    return *this;
}

std::size_t DocumentSet::size() const
{
    return bitsIn(_words.data(), _words.size());
}

std::size_t DocumentSet::sizeOfCommon(const DocumentSet& other) const
{
    return commonBits(_words.data(), other._words.data(), _words.size());
}

bool DocumentSet::empty() const
{
    return std::ranges::all_of(_words, [](std::uint64_t word) { return word == 0; });
}

} // namespace acervo::index
