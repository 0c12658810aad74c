#include "analyzers/text/detail/prepared_text.h"

#include "analyzers/text/detail/icu.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

namespace acervo::text::detail {

namespace {

// Longest run composed at once. Real clusters are far shorter; a bound keeps a megabyte of marks linear.
constexpr std::size_t kMaxClusterPoints = 32;

// Below this code point nothing composes with what stands before it.
constexpr char32_t kFirstMark = 0x300;

// Measures whose exponent is part of the word ("m²"), lower case. After anything else a raised digit is a note mark.
// "co" is for the frequent misspelling of CO₂.
constexpr std::array<std::u32string_view, 13> kUnits{U"m",  U"km",  U"cm", U"mm", U"dm", U"hm", U"dam",
                                                     U"µm", U"hab", U"ft", U"yd", U"mi", U"co"};
constexpr std::size_t kLongestUnit = 3;

bool isApostrophe(char32_t c)
{
    return c == 0x2019 || c == 0x2018 || c == 0x201B || c == 0x02BC || c == 0x2032 || c == 0xFF07;
}

// Typed for the middle dot of "habitant·e·s".
bool isBullet(char32_t c)
{
    return c == 0x2022 || c == 0x2219 || c == 0x22C5;
}

bool isGroupSpace(char32_t c)
{
    return c == 0xA0 || c == 0x202F || c == 0x2007 || c == 0x2009;
}

// -1 when not a raised digit.
int superscriptDigit(char32_t c)
{
    switch (c) {
    case 0xB9:
        return 1;
    case 0xB2:
        return 2;
    case 0xB3:
        return 3;
    default:
        return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? static_cast<int>(c - 0x2070) : -1;
    }
}

bool isBlank(char32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0;
}

// ASCII that no rule looks at.
bool isPlain(char32_t c)
{
    return c < 0x80 && c != '-' && c != '`' && c != '_';
}

} // namespace

void PreparedText::assign(std::string_view chunk, std::uint32_t offset)
{
    decode(chunk, offset);
    _units.clear();
    _begins.clear();
    _ends.clear();
    _joins.clear();
    const std::size_t count = _points.size();
    std::size_t at = 0;
    while (at < count) {
        const bool markFollows = at + 1 < count && _points[at + 1] >= kFirstMark;
        if (isPlain(_points[at]) && !markFollows) {
            emit(_points[at], at, at + 1);
            ++at;
        } else {
            at = emitSpecial(at);
        }
    }
}

void PreparedText::decode(std::string_view chunk, std::uint32_t offset)
{
    _points.clear();
    _offsets.clear();
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(chunk.data());
    const auto length = static_cast<std::int32_t>(chunk.size());
    std::int32_t at = 0;
    while (at < length) {
        _offsets.push_back(offset + static_cast<std::uint32_t>(at));
        UChar32 point = 0;
        U8_NEXT_OR_FFFD(bytes, at, length, point);
        _points.push_back(static_cast<char32_t>(point));
    }
    _offsets.push_back(offset + static_cast<std::uint32_t>(length));
}

void PreparedText::emit(char32_t point, std::size_t first, std::size_t last)
{
    if (point <= 0xFFFF) {
        _units.push_back(static_cast<char16_t>(point));
    } else {
        _units.push_back(static_cast<char16_t>(U16_LEAD(point)));
        _units.push_back(static_cast<char16_t>(U16_TRAIL(point)));
        _begins.push_back(_offsets[first]);
        _ends.push_back(_offsets[last]);
    }
    _begins.push_back(_offsets[first]);
    _ends.push_back(_offsets[last]);
}

// Emits the NFC of the cluster that begins at `first`; returns where it ends.
std::size_t PreparedText::emitComposed(std::size_t first)
{
    std::size_t last = first + 1;
    while (last < _points.size() && last - first < kMaxClusterPoints && _points[last] >= kFirstMark &&
           !startsCluster(_points[last])) {
        ++last;
    }
    if (last == first + 1 && isStableAlone(_points[first])) {
        emit(_points[first], first, last);
        return last;
    }
    for (const char32_t point : composed({_points.data() + first, last - first})) {
        emit(point, first, last);
    }
    return last;
}

// Applies the rules that need a look around; returns the next point to read.
std::size_t PreparedText::emitSpecial(std::size_t at)
{
    const char32_t c = _points[at];
    if (c == 0xAD) {
        const std::size_t next = afterLineBreak(at + 1);
        return next != 0 && letterBefore(at) && letterAt(next) ? next : at + 1;
    }
    if (c == '-' || c == 0x2010) {
        const std::size_t next = afterLineBreak(at + 1);
        if (next != 0 && letterBefore(at) && letterAt(next) && u_islower(static_cast<UChar32>(_points[next]))) {
            _joins.push_back(_units.size());
            return next;
        }
    } else if (isGroupSpace(c)) {
        if (joinsDigitGroup(at)) {
            return at + 1;
        }
    } else if (isApostrophe(c) || ((c == 0xB4 || c == '`') && letterBefore(at) && letterAt(at + 1))) {
        emit('\'', at, at + 1);
        return at + 1;
    } else if (isBullet(c) && letterBefore(at) && letterAt(at + 1)) {
        emit(0xB7, at, at + 1);
        return at + 1;
    } else if (c == '_') {
        emit(' ', at, at + 1);
        return at + 1;
    } else if (c >= 0x2080 && c <= 0x2089) {
        emit('0' + (c - 0x2080), at, at + 1);
        return at + 1;
    } else if (const int digit = superscriptDigit(c); digit >= 0) {
        emit(unitBefore(at) ? U'0' + static_cast<char32_t>(digit) : U' ', at, at + 1);
        return at + 1;
    }
    return emitComposed(at);
}

bool PreparedText::letterAt(std::size_t at) const
{
    return at < _points.size() && u_isalpha(static_cast<UChar32>(_points[at]));
}

bool PreparedText::letterBefore(std::size_t at) const
{
    if (at == 0) {
        return false;
    }
    const auto before = static_cast<UChar32>(_points[at - 1]);
    return u_isalpha(before) || (u_getIntPropertyValue(before, UCHAR_GENERAL_CATEGORY_MASK) & U_GC_M_MASK) != 0;
}

bool PreparedText::digitAt(std::size_t at) const
{
    return at < _points.size() && _points[at] >= '0' && _points[at] <= '9';
}

// True when the letters just before `at` are one whole measure.
bool PreparedText::unitBefore(std::size_t at) const
{
    std::u32string word;
    std::size_t first = at;
    while (first > 0 && at - first <= kLongestUnit && letterAt(first - 1)) {
        --first;
    }
    for (std::size_t i = first; i < at; ++i) {
        word.push_back(static_cast<char32_t>(u_tolower(static_cast<UChar32>(_points[i]))));
    }
    return std::ranges::find(kUnits, word) != kUnits.end();
}

// True when the space at `at` stands between digits as a thousands separator: one to three digits or whole groups
// before it, exactly three after it.
bool PreparedText::joinsDigitGroup(std::size_t at) const
{
    if (!digitAt(at + 1) || !digitAt(at + 2) || !digitAt(at + 3) || digitAt(at + 4)) {
        return false;
    }
    std::size_t lead = 0;
    while (lead < 4 && lead < at && digitAt(at - lead - 1)) {
        ++lead;
    }
    if (lead == 0 || lead > 3) {
        return false;
    }
    const std::size_t before = at - lead;
    return before == 0 || (!letterAt(before - 1) && _points[before - 1] != ',' && _points[before - 1] != '.');
}

// Where the next line's text begins when only blanks and one line break stand from `at` on; 0 otherwise.
std::size_t PreparedText::afterLineBreak(std::size_t at) const
{
    const std::size_t count = _points.size();
    while (at < count && isBlank(_points[at])) {
        ++at;
    }
    if (at == count || (_points[at] != '\n' && _points[at] != '\r')) {
        return 0;
    }
    at += _points[at] == '\r' && at + 1 < count && _points[at + 1] == '\n' ? 2 : 1;
    while (at < count && isBlank(_points[at])) {
        ++at;
    }
    return at < count ? at : 0;
}

} // namespace acervo::text::detail
