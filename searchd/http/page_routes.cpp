#include "searchd/http/addresses.h"
#include "searchd/http/citations.h"
#include "searchd/http/documents.h"
#include "searchd/http/page_view.h"
#include "searchd/http/signposting.h"
#include "searchd/http/site.h"
#include "searchd/http/versions.h"

#include <algorithm>

namespace acervo::http {

namespace {

text::Language greeting(const Services& services, const Request& request)
{
    return request.accepted != text::Language::other ? request.accepted
                                                     : text::languageOf(services.config.search.defaultLanguage);
}

// What the document's page is to be asked for.
// Failures  notFound for a version or a page that is not there.
std::variant<Parameters, Failure> targetOf(const Services& services, ReaderPool::Loan& readers,
                                           const model::Edition& edition, const IdAddress& address)
{
    Parameters parameters;
    if (!address.language.empty() || address.version || !address.page.empty()) {
        parameters.emplace_back("language", edition.metadata.language);
    }
    const auto versions = readableVersions(services, readers, edition);
    if (!versions) {
        return Failure{versions.error()};
    }
    const auto* version = versionNumbered(*versions, address.version);
    if (version == nullptr) {
        return noSuchVersion();
    }
    if (address.version) {
        parameters.emplace_back("v", std::to_string(version->number));
    }
    if (!address.page.empty()) {
        const auto pages = readers.catalogue().pages(version->versionId);
        if (!pages) {
            return Failure{pages.error()};
        }
        const auto* page = pageNamed(*pages, address.page);
        if (page == nullptr) {
            return Failure{ErrorCode::notFound, "the document has no page " + address.page, "page"};
        }
        parameters.emplace_back("page", std::to_string(page->number));
    }
    return parameters;
}

Answer root(const Services& services, const Request& request)
{
    auto response = redirect(302, searchUrl(greeting(services, request), request.parameters));
    response.headers.emplace_back("Vary", "Accept-Language");
    return response;
}

// The short addresses of a work, for citations: what they name is found first, so that a dead one says so itself.
Answer citable(const Services& services, const Request& request)
{
    const auto read = readIdAddress(request.captures[0]);
    if (const auto* failure = std::get_if<Failure>(&read)) {
        return *failure;
    }
    const auto& address = std::get<IdAddress>(read);
    const auto language = greeting(services, request);
    return onEdition(services, address.id, language, address.language,
                     [&](auto& readers, const auto&, const auto& edition) -> Answer {
                         const auto cited = acceptedCitation(request.accept, edition.citableId, address.language);
                         auto target = targetOf(services, readers, edition, address);
                         if (const auto* failure = std::get_if<Failure>(&target)) {
                             return *failure;
                         }
                         const auto parameters = joined(std::get<Parameters>(std::move(target)), request.parameters);
                         // Without a fragment of its own the address keeps the reader's, such as #:~:text=
                         const bool quoted = std::ranges::any_of(request.parameters,
                                                                 [](const auto& one) { return one.first == "quote"; });
                         const auto page =
                             documentUrl(language, edition.citableId, parameters) + (quoted ? "#quote" : "");
                         auto response = redirect(303, cited ? *cited : page);
                         response.headers.emplace_back("Vary", "Accept, Accept-Language");
                         addSignposts(response, services, {edition.citableId, edition.metadata.license});
                         return response;
                     });
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
        {"/id/{address*}", Kind::page, {}, citable},
        {"/assets/{file}", Kind::asset, {}, asset},
    };
    for (const auto language : text::kLanguages) {
        const auto base = "/" + std::string{text::codeOf(language)};
        routes.push_back({base, Kind::page, {}, withoutSlash});
        routes.push_back({base + "/", Kind::page, {}, searchPage});
        routes.push_back({base + "/documents/{id}", Kind::page, {}, documentPage});
        routes.push_back({base + "/documents/{id}/changes", Kind::page, {}, changesPage});
        routes.push_back({base + "/documents/{id}/parallel", Kind::page, {}, parallelPage});
    }
    return routes;
}

} // namespace acervo::http
