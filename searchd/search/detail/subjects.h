// What a work is about, as the index found it.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "analyzers/text/analyzer.h"
#include "searchd/search/engine.h"

#include <xapian.h>

#include <map>
#include <string>

namespace acervo::search::detail {

struct SubjectSources {
    const Xapian::Database& database; // the reader's own: editions that he may not see say nothing
    const lexicon::Lexicon* lexicon;  // null: concepts have no labels, and none are given
    const std::map<text::Language, text::Analyzer>& analyzers;
};

// Concepts by how often the work names them and how seldom the library does.
Subjects subjectsOf(const SubjectSources& sources, const std::string& citableId, text::Language language,
                    std::size_t limit);

} // namespace acervo::search::detail
