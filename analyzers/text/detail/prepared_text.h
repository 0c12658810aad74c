// A stretch of text made ready for word breaking (UTF-16, NFC), with the way back to the bytes it came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::text::detail {

// Decodes, composes to NFC, unifies apostrophes, joins words hyphenated at a line end, drops soft hyphens, maps
// subscripts and the superscripts of units, and joins digit groups written with no-break spaces. Each UTF-16 unit
// remembers the bytes it stands for; these never run backwards.
class PreparedText {
public:
    // chunk   UTF-8; an ill-formed sequence counts as U+FFFD.
    // offset  where the chunk begins in the original text, bytes.
    void assign(std::string_view chunk, std::uint32_t offset);

    const std::u16string& units() const { return _units; }
    std::uint32_t beginOf(std::size_t unit) const { return _begins[unit]; }
    std::uint32_t endOf(std::size_t unit) const { return _ends[unit]; }

    // Units before which a hyphen and a line end were taken out, ascending.
    const std::vector<std::size_t>& joins() const { return _joins; }

private:
    void decode(std::string_view chunk, std::uint32_t offset);
    void emit(char32_t point, std::size_t first, std::size_t last);
    std::size_t emitComposed(std::size_t first);
    std::size_t emitSpecial(std::size_t at);

    bool letterBefore(std::size_t at) const;
    bool letterAt(std::size_t at) const;
    bool digitAt(std::size_t at) const;
    bool unitBefore(std::size_t at) const;
    bool joinsDigitGroup(std::size_t at) const;
    std::size_t afterLineBreak(std::size_t at) const;

    std::vector<char32_t> _points;
    std::vector<std::uint32_t> _offsets; // byte offset of each point, and one past the last
    std::u16string _units;
    std::vector<std::uint32_t> _begins;
    std::vector<std::uint32_t> _ends;
    std::vector<std::size_t> _joins;
};

} // namespace acervo::text::detail
