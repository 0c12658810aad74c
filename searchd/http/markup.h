// Markup is added last: text is escaped here, then marked.
#pragma once

#include "analyzers/text/analyzer.h"

#include <string>
#include <string_view>
#include <vector>

namespace acervo::http {

// Safe between tags and within quoted attributes.
std::string escapeHtml(std::string_view text);

// Escaped, with <mark> around each span. Spans that leave the text, overlap or run backwards are left out.
std::string markedHtml(std::string_view text, const std::vector<text::ByteSpan>& marks);

// Escaped, with the quoted passage in <mark id="quote" class="quoted">: addresses may end in #quote.
std::string quotedHtml(std::string_view text, const text::ByteSpan& quoted);

} // namespace acervo::http
