// Every request ends here: finds its route, answers it, and turns whatever goes wrong into an answer.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::http {

inline constexpr std::size_t kMaxUriBytes = 8192;
inline constexpr std::size_t kMaxFormBytes = 8192;

// feed: for programs like the api, but each with rules of its own for what is unknown.
enum class Kind : std::uint8_t { api, page, asset, feed };

struct Route {
    std::string pattern; // "/api/v1/documents/{id}": {x} stands for one segment, {x*} at the end for all
    Kind kind;
    std::vector<std::string_view> parameters; // known ones; an API route refuses others, pages ignore them
    std::function<Answer(const Services&, const Request&)> answer;
    bool takesForm = false; // POST with what else stands in the query
};

std::vector<Route> apiRoutes();
std::vector<Route> pageRoutes();
std::vector<Route> machineRoutes();

// What the carrier read from the connection.
struct RawRequest {
    std::string method;
    std::string uri;
    std::string accept;
    std::string acceptLanguage;
    std::string ifNoneMatch;
    std::string host;
    std::optional<std::string> form; // the body of a POST, where it is a form of at most kMaxFormBytes
    bool hasBody = false;            // any other, which no route takes
};

struct Answered {
    Response response;
    std::string problem; // for the log
};

// threads  safe.
class Site {
public:
    explicit Site(const Services& services);

    Answered answer(const RawRequest& raw) const;
    bool takesForm(std::string_view path) const;
    const std::vector<Route>& routes() const { return _routes; }

private:
    Answered answerUnguarded(const RawRequest& raw) const;
    Response failed(const Services& services, const Failure& failure, const Request& request, Kind kind) const;
    text::Language languageOf(const Request& request) const;

    const Services& _services;
    std::vector<Route> _routes;
};

} // namespace acervo::http
