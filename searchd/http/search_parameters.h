// The parameters of a search, the same for the API and the pages.
#pragma once

#include "searchd/http/parameters.h"
#include "searchd/search/engine.h"

#include <string>
#include <string_view>
#include <vector>

namespace acervo::http {

inline constexpr std::size_t kMaxQueryBytes = 4096; // what is over the engine's own budget it says in a note
inline constexpr std::size_t kMaxFilterValues = 50; // of one facet

// q, the facets' names, year_from, year_to, sort, page, size, cursor, lang.
const std::vector<std::string_view>& searchParameterNames();
// Without paging and sorting.
const std::vector<std::string_view>& facetParameterNames();

// What is malformed the reader remembers.
search::SearchRequest readSearch(ParameterReader& reader, text::Language language);

// Of these only what says which words are searched: q, xlang, without. For what marks them.
search::SearchRequest readWords(ParameterReader& reader, text::Language language);
Parameters keptWords(const search::SearchRequest& request);

// The other way round, without the page and the language. `sort` may differ from the request's: "" says nothing of it.
Parameters keptParameters(const search::SearchRequest& request, const std::string& sort);

inline const std::vector<std::string_view>& sortNames()
{
    static const std::vector<std::string_view> names{"relevance", "newest", "oldest", "title"};
    return names;
}

} // namespace acervo::http
