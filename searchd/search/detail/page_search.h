// Answers a query within one document, page by page, by the rules that works are found by.
#pragma once

#include "analyzers/text/analyzer.h"
#include "corpus/catalogue/catalogue.h"
#include "searchd/query/plan.h"
#include "searchd/search/engine.h"

#include <xapian.h>

#include <chrono>
#include <cstdint>
#include <map>

namespace acervo::search::detail {

struct PageSearch {
    const Xapian::Database& database;
    const catalogue::Catalogue& catalogue;
    const std::map<text::Language, text::Analyzer>& analyzers; // of all languages; see PageSources
    const query::Ranking& ranking;
    std::chrono::milliseconds cpu; // of matching
};

// The pages of an edition that `plan` finds, of which the part that the request names. What is said of the whole
// document (fields, filters) holds for each of its pages; a plan that asks for nothing has none. Notes: only whether
// the words are not together on any page.
//
// errors  corruptInput (the document's data), and those of Catalogue::page; throws Xapian::Error, also once matching
// has
//         cost so much; see Deadline.
// cost    reads the positions of the query's words in the document, all of them; texts of the part alone.
Result<PageHits> pageHits(const PageSearch& sources, std::int64_t editionId, const query::Plan& plan,
                          const SearchRequest& request);

} // namespace acervo::search::detail
