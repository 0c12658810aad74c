// The daemon's HTTP side: a listening socket, worker threads, and a Site that answers.
#pragma once

#include "searchd/http/access_log.h"
#include "searchd/http/site.h"

#include <cstdint>
#include <memory>
#include <string>

namespace acervo::http {

struct ServerOptions {
    std::string address;
    std::uint16_t port = 0; // 0: any free one
    unsigned threads = 8;
};

// Listens from start() to stop().
class Server {
public:
    // errors  busy (the port is in use), permissionDenied (ports below 1024), invalidArgument (no such address).
    static Result<std::unique_ptr<Server>> start(const ServerOptions& options, const Site& site, AccessLog& log);

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;
    ~Server();

    std::string url() const; // "http://127.0.0.1:8080/"

    // No new connections; returns when the requests in flight are answered.
    void stop();

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> _state;
};

} // namespace acervo::http
