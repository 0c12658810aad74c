#include "tests/bench/clients/client.h"

#include "tests/bench/plain_index.h"

#include <Poco/URI.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace acervo::bench {

namespace {

constexpr const char* kProgram = "/usr/lib/cgi-bin/omega/omega";

// The parameters of the CGI program; the template of measure_omega reads STEM and SNIPPETS.
std::string queryString(const Question& question)
{
    Poco::URI uri;
    const auto add = [&](const char* name, const std::string& value) { uri.addQueryParameter(name, value); };
    add("DB", "omega");
    add("FMT", question.kind == "suggest" ? "suggest" : "bench");
    add("P", question.text);
    add("STEM", stemmerOf(question.language));
    if (question.kind == "page") {
        add("SNIPPETS", "1");
    }
    if (!question.section.empty()) {
        add("B", kSectionPrefix + question.section);
        add("B", kTypePrefix + question.type);
        add("START.0", std::to_string(question.yearFrom));
        add("END.0", std::to_string(question.yearTo));
    }
    return uri.getRawQuery();
}

class OmegaClient : public Client {
public:
    explicit OmegaClient(const std::string& folder) : _configuration("OMEGA_CONFIG_FILE=" + folder + "/omega.conf") {}

    // As a web server does it: a process, which answers on its standard output.
    Answered ask(const Question& question) override
    {
        std::string query = "QUERY_STRING=" + queryString(question);
        std::string method = "REQUEST_METHOD=GET";
        const std::array<char*, 4> environment{_configuration.data(), query.data(), method.data(), nullptr};
        std::string program = kProgram;
        const std::array<char*, 2> arguments{program.data(), nullptr};
        std::array<int, 2> pipe{};
        if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error{"no pipe for omega"};
        }
        posix_spawn_file_actions_t actions{};
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
        pid_t process = 0;
        const int failed = posix_spawn(&process, kProgram, &actions, nullptr, arguments.data(), environment.data());
        posix_spawn_file_actions_destroy(&actions);
        ::close(pipe[1]);
        const auto answer = failed == 0 ? readAll(pipe[0]) : std::string{};
        ::close(pipe[0]);
        int status = 1;
        if (failed != 0 || ::waitpid(process, &status, 0) != process || status != 0 ||
            answer.find("hits:") == std::string::npos) {
            throw std::runtime_error{"omega failed: " + answer};
        }
        return {answer.find("hits:0") == std::string::npos ? 1U : 0U};
    }

private:
    static std::string readAll(int descriptor)
    {
        std::string text;
        std::array<char, 65536> buffer{};
        for (ssize_t count = 0; (count = ::read(descriptor, buffer.data(), buffer.size())) > 0;) {
            text.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return text;
    }

    std::string _configuration;
};

double childrenMilliseconds()
{
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

} // namespace

System omegaSystem(const std::string& folder)
{
    // It counts no facets.
    return {"omega",
            {"one_word", "three_or", "three_and", "phrase", "three_filters", "suggest", "page", "start"},
            [folder]() -> std::unique_ptr<Client> { return std::make_unique<OmegaClient>(folder); },
            childrenMilliseconds};
}

} // namespace acervo::bench
