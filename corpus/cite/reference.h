// Copy-ready references for a bibliography, in the reader's language.
#pragma once

#include "corpus/cite/work.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace acervo::cite {

enum class Style : std::uint8_t { apa, chicago, iso690 };

inline constexpr std::array kStyles{Style::apa, Style::chicago, Style::iso690};

std::string_view nameOf(Style style);  // in addresses: "apa"
std::string_view labelOf(Style style); // "APA 7", "Chicago 17", "ISO 690"

struct ReferenceOptions {
    Style style = Style::apa;
    std::string language = "en"; // the reader's: en, fr or es; any other is taken for en
    std::string accessed;        // "2026-11-25": the day of reading; printed where the style asks for it
    std::string pageLabel;       // of the page that is cited; "" for the whole edition
    std::string url;             // of that page; "" for the edition's own
};

// Plain text, and which bytes of it stand in italics.
struct Reference {
    std::string text;
    std::size_t italicBegin = 0;
    std::size_t italicEnd = 0;
};

// Of the cited edition. What is not known is left out, a missing date is named ("n.d."): nothing is invented. The
// organisation stands for missing authors. Titles keep their capitals: no rule can tell names from other words.
Reference reference(const Work& work, const ReferenceOptions& options);

} // namespace acervo::cite
