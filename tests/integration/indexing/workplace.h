// A temporary folder with documents, a configuration and a data folder, and the real indexer to run on them.
#pragma once

#include <nlohmann/json.hpp>

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::test {

struct Outcome {
    int exit = -1; // as the program returned it; 128 + signal when one ended it
    std::string out;
    std::string err;
};

// A program that runs; ended with SIGKILL when the test forgets it.
class Running {
public:
    Running(pid_t pid, std::filesystem::path out, std::filesystem::path err)
        : _pid(pid), _out(std::move(out)), _err(std::move(err))
    {
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running();

    void signal(int number) const;
    bool ended(); // looks, does not wait
    Outcome wait();

private:
    pid_t _pid;
    std::filesystem::path _out;
    std::filesystem::path _err;
    int _status = 0;
    bool _waited = false;
};

class Workplace {
public:
    Workplace();
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    ~Workplace();

    const std::filesystem::path& root() const { return _root; }
    std::filesystem::path documents() const { return _root / "documents"; }
    std::filesystem::path data() const { return _root / "data"; }
    std::filesystem::path config() const { return _root / "acervo.toml"; }

    // Below documents(); makes the folders it needs.
    void write(const std::filesystem::path& name, std::string_view content) const;

    Outcome run(const std::vector<std::string>& arguments) const { return start(arguments).wait(); }
    Running start(const std::vector<std::string>& arguments) const;

    // With what a person types.
    Outcome runTyping(const std::vector<std::string>& arguments, std::string_view typed) const;

    // Runs as a user who owns nothing, where the test itself may do anything.
    Outcome runUnprivileged(const std::vector<std::string>& arguments) const;

    // "run", and the report of the only source.
    nlohmann::json report(std::vector<std::string> arguments = {"run"}) const;
    nlohmann::json status() const;

private:
    Running startProgram(std::vector<std::string> words, const std::filesystem::path& input = "/dev/null") const;

    std::filesystem::path _root;
    mutable int _runs = 0;
};

// A text that no two numbers share.
std::string textNumber(int number);

// "indexed" + "unchanged" + ... of a report.
std::uint64_t sumOf(const nlohmann::json& report);

} // namespace acervo::test
