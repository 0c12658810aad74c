#include "corpus/catalogue/catalogue.h"

#include "corpus/catalogue/detail/records.h"
#include "corpus/catalogue/detail/schema.h"
#include "corpus/catalogue/detail/sqlite.h"
#include "corpus/catalogue/detail/state.h"
#include "corpus/catalogue/detail/works.h"
#include "corpus/identifier/citable_id.h"

#include <sqlite3.h>

#include <algorithm>
#include <system_error>

namespace acervo::catalogue {
namespace {

using detail::Access;
using detail::Script;
using detail::Unit;

constexpr int kWriterWaitMs = 2'000;  // for another writer; the lock file is what keeps indexers apart
constexpr int kReaderWaitMs = 10'000; // a reader only waits while the log is being recovered

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
    detail::stampChanges(script, _state->changeBefore, detail::now());
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

} // namespace acervo::catalogue
