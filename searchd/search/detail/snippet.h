// Cuts the passage of a page that answers the query best, and says where to mark it.
#pragma once

#include "analyzers/text/analyzer.h"
#include "searchd/query/plan.h"
#include "searchd/search/engine.h"

#include <string_view>
#include <vector>

namespace acervo::search::detail {

inline constexpr std::size_t kSnippetBytes = 240;           // about; cut at words
inline constexpr std::size_t kMaxScannedBytes = 256 * 1024; // of one page

// Spans of `text` that match, ascending.
std::vector<text::ByteSpan> findMarks(std::string_view text, const text::Analyzer& analyzer, const query::Marks& marks);

// The window of `text` with the most different matching words; its beginning when nothing matches. White space is
// made single spaces; marks are into the result.
Snippet cutSnippet(std::string_view text, const text::Analyzer& analyzer, const query::Marks& marks);

} // namespace acervo::search::detail
