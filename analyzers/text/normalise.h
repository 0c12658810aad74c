// What happens to text at the border, and the folding that makes words comparable.
#pragma once

#include <string>
#include <string_view>

namespace acervo::text {

// Valid UTF-8 in NFC: ill-formed sequences become U+FFFD; NUL and control characters other than tab and newline become
// spaces; CR LF and CR become LF. What every text from outside passes through once.
std::string clean(std::string_view bytes);

bool isValidUtf8(std::string_view bytes);

// NFKC_Casefold, combining marks stripped (Latin, Greek, Cyrillic; the points of Arabic and Hebrew), oe/ae expanded.
// For comparing, never for showing. text  valid UTF-8.
std::string fold(std::string_view text);

// The longest prefix of at most `maxBytes` bytes that ends on a character boundary.
std::string_view truncateUtf8(std::string_view text, std::size_t maxBytes);

} // namespace acervo::text
