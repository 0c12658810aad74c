#include "indexer/worker/worker_pool.h"

#include "indexer/worker/detail/channel.h"
#include "indexer/worker/detail/wire.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace acervo::worker {
namespace {

struct SpawnActions {
    SpawnActions() { posix_spawn_file_actions_init(&value); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
    ~SpawnActions() { posix_spawn_file_actions_destroy(&value); }
    posix_spawn_file_actions_t value{};
};

struct SpawnAttributes {
    SpawnAttributes() { posix_spawnattr_init(&value); }
    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;
    ~SpawnAttributes() { posix_spawnattr_destroy(&value); }
    posix_spawnattr_t value{};
};

// One worker. Its end is always waited for, so that no zombie stays.
class Process {
public:
    static Result<std::unique_ptr<Process>> start(const std::filesystem::path& program, std::uint64_t maxMemoryBytes)
    {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
            return errorFromErrno(errno, "make a socket pair for a worker");
        }
        Descriptor ours{ends[0]};
        const Descriptor theirs{ends[1]};

        SpawnActions actions;
        posix_spawn_file_actions_adddup2(&actions.value, theirs.number(), STDIN_FILENO);
        posix_spawn_file_actions_addopen(&actions.value, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions.value, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        // The program's own signal set-up (masked for its threads, ignored) is not the worker's.
        SpawnAttributes attributes;
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes.value, &none);
        posix_spawnattr_setsigdefault(&attributes.value, &all);
        // A group of its own: Ctrl-C in the terminal is for the indexer, which then ends its workers.
        posix_spawnattr_setpgroup(&attributes.value, 0);
        posix_spawnattr_setflags(&attributes.value,
                                 POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

        auto path = program.string();
        auto parent = std::to_string(::getpid());
        auto memory = std::to_string(maxMemoryBytes);
        std::string locale = "LC_ALL=C.UTF-8";
        std::array<char*, 4> arguments{path.data(), parent.data(), memory.data(), nullptr};
        std::array<char*, 2> environment{locale.data(), nullptr};
        pid_t pid = -1;
        const int failure =
            ::posix_spawn(&pid, path.c_str(), &actions.value, &attributes.value, arguments.data(), environment.data());
        if (failure != 0) {
            return errorFromErrno(failure, "start " + path);
        }
        return std::unique_ptr<Process>{new Process{pid, std::move(ours)}};
    }

    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() { end(); }

    int socket() const { return _socket.number(); }
    std::uint32_t served() const { return _served; }
    void countServed() { ++_served; }

    // Bytes beyond the last answer would be taken for the next one.
    bool hasUnaskedAnswer() const
    {
        char byte = 0;
        return ::recv(_socket.number(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
    }

    // Kills the worker if it still runs; returns how it ended, as waitpid() tells it.
    int end()
    {
        if (_pid > 0) {
            ::kill(_pid, SIGKILL);
            wait();
        }
        return _status;
    }

    // Waits for one that has closed its socket: it is ending by itself, unless it only pretends.
    int endedByItself()
    {
        constexpr int kPatienceMs = 2'000;
        for (int waited = 0; _pid > 0 && waited < kPatienceMs; ++waited) {
            const auto ended = ::waitpid(_pid, &_status, WNOHANG);
            if (ended == _pid || (ended < 0 && errno != EINTR)) {
                _pid = -1;
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
        return end();
    }

private:
    Process(pid_t pid, Descriptor socket) : _pid(pid), _socket(std::move(socket)) {}

    void wait()
    {
        while (::waitpid(_pid, &_status, 0) < 0 && errno == EINTR) {
        }
        _pid = -1;
    }

    pid_t _pid;
    Descriptor _socket;
    std::uint32_t _served = 0;
    int _status = 0;
};

// Workers ask to be killed when the thread that started them ends (PR_SET_PDEATHSIG means the thread, not the
// process), so all are started by one thread that lives as long as the pool.
class Starter {
public:
    Starter() : _thread([this] { run(); }) {}
    Starter(const Starter&) = delete;
    Starter& operator=(const Starter&) = delete;
    ~Starter()
    {
        {
            const std::lock_guard lock{_mutex};
            _stopping = true;
        }
        _wake.notify_one();
        _thread.join();
    }

    Result<std::unique_ptr<Process>> start(const std::filesystem::path& program, std::uint64_t maxMemoryBytes)
    {
        std::packaged_task<Result<std::unique_ptr<Process>>()> task{
            [&program, maxMemoryBytes] { return Process::start(program, maxMemoryBytes); }};
        auto result = task.get_future();
        {
            const std::lock_guard lock{_mutex};
            _tasks.push_back(std::move(task));
        }
        _wake.notify_one();
        return result.get();
    }

private:
    void run()
    {
        std::unique_lock lock{_mutex};
        while (true) {
            _wake.wait(lock, [this] { return _stopping || !_tasks.empty(); });
            if (_tasks.empty()) {
                return;
            }
            auto task = std::move(_tasks.front());
            _tasks.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    std::mutex _mutex;
    std::condition_variable _wake;
    std::deque<std::packaged_task<Result<std::unique_ptr<Process>>()>> _tasks; // guarded by _mutex
    bool _stopping = false;                                                    // guarded by _mutex
    std::thread _thread;                                                       // last: uses all of the above
};

std::string signalName(int number)
{
    const char* name = ::sigabbrev_np(number);
    return name == nullptr ? "signal " + std::to_string(number) : "SIG" + std::string{name};
}

} // namespace

struct WorkerPool::State {
    State(std::filesystem::path theProgram, unsigned processes, WorkerLimits theLimits, extract::Limits theExtraction)
        : program(std::move(theProgram)),
          limits(theLimits),
          extraction(theExtraction),
          free(processes == 0 ? 1 : processes)
    {
        idle.reserve(free); // giveBack() must not throw
    }

    const std::filesystem::path program;
    const WorkerLimits limits;
    const extract::Limits extraction;
    Starter starter;

    std::mutex mutex;
    std::condition_variable freed;
    unsigned free;                              // guarded by mutex: processes that may be used or started
    std::vector<std::unique_ptr<Process>> idle; // guarded by mutex

    // Waits for a place; nullptr when a process must be started in it.
    std::unique_ptr<Process> take()
    {
        std::unique_lock lock{mutex};
        freed.wait(lock, [this] { return free > 0; });
        --free;
        if (idle.empty()) {
            return nullptr;
        }
        auto process = std::move(idle.back());
        idle.pop_back();
        return process;
    }

    // process  nullptr when it did not survive.
    void giveBack(std::unique_ptr<Process> process)
    {
        {
            const std::lock_guard lock{mutex};
            ++free;
            if (process && process->served() < limits.documentsPerProcess) {
                idle.push_back(std::move(process));
            }
        }
        freed.notify_one();
    }

    Error causeOfDeath(int status) const
    {
        if (WIFSIGNALED(status)) {
            const int number = WTERMSIG(status);
            if (number == SIGXCPU) {
                return {ErrorCode::timeout,
                        "used more than " + std::to_string(limits.cpuPerDocument.count()) + " s of processor time"};
            }
            return {ErrorCode::workerDied, "the worker was ended by " + signalName(number)};
        }
        return {ErrorCode::workerDied, "the worker ended with status " + std::to_string(WEXITSTATUS(status))};
    }

    // Ends the process (and resets the pointer) whenever it cannot be trusted with another document.
    Result<extract::ExtractedDocument> ask(std::unique_ptr<Process>& process, detail::Deadline deadline)
    {
        auto frame = detail::receiveFrame(process->socket(), limits.maxReplyBytes, deadline);
        if (!frame) {
            auto error = frame.error();
            if (error.code == ErrorCode::timeout) {
                error.message = "took longer than " + std::to_string(limits.wallPerDocument.count()) + " s";
            } else if (error.code != ErrorCode::resourceLimit) {
                error = causeOfDeath(process->endedByItself());
            }
            process.reset();
            return error;
        }
        auto reply = detail::decodeReply(frame->bytes);
        if (!reply) {
            process.reset();
            return Error{ErrorCode::workerDied, "the worker gave an answer that is none"};
        }
        process->countServed();
        // After these the worker leaves by itself: see serve().
        if (!*reply &&
            (reply->error().code == ErrorCode::internal || reply->error().code == ErrorCode::resourceLimit)) {
            process.reset();
        }
        return std::move(*reply);
    }

    Result<extract::ExtractedDocument> run(std::unique_ptr<Process>& process, int descriptor, const std::string& name)
    {
        const auto request = detail::encode(detail::Request{name.substr(0, 4096), extraction,
                                                            static_cast<std::uint64_t>(limits.cpuPerDocument.count()),
                                                            limits.maxMemoryBytes / 2});
        const auto deadline = std::chrono::steady_clock::now() + limits.wallPerDocument;
        for (bool again = true;; again = false) {
            if (process && process->hasUnaskedAnswer()) {
                process.reset();
            }
            const bool fresh = process == nullptr;
            if (fresh) {
                auto started = starter.start(program, limits.maxMemoryBytes);
                if (!started) {
                    return started.error();
                }
                process = std::move(*started);
            }
            const auto sent = detail::sendFrame(process->socket(), request, descriptor, deadline);
            if (sent) {
                return ask(process, deadline);
            }
            const auto status = process->endedByItself();
            process.reset();
            // One that died while idle did not die of this document.
            if (fresh || !again) {
                return causeOfDeath(status);
            }
        }
    }
};

WorkerPool::WorkerPool(std::filesystem::path program, unsigned processes, WorkerLimits limits,
                       extract::Limits extraction)
    : _state(std::make_unique<State>(std::move(program), processes, limits, extraction))
{
}

WorkerPool::~WorkerPool() = default;

Result<extract::ExtractedDocument> WorkerPool::extract(int descriptor, const std::string& fileName)
{
    // The place is given back even when run() throws (out of memory): others wait for it.
    struct Place {
        State& state;
        std::unique_ptr<Process> process;
        ~Place() { state.giveBack(std::move(process)); }
    } place{*_state, _state->take()};
    return _state->run(place.process, descriptor, fileName);
}

} // namespace acervo::worker
