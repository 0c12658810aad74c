// Finds the pages of one document that answer a query best, from the position lists of its terms.
#pragma once

#include "analyzers/text/analyzer.h"
#include "corpus/index/document_data.h"
#include "searchd/query/plan.h"

#include <xapian.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace acervo::search::detail {

struct FoundPage {
    std::uint32_t number = 0;
    std::string label;
    double score = 0.0;
};

// Best first, at most `limit`; the first page alone when no word of the query stands in the pages.
//
// analyzers  of all languages: words that only begin as asked have positions by their stems.
// score      see scorePassages().
std::vector<FoundPage> findPages(const Xapian::Database& database, Xapian::docid id, const index::DocumentData& data,
                                 const query::Marks& marks, const query::Ranking& ranking,
                                 const std::map<text::Language, text::Analyzer>& analyzers, std::size_t limit);

} // namespace acervo::search::detail
