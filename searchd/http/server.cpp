#include "searchd/http/server.h"

#include "searchd/http/error_traits.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <Poco/Timespan.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <optional>

namespace acervo::http {

namespace net = Poco::Net;

namespace {

constexpr int kQueuedConnections = 256;
constexpr int kBacklog = 128;
const Poco::Timespan kRequestTimeout{10, 0};  // seconds, microseconds: for each read of a request
const Poco::Timespan kKeepAliveTimeout{5, 0}; // between two requests; idle connections hold a thread
const Poco::Timespan kThreadIdleTime{1, 0};   // Poco 1.11: stop() waits for idle workers as long as this
constexpr int kRequestsPerConnection = 100;
constexpr int kStackBytes = 2 << 20; // nested queries need more than musl-like small stacks

// Poco 1.11 leaves an unread body to be taken for the next request, and accepts two lengths: whoever sends one is
// answered and the connection closed.
enum class Body : std::uint8_t { none, form, other };

// 0 for what is no number or too large for a form.
std::size_t formLength(const net::HTTPServerRequest& request)
{
    const auto text = request.get("Content-Length", "");
    std::size_t length = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() && length <= kMaxFormBytes ? length : 0;
}

Body bodyOf(const net::HTTPServerRequest& request, const Site& site)
{
    int lengths = 0;
    for (const auto& [name, value] : request) {
        if (Poco::icompare(name, "Transfer-Encoding") == 0) {
            return Body::other;
        }
        lengths += Poco::icompare(name, "Content-Length") == 0 ? 1 : 0;
    }
    if (lengths == 0 || (lengths == 1 && request.get("Content-Length") == "0")) {
        return Body::none;
    }
    const bool isForm = lengths == 1 && formLength(request) > 0 && request.getMethod() == "POST" &&
                        request.getContentType().starts_with("application/x-www-form-urlencoded") &&
                        site.takesForm(splitTarget(request.getURI()).path);
    return isForm ? Body::form : Body::other;
}

// All of it; nullopt when the client sends less than it promised.
std::optional<std::string> readForm(net::HTTPServerRequest& request)
{
    std::string form(formLength(request), '\0');
    request.stream().read(form.data(), static_cast<std::streamsize>(form.size()));
    return request.stream().gcount() == static_cast<std::streamsize>(form.size()) ? std::optional{form} : std::nullopt;
}

class Handler : public net::HTTPRequestHandler {
public:
    Handler(const Site& site, AccessLog& log) : _site(site), _log(log) {}

    void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override
    {
        const auto began = std::chrono::steady_clock::now();
        RawRequest raw{request.getMethod(),
                       request.getURI(),
                       request.get("Accept", ""),
                       request.get("Accept-Language", ""),
                       request.get("If-None-Match", ""),
                       request.get("Host", ""),
                       std::nullopt,
                       false};
        const auto body = bodyOf(request, _site);
        raw.form = body == Body::form ? readForm(request) : std::nullopt;
        raw.hasBody = body != Body::none && !raw.form;
        auto [answer, problem] = _site.answer(raw);
        std::uint64_t bytes = raw.method == "HEAD" ? 0 : answer.file ? answer.file->bytes() : answer.body.size();
        try {
            send(answer, raw, response);
        } catch (const Poco::Exception& error) {
            // The client went away, or does not read: nobody is left to answer.
            bytes = 0;
            problem = "not sent: " + error.displayText();
            response.setKeepAlive(false);
        }
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
        _log.write({raw.method, std::string{splitTarget(raw.uri).path}, answer.status, took.count(), bytes,
                    answer.status >= 500 || problem.starts_with("not sent") ? problem : ""});
    }

private:
    static void send(const Response& answer, const RawRequest& raw, net::HTTPServerResponse& response)
    {
        response.setStatusAndReason(static_cast<net::HTTPResponse::HTTPStatus>(answer.status),
                                    std::string{reasonOf(answer.status)});
        response.set("Server", "acervo");
        if (!answer.contentType.empty()) {
            response.setContentType(answer.contentType);
        }
        for (const auto& [name, value] : answer.headers) {
            response.set(name, value);
        }
        if (raw.hasBody) {
            response.setKeepAlive(false);
        }
        if (answer.status == 304) {
            response.send();
        } else if (answer.file) {
            response.sendFile(answer.file->path(), answer.contentType);
        } else {
            response.sendBuffer(answer.body.data(), answer.body.size());
        }
    }

    const Site& _site;
    AccessLog& _log;
};

class Factory : public net::HTTPRequestHandlerFactory {
public:
    Factory(const Site& site, AccessLog& log) : _site(site), _log(log) {}

    net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override
    {
        return new Handler(_site, _log); // Poco deletes it
    }

private:
    const Site& _site;
    AccessLog& _log;
};

Error listenError(const ServerOptions& options, const Poco::Exception& error)
{
    const auto where = options.address + " port " + std::to_string(options.port);
    if (error.code() == EADDRINUSE) {
        return {ErrorCode::busy, "another program already listens on " + where +
                                     ": stop it, or choose another port (port under [search], or --port)"};
    }
    if (error.code() == EACCES) {
        return {ErrorCode::permissionDenied,
                "not allowed to listen on " + where + ": choose a port from 1024 up (port under [search], or --port)"};
    }
    return {ErrorCode::invalidArgument, "cannot listen on " + where + ": " + error.displayText()};
}

} // namespace

struct Server::State {
    State(net::ServerSocket listening, unsigned threads, const Site& site, AccessLog& log)
        : socket(std::move(listening)),
          pool("http", static_cast<int>(threads), static_cast<int>(threads), 1, kStackBytes),
          server(new Factory(site, log), pool, socket, parameters(threads))
    {
    }

    static net::HTTPServerParams::Ptr parameters(unsigned threads)
    {
        net::HTTPServerParams::Ptr parameters{new net::HTTPServerParams};
        parameters->setMaxThreads(static_cast<int>(threads));
        parameters->setMaxQueued(kQueuedConnections);
        parameters->setThreadIdleTime(kThreadIdleTime);
        parameters->setTimeout(kRequestTimeout);
        parameters->setKeepAlive(true);
        parameters->setKeepAliveTimeout(kKeepAliveTimeout);
        parameters->setMaxKeepAliveRequests(kRequestsPerConnection);
        return parameters;
    }

    net::ServerSocket socket;
    Poco::ThreadPool pool;
    net::HTTPServer server;
};

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, const Site& site, AccessLog& log)
{
    try {
        net::ServerSocket socket;
        // SO_REUSEADDR to restart at once, never SO_REUSEPORT: two daemons would share the port unnoticed.
        socket.bind(net::SocketAddress{options.address, options.port}, true, false);
        socket.listen(kBacklog);
        auto state = std::make_unique<State>(socket, options.threads, site, log);
        state->server.start();
        return std::unique_ptr<Server>{new Server(std::move(state))};
    } catch (const Poco::Exception& error) {
        return listenError(options, error);
    }
}

Server::Server(std::unique_ptr<State> state) : _state(std::move(state)) {}

Server::~Server()
{
    stop();
}

std::string Server::url() const
{
    return "http://" + _state->socket.address().toString() + "/";
}

void Server::stop()
{
    _state->server.stopAll(false);
    _state->pool.joinAll();
}

} // namespace acervo::http
