// Search within one document: the pages of an edition that a query finds, for the API and for the document's page.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <nlohmann/json.hpp>

#include <string_view>
#include <vector>

namespace acervo::http {

// GET /api/v1/documents/{id}/search
Answer documentSearch(const Services& services, const Request& request);
const std::vector<std::string_view>& documentSearchParameterNames();

// What the document's page says besides the words.
struct InDocument {
    const Services& services;
    const model::Edition& edition;
    text::Language language;
    const search::SearchRequest& request; // its words, and which part of the list
    Parameters edited;                    // of the address, which say edition and version
    bool isCurrent = true;                // the version shown is the one that is searched
};

// Adds "in_document": the search field, and the pages where the words stand. Without them when the index cannot be
// asked now: the document is shown all the same.
void addInDocument(nlohmann::json& view, const InDocument& shown, ReaderPool::Loan& readers);

inline constexpr int kMaxHitsPart = 10'000; // of the list's parts

} // namespace acervo::http
