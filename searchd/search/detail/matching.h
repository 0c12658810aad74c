// Which documents a query matches, as sets.
#pragma once

#include "corpus/index/columns.h"
#include "searchd/query/tree.h"
#include "searchd/search/detail/postings.h"

#include <map>
#include <string>

namespace acervo::search::detail {

// Finds every document a query matches: words and their combinations as sets, at a fraction of what Xapian's matcher
// takes; only phrases go through that. What several queries of one search ask for alike is found once.
//
// threads  for one search.
// errors   as PostingReader.
class Matcher {
public:
    Matcher(PostingReader& postings, const index::Columns& columns) : _postings(postings), _columns(columns) {}

    // Valid as long as the matcher.
    const index::DocumentSet& matching(const query::Tree& tree);

private:
    index::DocumentSet find(const query::Tree& tree);
    void addMatching(const query::Tree& tree, index::DocumentSet& set);
    void addYears(const query::Tree& years, index::DocumentSet& set);
    index::DocumentSet allOf(const query::Tree& tree);
    index::DocumentSet phrase(const query::Tree& tree);

    PostingReader& _postings;
    const index::Columns& _columns;
    std::map<std::string, index::DocumentSet> _known; // by what is said of the tree
};

} // namespace acervo::search::detail
