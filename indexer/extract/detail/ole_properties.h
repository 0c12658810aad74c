// Reads the property sets of an OLE2 file: SummaryInformation and DocumentSummaryInformation.
#pragma once

#include "indexer/extract/extractor.h"

#include <string_view>

namespace acervo::extract::detail {

enum class PropertySet { summary, documentSummary };

// stream  the set's bytes; what is damaged is left out. source  [MS-OLEPS].
void readOleProperties(std::string_view stream, PropertySet set, ExtractedDocument& document);

// libgsf complains of damaged files on standard error; what could not be read is in our own report. Before its first
// use.
void silenceGsf();

} // namespace acervo::extract::detail
