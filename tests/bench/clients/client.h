// A system that the benchmark asks: how to connect to it, and how its processor time is known.
#pragma once

#include "tests/bench/questions.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace acervo::bench {

struct Answered {
    std::size_t shown = 0;
    std::uint64_t matches = 0; // works that were found in all; 0 where the system does not say
};

// One at a time asks it: a connection, a handle of an index.
class Client {
public:
    virtual ~Client() = default;
    // Throws std::exception when it got no answer.
    virtual Answered ask(const Question& question) = 0;
};

struct System {
    std::string name;
    std::set<std::string> classes; // that it can answer
    std::function<std::unique_ptr<Client>()> connect;
    std::function<double()> processorMilliseconds; // spent so far by what answers the one client that was made first
};

// Of this thread; of another process.
double threadMilliseconds();
double processMilliseconds(int process);

// data       folder that acervo-indexer filled
// lexicon    compiled lexicon, "" for none: nothing is translated
System engineSystem(const std::string& name, const std::string& data, const std::string& lexicon);
// Xapian as it comes: its query parser and defaults, the bare match of the same words.
System plainSystem(const std::string& database);
// A running acervo-searchd. onlyMyWords: with xlang=off.
System httpSystem(const std::string& name, std::uint16_t port, int process, bool onlyMyWords);
// Omega's CGI program, a process a question. folder: with omega.conf, see measure_omega.
System omegaSystem(const std::string& folder);
// A cluster as measure_postgresql makes it; process: the postmaster.
System postgresqlSystem(const std::string& connection, int process);

} // namespace acervo::bench
