#include "corpus/index/writer.h"

#include "analyzers/base/durable_file.h"
#include "analyzers/lexicon/lexicon.h"
#include "corpus/index/document_builder.h"
#include "corpus/index/generation.h"
#include "corpus/index/guarded.h"

#include <xapian.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>

namespace acervo::index {

namespace {

constexpr std::string_view kAppliedKey =
    "acervo.applied"; // metadata: decimal change number, committed with its documents
constexpr std::size_t kChangesPerRead = 200;

std::int64_t appliedIn(const Xapian::Database& database)
{
    const auto text = database.get_metadata(std::string{kAppliedKey});
    return text.empty() ? 0 : std::strtoll(text.c_str(), nullptr, 10);
}

// The lexicon whose concepts are indexed, if there is one. One that cannot be read keeps nobody from indexing.
struct Concepts {
    std::optional<lexicon::Lexicon> lexicon;
    std::string fingerprint;
    std::string problem;

    const lexicon::Lexicon* orNone() const { return lexicon ? &*lexicon : nullptr; }
};

Concepts openConcepts(const WriterOptions& options)
{
    Concepts concepts;
    if (options.lexiconFile.empty()) {
        return concepts;
    }
    auto opened = lexicon::Lexicon::open(options.lexiconFile);
    if (opened) {
        concepts.fingerprint = opened->fingerprint();
        concepts.lexicon.emplace(std::move(*opened));
    } else if (opened.error().code != ErrorCode::notFound) {
        concepts.problem = opened.error().message;
    }
    return concepts;
}

struct Batch {
    std::vector<catalogue::Catalogue::Change> changes;
    std::uint64_t textBytes = 0;
};

// The databases of one generation, one per audience, open for writing.
class GenerationWriter {
public:
    GenerationWriter(const WriterOptions& options, const std::string& generation, DocumentBuilder builder)
        : _options(options), _folder(options.root / generation), _builder(std::move(builder))
    {
    }

    Result<void> open()
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

    std::int64_t applied() const { return _applied; }

    Result<void> replay(const catalogue::Catalogue& catalogue, CatchUp& report)
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

private:
    // False when these were the last changes.
    Result<bool> collect(const catalogue::Catalogue& catalogue, Batch& batch) const
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
    Result<void> apply(const catalogue::Catalogue& catalogue, const Batch& batch, CatchUp& report)
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
            const auto code = done.error().code;
            if (current == 0 || code == ErrorCode::diskFull || code == ErrorCode::ioFailure ||
                code == ErrorCode::busy || code == ErrorCode::indexUnavailable) {
                return done;
            }
            refused.insert(current);
            report.refused.push_back("edition " + std::to_string(current) + ": " + done.error().message);
        }
    }

    Result<void> applyOne(const catalogue::Catalogue& catalogue, const model::Edition& edition, CatchUp& counts)
    {
        const auto unique = DocumentBuilder::uniqueTerm(edition.editionId);
        // An unknown audience belongs to the strictest.
        const auto& names = _options.audiences.names;
        const auto& home = std::ranges::find(names, edition.audience) == names.end() ? names.back() : edition.audience;
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

    // Transaction, commit, fsync of the database folder: Xapian 1.4.22 leaves the last out and loses acknowledged
    // commits on a power cut. The change number travels in the same commit as its documents.
    Result<void> commitDurably(std::int64_t changeNumber)
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
    void cancel()
    {
        _fresh = false; // from here on every write replaces
        for (auto& [audience, database] : _databases) {
            (void)guarded("cancel the batch", [&open = database] { open.cancel_transaction(); });
        }
    }

    const WriterOptions& _options;
    std::filesystem::path _folder;
    DocumentBuilder _builder;
    std::map<std::string, Xapian::WritableDatabase> _databases;
    std::int64_t _applied = 0;
    bool _fresh = false; // nothing in it yet: documents are added, not replaced
};

} // namespace

Result<CatchUp> catchUp(const WriterOptions& options, const catalogue::Catalogue& catalogue,
                        const vocabulary::Vocabularies& vocabularies)
{
    const auto concepts = openConcepts(options);
    auto generation = currentGeneration(options.root);
    const bool first = !generation;
    if (first) {
        removeUnfinished(options.root);
        generation = createGeneration(options.root, options.audiences.names, concepts.fingerprint);
        if (!generation) {
            return generation.error();
        }
    }
    const auto manifest = readManifest(options.root, *generation);
    if (!manifest) {
        return manifest.error();
    }
    if (manifest->audiences != options.audiences.names) {
        return Error{ErrorCode::indexUnavailable,
                     "the audiences of the configuration changed: run \"acervo-indexer reindex\""};
    }
    CatchUp report;
    report.lexiconProblem = concepts.problem;
    {
        GenerationWriter writer{options, *generation, DocumentBuilder{vocabularies, concepts.orNone()}};
        if (auto opened = writer.open(); !opened) {
            return opened.error();
        }
        if (auto done = writer.replay(catalogue, report); !done) {
            return done.error();
        }
    }
    if (first) {
        if (auto switched = switchTo(options.root, *generation); !switched) {
            return switched.error();
        }
    }
    return report;
}

Result<CatchUp> rebuild(const WriterOptions& options, const catalogue::Catalogue& catalogue,
                        const vocabulary::Vocabularies& vocabularies)
{
    removeUnfinished(options.root);
    const auto concepts = openConcepts(options);
    auto generation = createGeneration(options.root, options.audiences.names, concepts.fingerprint);
    if (!generation) {
        return generation.error();
    }
    CatchUp report;
    report.lexiconProblem = concepts.problem;
    {
        GenerationWriter writer{options, *generation, DocumentBuilder{vocabularies, concepts.orNone()}};
        auto done = writer.open();
        if (done) {
            done = writer.replay(catalogue, report);
        }
        if (!done) {
            removeUnfinished(options.root);
            return done.error();
        }
    }
    if (options.stopRequested && options.stopRequested()) {
        removeUnfinished(options.root);
        return Error{ErrorCode::busy, "stopped before the new index was complete; the present one stays in use"};
    }
    std::uint64_t documents = 0;
    auto counted = guarded("verify the new index", [&] {
        for (const auto& audience : options.audiences.names) {
            documents += Xapian::Database{(options.root / *generation / audience).string()}.get_doccount();
        }
    });
    if (!counted) {
        return counted.error();
    }
    if (documents != report.added) {
        return Error{ErrorCode::internal, "the new index has " + std::to_string(documents) + " documents instead of " +
                                              std::to_string(report.added) + "; the present one stays in use"};
    }
    if (auto switched = switchTo(options.root, *generation); !switched) {
        return switched.error();
    }
    if (auto removed = removeOldGenerations(options.root); !removed) {
        return removed.error();
    }
    return report;
}

Result<std::vector<std::string>> problems(const WriterOptions& options, const catalogue::Catalogue& catalogue)
{
    std::vector<std::string> found;
    const auto generation = currentGeneration(options.root);
    if (!generation) {
        return generation.error();
    }
    const auto manifest = readManifest(options.root, *generation);
    if (!manifest) {
        return manifest.error();
    }
    const auto statistics = catalogue.statistics();
    if (!statistics) {
        return statistics.error();
    }
    auto checked = guarded("check the index", [&] {
        std::uint64_t documents = 0;
        for (const auto& audience : manifest->audiences) {
            const auto path = (options.root / *generation / audience).string();
            if (const auto errors = Xapian::Database::check(path); errors > 0) {
                found.push_back("index of audience " + audience + ": " + std::to_string(errors) +
                                " structural errors: run \"acervo-indexer reindex\"");
            }
            const Xapian::Database database{path};
            documents += database.get_doccount();
            if (const auto applied = appliedIn(database); applied != statistics->lastChange) {
                found.push_back("index of audience " + audience + " stands at change " + std::to_string(applied) +
                                " of " + std::to_string(statistics->lastChange) + ": run \"acervo-indexer run\"");
            }
        }
        // One that stands behind is completed by a run; only then do the numbers mean something.
        if (found.empty() && documents != statistics->editions) {
            found.push_back("the index has " + std::to_string(documents) + " documents, the catalogue " +
                            std::to_string(statistics->editions) + " current editions: run \"acervo-indexer reindex\"");
        }
    });
    if (!checked) {
        return checked.error();
    }
    return found;
}

} // namespace acervo::index
