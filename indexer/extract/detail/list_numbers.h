// Counts the paragraphs of numbered lists and writes their labels ("1.", "a)", "II.") as a word processor shows them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace acervo::extract::detail {

inline constexpr std::size_t kListLevels = 9;

enum class NumberStyle : std::uint8_t {
    none,
    bullet,
    decimal,
    decimalZero,
    lowerRoman,
    upperRoman,
    lowerLetter,
    upperLetter
};

struct ListLevel {
    NumberStyle style = NumberStyle::none;
    std::string pattern; // "%1.%2)": %n stands for the number of level n, from 1
    int start = 1;
    bool legal = false; // numbers of other levels are written as decimals ("1.1", not "I.a")
};

struct ListDefinition {
    std::array<ListLevel, kListLevels> levels;
};

class ListNumbers {
public:
    // The label of the next paragraph of list `id` at `level` (0..8; more is taken as 8), without the space that
    // follows; "" for bullets and unnumbered levels. Lists of one `id` count on.
    std::string next(int id, std::size_t level, const ListDefinition& list);

    // Makes list `id` begin again at `value` the next time this level is reached.
    void restart(int id, std::size_t level, int value);

private:
    struct Counters {
        std::array<int, kListLevels> values{};
        std::array<bool, kListLevels> started{};
    };
    std::map<int, Counters> _lists;
};

} // namespace acervo::extract::detail
