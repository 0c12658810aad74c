// Brings what was found into the order asked for, a page of it.
#pragma once

#include "corpus/index/reader.h"
#include "searchd/query/plan.h"
#include "searchd/search/detail/finder.h"
#include "searchd/search/detail/reranker.h"
#include "searchd/search/detail/scorer.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <vector>

namespace acervo::search::detail {

struct Page {
    std::size_t offset = 0;
    std::size_t size = 0;
};

struct Ordering {
    Scorer& scorer;
    const index::Reader& reader;
    const Snapshot& snapshot; // of it
    const query::Ranking& ranking;
    const query::Marks& marks;
    text::Language language; // the reader's
    Sort sort; // not always the request's: without words nothing is more relevant than anything else
};

// `size` documents from the `offset`th on, one a work, best first. The pages of a search never overlap and leave nothing
// out, as long as the index does not change.
std::vector<Ranked> ordered(const Found& found, Page page, const Ordering& how);

// The edition of the same work in the reader's language, if that is a result too.
Xapian::docid inReadersLanguage(Xapian::docid id, text::Language language, const Snapshot& snapshot,
                                const index::DocumentSet& results);

} // namespace acervo::search::detail
