#include "searchd/http/site.h"

#include "searchd/http/error_traits.h"
#include "searchd/http/page_view.h"
#include "searchd/http/public_url.h"
#include "searchd/http/versions.h"

#include <Poco/Exception.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace acervo::http {

namespace {

constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

void secure(Response& response)
{
    response.headers.emplace_back("Content-Security-Policy", kContentSecurityPolicy);
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
}

std::vector<std::string_view> segmentsOf(std::string_view path)
{
    std::vector<std::string_view> segments;
    for (std::size_t begin = 1; begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        segments.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return segments;
}

// What stands for the pattern's holes, decoded but for an open end; nullopt when the path is of another shape.
// errors  invalidArgument for broken escapes.
Result<std::optional<std::vector<std::string>>> match(std::string_view pattern, std::string_view path)
{
    const auto wanted = segmentsOf(pattern);
    const auto given = segmentsOf(path);
    std::optional<std::vector<std::string>> none;
    const bool open = wanted.back().ends_with("*}");
    if (open ? wanted.size() > given.size() : wanted.size() != given.size()) {
        return none;
    }
    std::vector<std::string> captures;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (open && i + 1 == wanted.size()) {
            if (given[i].data() == path.data() + path.size()) {
                return none;
            }
            captures.emplace_back(given[i].data(), path.data() + path.size()); // its slashes tell parts from each other
            break;
        }
        if (!wanted[i].starts_with('{')) {
            if (wanted[i] != given[i]) {
                return none;
            }
            continue;
        }
        auto decoded = percentDecode(given[i], Plus::isPlus);
        if (!decoded) {
            return decoded.error();
        }
        if (decoded->empty()) {
            return none;
        }
        captures.push_back(std::move(*decoded));
    }
    return std::optional{std::move(captures)};
}

// A name or address with or without a port: nothing that could lead elsewhere when it stands in an address.
bool isHost(std::string_view text)
{
    constexpr std::size_t kMaxHostBytes = 260;
    return !text.empty() && text.size() <= kMaxHostBytes && text.find_first_not_of(".-:[]") != text.npos &&
           std::ranges::all_of(text, [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') ||
                      std::string_view{".-:[]"}.find(letter) != std::string_view::npos;
           });
}

void addHints(nlohmann::ordered_json& problem, const Services& services, const Failure& failure,
              text::Language language)
{
    if (!failure.nearest.empty()) {
        problem["nearest"] = nlohmann::ordered_json::array();
        for (const auto& near : failure.nearest) {
            problem["nearest"].push_back({{"id", near.citableId},
                                          {"title", near.title},
                                          {"url", absoluteUrl(services, documentUrl(language, near.citableId))}});
        }
    }
    if (const auto& tombstone = failure.tombstone) {
        problem["id"] = tombstone->citableId;
        problem["withdrawn"] = dateOf(tombstone->withdrawnAt);
        problem["reason"] = tombstone->reason;
        problem["successor"] = nullptr;
        if (!tombstone->successor.empty()) {
            problem["successor"] = {{"id", tombstone->successor},
                                    {"url", absoluteUrl(services, documentUrl(language, tombstone->successor))}};
        }
    }
}

Response asProblem(const nlohmann::ordered_json& problem)
{
    Response response;
    response.contentType = "application/problem+json";
    response.body = problem.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return response;
}

nlohmann::ordered_json problemOf(const Failure& failure, int status, const std::string& instance)
{
    const auto& traits = traitsOf(failure.code);
    nlohmann::ordered_json problem{
        {"type", "about:blank"}, {"title", std::string{reasonOf(status)}}, {"status", status}, {"instance", instance}};
    problem["detail"] = traits.tellDetail ? failure.detail
                        : status == 503   ? "The answer is not available at the moment; try again later."
                                          : "Something went wrong here; it has been noted.";
    if (!failure.parameter.empty()) {
        problem["parameter"] = failure.parameter;
    }
    return problem;
}

} // namespace

Site::Site(const Services& services) : _services(services), _routes(apiRoutes())
{
    for (auto routes : {pageRoutes(), machineRoutes()}) {
        for (auto& route : routes) {
            _routes.push_back(std::move(route));
        }
    }
}

bool Site::takesForm(std::string_view path) const
{
    return std::ranges::any_of(_routes, [&](const auto& route) { return route.takesForm && route.pattern == path; });
}

text::Language Site::languageOf(const Request& request) const
{
    const auto first = text::languageOf(request.path.substr(0, 4) == "/en/"   ? "en"
                                        : request.path.substr(0, 4) == "/fr/" ? "fr"
                                        : request.path.substr(0, 4) == "/es/" ? "es"
                                                                              : "");
    if (first != text::Language::other) {
        return first;
    }
    return request.accepted != text::Language::other ? request.accepted
                                                     : text::languageOf(_services.config.search.defaultLanguage);
}

Response Site::failed(const Services& services, const Failure& failure, const Request& request, Kind kind) const
{
    const auto& traits = traitsOf(failure.code);
    const int status = failure.status != 0 ? failure.status : traits.status;
    Response response;
    if (kind == Kind::page) {
        response = errorPage(services, languageOf(request), status, failure);
    } else {
        auto problem = problemOf(failure, status, request.path);
        addHints(problem, services, failure, languageOf(request));
        response = asProblem(problem);
    }
    response.status = status;
    response.headers.emplace_back("Cache-Control", "no-store");
    if (status == 405) {
        response.headers.emplace_back("Allow", "GET, HEAD");
    }
    if (traits.retryAfter.count() > 0) {
        response.headers.emplace_back("Retry-After", std::to_string(traits.retryAfter.count()));
    }
    return response;
}

Answered Site::answerUnguarded(const RawRequest& raw) const
{
    const auto target = splitTarget(raw.uri);
    Request request;
    request.method = raw.method;
    request.path = target.path.substr(0, kMaxUriBytes);
    request.accept = raw.accept;
    request.accepted = acceptedLanguage(raw.acceptLanguage);
    request.ifNoneMatch = raw.ifNoneMatch;
    Services services = _services;
    services.baseUrl = publicBase(_services.config.search, isHost(raw.host) ? raw.host : "");
    auto kind = request.path.starts_with("/api/") ? Kind::api : Kind::page;
    const auto fail = [&](const Failure& failure) {
        return Answered{failed(services, failure, request, kind), failure.detail};
    };
    if (raw.uri.size() > kMaxUriBytes) {
        return fail({ErrorCode::invalidArgument,
                     "the address is longer than " + std::to_string(kMaxUriBytes) + " bytes", "", 414});
    }
    const Route* route = nullptr;
    for (const auto& one : _routes) {
        auto captures = match(one.pattern, request.path);
        if (!captures) {
            return fail(captures.error());
        }
        if (*captures) {
            route = &one;
            kind = one.kind;
            request.captures = std::move(**captures);
            break;
        }
    }
    if (route == nullptr) {
        return fail({ErrorCode::notFound, "there is nothing at this address"});
    }
    const bool isForm = raw.method == "POST" && route->takesForm;
    if (raw.method != "GET" && raw.method != "HEAD" && !isForm) {
        return fail({ErrorCode::invalidArgument, "this address answers GET and HEAD only", "", 405});
    }
    if (raw.hasBody) {
        return fail({ErrorCode::invalidArgument, "a request to this address has no body", "", 413});
    }
    auto parameters = parseQuery(target.query);
    if (!parameters) {
        return fail(parameters.error());
    }
    request.parameters = std::move(*parameters);
    if (isForm && raw.form) {
        auto form = parseQuery(*raw.form);
        if (!form) {
            return fail(form.error());
        }
        request.parameters.insert(request.parameters.end(), form->begin(), form->end());
    }
    if (kind == Kind::api) {
        ParameterReader reader{request.parameters};
        reader.refuseUnknown(route->parameters);
        if (reader.malformed()) {
            return fail(*reader.malformed());
        }
    }
    auto answer = route->answer(services, request);
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        return fail(*failure);
    }
    return {std::get<Response>(std::move(answer)), {}};
}

// The one place where exceptions end: Poco 1.11 leaves the client without an answer when anything but its own escapes.
Answered Site::answer(const RawRequest& raw) const
{
    Answered answered;
    try {
        answered = answerUnguarded(raw);
    } catch (const Poco::Exception& error) {
        answered.problem = error.displayText();
    } catch (const std::exception& error) {
        answered.problem = error.what();
    } catch (...) {
        answered.problem = "unknown exception";
    }
    if (answered.response.contentType.empty() && answered.response.status == 200) {
        const auto target = splitTarget(raw.uri);
        answered.response = asProblem(problemOf({ErrorCode::internal, ""}, 500, std::string{target.path}));
        answered.response.status = 500;
    }
    secure(answered.response);
    return answered;
}

} // namespace acervo::http
