#include "indexer/extract/detail/word_formatting.h"

#include "indexer/extract/detail/codepage.h"
#include "indexer/extract/detail/little_endian.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace acervo::extract::detail {

namespace {

constexpr std::size_t kPageBytes = 512; // of formatted disk pages
constexpr std::size_t kMaxRuns = 2'000'000;
constexpr std::size_t kMaxLists = 10'000;
constexpr std::size_t kMaxLabelUnits = 100;

// Single properties that matter here. source  [MS-DOC] 2.6.
enum Sprm : std::uint16_t {
    deletedMark = 0x0800,
    vanish = 0x083C,
    listLevel = 0x260A,
    listOverride = 0x460B,
    pageBreakBefore = 0x2407,
    endOfRow = 0x2417,
    outlineLevel = 0x2640,
};

std::size_t operandBytes(std::uint16_t sprm, std::string_view operand)
{
    switch (sprm >> 13U) {
    case 0:
    case 1:
        return 1;
    case 3:
        return 4;
    case 6:
        return sprm == 0xD608 ? std::size_t{numberAt<std::uint16_t>(operand, 0)} + 1
                              : std::size_t{numberAt<std::uint8_t>(operand, 0)} + 1;
    case 7:
        return 3;
    default:
        return 2;
    }
}

template <class Apply>
void forEachSprm(std::string_view properties, Apply apply)
{
    while (properties.size() >= 3) {
        const auto sprm = numberAt<std::uint16_t>(properties, 0);
        properties.remove_prefix(2);
        apply(sprm, properties);
        properties.remove_prefix(std::min(operandBytes(sprm, properties), properties.size()));
    }
}

// Calls use(page, run count) for each page that a bin table names. fib  where the table's place stands in the FIB.
template <class Use>
void forEachPage(std::string_view word, std::string_view table, std::size_t fib, Use use)
{
    const auto bins = bytesAt(table, numberAt<std::uint32_t>(word, fib), numberAt<std::uint32_t>(word, fib + 4));
    const auto count = bins.size() < 4 ? 0 : std::min((bins.size() - 4) / 8, word.size() / kPageBytes + 1);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t number = numberAt<std::uint32_t>(bins, (count + 1) * 4 + i * 4) & 0x3F'FFFFU;
        const auto page = bytesAt(word, number * kPageBytes, kPageBytes);
        if (page.size() == kPageBytes) {
            use(page, std::size_t{numberAt<std::uint8_t>(page, kPageBytes - 1)});
        }
    }
}

NumberStyle styleOf(std::uint8_t format)
{
    switch (format) {
    case 1:
        return NumberStyle::upperRoman;
    case 2:
        return NumberStyle::lowerRoman;
    case 3:
        return NumberStyle::upperLetter;
    case 4:
        return NumberStyle::lowerLetter;
    case 22:
        return NumberStyle::decimalZero;
    case 23:
        return NumberStyle::bullet;
    case 255:
        return NumberStyle::none;
    default:
        return NumberStyle::decimal;
    }
}

// One LVL structure at the front of `bytes`, which is moved behind it.
ListLevel readLevel(std::string_view& bytes)
{
    ListLevel level;
    level.start = numberAt<std::int32_t>(bytes, 0);
    level.style = styleOf(numberAt<std::uint8_t>(bytes, 4));
    level.legal = (numberAt<std::uint8_t>(bytes, 5) & 0x04U) != 0;
    const std::size_t text = 28 + std::size_t{numberAt<std::uint8_t>(bytes, 24)} + numberAt<std::uint8_t>(bytes, 25);
    const std::size_t units = numberAt<std::uint16_t>(bytes, text);
    for (std::size_t i = 0; i < std::min(units, kMaxLabelUnits); ++i) {
        const auto unit = numberAt<std::uint16_t>(bytes, text + 2 + i * 2);
        if (unit < kListLevels) { // stands for the number of that level
            level.pattern += '%';
            level.pattern += static_cast<char>('1' + unit);
        } else {
            appendCodePoint(level.pattern, unit);
        }
    }
    bytes.remove_prefix(std::min(text + 2 + units * 2, bytes.size()));
    return level;
}

template <class Runs>
auto runAt(const Runs& runs, std::uint32_t fc)
{
    const auto after = std::partition_point(runs.begin(), runs.end(), [&](const auto& run) { return run.from <= fc; });
    return after != runs.begin() && fc < std::prev(after)->to ? std::prev(after) : runs.end();
}

template <class Runs>
void sortRuns(Runs& runs)
{
    std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
}

} // namespace

WordFormatting WordFormatting::read(std::string_view word, std::string_view table)
{
    WordFormatting result;
    result.readCharacters(word, table);
    result.readParagraphs(word, table);
    result.readLists(word, table);
    return result;
}

void WordFormatting::readCharacters(std::string_view word, std::string_view table)
{
    forEachPage(word, table, 0xFA, [&](std::string_view page, std::size_t runs) {
        for (std::size_t i = 0; i < runs && _hidden.size() < kMaxRuns; ++i) {
            const std::size_t at = std::size_t{numberAt<std::uint8_t>(page, (runs + 1) * 4 + i)} * 2;
            if (at == 0) {
                continue;
            }
            bool hidden = false;
            forEachSprm(bytesAt(page, at + 1, numberAt<std::uint8_t>(page, at)),
                        [&](std::uint16_t sprm, std::string_view operand) {
                            if (sprm == Sprm::vanish || sprm == Sprm::deletedMark) {
                                hidden = hidden || numberAt<std::uint8_t>(operand, 0) == 1;
                            }
                        });
            if (hidden) {
                _hidden.push_back(
                    {numberAt<std::uint32_t>(page, i * 4), numberAt<std::uint32_t>(page, i * 4 + 4), true});
            }
        }
    });
    sortRuns(_hidden);
}

void WordFormatting::readParagraphs(std::string_view word, std::string_view table)
{
    constexpr std::size_t kEntryBytes = 13;
    forEachPage(word, table, 0x102, [&](std::string_view page, std::size_t runs) {
        for (std::size_t i = 0; i < runs && _paragraphs.size() < kMaxRuns; ++i) {
            std::size_t at = std::size_t{numberAt<std::uint8_t>(page, (runs + 1) * 4 + i * kEntryBytes)} * 2;
            if (at == 0) {
                continue;
            }
            std::size_t size = std::size_t{numberAt<std::uint8_t>(page, at)} * 2;
            if (size == 0) {
                size = std::size_t{numberAt<std::uint8_t>(page, ++at)} * 2;
            } else {
                --size;
            }
            const auto properties = bytesAt(page, at + 1, size);
            WordParagraph paragraph;
            const auto style = numberAt<std::uint16_t>(properties, 0);
            paragraph.headingLevel = style >= 1 && style <= 6 ? style : 0U; // styles 1 to 9 are the headings
            forEachSprm(bytesAt(properties, 2, size), [&](std::uint16_t sprm, std::string_view operand) {
                const auto value = numberAt<std::uint8_t>(operand, 0);
                if (sprm == Sprm::listLevel) {
                    paragraph.listLevel = value;
                } else if (sprm == Sprm::listOverride) {
                    paragraph.listOverride = numberAt<std::uint16_t>(operand, 0);
                } else if (sprm == Sprm::pageBreakBefore) {
                    paragraph.pageBreakBefore = value == 1;
                } else if (sprm == Sprm::endOfRow) {
                    paragraph.endsRow = value == 1;
                } else if (sprm == Sprm::outlineLevel && paragraph.headingLevel == 0) {
                    paragraph.headingLevel = value < 6 ? value + 1U : 0U;
                }
            });
            _paragraphs.push_back(
                {numberAt<std::uint32_t>(page, i * 4), numberAt<std::uint32_t>(page, i * 4 + 4), paragraph});
        }
    });
    sortRuns(_paragraphs);
}

void WordFormatting::readLists(std::string_view word, std::string_view table)
{
    constexpr std::size_t kListBytes = 28;
    constexpr std::size_t kOverrideBytes = 16;
    const std::size_t listsAt = numberAt<std::uint32_t>(word, 0x2E2);
    if (numberAt<std::uint32_t>(word, 0x2E6) == 0) {
        return;
    }
    const auto lists = bytesAt(table, listsAt, std::string_view::npos);
    const auto count = std::min<std::size_t>(numberAt<std::uint16_t>(lists, 0), kMaxLists);
    auto levels = bytesAt(lists, 2 + count * kListBytes, std::string_view::npos);
    for (std::size_t i = 0; i < count && !levels.empty(); ++i) {
        const auto head = bytesAt(lists, 2 + i * kListBytes, kListBytes);
        const bool simple = (numberAt<std::uint8_t>(head, 26) & 1U) != 0;
        auto& list = _lists[numberAt<std::int32_t>(head, 0)];
        for (std::size_t level = 0; level < (simple ? 1 : kListLevels); ++level) {
            list.levels[level] = readLevel(levels);
        }
    }

    const auto overrides = bytesAt(table, numberAt<std::uint32_t>(word, 0x2EA), numberAt<std::uint32_t>(word, 0x2EE));
    const auto overrideCount = std::min<std::size_t>(numberAt<std::uint32_t>(overrides, 0), kMaxLists);
    auto data = bytesAt(overrides, 4 + overrideCount * kOverrideBytes, std::string_view::npos);
    for (std::size_t i = 0; i < overrideCount; ++i) {
        const auto head = bytesAt(overrides, 4 + i * kOverrideBytes, kOverrideBytes);
        Override override{numberAt<std::int32_t>(head, 0), {}};
        data.remove_prefix(std::min<std::size_t>(4, data.size()));
        for (int level = 0; level < numberAt<std::uint8_t>(head, 12) && !data.empty(); ++level) {
            const auto flags = numberAt<std::uint32_t>(data, 4);
            if ((flags & 0x10U) != 0) {
                override.startAt[static_cast<std::uint8_t>(flags & 0x0FU)] = numberAt<std::int32_t>(data, 0);
            }
            data.remove_prefix(std::min<std::size_t>(8, data.size()));
            if ((flags & 0x20U) != 0) {
                (void)readLevel(data);
            }
        }
        _overrides.push_back(std::move(override));
    }
}

bool WordFormatting::isHidden(std::uint32_t fc) const
{
    return !_hidden.empty() && runAt(_hidden, fc) != _hidden.end();
}

const WordParagraph& WordFormatting::paragraphAt(std::uint32_t fc) const
{
    static const WordParagraph kPlain;
    const auto run = runAt(_paragraphs, fc);
    return run == _paragraphs.end() ? kPlain : run->value;
}

const WordFormatting::Override* WordFormatting::overrideAt(int index) const
{
    return index >= 1 && static_cast<std::size_t>(index) <= _overrides.size()
               ? &_overrides[static_cast<std::size_t>(index) - 1]
               : nullptr;
}

const ListDefinition* WordFormatting::listOf(const Override& override) const
{
    const auto found = _lists.find(override.listId);
    return found == _lists.end() ? nullptr : &found->second;
}

std::string WordListLabels::next(const WordFormatting& formatting, std::uint32_t fc)
{
    const auto& paragraph = formatting.paragraphAt(fc);
    const auto* override = formatting.overrideAt(paragraph.listOverride);
    const auto* list = override != nullptr ? formatting.listOf(*override) : nullptr;
    if (list == nullptr) {
        return {};
    }
    if (!std::exchange(_begun[paragraph.listOverride], true)) {
        for (const auto& [level, start] : override->startAt) {
            _numbers.restart(override->listId, level, start);
        }
    }
    return _numbers.next(override->listId, paragraph.listLevel, *list);
}

} // namespace acervo::extract::detail
