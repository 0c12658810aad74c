#include "indexer/pipeline/detail/reading.h"

#include "analyzers/base/descriptor.h"
#include "indexer/pipeline/metadata_rules.h"
#include "indexer/worker/worker_pool.h"

#include <openssl/evp.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace acervo::pipeline::detail {

namespace fs = std::filesystem;

namespace {

struct DigestFree {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

class Sha256 {
public:
    Sha256() : _context(EVP_MD_CTX_new()) { EVP_DigestInit_ex(_context.get(), EVP_sha256(), nullptr); }
    void add(std::string_view bytes) { EVP_DigestUpdate(_context.get(), bytes.data(), bytes.size()); }
    std::string hex()
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
        unsigned size = 0;
        EVP_DigestFinal_ex(_context.get(), digest.data(), &size);
        std::string text;
        for (unsigned i = 0; i < size; ++i) {
            constexpr std::string_view kDigits = "0123456789abcdef";
            text += kDigits[digest[i] >> 4U];
            text += kDigits[digest[i] & 15U];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, DigestFree> _context;
};

// Finished documents on their way to the one thread that stores them, at most a few at a time: texts are large.
class Outbox {
public:
    explicit Outbox(std::size_t capacity) : _capacity(capacity) {}

    void put(ReadDocument document)
    {
        std::unique_lock lock{_mutex};
        _changed.wait(lock, [&] { return _documents.size() < _capacity || _closed; });
        _documents.push_back(std::move(document));
        _changed.notify_all();
    }

    void producerDone()
    {
        const std::lock_guard lock{_mutex};
        --_producers;
        _changed.notify_all();
    }

    void expectProducers(std::size_t producers) { _producers = producers; }

    // Nothing when all producers are done.
    std::optional<ReadDocument> take()
    {
        std::unique_lock lock{_mutex};
        _changed.wait(lock, [&] { return !_documents.empty() || _producers == 0; });
        if (_documents.empty()) {
            return std::nullopt;
        }
        auto document = std::move(_documents.front());
        _documents.pop_front();
        _changed.notify_all();
        return document;
    }

    // Producers no longer wait for room.
    void close()
    {
        const std::lock_guard lock{_mutex};
        _closed = true;
        _changed.notify_all();
    }

private:
    const std::size_t _capacity;
    std::mutex _mutex;
    std::condition_variable _changed;
    std::deque<ReadDocument> _documents; // guarded by _mutex
    std::size_t _producers = 0;          // guarded by _mutex
    bool _closed = false;                // guarded by _mutex
};

fs::path workerProgram()
{
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored).parent_path() / "acervo-extract-worker";
}

ReadDocument readOne(Task task, worker::WorkerPool& workers, std::uint64_t maxFileBytes)
{
    ReadDocument document;
    document.task = std::move(task);
    const auto& file = document.task.file;
    const auto fail = [&](Error error) { document.extracted.emplace(std::move(error)); };
    if (file.byteSize > maxFileBytes) {
        fail({ErrorCode::resourceLimit, "larger than " + std::to_string(maxFileBytes >> 20U) +
                                            " MiB: raise max_file_mb in [indexer] to read it"});
        return document;
    }
    // Without waiting: a pipe may have taken the file's place since it was listed.
    const Descriptor descriptor{::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (!descriptor) {
        fail(errorFromErrno(errno, "open " + file.path.string()));
        return document;
    }
    struct stat facts {};
    if (::fstat(descriptor.number(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
        fail({ErrorCode::unsupported, file.path.string() + " is no longer a regular file"});
        return document;
    }
    auto sha256 = sha256OfFile(descriptor.number());
    if (!sha256) {
        fail(sha256.error());
        return document;
    }
    document.sha256 = std::move(*sha256);
    const auto& known = document.task.known;
    if (known && known->sha256 == document.sha256 && known->inputsHash == document.task.inputsHash) {
        document.sameBytes = true;
        return document;
    }
    if (::lseek(descriptor.number(), 0, SEEK_SET) != 0) {
        fail(errorFromErrno(errno, "read " + file.path.string()));
        return document;
    }
    document.extracted.emplace(workers.extract(descriptor.number(), file.path.filename().string()));
    if (*document.extracted) {
        detectLanguages((*document.extracted)->pages);
    }
    return document;
}

} // namespace

Result<std::string> sha256OfFile(int descriptor)
{
    Sha256 hash;
    std::vector<char> buffer(256U << 10U);
    for (;;) {
        const auto read = ::read(descriptor, buffer.data(), buffer.size());
        if (read < 0 && errno == EINTR) {
            continue;
        }
        if (read < 0) {
            return errorFromErrno(errno, "read");
        }
        if (read == 0) {
            return hash.hex();
        }
        hash.add({buffer.data(), static_cast<std::size_t>(read)});
    }
}

std::string sha256OfText(std::string_view text)
{
    Sha256 hash;
    hash.add(text);
    return hash.hex();
}

Result<void> readAll(const config::Indexer& settings, std::vector<Task> tasks,
                     const std::function<bool()>& stopRequested, const std::function<Result<void>(ReadDocument)>& take)
{
    worker::WorkerLimits limits;
    limits.maxMemoryBytes = settings.workerMemoryBytes;
    limits.cpuPerDocument = settings.workerCpu;
    limits.wallPerDocument = settings.workerWall;
    extract::Limits extraction;
    extraction.maxTextBytes = settings.maxTextBytes;
    worker::WorkerPool workers{settings.workerProgram.empty() ? workerProgram() : settings.workerProgram,
                               settings.workers, limits, extraction};

    Outbox outbox{std::size_t{settings.workers} * 2};
    outbox.expectProducers(settings.workers);
    std::mutex mutex;
    std::size_t next = 0; // guarded by mutex
    bool stop = false;    // guarded by mutex
    const auto produce = [&] {
        for (;;) {
            std::optional<Task> task;
            {
                const std::lock_guard lock{mutex};
                if (!stop && next < tasks.size()) {
                    task = std::move(tasks[next++]);
                }
            }
            if (!task) {
                break;
            }
            outbox.put(readOne(std::move(*task), workers, settings.maxFileBytes));
        }
        outbox.producerDone();
    };
    std::vector<std::jthread> producers;
    for (unsigned i = 0; i < settings.workers; ++i) {
        producers.emplace_back(produce);
    }
    Result<void> outcome;
    while (auto document = outbox.take()) {
        if (outcome) {
            outcome = take(std::move(*document));
        }
        if (!outcome || (stopRequested && stopRequested())) {
            const std::lock_guard lock{mutex};
            stop = true;
        }
        if (!outcome) {
            outbox.close();
        }
    }
    return outcome;
}

} // namespace acervo::pipeline::detail
