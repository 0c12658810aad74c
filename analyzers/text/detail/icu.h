// The few things we ask of ICU's normaliser, without its types.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace acervo::text::detail {

// True when `point` never joins with what stands before it (NFC).
bool startsCluster(char32_t point);

// True when `point` is its own NFC, whatever surrounds it.
bool isStableAlone(char32_t point);

std::u32string composed(std::span<const char32_t> points);

// Cuts runs of more than 30 combining marks, which normalisation sorts in quadratic time. Invisible characters do not
// end a run: case folding drops them.
std::u16string withoutMarkFloods(std::u16string_view text);

// NFKC_Casefold: case folded, compatibility forms replaced, default ignorables dropped; the result is NFC. "İ" becomes
// a plain "i".
std::u16string caseFolded(std::u16string_view text);

// NFC of `text` after its Latin, Greek and Cyrillic combining marks, the points of Arabic and Hebrew and the Arabic
// stretching stroke are removed and the letters that carry a stroke or
// a ligature (ø, đ, ł, œ, æ, ...) are replaced by plain ones. `text` is already case-folded.
std::u16string unmarked(std::u16string_view text);

std::string toUtf8(std::u16string_view text);
std::u16string toUtf16(std::string_view text);

} // namespace acervo::text::detail
