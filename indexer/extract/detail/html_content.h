// Text of an HTML or XHTML page by section: shared by the readers of HTML, Markdown and EPUB.
#pragma once

#include "indexer/extract/extractor.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::extract::detail {

struct Section {
    std::uint32_t level = 0; // of its heading, 1..6; 0 for what stands before the first one
    std::string heading;
    std::string text; // the heading's line included
};

struct HtmlContent {
    std::string title;       // of <title> alone
    std::string markedTitle; // what the body marks as the document's title by its class; "" when nothing is
    std::string language;    // as written: "fr", "en-US"
    std::vector<std::pair<std::string, std::string>> meta; // name (lower case) and content, in document order
    std::vector<Section> sections;
    bool truncated = false; // nested too deeply or too long: not all was read
};

// utf8  the page, already decoded; a declared charset is ignored.
HtmlContent readHtmlContent(std::string_view utf8, const Limits& limits);

// Adds pages and outline entries: one page for a short text, else one for each section under a heading of level 1 to 3.
// Returns what addPage() returned last.
bool addSections(ExtractedDocument& document, std::vector<Section> sections, const Limits& limits);

} // namespace acervo::extract::detail
