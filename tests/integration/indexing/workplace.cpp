#include "workplace.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace acervo::test {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char* kNobody = "65534";

std::string contentOf(const fs::path& file)
{
    std::ifstream in{file, std::ios::binary};
    std::stringstream content;
    content << in.rdbuf();
    return content.str();
}

} // namespace

Running::~Running()
{
    if (!_waited) {
        ::kill(_pid, SIGKILL);
        ::waitpid(_pid, &_status, 0);
    }
}

void Running::signal(int number) const
{
    ::kill(_pid, number);
}

bool Running::ended()
{
    _waited = _waited || ::waitpid(_pid, &_status, WNOHANG) == _pid;
    return _waited;
}

Outcome Running::wait()
{
    while (!_waited) {
        _waited = ::waitpid(_pid, &_status, 0) == _pid || errno != EINTR;
    }
    return {WIFEXITED(_status) ? WEXITSTATUS(_status) : 128 + WTERMSIG(_status), contentOf(_out), contentOf(_err)};
}

Workplace::Workplace()
{
    auto pattern = (fs::temp_directory_path() / "acervo-indexing-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error{"cannot make a temporary folder"};
    }
    _root = pattern;
    ::chmod(_root.c_str(), 0755);
    fs::create_directory(documents());
    const auto made =
        run({"init", "--folder", documents().string(), "--data", data().string(), "--output", config().string()});
    if (made.exit != 0) {
        throw std::runtime_error{made.err};
    }
}

Workplace::~Workplace()
{
    std::error_code ignored;
    fs::remove_all(_root, ignored);
}

void Workplace::write(const fs::path& name, std::string_view content) const
{
    const auto file = documents() / name;
    fs::create_directories(file.parent_path());
    std::ofstream out{file, std::ios::binary};
    out << content;
    out.close();
    ASSERT_TRUE(out) << file;
}

Running Workplace::start(const std::vector<std::string>& arguments) const
{
    std::vector<std::string> words{ACERVO_INDEXER};
    words.insert(words.end(), arguments.begin(), arguments.end());
    if (arguments.front() != "init") {
        words.insert(words.end(), {"--config", config().string()});
    }
    return startProgram(std::move(words));
}

Outcome Workplace::runTyping(const std::vector<std::string>& arguments, std::string_view typed) const
{
    const auto input = _root / "typed";
    std::ofstream{input, std::ios::binary} << typed;
    std::vector<std::string> words{ACERVO_INDEXER};
    words.insert(words.end(), arguments.begin(), arguments.end());
    words.insert(words.end(), {"--config", config().string()});
    return startProgram(std::move(words), input).wait();
}

Outcome Workplace::runUnprivileged(const std::vector<std::string>& arguments) const
{
    if (::geteuid() != 0) {
        return run(arguments);
    }
    fs::create_directories(data());
    const auto nobody = static_cast<uid_t>(std::atoi(kNobody));
    for (const auto& entry : fs::recursive_directory_iterator{data()}) {
        if (::chown(entry.path().c_str(), nobody, nobody) != 0) {
            throw std::runtime_error{"chown " + entry.path().string()};
        }
    }
    if (::chown(data().c_str(), nobody, nobody) != 0) {
        throw std::runtime_error{"chown " + data().string()};
    }
    const std::string user{kNobody};
    std::vector<std::string> words{"/usr/bin/setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups",
                                   ACERVO_INDEXER};
    words.insert(words.end(), arguments.begin(), arguments.end());
    words.insert(words.end(), {"--config", config().string()});
    return startProgram(std::move(words)).wait();
}

Running Workplace::startProgram(std::vector<std::string> words, const fs::path& input) const
{
    const auto number = std::to_string(++_runs);
    const auto out = _root / ("out." + number);
    const auto err = _root / ("err." + number);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    std::vector<char*> pointers;
    for (auto& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    pid_t pid = -1;
    const auto failure = ::posix_spawn(&pid, pointers.front(), &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure != 0) {
        throw std::runtime_error{"cannot start " + words.front()};
    }
    return {pid, out, err};
}

json Workplace::report(std::vector<std::string> arguments) const
{
    const auto file = _root / "report.json";
    fs::remove(file);
    arguments.insert(arguments.end(), {"--report", file.string()});
    const auto outcome = run(arguments);
    EXPECT_EQ(outcome.exit, 0) << outcome.out << outcome.err;
    return json::parse(contentOf(file)).at("sources").at(0);
}

json Workplace::status() const
{
    const auto outcome = run({"status", "--json"});
    EXPECT_EQ(outcome.exit, 0) << outcome.err;
    return json::parse(outcome.out);
}

std::string textNumber(int number)
{
    constexpr const char* kWords[] = {"council",   "budget",  "water",  "housing",
                                      "transport", "climate", "school", "region"};
    std::string text = "Report number " + std::to_string(number) + " of the municipality\n\n";
    for (int i = 0; i < 60; ++i) {
        text += std::string{kWords[(number * 7 + i * i) % 8]} + (i % 12 == 11 ? "\n" : " ");
    }
    return text;
}

std::uint64_t sumOf(const json& report)
{
    std::uint64_t sum = 0;
    for (const char* state : {"indexed", "unchanged", "partial", "failed", "quarantined", "withdrawn"}) {
        sum += report.at(state).get<std::uint64_t>();
    }
    return sum;
}

} // namespace acervo::test
