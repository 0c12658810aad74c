// Proposes another spelling of a query: "did you mean".
#pragma once

#include "analyzers/text/analyzer.h"
#include "searchd/query/parse.h"
#include "searchd/search/detail/hints.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace acervo::search::detail {

// What a query finds under the request's filters.
struct Finding {
    std::uint64_t works = 0;
    bool asAsked = false; // not only a part of the words
};

struct SpellingSources {
    const Xapian::Database& database;
    const Snapshot& snapshot;
    const Hints& hints; // may be those of a state before; see SharedState::hintsOf
    const std::map<text::Language, text::Analyzer>& analyzers;
};

// Whether a bare word of the query stands nowhere, or nearly: whether asking `respelled` may be worth its hints.
bool hasDoubtfulWord(const Xapian::Database& database, const std::map<text::Language, text::Analyzer>& analyzers,
                     const query::ParsedQuery& parsed);

// The query with its doubtful words replaced by close words of the index; nothing when there are none, or when the new
// query, which is tried under the same filters, would not find more.
//
// A word is doubtful when neither it nor a stem of it is in the index, or when it is rare and a close one is far more
// frequent. Left alone: words of fields, excluded words, beginnings, acronyms, numbers, words of less than four
// letters, function words, and what the vocabularies know.
//
// cost  a scan of WordList::near for each doubtful word, and kMaxTries searches for counts at most.
using Try = std::function<Finding(const std::string& q)>;
std::optional<DidYouMean> respelled(const SpellingSources& sources, const SearchRequest& request,
                                    const query::ParsedQuery& parsed, const Finding& found, const Try& tryQuery);

} // namespace acervo::search::detail
