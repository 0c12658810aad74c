// The API's answers as JSON. Markup is added here: what is called "html" is escaped text with <mark>.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <nlohmann/json.hpp>

namespace acervo::http {

Response jsonResponse(const nlohmann::ordered_json& value);

nlohmann::ordered_json notesJson(const Services& services, const std::vector<query::Note>& notes,
                                 text::Language language);
nlohmann::ordered_json expansionsJson(const std::vector<query::Expansion>& expansions);

nlohmann::ordered_json facetValueJson(const Services& services, schema::Facet facet, const search::FacetValue& value,
                                      text::Language language);

nlohmann::ordered_json searchJson(const Services& services, const search::SearchRequest& request,
                                  const search::SearchAnswer& answer);

// maxValues  of one facet; chosen ones are always there.
nlohmann::ordered_json facetsJson(const Services& services, const search::SearchAnswer& answer, text::Language language,
                                  std::size_t maxValues);

nlohmann::ordered_json suggestionsJson(const std::string& typed, const std::vector<search::Suggestion>& suggestions,
                                       text::Language language);

nlohmann::ordered_json similarJson(const Services& services, const std::string& citableId,
                                   const std::vector<search::SimilarWork>& works, text::Language language);

// A work and those of its editions that the reader may see; `pages` and `versions` are those of each edition, in the
// same order.
struct ShownWork {
    const std::vector<model::Edition>& editions;
    const std::vector<std::vector<model::Page>>& pages;
    const std::vector<std::vector<model::Version>>& versions; // those the reader may see
    const search::Subjects& subjects;
};
nlohmann::ordered_json documentJson(const Services& services, const ShownWork& shown, text::Language language);

std::optional<int> yearOf(const std::string& partialDate);

} // namespace acervo::http
