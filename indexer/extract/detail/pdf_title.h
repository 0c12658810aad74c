// Finds the title that a reader sees on a PDF page.
#pragma once

#include <string>
#include <string_view>

namespace poppler {
class page;
}

namespace acervo::extract::detail {

// The lines in the largest type when they stand out from the rest and are long enough for a title and not too long; all
// of a page that says little; "" otherwise.
//
// pageText  the page's text, clean.
// nextPage  what it repeats is a letterhead, not a title; nullptr when there is none.
std::string visibleTitle(const poppler::page& page, std::string_view pageText, const poppler::page* nextPage);

} // namespace acervo::extract::detail
