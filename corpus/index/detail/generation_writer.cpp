#include "corpus/index/detail/generation_writer.h"

#include "analyzers/base/durable_file.h"
#include "corpus/index/guarded.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>
#include <utility>
#include <vector>

namespace acervo::index::detail {

namespace {

constexpr std::string_view kAppliedKey =
    "acervo.applied"; // metadata: decimal change number, committed with its documents
constexpr std::size_t kChangesPerRead = 200;

} // namespace

bool endsTheRun(ErrorCode code)
{
    return code == ErrorCode::diskFull || code == ErrorCode::ioFailure || code == ErrorCode::busy ||
           code == ErrorCode::indexUnavailable;
}

std::int64_t appliedIn(const Xapian::Database& database)
{
    const auto text = database.get_metadata(std::string{kAppliedKey});
    return text.empty() ? 0 : std::strtoll(text.c_str(), nullptr, 10);
}

const std::string& homeOf(const std::string& audience, const access::Audiences& audiences)
{
    const auto found = std::ranges::find(audiences.names, audience);
    return found == audiences.names.end() ? audiences.names.back() : *found;
}

struct GenerationWriter::Batch {
    std::vector<catalogue::Catalogue::Change> changes;
    std::uint64_t textBytes = 0;
};

GenerationWriter::GenerationWriter(const WriterOptions& options, const std::string& generation, DocumentBuilder builder)
    : _options(options), _folder(options.root / generation), _builder(std::move(builder))
{
}

Result<void> GenerationWriter::open()
{
    return guarded("open the index in " + _folder.string() + " for writing", [&] {
        bool empty = true;
        _applied = std::numeric_limits<std::int64_t>::max();
        for (const auto& audience : _options.audiences.names) {
            Xapian::WritableDatabase database{(_folder / audience).string(), Xapian::DB_CREATE_OR_OPEN};
            _applied = std::min(_applied, appliedIn(database));
            empty = empty && database.get_doccount() == 0 && appliedIn(database) == 0;
            _databases.emplace(audience, std::move(database));
        }
        _fresh = empty;
    });
}

Result<void> GenerationWriter::replay(const catalogue::Catalogue& catalogue, CatchUp& report)
{
    for (;;) {
        Batch batch;
        auto more = collect(catalogue, batch);
        if (!more) {
            return more.error();
        }
        if (batch.changes.empty()) {
            break;
        }
        if (auto done = apply(catalogue, batch, report); !done) {
            return done;
        }
        if (!*more || (_options.stopRequested && _options.stopRequested())) {
            break;
        }
    }
    report.appliedChange = _applied;
    return {};
}

// False when these were the last changes.
Result<bool> GenerationWriter::collect(const catalogue::Catalogue& catalogue, Batch& batch) const
{
    auto after = _applied;
    while (batch.changes.size() < _options.batchDocuments && batch.textBytes < _options.batchTextBytes) {
        auto changes = catalogue.changesAfter(after, kChangesPerRead);
        if (!changes) {
            return changes.error();
        }
        if (changes->empty()) {
            return false;
        }
        after = changes->back().number;
        for (auto& change : *changes) {
            batch.textBytes += change.edition.textBytes;
            batch.changes.push_back(std::move(change));
        }
    }
    return true;
}

// One document that Xapian refuses cancels everything since the last commit, so the batch is replayed without it.
Result<void> GenerationWriter::apply(const catalogue::Catalogue& catalogue, const Batch& batch, CatchUp& report)
{
    std::set<std::int64_t> refused;
    for (;;) {
        CatchUp counts;
        std::int64_t current = 0;
        auto done = guarded("write the index in " + _folder.string(), [&]() -> Result<void> {
            for (auto& [audience, database] : _databases) {
                database.begin_transaction();
            }
            for (const auto& change : batch.changes) {
                current = change.edition.editionId;
                if (auto written =
                        refused.contains(current) ? Result<void>{} : applyOne(catalogue, change.edition, counts);
                    !written) {
                    return written;
                }
                if (_options.progress) {
                    _options.progress(report.added + counts.added);
                }
            }
            current = 0;
            return commitDurably(batch.changes.back().number);
        });
        if (done) {
            report.added += counts.added;
            report.removed += counts.removed;
            _applied = batch.changes.back().number;
            return {};
        }
        cancel();
        if (current == 0 || endsTheRun(done.error().code)) {
            return done;
        }
        refused.insert(current);
        report.refused.push_back("edition " + std::to_string(current) + ": " + done.error().message);
    }
}

Result<void> GenerationWriter::applyOne(const catalogue::Catalogue& catalogue, const model::Edition& edition,
                                        CatchUp& counts)
{
    const auto unique = DocumentBuilder::uniqueTerm(edition.editionId);
    const auto& home = homeOf(edition.audience, _options.audiences);
    const bool withdrawn = edition.state == model::EditionState::withdrawn;
    if (!_fresh) {
        for (auto& [audience, database] : _databases) {
            if (withdrawn || audience != home) {
                database.delete_document(unique);
            }
        }
    }
    if (withdrawn) {
        ++counts.removed;
        return {};
    }
    const auto pages = catalogue.pages(edition.versionId);
    if (!pages) {
        return pages.error();
    }
    const auto document = _builder.build(edition, *pages);
    if (_fresh) {
        _databases.at(home).add_document(document);
    } else {
        _databases.at(home).replace_document(unique, document);
    }
    ++counts.added;
    return {};
}

Result<void> GenerationWriter::stamp(std::int64_t changeNumber)
{
    auto done = guarded("write the index in " + _folder.string(), [&]() -> Result<void> {
        for (auto& [audience, database] : _databases) {
            database.begin_transaction();
        }
        return commitDurably(changeNumber);
    });
    if (done) {
        _applied = changeNumber;
    }
    return done;
}

// Transaction, commit, fsync of the database folder: Xapian 1.4.22 leaves the last out and loses acknowledged
// commits on a power cut. The change number travels in the same commit as its documents.
Result<void> GenerationWriter::commitDurably(std::int64_t changeNumber)
{
    for (auto& [audience, database] : _databases) {
        database.set_metadata(std::string{kAppliedKey}, std::to_string(changeNumber));
        database.commit_transaction();
        if (auto synced = syncFolder(_folder / audience); !synced) {
            return synced;
        }
    }
    return {};
}

// Those that had committed already are in no transaction any more and say so: nothing to cancel there.
void GenerationWriter::cancel()
{
    _fresh = false; // from here on every write replaces
    for (auto& [audience, database] : _databases) {
        (void)guarded("cancel the batch", [&open = database] { open.cancel_transaction(); });
    }
}

} // namespace acervo::index::detail
