// A set of documents as one bit a docid: what is counted, filtered and intersected, never ordered.
#pragma once

#include <xapian.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace acervo::index {

// cost  lastDocid / 8 bytes; every operation of two sets lastDocid / 64 steps.
class DocumentSet {
public:
    DocumentSet() = default;
    explicit DocumentSet(Xapian::docid lastDocid) : _words(std::size_t{lastDocid} / 64 + 1, 0) {}

    void add(Xapian::docid id) { _words[id / 64] |= std::uint64_t{1} << id % 64; }
    bool has(Xapian::docid id) const { return id / 64 < _words.size() && (_words[id / 64] >> id % 64 & 1) != 0; }

    // Both of documents of one index.
    DocumentSet& operator|=(const DocumentSet& other);
    DocumentSet& operator&=(const DocumentSet& other);
    DocumentSet& operator-=(const DocumentSet& other);

    bool isNothing() const { return _words.empty(); } // not even a set of no documents
    std::size_t bytes() const { return _words.size() * sizeof(std::uint64_t); }
    std::size_t size() const;
    std::size_t sizeOfCommon(const DocumentSet& other) const; // of the intersection, which is not made
    bool empty() const;

    // Ascending.
    template <class Visit>
    void forEach(Visit&& visit) const
    {
        forEachOf(
            _words.size(), [&](std::size_t word) { return _words[word]; }, visit);
    }

    template <class Visit>
    void forEachCommon(const DocumentSet& other, Visit&& visit) const
    {
        forEachOf(
            _words.size(), [&](std::size_t word) { return _words[word] & other._words[word]; }, visit);
    }

private:
    template <class WordOf, class Visit>
    static void forEachOf(std::size_t words, WordOf&& wordOf, Visit&& visit)
    {
        for (std::size_t word = 0; word < words; ++word) {
            for (auto bits = wordOf(word); bits != 0; bits &= bits - 1) {
                visit(static_cast<Xapian::docid>(word * 64 + static_cast<unsigned>(std::countr_zero(bits))));
            }
        }
    }

    std::vector<std::uint64_t> _words;
};

} // namespace acervo::index
