// Turns text in any charset into UTF-8: by its mark, its own declaration, or detection.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace acervo::extract::detail {

enum class Markup : std::uint8_t { none, html };

struct Decoded {
    std::string utf8;    // without a byte order mark; ill-formed input became U+FFFD
    std::string charset; // IANA name of what the bytes were in: "UTF-8", "windows-1251", "IBM500"
};

// In this order: byte order mark, UTF-16 without a mark, valid UTF-8, the page's declaration (markup only),
// EBCDIC, mostly valid UTF-8, statistical detection.
Decoded decode(std::string_view bytes, Markup markup);

} // namespace acervo::extract::detail
