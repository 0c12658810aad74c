#include "corpus/index/detail/bulk_builder.h"

#include "corpus/index/detail/generation_writer.h"
#include "corpus/index/detail/segments.h"
#include "corpus/index/guarded.h"

#include <algorithm>
#include <future>
#include <limits>
#include <set>
#include <thread>
#include <utility>

namespace acervo::index::detail {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kChangesPerRead = 500;
constexpr const char* kSegments = "segments"; // folder in that of the generation

// What indexing takes until a segment is written, measured with short documents (the terms of the metadata weigh most)
// and with long ones (the postings and positions do): docs/measurements.md, "Building the index".
constexpr std::uint64_t kMemoryPerDocument = 16'000;
constexpr std::uint64_t kMemoryPerTextByte = 24;

unsigned threadsFor(const WriterOptions& options)
{
    return options.buildThreads > 0 ? options.buildThreads : std::max(1U, std::thread::hardware_concurrency());
}

// Whoever leaves early leaves nobody waiting for him.
class Abandoning {
public:
    explicit Abandoning(BatchQueue& queue) : _queue(&queue) {}
    Abandoning(const Abandoning&) = delete;
    Abandoning& operator=(const Abandoning&) = delete;
    ~Abandoning()
    {
        if (_queue != nullptr) {
            _queue->abandon();
        }
    }
    void release() { _queue = nullptr; }

private:
    BatchQueue* _queue;
};

// Those who index gave up, and will tell why.
Error nobodyTakes()
{
    return {ErrorCode::internal, "the index could not be written"};
}

std::uint64_t memoryOf(const model::Edition& edition)
{
    return kMemoryPerDocument + kMemoryPerTextByte * edition.textBytes;
}

} // namespace

struct BulkBuilder::Written {
    std::map<std::string, std::uint64_t> documents; // by audience
    std::vector<std::string> refused;
};

BulkBuilder::BulkBuilder(const WriterOptions& options, fs::path folder, const vocabulary::Vocabularies& vocabularies,
                         const lexicon::Lexicon* lexicon)
    : _options(options),
      _folder(std::move(folder)),
      _vocabularies(vocabularies),
      _lexicon(lexicon),
      _threads(threadsFor(options)),
      _queue(options.buildMemoryBytes)
{
}

fs::path BulkBuilder::segmentFolder(const std::string& audience) const
{
    return _folder / kSegments / audience;
}

Result<void> BulkBuilder::index(const catalogue::Catalogue& catalogue, CatchUp& report)
{
    const auto statistics = catalogue.statistics();
    if (!statistics) {
        return statistics.error();
    }
    for (const auto& audience : _options.audiences.names) {
        _documents[audience] = 0;
        std::error_code problem;
        if (fs::create_directories(segmentFolder(audience), problem); problem) {
            return errorFromErrno(problem.value(), "create " + segmentFolder(audience).string());
        }
    }
    std::vector<std::future<Result<Written>>> threads;
    Abandoning abandoning{_queue}; // before the futures end, which wait for their threads
    for (unsigned i = 0; i < _threads; ++i) {
        threads.push_back(std::async(std::launch::async, [this] { return writeSegments(); }));
    }
    auto done = readAll(catalogue, statistics->lastChange, report);
    if (done) {
        _queue.finish();
    } else {
        _queue.abandon();
    }
    abandoning.release();
    for (auto& thread : threads) {
        auto written = thread.get();
        if (!written) {
            done = written.error(); // why it could not be read on, if it could not
            continue;
        }
        for (const auto& [audience, documents] : written->documents) {
            _documents[audience] += documents;
            report.added += documents;
        }
        std::ranges::move(written->refused, std::back_inserter(report.refused));
    }
    return done;
}

// An edition that changes meanwhile has a greater number than the last one and is left to the next run.
Result<void> BulkBuilder::readAll(const catalogue::Catalogue& catalogue, std::int64_t lastChange, CatchUp& report)
{
    EditionBatch batch;
    const auto mostMemory = _options.buildMemoryBytes / (_threads + 1);
    const auto push = [&] {
        const auto next = batch.number + 1;
        const bool taken = batch.entries.empty() || _queue.push(std::move(batch));
        batch = {next, {}, 0};
        return taken;
    };
    std::uint64_t read = 0;
    report.appliedChange = 0;
    for (;;) {
        const auto changes = catalogue.changesAfter(report.appliedChange, kChangesPerRead);
        if (!changes) {
            return changes.error();
        }
        const bool isLast = changes->empty() || changes->back().number > lastChange;
        for (const auto& [number, edition] : *changes) {
            if (number > lastChange) {
                break;
            }
            const auto memory = edition.state == model::EditionState::withdrawn ? 0 : memoryOf(edition);
            if (batch.entries.size() >= _options.segmentDocuments ||
                (!batch.entries.empty() && batch.memory + memory > mostMemory)) {
                if (!push()) {
                    return nobodyTakes();
                }
                if (_options.stopRequested && _options.stopRequested()) {
                    return {};
                }
            }
            if (auto taken = take(catalogue, edition, batch, report); !taken) {
                return taken;
            }
            batch.memory += memory;
            report.appliedChange = number;
            if (_options.progress) {
                _options.progress(++read);
            }
        }
        if (isLast) {
            report.appliedChange = lastChange;
            return push() ? Result<void>{} : nobodyTakes();
        }
    }
}

Result<void> BulkBuilder::take(const catalogue::Catalogue& catalogue, const model::Edition& edition,
                               EditionBatch& batch, CatchUp& report)
{
    if (edition.state == model::EditionState::withdrawn) {
        ++report.removed;
        return {};
    }
    auto pages = catalogue.pages(edition.versionId);
    if (pages) {
        batch.entries.push_back({edition, std::move(*pages)});
    } else if (endsTheRun(pages.error().code)) {
        return pages.error();
    } else {
        report.refused.push_back("edition " + std::to_string(edition.editionId) + ": " + pages.error().message);
    }
    return {};
}

Result<BulkBuilder::Written> BulkBuilder::writeSegments()
{
    Abandoning abandoning{_queue};
    DocumentBuilder builder{_vocabularies, _lexicon};
    Written written;
    while (const auto batch = _queue.pop()) {
        if (auto done = writeSegment(*batch, builder, written); !done) {
            return done.error();
        }
        _queue.done(batch->memory);
    }
    abandoning.release();
    return written;
}

// A document that Xapian refuses is left out, and the segment begun anew.
Result<void> BulkBuilder::writeSegment(const EditionBatch& batch, DocumentBuilder& builder, Written& written) const
{
    std::set<std::int64_t> refused;
    for (;;) {
        std::map<std::string, std::uint64_t> documents;
        std::int64_t current = 0;
        auto done = guarded("write the index in " + _folder.string(), [&] {
            std::map<std::string, Xapian::WritableDatabase> databases;
            for (const auto& [edition, pages] : batch.entries) {
                if (refused.contains(edition.editionId)) {
                    continue;
                }
                current = edition.editionId;
                const auto& home = homeOf(edition.audience, _options.audiences);
                auto database = databases.find(home);
                if (database == databases.end()) {
                    const auto path = segmentFolder(home) / segmentName(batch.number);
                    constexpr int kFlags = Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS;
                    database = databases.emplace(home, Xapian::WritableDatabase{path.string(), kFlags}).first;
                }
                database->second.add_document(builder.build(edition, pages));
                ++documents[home];
            }
            current = 0;
            for (auto& [audience, database] : databases) {
                database.commit();
            }
        });
        if (done) {
            for (const auto& [audience, count] : documents) {
                written.documents[audience] += count;
            }
            return {};
        }
        if (current == 0 || endsTheRun(done.error().code)) {
            return done;
        }
        refused.insert(current);
        written.refused.push_back("edition " + std::to_string(current) + ": " + done.error().message);
    }
}

Result<void> BulkBuilder::merge()
{
    for (const auto& audience : _options.audiences.names) {
        if (auto merged = mergeSegments(segmentFolder(audience), _folder / audience); !merged) {
            return merged;
        }
    }
    std::error_code problem;
    if (fs::remove_all(_folder / kSegments, problem); problem) {
        return errorFromErrno(problem.value(), "remove " + (_folder / kSegments).string());
    }
    return {};
}

} // namespace acervo::index::detail
