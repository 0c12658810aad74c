// Reads the concepts of SKOS in Turtle, RDF/XML or N-Triples.
#pragma once

#include "indexer/lexicon/importer.h"

namespace acervo::lexicon {

// Preferred, alternative and hidden labels (SKOS and SKOS-XL) in the three languages, broader concepts, and house
// themes named by skos:broadMatch or skos:exactMatch <urn:acervo:themes:...>. Nothing outside the file is read.
//
// errors  as importFile().
Result<Imported> readSkos(const std::filesystem::path& file);

} // namespace acervo::lexicon
