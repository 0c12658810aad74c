// Where the pages of one edition begin among its words, with their numbers and printed labels, in few bytes: what a
// report of a thousand pages costs to read must not show beside one of ten.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::index {

struct PageStart {
    std::uint32_t number = 0;        // page number in the catalogue
    std::uint32_t firstPosition = 0; // term position of the page's first word
    std::string label;
};

// Pages without words are left out. Starts are kept one by one, numbers and labels as runs: "1, 2, 3" and "i, ii, iii"
// are one entry each however long they are.
class PageTable {
public:
    PageTable() = default;
    PageTable(const std::vector<PageStart>& pages);

    // firstPosition  not less than that of the page before.
    void add(const PageStart& page);

    std::size_t size() const { return _starts.size(); }
    bool empty() const { return _starts.empty(); }
    std::uint32_t firstPosition(std::size_t place) const { return _starts[place]; }
    PageStart at(std::size_t place) const; // place < size()

    // The last page that begins at or before `position`, looked for from `from` on, which must not be behind it.
    // position  not before the first page.
    std::size_t placeOf(std::uint32_t position, std::size_t from = 0) const;

    // Written to disk. Numbers are LEB128: how many pages; each start less the one before; how many runs; for each the
    // place where it begins, its first page number, its kind, and its first label's value, or the length of the label,
    // whose bytes follow.
    std::string encoded() const;
    // Nothing when the bytes were not made by encoded().
    static std::optional<PageTable> decoded(std::string_view bytes);

private:
    // Numbers are written to disk: never renumber, only append.
    enum class Labels : std::uint8_t { none = 0, decimal = 1, lowerRoman = 2, upperRoman = 3, asWritten = 4 };
    struct Run {
        std::uint32_t place = 0;
        std::uint32_t number = 0;
        Labels labels = Labels::none;
        std::uint32_t value = 0;
        std::string written; // of one page, or of neighbours that have the same
    };

    static Run runFrom(std::uint32_t place, const PageStart& page);
    static std::string labelIn(const Run& run, std::uint32_t offset);

    std::vector<std::uint32_t> _starts;
    std::vector<Run> _runs; // the first begins at place 0
};

} // namespace acervo::index
