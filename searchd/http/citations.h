// Citations of works over HTTP: the block on a document's page, its head, the API's answers and the exports of lists.
#pragma once

#include "corpus/cite/cite.h"
#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace acervo::http {

inline constexpr std::size_t kMaxExported = 1000; // works of one list

// `editions` as findEditions gives them, with the one to cite moved to the front; one with this ID, or the first.
cite::Work citedWork(const Services& services, std::vector<model::Edition> editions, std::int64_t citedEditionId);

// What the templates cite and head show. `page` is the one that is read, nullptr for none.
void addCitation(nlohmann::json& view, const Services& services, text::Language language, const cite::Work& work,
                 const model::Page* page);

// What the template export shows; `parameters` are those of the search.
void addExport(nlohmann::json& view, const Services& services, const search::SearchRequest& request,
               const search::SearchAnswer& answer, const Parameters& parameters);

// "This search was cited on ...", when the address is one that addExport gave; else "".
std::string citedSearchNote(const Services& services, text::Language language, const Parameters& parameters);

// What an Accept header prefers to a page, as an address of the API; nullopt when it asks for a page.
std::optional<std::string> acceptedCitation(std::string_view accept, const std::string& citableId,
                                            std::string_view editionLanguage);

const std::vector<std::string_view>& exportParameterNames();
Answer citation(const Services& services, const Request& request);
Answer searchExport(const Services& services, const Request& request);

} // namespace acervo::http
