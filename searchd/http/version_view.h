// What a document's page shows of versions, and of citing a page or a passage.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/quotes.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace acervo::http {

// An edition as it was in one of its versions; versions newest first, those the reader may see.
struct ShownVersion {
    const Services& services;
    text::Language language; // of the interface
    const model::Edition& edition;
    const std::vector<model::Version>& versions;
    const std::vector<model::Page>& pages;
    const Parameters& words; // what every link keeps of the search
};

// What links to the same version keep: the edition, and "v" unless it is the newest one.
Parameters versionParameters(const ShownVersion& shown);

// Adds versions, any_versions, older (false unless an older version is shown: text, newest_url, changes_url), edition
// permalink. page: nullptr for the whole document.
void addVersions(nlohmann::json& view, const ShownVersion& shown, const model::Page* page);

// Adds to the view of a page: its permalink, the parallel pages of the other editions, and what became of the quote.
void addPassage(nlohmann::json& pageView, const ShownVersion& shown, const model::Page& page,
                const std::vector<model::Edition>& editions, const QuoteAnswer& quote);

// What became of the quote, for the page above its text; null when there is nothing to say.
nlohmann::json quoteNote(const ShownVersion& shown, const model::Page* page, const QuoteAnswer& quote,
                         std::uint32_t askedPage);

} // namespace acervo::http
