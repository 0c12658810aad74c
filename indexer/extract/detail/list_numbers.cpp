#include "indexer/extract/detail/list_numbers.h"

#include "analyzers/text/roman.h"

#include <algorithm>
#include <utility>

namespace acervo::extract::detail {

namespace {

constexpr int kMaxLetters = 26 * 30; // "aaa…": word processors repeat the letter

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

std::string written(int number, NumberStyle style)
{
    switch (style) {
    case NumberStyle::none:
    case NumberStyle::bullet:
        return {};
    case NumberStyle::decimalZero:
        return (number >= 0 && number < 10 ? "0" : "") + std::to_string(number);
    case NumberStyle::lowerRoman:
    case NumberStyle::upperRoman:
        if (number > 0 && static_cast<std::uint32_t>(number) <= text::kMostRoman) {
            auto numeral = text::romanNumeral(static_cast<std::uint32_t>(number));
            return style == NumberStyle::lowerRoman ? numeral : upper(std::move(numeral));
        }
        break;
    case NumberStyle::lowerLetter:
    case NumberStyle::upperLetter:
        if (number > 0 && number <= kMaxLetters) {
            const auto first = style == NumberStyle::lowerLetter ? 'a' : 'A';
            return std::string(static_cast<std::size_t>((number - 1) / 26 + 1),
                               static_cast<char>(first + (number - 1) % 26));
        }
        break;
    case NumberStyle::decimal:
        break;
    }
    return std::to_string(number);
}

} // namespace

std::string ListNumbers::next(int id, std::size_t level, const ListDefinition& list)
{
    level = std::min(level, kListLevels - 1);
    auto& counters = _lists[id];
    auto& value = counters.values[level];
    if (!counters.started[level]) {
        value = list.levels[level].start;
    } else if (value < 1'000'000) {
        ++value;
    }
    counters.started[level] = true;
    for (auto deeper = level + 1; deeper < kListLevels; ++deeper) {
        counters.started[deeper] = false;
    }
    const auto& own = list.levels[level];
    if (own.style == NumberStyle::bullet) {
        return {};
    }
    std::string label;
    const std::string_view pattern = own.pattern;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '%' || i + 1 >= pattern.size() || pattern[i + 1] < '1' || pattern[i + 1] > '9') {
            label += pattern[i];
            continue;
        }
        const auto wanted = static_cast<std::size_t>(pattern[++i] - '1');
        const auto style = own.legal && wanted != level ? NumberStyle::decimal : list.levels[wanted].style;
        const auto number = counters.started[wanted] ? counters.values[wanted] : list.levels[wanted].start;
        label += written(number, style);
    }
    return label;
}

void ListNumbers::restart(int id, std::size_t level, int value)
{
    level = std::min(level, kListLevels - 1);
    auto& counters = _lists[id];
    counters.values[level] = std::clamp(value, -1'000'000, 1'000'000) - 1;
    counters.started[level] = true;
}

} // namespace acervo::extract::detail
