// Asks a running acervo-searchd over HTTP from several clients at once and prints rate and waiting times.
//
// usage: bench_http_load PORT CLIENTS SECONDS < PATHS
//
// PATHS: one request path a line; each client goes through all of them, beginning at another one. Prints one line of
// tab-separated fields: requests, failures, requests per second, and the milliseconds that 50 %, 95 %, 99 % and all of
// the answers took at most. Anything but a complete 200 is a failure.
#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/NullStream.h>
#include <Poco/StreamCopier.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Outcome {
    std::vector<double> milliseconds;
    std::size_t failures = 0;
};

void ask(std::uint16_t port, const std::vector<std::string>& paths, std::size_t first, Clock::time_point until,
         Outcome& outcome)
{
    Poco::Net::HTTPClientSession session{"127.0.0.1", port};
    session.setKeepAlive(true);
    Poco::NullOutputStream nowhere;
    for (std::size_t i = first; Clock::now() < until; ++i) {
        const auto began = Clock::now();
        try {
            Poco::Net::HTTPRequest request{Poco::Net::HTTPRequest::HTTP_GET, paths[i % paths.size()],
                                           Poco::Net::HTTPMessage::HTTP_1_1};
            request.setKeepAlive(true);
            session.sendRequest(request);
            Poco::Net::HTTPResponse response;
            Poco::StreamCopier::copyStream(session.receiveResponse(response), nowhere);
            if (response.getStatus() != Poco::Net::HTTPResponse::HTTP_OK) {
                ++outcome.failures;
            }
        } catch (const Poco::Exception& error) {
            if (outcome.failures++ == 0) {
                std::cerr << "bench_http_load: " << error.displayText() << '\n';
            }
            session.reset();
        }
        outcome.milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
    }
}

double percentile(const std::vector<double>& sorted, double share)
{
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

} // namespace

int main(int argc, char** argv)
{
    const long port = argc == 4 ? std::strtol(argv[1], nullptr, 10) : 0;
    const long clients = argc == 4 ? std::strtol(argv[2], nullptr, 10) : 0;
    const long seconds = argc == 4 ? std::strtol(argv[3], nullptr, 10) : 0;
    std::vector<std::string> paths;
    for (std::string line; std::getline(std::cin, line);) {
        if (!line.empty()) {
            paths.push_back(line);
        }
    }
    if (port < 1 || port > 65535 || clients < 1 || clients > 256 || seconds < 1 || paths.empty()) {
        std::cerr << "usage: bench_http_load PORT CLIENTS SECONDS < PATHS\n";
        return 2;
    }
    std::vector<Outcome> outcomes(static_cast<std::size_t>(clients));
    const auto began = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < outcomes.size(); ++i) {
            threads.emplace_back([&, i] {
                ask(static_cast<std::uint16_t>(port), paths, i * paths.size() / outcomes.size(),
                    began + std::chrono::seconds{seconds}, outcomes[i]);
            });
        }
    }
    const double spent = std::chrono::duration<double>(Clock::now() - began).count();
    std::vector<double> all;
    std::size_t failures = 0;
    for (const auto& outcome : outcomes) {
        all.insert(all.end(), outcome.milliseconds.begin(), outcome.milliseconds.end());
        failures += outcome.failures;
    }
    std::ranges::sort(all);
    std::printf("%zu\t%zu\t%.1f\t%.1f\t%.1f\t%.1f\t%.1f\n", all.size(), failures,
                static_cast<double>(all.size()) / spent, percentile(all, 0.5), percentile(all, 0.95),
                percentile(all, 0.99), all.back());
    return failures == 0 ? 0 : 1;
}
