// Folds words: Latin letters by table, everything else through ICU.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace acervo::text::detail {

struct FoldedWord {
    std::string exact;  // NFKC_Casefold, accents kept
    std::string folded; // accents stripped as well, ligatures expanded
};

// A table over U+0000-U+024F, filled once from ICU and shared.
// threads  safe.
class FoldTable {
public:
    static const FoldTable& latin();

    // Replaces `out` by the two foldings of `word` (NFC).
    void fold(std::u16string_view word, FoldedWord& out) const;

    // The second folding alone, of valid UTF-8 of any length.
    std::string folded(std::string_view text) const;

private:
    static constexpr char16_t kEnd = 0x250;
    struct Letters {
        std::array<char, 7> bytes{};
        std::uint8_t size = 0;
    };
    struct Row {
        Letters exact;
        Letters folded;
    };

    FoldTable();
    static void append(std::string& out, const Letters& letters);

    std::array<Row, kEnd> _rows;
};

} // namespace acervo::text::detail
