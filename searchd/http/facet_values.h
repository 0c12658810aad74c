// Finds values of one facet by what they are called: "find a country".
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::http {

inline constexpr std::size_t kMaxTypedLabelBytes = 128;

// The label by which a value is found: the reader's own, where it matches, else one of another language, or another
// name. Each word typed begins a word of the label; accents and case do not matter. Everything matches nothing typed.
std::optional<std::string> labelFound(const Services& services, schema::Facet facet, const std::string& value,
                                      std::string_view typed, text::Language language);

// The value that this one is below, as it is counted; "" for none.
std::string parentOf(const Services& services, schema::Facet facet, const std::string& value);

// GET /api/v1/facets/{facet}
Answer facetValues(const Services& services, const Request& request);
const std::vector<std::string_view>& facetValuesParameterNames();

} // namespace acervo::http
