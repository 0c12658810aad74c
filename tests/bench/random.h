// Random numbers that are the same everywhere for a seed: the standard's distributions differ between libraries.
#pragma once

#include <cstddef>
#include <cstdint>

namespace acervo::bench {

// xorshift64*
class Random {
public:
    explicit Random(std::uint64_t seed) : _state(seed * 2 + 1) {}

    std::uint64_t next()
    {
        _state ^= _state >> 12U;
        _state ^= _state << 25U;
        _state ^= _state >> 27U;
        return _state * 0x2545F4914F6CDD1DULL;
    }
    // 0..bound-1; bound > 0
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() >> 11U) % bound; }
    // first..last, both included
    std::size_t between(std::size_t first, std::size_t last) { return first + below(last - first + 1); }

private:
    std::uint64_t _state;
};

} // namespace acervo::bench
