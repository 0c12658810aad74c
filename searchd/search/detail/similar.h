// Finds works that share the words that mark a work out.
#pragma once

#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <xapian.h>

#include <string>
#include <vector>

namespace acervo::search::detail {

struct SimilarSources {
    const Xapian::Database& database; // the reader's own
    const Snapshot& snapshot;         // of it
};

// Each edition of the work gives its most telling stems (often in it, rare in the library, title words above all), so a
// work in several languages finds works in each of them. What shares too little is not shown.
// cost  the terms of the work's editions, and one match over at most kMaxTerms of them an edition.
std::vector<SimilarWork> similarWorks(const SimilarSources& sources, const std::string& citableId,
                                      text::Language language, std::size_t limit);

} // namespace acervo::search::detail
