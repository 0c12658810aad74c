// What the API says of versions, of what changed between them, and of quoted passages.
#pragma once

#include "searchd/http/quotes.h"
#include "searchd/http/version_changes.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace acervo::http {

nlohmann::ordered_json versionsJson(const Services& services, const model::Edition& edition,
                                    const std::vector<model::Version>& versions, text::Language language);

// part  from 0: of kChangesShown changes each.
nlohmann::ordered_json changesJson(const Services& services, const VersionChanges& found, std::size_t part);

// edition  at the version that was searched; pages are that version's.
nlohmann::ordered_json quoteJson(const Services& services, const model::Edition& edition,
                                 const std::vector<model::Page>& pages, const QuoteAnswer& answer);

} // namespace acervo::http
