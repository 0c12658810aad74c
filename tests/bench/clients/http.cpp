#include "tests/bench/clients/client.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <stdexcept>

namespace acervo::bench {

namespace {

std::string pathFor(const Question& question, bool onlyMyWords)
{
    Poco::URI uri{question.kind == "suggest" ? "/api/v1/suggest" : "/api/v1/search"};
    uri.addQueryParameter("q", question.text);
    uri.addQueryParameter("lang", question.language);
    if (question.kind != "suggest" && onlyMyWords) {
        uri.addQueryParameter("xlang", "off");
    }
    if (question.kind == "all_facets") {
        uri.addQueryParameter("size", "0");
    }
    if (!question.section.empty()) {
        uri.addQueryParameter("section", question.section);
        uri.addQueryParameter("type", question.type);
        uri.addQueryParameter("year_from", std::to_string(question.yearFrom));
        uri.addQueryParameter("year_to", std::to_string(question.yearTo));
    }
    return uri.getPathAndQuery();
}

// One connection that is kept.
class HttpClient : public Client {
public:
    HttpClient(std::uint16_t port, bool onlyMyWords) : _session("127.0.0.1", port), _onlyMyWords(onlyMyWords)
    {
        _session.setKeepAlive(true);
        _session.setKeepAliveTimeout(Poco::Timespan{1, 0}); // the daemon ends idle connections while others are asked
    }

    Answered ask(const Question& question) override
    {
        const auto path = pathFor(question, _onlyMyWords);
        Poco::Net::HTTPRequest request{Poco::Net::HTTPRequest::HTTP_GET, path, Poco::Net::HTTPMessage::HTTP_1_1};
        request.setKeepAlive(true);
        _session.sendRequest(request);
        Poco::Net::HTTPResponse response;
        std::string body;
        Poco::StreamCopier::copyToString(_session.receiveResponse(response), body);
        if (response.getStatus() != Poco::Net::HTTPResponse::HTTP_OK) {
            throw std::runtime_error{"HTTP " + std::to_string(response.getStatus()) + " for " + path + ": " + body};
        }
        return {body.size() > 2 ? 1U : 0U};
    }

private:
    Poco::Net::HTTPClientSession _session;
    bool _onlyMyWords;
};

} // namespace

System httpSystem(const std::string& name, std::uint16_t port, int process, bool onlyMyWords)
{
    return {
        name, searchClasses(),
        [port, onlyMyWords]() -> std::unique_ptr<Client> { return std::make_unique<HttpClient>(port, onlyMyWords); },
        [process] { return processMilliseconds(process); }};
}

} // namespace acervo::bench
