// What the words of a search were also searched as, for the page: each a link that switches it off or on again.
#pragma once

#include "searchd/http/services.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace acervo::http {

// false when there is nothing to say or to switch.
//
// parameters  of the search, without the page; the links change them.
nlohmann::json expansionsView(const Services& services, const search::SearchRequest& request,
                              const std::vector<query::Expansion>& expansions, const Parameters& parameters);

} // namespace acervo::http
