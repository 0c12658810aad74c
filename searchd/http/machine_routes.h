// What other programs read: copies of the catalogue, feeds, maps for search engines.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <string_view>

namespace acervo::http {

Answer oaiPmh(const Services& services, const Request& request);
Answer bulkDownload(const Services& services, const Request& request);
Answer sitemapIndex(const Services& services, const Request& request);
Answer sitemap(const Services& services, const Request& request); // "first", or the ID it begins after
Answer robots(const Services& services, const Request& request);
Answer openSearch(const Services& services, const Request& request);
Answer llmsText(const Services& services, const Request& request);
Answer atomFeed(const Services& services, const Request& request);

// With an ETag of its content; 304 and no body when the client has it.
Response conditional(const Request& request, std::string_view contentType, std::string body);

// Whether If-None-Match names this entity tag (quoted), strong or weak.
bool isKnown(const Request& request, std::string_view etag);

} // namespace acervo::http
