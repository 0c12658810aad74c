// lexicon list and lexicon show: what can be looked at without changing anything.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "corpus/config/arguments.h"

namespace acervo::cli {

int listLexicon(const config::Arguments& arguments);
int showPhrase(const config::Arguments& arguments);

// A table: renderings by pair of languages and origin.
void printStatistics(const lexicon::Statistics& statistics);

} // namespace acervo::cli
