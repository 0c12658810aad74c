#include "searchd/http/machine_routes.h"

#include "searchd/http/search_parameters.h"
#include "searchd/http/site.h"

#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>

namespace acervo::http {

bool isKnown(const Request& request, std::string_view etag)
{
    return request.ifNoneMatch == "*" || request.ifNoneMatch.find(etag) != std::string::npos;
}

Response conditional(const Request& request, std::string_view contentType, std::string body)
{
    Poco::SHA1Engine hash; // names content, guards nothing
    hash.update(body);
    const auto etag = '"' + Poco::DigestEngine::digestToHex(hash.digest()) + '"';
    Response response;
    response.headers.emplace_back("ETag", etag);
    response.headers.emplace_back("Cache-Control", "no-cache");
    if (isKnown(request, etag)) {
        response.status = 304;
        return response;
    }
    response.contentType = contentType;
    response.body = std::move(body);
    return response;
}

std::vector<Route> machineRoutes()
{
    std::vector<Route> routes{
        {"/oai", Kind::feed, {}, oaiPmh, true},         {"/data/works.jsonl.gz", Kind::feed, {}, bulkDownload},
        {"/robots.txt", Kind::feed, {}, robots},        {"/llms.txt", Kind::feed, {}, llmsText},
        {"/sitemap.xml", Kind::feed, {}, sitemapIndex}, {"/sitemaps/{part}", Kind::feed, {}, sitemap},
    };
    for (const auto language : text::kLanguages) {
        const auto base = "/" + std::string{text::codeOf(language)};
        routes.push_back({base + "/opensearch.xml", Kind::feed, {}, openSearch});
        routes.push_back({base + "/feed", Kind::feed, {}, atomFeed});
    }
    return routes;
}

} // namespace acervo::http
