// Completes what is being typed: concepts, phrases, people and titles that have something to show.
#pragma once

#include "corpus/vocabulary/vocabulary.h"
#include "searchd/search/detail/hints.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/engine.h"

#include <string>
#include <vector>

namespace acervo::search::detail {

// What a suggestion is looked up in; all of one reader class.
struct SuggestSources {
    const Xapian::Database& database;
    const Snapshot& snapshot;
    const Hints& hints; // may be those of a state before; see SharedState::hintsOf
    const vocabulary::Vocabularies& vocabularies;
};

// A text is suggested when each typed word begins one of its words; accents and case do not matter. When hardly
// anything does, words with a typing mistake count as well (see editsForgiven), with another first letter only when
// nothing else is found.
// cost  a bit for each entry and typed word, and the scan of WordList::near: see docs/measurements.md.
std::vector<Suggestion> suggest(const SuggestSources& sources, const std::string& typed, text::Language language,
                                std::size_t limit);

} // namespace acervo::search::detail
