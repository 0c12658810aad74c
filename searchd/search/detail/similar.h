// Finds works that share the words that mark a work out.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "analyzers/text/analyzer.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <xapian.h>

#include <map>
#include <string>
#include <vector>

namespace acervo::search::detail {

struct SimilarSources {
    const Xapian::Database& database; // the reader's own
    const Snapshot& snapshot;         // of it
    const lexicon::Lexicon* lexicon;  // nullptr: nothing is translated
    const std::map<text::Language, text::Analyzer>& analyzers;
};

// Each edition of the work gives its most telling stems (often in it, rare in the library, title words above all), so a
// work in several languages finds works in each of them; in the languages it does not have, by the translations of
// these stems. What shares too little is not shown.
// cost  the terms of the work's editions, and one match over at most kMaxTerms of them an edition, and kMaxTranslated
//       a missing language.
std::vector<SimilarWork> similarWorks(const SimilarSources& sources, const std::string& citableId,
                                      text::Language language, std::size_t limit);

} // namespace acervo::search::detail
