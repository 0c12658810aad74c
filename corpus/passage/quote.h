// Finds a quoted passage again in the pages of a document, however it was printed or copied.
#pragma once

#include "analyzers/text/analyzer.h"
#include "corpus/model/document.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace acervo::passage {

inline constexpr std::size_t kMaxQuoteBytes = 2000;

struct Place {
    std::uint32_t page = 0;
    text::ByteSpan span;    // of that page's text
    bool continues = false; // onto the next page; the span ends with this one
};

// Where the quote stands, letter for letter; line breaks, hyphens, punctuation, case and accents make no difference,
// and it may run over the end of a page. nullopt when it stands nowhere or has no letters.
//
// pages   ascending, valid UTF-8.
// nearTo  a page's number: of several places the one there, else the nearest, is meant. 0: the first.
// cost    linear in the text of all pages.
std::optional<Place> findQuote(const std::vector<model::Page>& pages, std::string_view quote, std::uint32_t nearTo);

// The page that holds most of the quote, when that is half of it or more: what became of a passage that was changed.
// 0 when there is none.
std::uint32_t closestPage(const std::vector<model::Page>& pages, std::string_view quote);

} // namespace acervo::passage
