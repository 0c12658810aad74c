// Runs queries against the index within their time, and changes what they match and weigh.
#pragma once

#include "corpus/index/reader.h"
#include "searchd/search/engine.h"

#include <xapian.h>

#include <chrono>
#include <vector>

namespace acervo::search::detail {

// errors  throws Xapian::Error while it is matched, once it has cost so much; see DeadlineSource.
Xapian::Query limited(const Xapian::Query& query, std::chrono::milliseconds cpu);

// Every document that matches, in no order; docids of reader.database().
std::vector<Xapian::docid> matching(const index::Reader& reader, const Xapian::Query& query,
                                    std::chrono::milliseconds cpu);

// The same documents; those that `preferred` finds weigh so much more.
Xapian::Query prefer(const Xapian::Query& query, const Xapian::Query& preferred, double weight);

// What passes the filters and years of the request; the query itself when it has none.
Xapian::Query filtered(const Xapian::Query& query, const SearchRequest& request);

} // namespace acervo::search::detail
