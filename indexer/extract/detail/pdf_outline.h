// Finds the pages that a PDF's outline entries point to, and heads each page with the entry it stands under.
#pragma once

#include "indexer/extract/extractor.h"

namespace acervo::extract::detail {

// poppler-cpp 22.12 tells an outline's titles but not their targets, so each title is looked for in the text of the
// pages. Of all ways to place the entries in order, the one is taken in which most stand as headings. Pages that list
// many titles (a printed table of contents) are passed over. An entry that is not found keeps page 0.
void placeOutline(ExtractedDocument& document);

} // namespace acervo::extract::detail
