// Completes what is being typed: titles and vocabulary concepts that have something to show.
#pragma once

#include "corpus/vocabulary/vocabulary.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <string>
#include <vector>

namespace acervo::search::detail {

// A text is suggested when each typed word begins one of its words; accents and case do not matter.
// cost  linear in the number of titles: 100,000 take some milliseconds.
std::vector<Suggestion> suggest(const Xapian::Database& database, const Snapshot& snapshot,
                                const vocabulary::Vocabularies& vocabularies, const std::string& typed,
                                text::Language language, std::size_t limit);

} // namespace acervo::search::detail
