// One function for each format that can be imported; see Format.
#pragma once

#include "indexer/lexicon/importer.h"

namespace acervo::lexicon {

// errors  as importFile().

// "phrase<TAB>rendering", then either a weight from 0 to 1 or more renderings. Lines that begin with # are skipped.
Result<Imported> readTabular(const ImportRequest& request);

// "maison {f} [label] :: house; home (building)". The language of the headwords is told by the first line or given; the
// glosses are English.
Result<Imported> readWiktionary(const ImportRequest& request);

// "0<TAB>1<TAB>a<TAB>b<TAB>0.0": every path from state 0 to a final state is a pair of lemmas with their grammatical
// tags. Names of persons are left out, places are kept where they differ.
//
// request.via  a second transducer that begins in the language in which the first one ends; pairs are composed where
// the
//              part of speech is the same and the word between has at most rules::kMostOfPivot translations.
Result<Imported> readApertium(const ImportRequest& request);

// NAME.index says where in NAME.dict the article of each headword lies.
Result<Imported> readFreedict(const ImportRequest& request);

} // namespace acervo::lexicon
