#include "analyzers/text/detail/fold_table.h"

#include "analyzers/text/detail/icu.h"

#include <algorithm>
#include <stdexcept>

namespace acervo::text::detail {

const FoldTable& FoldTable::latin()
{
    static const FoldTable table;
    return table;
}

FoldTable::FoldTable()
{
    const auto pack = [](const std::u16string& text) {
        const std::string bytes = toUtf8(text);
        Letters letters;
        if (bytes.size() > letters.bytes.size()) {
            throw std::logic_error("a folded letter outgrows its table row");
        }
        std::ranges::copy(bytes, letters.bytes.begin());
        letters.size = static_cast<std::uint8_t>(bytes.size());
        return letters;
    };
    for (char16_t unit = 0; unit < kEnd; ++unit) {
        const std::u16string exact = caseFolded({&unit, 1});
        _rows[unit] = {pack(exact), pack(unmarked(exact))};
    }
}

void FoldTable::append(std::string& out, const Letters& letters)
{
    if (letters.size == 1) {
        out.push_back(letters.bytes[0]);
    } else {
        out.append(letters.bytes.data(), letters.size);
    }
}

void FoldTable::fold(std::u16string_view word, FoldedWord& out) const
{
    out.exact.clear();
    out.folded.clear();
    if (std::ranges::all_of(word, [](char16_t unit) { return unit < kEnd; })) {
        for (const char16_t unit : word) {
            append(out.exact, _rows[unit].exact);
            append(out.folded, _rows[unit].folded);
        }
        return;
    }
    const std::u16string exact = caseFolded(word);
    out.exact = toUtf8(exact);
    out.folded = toUtf8(unmarked(exact));
}

std::string FoldTable::folded(std::string_view text) const
{
    const bool ascii = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!ascii) {
        return toUtf8(unmarked(caseFolded(withoutMarkFloods(toUtf16(text)))));
    }
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        append(out, _rows[static_cast<unsigned char>(c)].folded);
    }
    return out;
}

} // namespace acervo::text::detail
