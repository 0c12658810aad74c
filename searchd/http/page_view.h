// What all pages have in common: head, language switch, and the page that says what went wrong.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <nlohmann/json.hpp>

namespace acervo::http {

// The view's common part. `pathBelow` is the path without the language ("/documents/X"), the same in every language;
// `parameters` are what the language switch keeps.
nlohmann::json commonView(const Services& services, text::Language language, const std::string& title,
                          const std::string& pathBelow, const Parameters& parameters);

Response htmlPage(const Services& services, std::string_view name, text::Language language, const nlohmann::json& view);

// Names the malformed parameter, the IDs that may have been meant, and what is said of a withdrawn work.
Response errorPage(const Services& services, text::Language language, int status, const Failure& failure);

// To an address of ours.
Response redirect(int status, const std::string& location);

// "/fr/?q=..."
std::string searchUrl(text::Language language, const Parameters& parameters);

// Badges for the languages of a work; `current` is the one shown, `words` what keptWords() gives of the search.
nlohmann::json languageBadges(const Services& services, text::Language language, const std::string& citableId,
                              const std::vector<std::string>& languages, const std::string& current,
                              const Parameters& words);

Parameters joined(Parameters first, const Parameters& second);

// The language of a page's path: every page lives below /en/, /fr/ or /es/.
text::Language pageLanguage(const Request& request);

Answer searchPage(const Services& services, const Request& request);
Answer documentPage(const Services& services, const Request& request);
Answer changesPage(const Services& services, const Request& request);
Answer parallelPage(const Services& services, const Request& request);

} // namespace acervo::http
