// What the house itself knows: its vocabularies and its glossary, as one source named "house".
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/lexicon/entry.h"
#include "corpus/vocabulary/vocabulary.h"

#include <filesystem>

namespace acervo::lexicon {

// Concepts are "urn:acervo:<scheme>:<notation>"; those of the themes scheme carry their theme, those of the glossary
// the themes that skos:broadMatch names.
//
// glossary  a folder with *.ttl (SKOS); may be missing.
// errors    those of reading them, with file and line.
Result<Source> houseSource(const vocabulary::Vocabularies& vocabularies, const std::filesystem::path& glossary);

} // namespace acervo::lexicon
