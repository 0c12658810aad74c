// Reads the property sets of an OLE2 file: SummaryInformation and DocumentSummaryInformation.
#pragma once

#include "indexer/extract/extractor.h"

#include <string_view>

namespace acervo::extract::detail {

enum class PropertySet { summary, documentSummary };

// stream  the set's bytes; what is damaged is left out. source  [MS-OLEPS].
void readOleProperties(std::string_view stream, PropertySet set, ExtractedDocument& document);

} // namespace acervo::extract::detail
