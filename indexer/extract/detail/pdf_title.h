// Finds the title that a reader sees on a PDF page.
#pragma once

#include <string>
#include <string_view>

namespace poppler {
class page;
}

namespace acervo::extract::detail {

// The lines in the largest type, when they are long enough for a title and not too long; "" otherwise.
// pageText  the page's text, clean.
std::string visibleTitle(const poppler::page& page, std::string_view pageText);

} // namespace acervo::extract::detail
