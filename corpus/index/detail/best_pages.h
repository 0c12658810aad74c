// Marks, for the words that fill a long report, the pages that have each of them most.
#pragma once

#include "corpus/index/page_table.h"

#include <xapian.h>

#include <cstdint>

namespace acervo::index::detail {

// Of each stem with more than schema::kManyPositions positions, those in the title and on its best pages become
// positions of a kBestPages term: at most kBestPositions, of one page at most kMostOfPage. A page is the better the
// more often the word stands there for its length, as when it is ranked alone.
//
// end   one past the last word's position.
// cost  one pass over those stems' positions; none for a document with fewer words than that.
void addBestPages(Xapian::Document& document, const PageTable& pages, std::uint32_t end);

inline constexpr std::uint32_t kBestPositions = 256;
inline constexpr std::uint32_t kMostOfPage = 16; // by then more of them tell nothing more

} // namespace acervo::index::detail
