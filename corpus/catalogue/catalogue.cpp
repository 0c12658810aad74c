#include "corpus/catalogue/catalogue.h"

#include "corpus/catalogue/detail/compress.h"
#include "corpus/catalogue/detail/read.h"
#include "corpus/catalogue/detail/records.h"
#include "corpus/catalogue/detail/schema.h"
#include "corpus/catalogue/detail/sqlite.h"
#include "corpus/catalogue/detail/state.h"
#include "corpus/catalogue/detail/store.h"
#include "corpus/catalogue/detail/works.h"
#include "corpus/identifier/citable_id.h"

#include <sqlite3.h>

#include <algorithm>
#include <ctime>
#include <system_error>

namespace acervo::catalogue {
namespace {

using detail::Access;
using detail::Row;
using detail::Script;
using detail::Unit;

constexpr int kWriterWaitMs = 2'000;  // for another writer; the lock file is what keeps indexers apart
constexpr int kReaderWaitMs = 10'000; // a reader only waits while the log is being recovered

std::int64_t now()
{
    return static_cast<std::int64_t>(std::time(nullptr));
}

Result<void> configure(detail::Connection& connection, Access access)
{
    const bool writes = access == Access::readWrite;
    sqlite3_busy_timeout(connection.handle(), writes ? kWriterWaitMs : kReaderWaitMs);
    sqlite3_extended_result_codes(connection.handle(), 1);
    if (!writes) {
        return connection.execute("PRAGMA query_only = 1; PRAGMA cache_size = -16384");
    }
    // Readers that may not write the folder need the log to be there already.
    int keepLog = 1;
    sqlite3_file_control(connection.handle(), nullptr, SQLITE_FCNTL_PERSIST_WAL, &keepLog);
    return connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = 1; "
                              "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; "
                              "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864");
}

// SQLite says only "unable to open database file".
Error explainOpening(const Error& error, const std::filesystem::path& file, Mode mode)
{
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored) && mode == Mode::readOnly) {
        return {ErrorCode::notFound, "there is no catalogue at " + file.string() + ": run the indexer first"};
    }
    if (error.code == ErrorCode::permissionDenied && mode == Mode::readOnly) {
        return {error.code, error.message + " (reading needs read permission on the file, and either write permission "
                                            "on its folder or the -wal and -shm files beside it)"};
    }
    if (mode == Mode::readWrite && (error.code == ErrorCode::permissionDenied || error.code == ErrorCode::notFound)) {
        const auto parent = std::filesystem::absolute(file, ignored).parent_path();
        if (!std::filesystem::exists(parent, ignored)) {
            return {ErrorCode::notFound, "catalogue " + file.string() + ": there is no folder " + parent.string()};
        }
        return {ErrorCode::permissionDenied, error.message + " (the file and its folder must be writable)"};
    }
    return error;
}

Result<void> refuseIncomplete(const Location& location)
{
    if (location.source.empty() || location.uri.empty()) {
        return Error{ErrorCode::invalidArgument, "a location needs a source and a uri"};
    }
    return {};
}

Result<void> refuseIncomplete(const NewDocument& document)
{
    if (auto location = refuseIncomplete(document.location); !location) {
        return location;
    }
    if (document.location.sha256.empty() || document.audience.empty()) {
        return Error{ErrorCode::invalidArgument,
                     document.location.uri + ": a document needs the hash of its bytes and an audience"};
    }
    std::uint32_t last = 0;
    for (const auto& page : document.pages) {
        if (page.number <= last) {
            return Error{ErrorCode::invalidArgument, document.location.uri + ": page numbers must ascend from 1"};
        }
        last = page.number;
    }
    return {};
}

} // namespace

Catalogue::Catalogue(std::unique_ptr<State> state) : _state(std::move(state)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

Result<Catalogue> Catalogue::open(const std::filesystem::path& file, Mode mode, IdentifierRules rules)
{
    if (!identifier::isPattern(rules.prefix)) {
        return Error{ErrorCode::invalidArgument,
                     "\"" + rules.prefix +
                         "\" makes no citable IDs: identifier_prefix is 2 to 12 of A-Z and 0-9, a letter first, or a "
                         "pattern such as UCLG-{year}-{number:4}-{check}"};
    }
    const auto access = mode == Mode::readOnly ? Access::readOnly : Access::readWrite;
    auto connection = detail::Connection::open(file, access);
    if (!connection) {
        return explainOpening(connection.error(), file, mode);
    }
    // Whose file it is comes first: another program's database is left as it is.
    sqlite3_busy_timeout(connection->handle(), kReaderWaitMs);
    if (mode == Mode::readOnly) {
        if (const auto current = detail::requireCurrent(*connection, detail::migrations()); !current) {
            return explainOpening(current.error(), file, mode);
        }
    } else if (const auto ours = detail::requireOurs(*connection, detail::migrations()); !ours) {
        return explainOpening(ours.error(), file, mode);
    }
    if (const auto configured = configure(*connection, access); !configured) {
        return explainOpening(configured.error(), file, mode);
    }
    if (mode == Mode::readWrite) {
        if (const auto migrated = detail::migrate(*connection, detail::migrations()); !migrated) {
            return migrated.error();
        }
        if (const auto filled = detail::fillAliases(*connection); !filled) {
            return filled.error();
        }
    }
    auto state = std::make_unique<State>();
    state->connection = std::move(*connection);
    state->rules = std::move(rules);
    return Catalogue{std::move(state)};
}

// -- transactions

Result<void> Catalogue::begin()
{
    if (_state->inTransaction) {
        return Error{ErrorCode::invalidArgument, "a transaction has begun already"};
    }
    Script script{_state->connection};
    script.run("BEGIN IMMEDIATE");
    _state->changeBefore = script.number("SELECT value FROM counter WHERE name = 'change'").value_or(0);
    _state->inTransaction = script.ok();
    _state->lost.reset();
    return script.outcome();
}

Result<void> Catalogue::commit()
{
    if (!_state->inTransaction) {
        return Error{ErrorCode::invalidArgument, "there is no transaction to commit"};
    }
    if (!_state->connection.inTransaction()) {
        return _state->lost.value_or(Error{ErrorCode::ioFailure, "the transaction was lost: roll back"});
    }
    Script script{_state->connection};
    detail::stampChanges(script, _state->changeBefore, now());
    script.run("COMMIT");
    if (script.ok()) {
        _state->inTransaction = false;
    } else {
        _state->note(script.error());
    }
    return script.outcome();
}

Result<void> Catalogue::rollback()
{
    _state->inTransaction = false;
    _state->lost.reset();
    if (!_state->connection.inTransaction()) {
        return {};
    }
    Script script{_state->connection};
    script.run("ROLLBACK");
    return script.outcome();
}

Result<void> Catalogue::limitSize(std::uint64_t maxBytes)
{
    Script script{_state->connection};
    const auto pageBytes = static_cast<std::uint64_t>(script.number("PRAGMA page_size").value_or(4096));
    if (!script.ok()) {
        return script.error();
    }
    const auto pages = std::max<std::uint64_t>(1, maxBytes / pageBytes);
    return _state->connection.execute(("PRAGMA max_page_count = " + std::to_string(pages)).c_str());
}

// -- documents

Result<Stored> Catalogue::store(const NewDocument& document)
{
    if (const auto complete = refuseIncomplete(document); !complete) {
        return complete.error();
    }
    auto stored = _state->write([&](Script& script) {
        return detail::Storing{script, _state->packer, _state->rules.prefix, document, now()}.run();
    });
    return stored ? stored : Result<Stored>{stored.error().within("store " + document.location.uri)};
}

Result<void> Catalogue::noteFailure(const Location& location)
{
    if (auto complete = refuseIncomplete(location); !complete) {
        return complete;
    }
    const auto outcome = location.outcome == Outcome::quarantined ? Outcome::quarantined : Outcome::failed;
    const auto done = _state->write([&](Script& script) {
        const auto sourceId = detail::ensureSource(script, location.source);
        script.run(
            "INSERT INTO location (source_id, uri, byte_size, modified_at, sha256, inputs_hash, outcome, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, uri) DO UPDATE SET "
            "byte_size = excluded.byte_size, modified_at = excluded.modified_at, sha256 = excluded.sha256, "
            "inputs_hash = excluded.inputs_hash, outcome = excluded.outcome, reason = excluded.reason, "
            "warnings = '', missed_passes = 0",
            sourceId, location.uri, location.byteSize, location.modifiedAt, location.sha256, location.inputsHash,
            nameOf(outcome), location.reason);
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

namespace {

// The known place of a location; fails the script when there is none.
detail::Place requirePlace(Script& script, std::string_view source, std::string_view uri)
{
    const auto sourceId = script.number("SELECT id FROM source WHERE name = ?", source).value_or(0);
    const auto place = detail::findPlace(script, sourceId, uri);
    if (place.id == 0) {
        script.fail(
            {ErrorCode::notFound, "the catalogue knows no " + std::string{uri} + " in source " + std::string{source}});
    }
    return place;
}

void seeAgain(Script& script, const detail::Place& place)
{
    script.run("UPDATE location SET missed_passes = 0 WHERE id = ? AND missed_passes <> 0", place.id);
    if (place.withdrawn) {
        script.run("UPDATE location SET outcome = ?, reason = '' WHERE id = ?",
                   nameOf(place.editionId == 0 ? Outcome::failed : Outcome::indexed), place.id);
        detail::revive(script, place.editionId);
    }
}

} // namespace

Result<void> Catalogue::noteUnchanged(std::string_view source, std::string_view uri)
{
    const auto done = _state->write([&](Script& script) {
        seeAgain(script, requirePlace(script, source, uri));
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

Result<void> Catalogue::noteUnchanged(const Location& location)
{
    const auto done = _state->write([&](Script& script) {
        const auto place = requirePlace(script, location.source, location.uri);
        seeAgain(script, place);
        script.run("UPDATE location SET byte_size = ?, modified_at = ?, inputs_hash = ? WHERE id = ?",
                   location.byteSize, location.modifiedAt, location.inputsHash, place.id);
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

Result<std::uint32_t> Catalogue::noteMissing(std::string_view source, std::string_view uri)
{
    return _state->write([&](Script& script) {
        const auto place = requirePlace(script, source, uri);
        return static_cast<std::uint32_t>(
            script
                .number("UPDATE location SET missed_passes = missed_passes + 1 WHERE id = ? RETURNING missed_passes",
                        place.id)
                .value_or(0));
    });
}

Result<void> Catalogue::withdraw(std::string_view source, std::string_view uri, std::string_view reason)
{
    const auto done = _state->write([&](Script& script) {
        const auto place = requirePlace(script, source, uri);
        if (script.ok() && !place.withdrawn) {
            detail::leavePlace(script, place, reason, now());
        }
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

// -- runs

Result<std::int64_t> Catalogue::beginRun(std::string_view source)
{
    return _state->write([&](Script& script) {
        const auto sourceId = detail::ensureSource(script, source);
        return script.insert("INSERT INTO run (source_id, started_at) VALUES (?, ?)", sourceId, now());
    });
}

Result<void> Catalogue::addRunRow(std::int64_t runId, const RunRow& row)
{
    const auto done = _state->write([&](Script& script) {
        script.run("INSERT INTO run_row (run_id, uri, outcome, reason) VALUES (?, ?, ?, ?)", runId, row.uri,
                   nameOf(row.outcome), row.reason);
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

Result<void> Catalogue::finishRun(std::int64_t runId, const RunCounts& counts)
{
    const auto done = _state->write([&](Script& script) {
        script.run("UPDATE run SET finished_at = ?, seen = ?, indexed = ?, unchanged = ?, partial = ?, failed = ?, "
                   "quarantined = ?, withdrawn = ? WHERE id = ?",
                   now(), counts.seen, counts.indexed, counts.unchanged, counts.partial, counts.failed,
                   counts.quarantined, counts.withdrawn, runId);
        if (script.ok() && script.changedRows() == 0) {
            script.fail({ErrorCode::notFound, "there is no run " + std::to_string(runId)});
        }
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

Result<std::vector<RunSummary>> Catalogue::recentRuns(std::size_t limit) const
{
    return _state->read([&](Script& script) {
        std::vector<RunSummary> runs;
        script.each(
            "SELECT r.id, s.name, r.started_at, r.finished_at, r.seen, r.indexed, r.unchanged, r.partial, r.failed, "
            "r.quarantined, r.withdrawn FROM run r JOIN source s ON s.id = r.source_id ORDER BY r.id DESC LIMIT ?",
            [&](const Row& row) {
                const auto count = [&](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
                runs.push_back({row.integer(0),
                                row.text(1),
                                row.integer(2),
                                row.integer(3),
                                {count(4), count(5), count(6), count(7), count(8), count(9), count(10)}});
                return true;
            },
            limit);
        return runs;
    });
}

Result<std::vector<RunRow>> Catalogue::runRows(std::int64_t runId) const
{
    return _state->read([&](Script& script) {
        std::vector<RunRow> rows;
        script.each(
            "SELECT uri, outcome, reason FROM run_row WHERE run_id = ? ORDER BY id",
            [&](const Row& row) {
                rows.push_back({row.text(0), detail::outcomeNamed(row.view(1)).value_or(Outcome::failed), row.text(2)});
                return true;
            },
            runId);
        return rows;
    });
}

// -- reading

Result<std::optional<Location>> Catalogue::location(std::string_view source, std::string_view uri) const
{
    return _state->read([&](Script& script) {
        static const auto sql = "SELECT " + std::string{detail::kLocationColumns} +
                                " FROM location l JOIN source s ON s.id = l.source_id WHERE s.name = ? AND l.uri = ?";
        std::optional<Location> found;
        script.each(
            sql,
            [&](const Row& row) {
                found = detail::readLocation(row);
                return false;
            },
            source, uri);
        return found;
    });
}

Result<std::vector<Location>> Catalogue::locations(std::string_view source) const
{
    std::vector<Location> all;
    const auto read = eachLocation(source, [&](const Location& location) {
        all.push_back(location);
        return true;
    });
    return read ? Result<std::vector<Location>>{std::move(all)} : Result<std::vector<Location>>{read.error()};
}

Result<void> Catalogue::eachLocation(std::string_view source,
                                     const std::function<bool(const Location&)>& onLocation) const
{
    const auto done = _state->read([&](Script& script) {
        static const auto sql = "SELECT " + std::string{detail::kLocationColumns} +
                                " FROM location l JOIN source s ON s.id = l.source_id WHERE s.name = ? ORDER BY l.uri";
        script.each(
            sql, [&](const Row& row) { return onLocation(detail::readLocation(row)); }, source);
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

Result<std::optional<model::Edition>> Catalogue::edition(std::int64_t editionId) const
{
    return _state->read([&](Script& script) { return detail::readEdition(script, editionId); });
}

Result<std::vector<model::Edition>> Catalogue::editionsOfWork(std::string_view citableId) const
{
    return _state->read([&](Script& script) {
        std::vector<std::int64_t> ids;
        script.each(
            "SELECT id FROM edition WHERE work_id = ? ORDER BY state, id",
            [&](const Row& row) {
                ids.push_back(row.integer(0));
                return true;
            },
            detail::findWork(script, citableId));
        std::vector<model::Edition> editions;
        for (const auto id : ids) {
            if (auto edition = detail::readEdition(script, id)) {
                editions.push_back(std::move(*edition));
            }
        }
        return editions;
    });
}

Result<std::optional<std::string>> Catalogue::resolve(std::string_view typed) const
{
    return _state->read([&](Script& script) { return detail::resolve(script, typed, _state->rules.prefix); });
}

Result<std::vector<model::Version>> Catalogue::versions(std::int64_t editionId) const
{
    return _state->read([&](Script& script) { return detail::readVersions(script, editionId); });
}

Result<std::optional<model::Page>> Catalogue::page(std::int64_t versionId, std::uint32_t number) const
{
    return _state->read([&](Script& script) {
        auto found = detail::readPages(script, _state->packer, versionId, number, number);
        return found.empty() ? std::optional<model::Page>{} : std::optional{std::move(found.front())};
    });
}

Result<std::vector<model::Page>> Catalogue::pages(std::int64_t versionId) const
{
    return _state->read(
        [&](Script& script) { return detail::readPages(script, _state->packer, versionId, 0, UINT32_MAX); });
}

Result<Statistics> Catalogue::statistics() const
{
    return _state->read([&](Script& script) {
        const auto count = [&](std::string_view sql) {
            return static_cast<std::uint64_t>(script.number(sql).value_or(0));
        };
        Statistics all;
        all.works = count("SELECT count(DISTINCT work_id) FROM edition WHERE state = 0");
        all.editions = count("SELECT count(*) FROM edition WHERE state = 0");
        all.withdrawn = count("SELECT count(*) FROM edition WHERE state <> 0");
        all.versions = count("SELECT count(*) FROM version");
        all.failed = count("SELECT count(*) FROM location WHERE outcome IN ('failed', 'quarantined')");
        script.each("SELECT sum(v.page_count), sum(v.text_bytes) FROM edition e "
                    "JOIN version v ON v.edition_id = e.id AND v.number = e.version_number WHERE e.state = 0",
                    [&](const Row& row) {
                        all.pages = static_cast<std::uint64_t>(row.integer(0));
                        all.textBytes = static_cast<std::uint64_t>(row.integer(1));
                        return false;
                    });
        all.lastChange = script.number("SELECT value FROM counter WHERE name = 'change'").value_or(0);
        return all;
    });
}

Result<std::vector<std::string>> Catalogue::integrityProblems() const
{
    return _state->read([&](Script& script) { return detail::findProblems(script, _state->packer); });
}

Result<std::vector<Catalogue::Change>> Catalogue::changesAfter(std::int64_t after, std::size_t limit) const
{
    return _state->read([&](Script& script) {
        std::vector<std::pair<std::int64_t, std::int64_t>> ids;
        script.each(
            "SELECT change_number, id FROM edition WHERE change_number > ? ORDER BY change_number LIMIT ?",
            [&](const Row& row) {
                ids.emplace_back(row.integer(0), row.integer(1));
                return true;
            },
            after, limit);
        std::vector<Change> changes;
        changes.reserve(ids.size());
        for (const auto& [number, id] : ids) {
            if (auto edition = detail::readEdition(script, id)) {
                changes.push_back({number, std::move(*edition)});
            }
        }
        return changes;
    });
}

Result<std::vector<WorkRecord>> Catalogue::worksChanged(const access::Filter& reader, const RecordRange& range,
                                                        const RecordBookmark& after, std::size_t limit) const
{
    return _state->read([&](Script& script) { return detail::Records{script, reader}.list(range, after, limit); });
}

Result<std::optional<WorkRecord>> Catalogue::workRecord(const access::Filter& reader, std::string_view citableId) const
{
    return _state->read([&](Script& script) { return detail::Records{script, reader}.find(citableId); });
}

Result<std::vector<WorkRecord>> Catalogue::worksAfter(const access::Filter& reader, std::string_view id,
                                                      std::size_t limit) const
{
    return _state->read([&](Script& script) { return detail::Records{script, reader}.after(id, limit); });
}

Result<std::vector<std::string>> Catalogue::everyWork(const access::Filter& reader, std::size_t step) const
{
    return _state->read([&](Script& script) { return detail::Records{script, reader}.every(step); });
}

Result<std::vector<RecordBookmark>> Catalogue::latestWorks(const access::Filter& reader,
                                                           const std::optional<RecordBookmark>& before,
                                                           std::size_t limit) const
{
    return _state->read([&](Script& script) { return detail::Records{script, reader}.latest(before, limit); });
}

Result<Catalogue::RecordSummary> Catalogue::recordSummary(const access::Filter& reader) const
{
    return _state->read([&](Script& script) { return detail::Records{script, reader}.summary(); });
}

} // namespace acervo::catalogue
