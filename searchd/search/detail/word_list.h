// A sorted list of words in one block of memory, searched for beginnings and for words that are nearly the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::search::detail {

// Word numbers [first, last).
struct WordRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
};

enum class Extent : std::uint8_t { word, beginning }; // what is compared: whole words, or any beginning of them
enum class FirstLetter : std::uint8_t { same, any };

// threads  immutable once filled; any number may read.
class WordList {
public:
    // Longer words are known but have no near ones, and nothing longer is near to anything.
    static constexpr std::size_t kMaxNearBytes = 32;

    // word  greater than all before it, by bytes; at most 255 bytes, else it is cut.
    void append(std::string_view word);
    void shrink();

    std::size_t size() const { return _starts.size() - 1; }
    std::string_view at(std::uint32_t word) const
    {
        return std::string_view{_letters}.substr(_starts[word], _starts[word + 1] - _starts[word]);
    }
    std::optional<std::uint32_t> find(std::string_view word) const;
    WordRange beginningWith(std::string_view beginning) const;

    // Calls `found` for words within `maxEdits` (letters too many, missing, wrong, or two swapped) of `typed`,
    // ascending, with the least number of edits. A letter is a byte: the words are meant to be folded ones, of Latin
    // letters.
    //
    // maxEdits  at most 3; typed  at most kMaxNearBytes, else nothing is found.
    // cost      one byte of each word, and one row of 2 * maxEdits + 1 cells for each beginning that is still near:
    //           tens of microseconds for one edit among 200,000 words, under two milliseconds for two.
    using Found = std::function<void(WordRange words, unsigned edits)>;
    struct Reach {
        unsigned maxEdits = 1;
        Extent extent = Extent::word;
        FirstLetter firstLetter = FirstLetter::same;
    };
    void near(std::string_view typed, const Reach& reach, const Found& found) const;

    std::size_t bytes() const; // of memory

private:
    std::string _letters;
    std::vector<std::uint32_t> _starts{0};
    std::vector<std::uint8_t> _shared; // by word: how many first bytes it has in common with the word before
};

// How many edits are forgiven in a word of so many letters: none up to 3, one up to 7, two beyond.
unsigned editsForgiven(std::size_t letters);

// Edits between two words, or maxEdits + 1 when they are more.
unsigned editsBetween(std::string_view one, std::string_view other, unsigned maxEdits);

} // namespace acervo::search::detail
