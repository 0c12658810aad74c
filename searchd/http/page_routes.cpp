#include "corpus/identifier/citable_id.h"
#include "searchd/http/citations.h"
#include "searchd/http/page_view.h"
#include "searchd/http/site.h"

namespace acervo::http {

namespace {

Response redirect(int status, const std::string& location)
{
    Response response;
    response.status = status;
    response.contentType = "text/plain; charset=utf-8";
    response.body = location + "\n";
    response.headers.emplace_back("Location", location);
    return response;
}

text::Language greeting(const Services& services, const Request& request)
{
    return request.accepted != text::Language::other ? request.accepted
                                                     : text::languageOf(services.config.search.defaultLanguage);
}

Answer root(const Services& services, const Request& request)
{
    auto response = redirect(302, searchUrl(greeting(services, request), request.parameters));
    response.headers.emplace_back("Vary", "Accept-Language");
    return response;
}

// The short address of a work, for citations.
Answer citable(const Services& services, const Request& request)
{
    const auto id = identifier::parse(request.captures[0], services.config.identifierPrefix);
    if (!id) {
        return Failure{ErrorCode::notFound, id.error().message, "id"};
    }
    const auto cited = acceptedCitation(request.accept, *id, "");
    auto response = redirect(303, cited ? *cited : documentUrl(greeting(services, request), *id));
    response.headers.emplace_back("Vary", "Accept, Accept-Language");
    return response;
}

Answer withoutSlash(const Services&, const Request& request)
{
    return redirect(301, request.path + "/" + buildQuery(request.parameters));
}

Answer asset(const Services& services, const Request& request)
{
    const auto* found = services.assets.find(request.captures[0]);
    if (found == nullptr) {
        return Failure{ErrorCode::notFound, "there is no such asset"};
    }
    Response response;
    response.headers.emplace_back("ETag", found->etag);
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    if (request.ifNoneMatch == "*" || request.ifNoneMatch.find(found->etag) != std::string::npos) {
        response.status = 304;
        return response;
    }
    response.contentType = found->contentType;
    response.body = found->bytes;
    return response;
}

} // namespace

std::vector<Route> pageRoutes()
{
    std::vector<Route> routes{
        {"/", Kind::page, {}, root},
        {"/id/{id}", Kind::page, {}, citable},
        {"/assets/{file}", Kind::asset, {}, asset},
    };
    for (const auto language : text::kLanguages) {
        const auto base = "/" + std::string{text::codeOf(language)};
        routes.push_back({base, Kind::page, {}, withoutSlash});
        routes.push_back({base + "/", Kind::page, {}, searchPage});
        routes.push_back({base + "/documents/{id}", Kind::page, {}, documentPage});
    }
    return routes;
}

} // namespace acervo::http
