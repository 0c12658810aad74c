// Asks several systems the same questions in turn and prints how long they took.
//
// usage: bench_ask QUESTIONS ROUNDS SECONDS SYSTEM...
//        bench_ask systems         the names of those that this build can ask
//
//   SYSTEM   acervo=DATA              in process, only the words asked (nothing translated)
//            acervo_translated=DATA:LEXICON
//            plain=DATABASE           Xapian as it comes, in process
//            http=PORT:PID, http_translated=PORT:PID
//            omega=FOLDER
//            postgresql=PID:CONNECTION
//   ROUNDS   times that each question is asked by one client (from the second on, engines that keep what they read for
//   a
//            question have an advantage that readers seldom give them), but not once a system has taken 15 seconds; the
//            systems take turns after each round of a class, so that what else the machine does falls on all of them
//   SECONDS  then, for each system and class, two clients that do not wait between questions; 0: none
//
// Prints lines of four fields separated by tabs: system, class, what, figure. Times are in milliseconds: p50, p95, p99
// and mean by the clock, cpu (mean) and, in process, cpu_p50 of the processor. per_second: of the two clients together.
// asked: questions; on average, results: shown, matches: works found in all. Exits with 1 when a system does not
// answer.
#include "tests/bench/clients/client.h"
#include "tests/bench/questions.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace acervo::bench;
using Clock = std::chrono::steady_clock;

constexpr int kClients = 2;
constexpr double kEnough = 15e3; // ms: a system that took so long in a class is asked no further question of it

double milliseconds(Clock::duration time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

struct Times {
    std::vector<double> wall;      // of each question
    std::vector<double> processor; // of each question, where it can be known so exactly
    double sum = 0;                // of wall
    double processorTotal = 0;
    std::size_t results = 0;
    std::uint64_t matches = 0;
};

double percentile(std::vector<double>& values, double share)
{
    std::ranges::sort(values);
    return values.empty() ? 0.0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void print(const System& system, const std::string& kind, const char* what, double figure)
{
    std::printf("%s\t%s\t%s\t%.4f\n", system.name.c_str(), kind.c_str(), what, figure);
}

void print(const System& system, const std::string& kind, Times times)
{
    const auto count = static_cast<double>(times.wall.size());
    print(system, kind, "p50", percentile(times.wall, 0.5));
    print(system, kind, "p95", percentile(times.wall, 0.95));
    print(system, kind, "p99", percentile(times.wall, 0.99));
    print(system, kind, "mean", times.sum / count);
    print(system, kind, "cpu", times.processorTotal / count);
    if (!times.processor.empty()) {
        print(system, kind, "cpu_p50", percentile(times.processor, 0.5));
    }
    print(system, kind, "asked", count);
    print(system, kind, "results", static_cast<double>(times.results) / count);
    if (times.matches > 0) {
        print(system, kind, "matches", static_cast<double>(times.matches) / count);
    }
}

// system  with the client that it was connected with first
void askRound(const System& system, Client& client, const std::vector<Question>& questions, Times& times)
{
    const bool inProcess = system.processorMilliseconds.target<double (*)()>() != nullptr &&
                           *system.processorMilliseconds.target<double (*)()>() == threadMilliseconds;
    const double before = system.processorMilliseconds();
    for (const auto& question : questions) {
        if (times.sum > kEnough) {
            break;
        }
        const double spent = inProcess ? threadMilliseconds() : 0.0;
        const auto began = Clock::now();
        const auto answered = client.ask(question);
        times.wall.push_back(milliseconds(Clock::now() - began));
        times.results += answered.shown;
        times.matches += answered.matches;
        times.sum += times.wall.back();
        if (inProcess) {
            times.processor.push_back(threadMilliseconds() - spent);
        }
    }
    times.processorTotal += system.processorMilliseconds() - before;
}

// Questions a second of kClients that do not wait.
double rate(const System& system, const std::vector<Question>& questions, std::chrono::seconds seconds)
{
    std::atomic<std::size_t> answered = 0;
    std::atomic<bool> failed = false;
    const auto began = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t number = 0; number < kClients; ++number) {
            threads.emplace_back([&, number] {
                try {
                    const auto client = system.connect();
                    for (auto i = number * questions.size() / kClients; Clock::now() - began < seconds; ++i) {
                        (void)client->ask(questions[i % questions.size()]);
                        ++answered;
                    }
                } catch (const std::exception& error) {
                    std::fprintf(stderr, "bench_ask: %s: %s\n", system.name.c_str(), error.what());
                    failed = true;
                }
            });
        }
    }
    if (failed) {
        throw std::runtime_error{"two clients at once"};
    }
    return static_cast<double>(answered) * 1e3 / milliseconds(Clock::now() - began);
}

// "a:b" cut at the first colon.
std::pair<std::string, std::string> halves(const std::string& text)
{
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
        throw std::runtime_error{"a system needs two values here: " + text};
    }
    return {text.substr(0, colon), text.substr(colon + 1)};
}

#ifdef ACERVO_WITH_POSTGRESQL
constexpr bool kWithPostgresql = true;
#else
constexpr bool kWithPostgresql = false;
#endif

System systemNamed(const std::string& argument)
{
    const auto equals = std::min(argument.find('='), argument.size() - 1);
    const auto name = argument.substr(0, equals);
    const auto value = argument.substr(equals + 1);
    if (name == "acervo") {
        return engineSystem(name, value, "");
    }
    if (name == "acervo_translated") {
        return engineSystem(name, halves(value).first, halves(value).second);
    }
    if (name == "plain") {
        return plainSystem(value);
    }
    if (name == "http" || name == "http_translated") {
        return httpSystem(name, static_cast<std::uint16_t>(std::stoi(halves(value).first)),
                          std::stoi(halves(value).second), name == "http");
    }
    if (name == "omega") {
        return omegaSystem(value);
    }
    if constexpr (kWithPostgresql) {
        if (name == "postgresql") {
            return postgresqlSystem(halves(value).second, std::stoi(halves(value).first));
        }
    }
    throw std::runtime_error{"there is no system " + argument};
}

struct Asked {
    System system;
    std::unique_ptr<Client> client;
    Times times; // of the present class
};

// Asks everything once, for what is loaded when first needed.
void warm(std::vector<Asked>& systems, const std::vector<Question>& all)
{
    for (const auto& kind : kClasses) {
        const auto first = std::ranges::find(all, kind, &Question::kind);
        for (auto& asked : systems) {
            if (first != all.end() && asked.system.classes.contains(kind)) {
                (void)asked.client->ask(*first);
            }
        }
    }
}

void askAll(std::vector<Asked>& systems, const std::vector<Question>& all, int rounds, std::chrono::seconds seconds)
{
    warm(systems, all);
    for (const auto& kind : kClasses) {
        std::vector<Question> questions;
        std::ranges::copy_if(all, std::back_inserter(questions), [&](const auto& one) { return one.kind == kind; });
        if (questions.empty()) {
            continue;
        }
        std::vector<Asked*> able;
        for (auto& asked : systems) {
            if (asked.system.classes.contains(kind)) {
                able.push_back(&asked);
                asked.times = {};
            }
        }
        for (int round = 0; round < rounds; ++round) {
            for (auto* asked : able) {
                askRound(asked->system, *asked->client, questions, asked->times);
            }
        }
        for (auto* asked : able) {
            print(asked->system, kind, std::move(asked->times));
            if (seconds.count() > 0) {
                print(asked->system, kind, "per_second", rate(asked->system, questions, seconds));
            }
        }
        std::fflush(stdout);
    }
}

} // namespace

int main(int argc, char** argv)
{
    try {
        if (argc == 2 && std::string{argv[1]} == "systems") {
            std::printf("acervo\nacervo_translated\nplain\nhttp\nhttp_translated\nomega\n%s",
                        kWithPostgresql ? "postgresql\n" : "");
            return 0;
        }
        const auto questions = argc >= 5 ? readQuestions(argv[1]) : std::nullopt;
        const int rounds = questions ? std::stoi(argv[2]) : 0;
        if (rounds < 1) {
            std::fputs("usage: bench_ask QUESTIONS ROUNDS SECONDS SYSTEM...   (see the top of ask.cpp)\n", stderr);
            return 2;
        }
        std::vector<Asked> systems;
        for (int i = 4; i < argc; ++i) {
            auto system = systemNamed(argv[i]);
            auto client = system.connect();
            systems.push_back({std::move(system), std::move(client), {}});
        }
        askAll(systems, *questions, rounds, std::chrono::seconds{std::stoi(argv[3])});
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_ask: %s\n", error.what());
        return 1;
    }
}
