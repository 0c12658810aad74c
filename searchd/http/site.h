// Every request ends here: finds its route, answers it, and turns whatever goes wrong into an answer.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::http {

inline constexpr std::size_t kMaxUriBytes = 8192;

enum class Kind : std::uint8_t { api, page, asset };

struct Route {
    std::string pattern; // "/api/v1/documents/{id}": {x} stands for one segment, {x*} at the end for all
    Kind kind;
    std::vector<std::string_view> parameters; // known ones; an API route refuses others, pages ignore them
    std::function<Answer(const Services&, const Request&)> answer;
};

std::vector<Route> apiRoutes();
std::vector<Route> pageRoutes();

// What the carrier read from the connection.
struct RawRequest {
    std::string method;
    std::string uri;
    std::string accept;
    std::string acceptLanguage;
    std::string ifNoneMatch;
    bool hasBody = false; // no route takes one
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
    const std::vector<Route>& routes() const { return _routes; }

private:
    Answered answerUnguarded(const RawRequest& raw) const;
    Response failed(const Failure& failure, const Request& request, Kind kind) const;
    text::Language languageOf(const Request& request) const;

    const Services& _services;
    std::vector<Route> _routes;
};

} // namespace acervo::http
