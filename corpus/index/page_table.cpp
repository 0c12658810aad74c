#include "corpus/index/page_table.h"

#include "analyzers/text/roman.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace acervo::index {

namespace {

constexpr std::size_t kMostDigits = 9;

std::string roman(std::uint32_t value, bool isUpper)
{
    auto letters = text::romanNumeral(value);
    if (isUpper) {
        std::ranges::transform(letters, letters.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    }
    return letters;
}

// 0 when it is none, or not written the usual way.
std::uint32_t romanValue(std::string_view label, bool isUpper)
{
    constexpr std::string_view kLetters = "ivxlcdm";
    constexpr std::array<std::uint32_t, 7> kWorths{1, 5, 10, 50, 100, 500, 1000};
    constexpr std::size_t kLongest = 15; // MMMDCCCLXXXVIII
    if (label.empty() || label.size() > kLongest) {
        return 0;
    }
    std::uint32_t value = 0;
    std::uint32_t after = 0;
    for (auto i = label.size(); i-- > 0;) {
        const auto letter = kLetters.find(isUpper ? static_cast<char>(label[i] - 'A' + 'a') : label[i]);
        if (letter == std::string_view::npos) {
            return 0;
        }
        const auto worth = kWorths[letter];
        value = worth < after ? value - worth : value + worth;
        after = std::max(after, worth);
    }
    return value <= text::kMostRoman && roman(value, isUpper) == label ? value : 0;
}

void putNumber(std::string& bytes, std::uint32_t value)
{
    for (; value >= 0x80; value >>= 7U) {
        bytes += static_cast<char>((value & 0x7fU) | 0x80U);
    }
    bytes += static_cast<char>(value);
}

// Reads what putNumber() wrote; after the first that is not there everything is 0 and isGood false.
class NumberReader {
public:
    explicit NumberReader(std::string_view bytes) : _bytes(bytes) {}

    std::uint32_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 35; shift += 7) {
            if (_at == _bytes.size()) {
                break;
            }
            const auto byte = static_cast<unsigned char>(_bytes[_at++]);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) {
                isGood = isGood && value <= std::numeric_limits<std::uint32_t>::max();
                return isGood ? static_cast<std::uint32_t>(value) : 0;
            }
        }
        isGood = false;
        return 0;
    }

    std::string_view text(std::size_t bytes)
    {
        if (bytes > _bytes.size() - _at) {
            isGood = false;
            return {};
        }
        return _bytes.substr(std::exchange(_at, _at + bytes), bytes);
    }

    std::size_t left() const { return _bytes.size() - _at; }

    bool isGood = true;

private:
    std::string_view _bytes;
    std::size_t _at = 0;
};

} // namespace

PageTable::PageTable(const std::vector<PageStart>& pages)
{
    for (const auto& page : pages) {
        add(page);
    }
}

PageTable::Run PageTable::runFrom(std::uint32_t place, const PageStart& page)
{
    const auto& label = page.label;
    Run run{place, page.number, Labels::asWritten, 0, label};
    const auto countsAs = [&](Labels labels, std::uint32_t value) {
        run.labels = labels;
        run.value = value;
        run.written.clear();
    };
    const bool isNumber = !label.empty() && label.size() <= kMostDigits && (label == "0" || label.front() != '0') &&
                          std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; });
    if (label.empty()) {
        countsAs(Labels::none, 0);
    } else if (isNumber) {
        std::uint32_t value = 0;
        std::from_chars(label.data(), label.data() + label.size(), value);
        countsAs(Labels::decimal, value);
    } else if (const auto lower = romanValue(label, false); lower > 0) {
        countsAs(Labels::lowerRoman, lower);
    } else if (const auto upper = romanValue(label, true); upper > 0) {
        countsAs(Labels::upperRoman, upper);
    }
    return run;
}

std::string PageTable::labelIn(const Run& run, std::uint32_t offset)
{
    switch (run.labels) {
    case Labels::none:
        return {};
    case Labels::decimal:
        return std::to_string(std::uint64_t{run.value} + offset);
    case Labels::lowerRoman:
    case Labels::upperRoman:
        return roman(run.value + offset, run.labels == Labels::upperRoman);
    case Labels::asWritten:
        break;
    }
    return run.written;
}

void PageTable::add(const PageStart& page)
{
    const auto place = static_cast<std::uint32_t>(_starts.size());
    _starts.push_back(page.firstPosition);
    if (!_runs.empty()) {
        const auto& last = _runs.back();
        const auto offset = place - last.place;
        const bool isRoman = last.labels == Labels::lowerRoman || last.labels == Labels::upperRoman;
        if (page.number == last.number + offset && (!isRoman || last.value + offset <= text::kMostRoman) &&
            labelIn(last, offset) == page.label) {
            return;
        }
    }
    _runs.push_back(runFrom(place, page));
}

PageStart PageTable::at(std::size_t place) const
{
    const auto after = std::ranges::upper_bound(_runs, place, {}, &Run::place);
    const auto& run = *std::prev(after);
    const auto offset = static_cast<std::uint32_t>(place) - run.place;
    return {run.number + offset, _starts[place], labelIn(run, offset)};
}

std::size_t PageTable::placeOf(std::uint32_t position, std::size_t from) const
{
    // The next page or one soon after it, mostly: steps that double, then a search between the last two.
    std::size_t step = 1;
    auto low = from;
    while (low + step < _starts.size() && _starts[low + step] <= position) {
        low += step;
        step *= 2;
    }
    const auto begin = _starts.begin() + static_cast<std::ptrdiff_t>(low);
    const auto end = _starts.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, _starts.size()));
    return static_cast<std::size_t>(std::upper_bound(begin, end, position) - _starts.begin()) - 1;
}

std::string PageTable::encoded() const
{
    std::string bytes;
    putNumber(bytes, static_cast<std::uint32_t>(_starts.size()));
    std::uint32_t previous = 0;
    for (const auto start : _starts) {
        putNumber(bytes, start - std::exchange(previous, start));
    }
    putNumber(bytes, static_cast<std::uint32_t>(_runs.size()));
    for (const auto& run : _runs) {
        putNumber(bytes, run.place);
        putNumber(bytes, run.number);
        bytes += static_cast<char>(run.labels);
        if (run.labels == Labels::asWritten) {
            putNumber(bytes, static_cast<std::uint32_t>(run.written.size()));
            bytes += run.written;
        } else if (run.labels != Labels::none) {
            putNumber(bytes, run.value);
        }
    }
    return bytes;
}

std::optional<PageTable> PageTable::decoded(std::string_view bytes)
{
    NumberReader reader{bytes};
    PageTable table;
    const auto pages = reader.number();
    if (!reader.isGood || pages > reader.left()) {
        return std::nullopt;
    }
    table._starts.reserve(pages);
    std::uint32_t position = 0;
    for (std::uint32_t page = 0; page < pages; ++page) {
        const auto words = reader.number();
        if (words > std::numeric_limits<std::uint32_t>::max() - position) {
            return std::nullopt;
        }
        position += words;
        table._starts.push_back(position);
    }
    const auto runs = reader.number();
    if (!reader.isGood || runs > pages) {
        return std::nullopt;
    }
    table._runs.reserve(runs);
    for (std::uint32_t i = 0; i < runs; ++i) {
        Run run;
        run.place = reader.number();
        run.number = reader.number();
        const auto kind = reader.text(1);
        run.labels = kind.empty() ? Labels::none : static_cast<Labels>(kind.front());
        if (run.labels == Labels::asWritten) {
            run.written = reader.text(reader.number());
        } else if (run.labels != Labels::none) {
            run.value = reader.number();
        }
        const bool isRoman = run.labels == Labels::lowerRoman || run.labels == Labels::upperRoman;
        const bool follows = i == 0 ? run.place == 0 : run.place > table._runs.back().place;
        if (!reader.isGood || !follows || run.place >= pages || run.labels > Labels::asWritten ||
            (isRoman && run.value > text::kMostRoman)) {
            return std::nullopt;
        }
        table._runs.push_back(std::move(run));
    }
    if (reader.left() > 0 || table._runs.empty() != table._starts.empty()) {
        return std::nullopt;
    }
    return table;
}

} // namespace acervo::index
