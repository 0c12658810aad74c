#include "indexer/worker/worker_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

namespace acervo::worker {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

// A file that exists in memory only.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view content) : _descriptor(::memfd_create("document", MFD_CLOEXEC))
    {
        EXPECT_EQ(::write(_descriptor, content.data(), content.size()), static_cast<ssize_t>(content.size()));
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(_descriptor); }

    int descriptor() const { return _descriptor; }

private:
    int _descriptor;
};

WorkerLimits tightLimits()
{
    WorkerLimits limits;
    limits.maxMemoryBytes = 256ULL << 20;
    limits.cpuPerDocument = 20s;
    limits.wallPerDocument = 20s;
    limits.maxReplyBytes = 1ULL << 20;
    return limits;
}

class WorkerPoolTest : public testing::Test {
protected:
    static WorkerPool poolOf(const WorkerLimits& limits, unsigned processes = 1)
    {
        return WorkerPool{ACERVO_MISBEHAVING_WORKER, processes, limits, extract::Limits{}};
    }

    // The text that a document named so gets back, or the error's code and message.
    static std::string ask(WorkerPool& pool, const std::string& name, std::string_view content = "content")
    {
        const MemoryFile file{content};
        const auto document = pool.extract(file.descriptor(), name);
        if (!document) {
            return std::string{nameOf(document.error().code)} + ": " + document.error().message;
        }
        return document->pages.empty() ? "no pages" : document->pages.front().text;
    }
};

TEST_F(WorkerPoolTest, readsOneDocumentAfterAnotherInOneProcess)
{
    auto pool = poolOf(tightLimits());
    EXPECT_EQ(ask(pool, "plain", "first"), "first");
    EXPECT_EQ(ask(pool, "plain", "second"), "second");
    EXPECT_EQ(ask(pool, "process"), ask(pool, "process"));
}

TEST_F(WorkerPoolTest, passesLimitsAndErrorsThrough)
{
    extract::Limits extraction;
    extraction.maxPages = 17;
    WorkerPool pool{ACERVO_MISBEHAVING_WORKER, 1, tightLimits(), extraction};
    EXPECT_EQ(ask(pool, "limits"), "17");
    EXPECT_EQ(ask(pool, "refuse"), "encrypted: needs a password");
}

struct MisbehaviourCase {
    std::string_view name;
    std::string_view expected; // part of the answer
};
void PrintTo(const MisbehaviourCase& c, std::ostream* out)
{
    *out << c.name;
}

class Misbehaviour : public WorkerPoolTest, public testing::WithParamInterface<MisbehaviourCase> {};

TEST_P(Misbehaviour, costsOneDocument)
{
    auto pool = poolOf(tightLimits());
    EXPECT_EQ(ask(pool, "plain", "before"), "before");
    EXPECT_THAT(ask(pool, std::string{GetParam().name}), HasSubstr(std::string{GetParam().expected}));
    EXPECT_EQ(ask(pool, "plain", "after"), "after");
}

INSTANTIATE_TEST_SUITE_P(, Misbehaviour,
                         testing::Values(MisbehaviourCase{"abort", "workerDied: the worker was ended by SIGABRT"},
                                         MisbehaviourCase{"exit", "workerDied: the worker ended with status 3"},
                                         MisbehaviourCase{"throw", "internal: thrown on purpose"},
                                         MisbehaviourCase{"babble", "workerDied: the worker gave an answer"},
                                         MisbehaviourCase{"endless", "resourceLimit: an answer of"},
                                         MisbehaviourCase{"halfway", "workerDied: the worker ended with status 0"},
                                         MisbehaviourCase{"fatten", "resourceLimit: an answer of"},
                                         MisbehaviourCase{"twice", "workerDied: the worker gave an answer"},
                                         MisbehaviourCase{"write", "workerDied: the worker was ended by SIGXFSZ"},
                                         MisbehaviourCase{"invalid", "a\xEF\xBF\xBD"
                                                                     "b"}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST_F(WorkerPoolTest, namesTheSignalOfACrash)
{
    auto pool = poolOf(tightLimits());
    const auto answer = ask(pool, "crash");
    // Sanitizers catch the signal themselves and leave with a status.
    EXPECT_THAT(answer, HasSubstr(kSanitized ? "workerDied" : "workerDied: the worker was ended by SIGSEGV"));
    EXPECT_EQ(ask(pool, "plain", "after"), "after");
}

TEST_F(WorkerPoolTest, endsAWorkerThatSleeps)
{
    auto limits = tightLimits();
    limits.wallPerDocument = 1s;
    auto pool = poolOf(limits);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(ask(pool, "sleep"), "timeout: took longer than 1 s");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
    EXPECT_EQ(ask(pool, "plain", "after"), "after");
}

TEST_F(WorkerPoolTest, endsAWorkerThatSpins)
{
    auto limits = tightLimits();
    limits.cpuPerDocument = 1s;
    auto pool = poolOf(limits);
    EXPECT_EQ(ask(pool, "spin"), "timeout: used more than 1 s of processor time");
    EXPECT_EQ(ask(pool, "plain", "after"), "after");
}

TEST_F(WorkerPoolTest, refusesMemoryBeyondTheLimit)
{
    if (kSanitized) {
        GTEST_SKIP() << "sanitizers reserve terabytes of address space, so it is not limited under them";
    }
    auto pool = poolOf(tightLimits());
    EXPECT_EQ(ask(pool, "eat"), "resourceLimit: needs more than 256 MB of memory");
    EXPECT_EQ(ask(pool, "plain", "after"), "after");
}

TEST_F(WorkerPoolTest, givesTheWorkerNoDescriptorsButItsOwn)
{
    const MemoryFile secret{"secret"};
    ASSERT_GE(::fcntl(secret.descriptor(), F_SETFD, 0), 0); // inheritable, as a careless library leaves them
    auto pool = poolOf(tightLimits());
    EXPECT_EQ(ask(pool, "descriptors"), "0 1 2 3 "); // socket, /dev/null twice, the document
}

TEST_F(WorkerPoolTest, replacesAWorkerAfterSoManyDocuments)
{
    auto limits = tightLimits();
    limits.documentsPerProcess = 2;
    auto pool = poolOf(limits);
    std::set<std::string> processes;
    for (int i = 0; i < 6; ++i) {
        processes.insert(ask(pool, "process"));
    }
    EXPECT_EQ(processes.size(), 3U);
}

TEST_F(WorkerPoolTest, leavesTheOffsetOfTheFileAlone)
{
    auto pool = poolOf(tightLimits());
    const MemoryFile file{"0123456789"};
    ASSERT_EQ(::lseek(file.descriptor(), 4, SEEK_SET), 4);
    const auto document = pool.extract(file.descriptor(), "plain");
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(document->pages.at(0).text, "0123456789");
    EXPECT_EQ(::lseek(file.descriptor(), 0, SEEK_CUR), 4);
}

TEST_F(WorkerPoolTest, reportsAProgramThatIsNotThere)
{
    WorkerPool pool{"/nonexistent/acervo-extract-worker", 1, tightLimits(), extract::Limits{}};
    EXPECT_THAT(ask(pool, "plain"), HasSubstr("start /nonexistent/acervo-extract-worker"));
}

TEST_F(WorkerPoolTest, reportsAFolderAsUnsupported)
{
    auto pool = poolOf(tightLimits());
    const int folder = ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ASSERT_GE(folder, 0);
    const auto document = pool.extract(folder, "folder");
    ::close(folder);
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::unsupported);
}

// Workers die with the thread that started them; that must not be the caller's.
TEST_F(WorkerPoolTest, keepsItsWorkerWhenTheThreadThatAskedFirstEnds)
{
    auto pool = poolOf(tightLimits());
    std::string first;
    std::thread{[&] { first = ask(pool, "process"); }}.join();
    EXPECT_EQ(ask(pool, "process"), first);
}

TEST_F(WorkerPoolTest, servesSeveralThreadsWhileSomeWorkersDie)
{
    auto pool = poolOf(tightLimits(), 3);
    std::atomic<int> answered = 0;
    std::atomic<int> died = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 6; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 20; ++i) {
                const auto content = std::to_string(thread * 1000 + i);
                if (i % 7 == 3) {
                    died += ask(pool, "abort").starts_with("workerDied") ? 1 : 0;
                } else {
                    answered += ask(pool, "plain", content) == content ? 1 : 0;
                }
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(died, 6 * 3);
    EXPECT_EQ(answered, 6 * 17);
}

} // namespace
} // namespace acervo::worker
