// One reader a format behind extract(); each is given the whole file and returns clean text by page.
#pragma once

#include "indexer/extract/extractor.h"

namespace acervo::extract::detail {

// All readers share this shape; see extract() for the errors.
using Reader = Result<ExtractedDocument> (*)(std::string_view bytes, const Limits& limits);

// A part of text is added to the document through this, so that every limit is kept in one place.
// Returns false once the limits are reached (document.truncated is then set): stop reading.
bool addPage(ExtractedDocument& document, model::Page page, const Limits& limits);

Result<ExtractedDocument> readPdf(std::string_view bytes, const Limits& limits);
Result<ExtractedDocument> readHtml(std::string_view bytes, const Limits& limits);
Result<ExtractedDocument> readMarkdown(std::string_view bytes, const Limits& limits);
Result<ExtractedDocument> readPlainText(std::string_view bytes, const Limits& limits);

Result<ExtractedDocument> readWordprocessing(std::string_view bytes, const Limits& limits); // DOCX
Result<ExtractedDocument> readPresentation(std::string_view bytes, const Limits& limits);   // PPTX
Result<ExtractedDocument> readSpreadsheet(std::string_view bytes, const Limits& limits);    // XLSX
Result<ExtractedDocument> readOpenDocument(std::string_view bytes, const Limits& limits);   // ODT, ODP, ODS
Result<ExtractedDocument> readEpub(std::string_view bytes, const Limits& limits);
Result<ExtractedDocument> readRtf(std::string_view bytes, const Limits& limits);
Result<ExtractedDocument> readLegacyWord(std::string_view bytes, const Limits& limits); // DOC

} // namespace acervo::extract::detail
