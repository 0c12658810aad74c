#include "corpus/catalogue/detail/sqlite.h"

#include <sqlite3.h>

#include <cerrno>
#include <new>
#include <stdexcept>

namespace acervo::catalogue::detail {
namespace {

ErrorCode codeOf(int extended, int systemError)
{
    switch (extended & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::diskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::busy;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return ErrorCode::permissionDenied;
    case SQLITE_CANTOPEN:
        return systemError == ENOENT ? ErrorCode::notFound : ErrorCode::permissionDenied;
    case SQLITE_IOERR:
        return systemError == ENOSPC || systemError == EDQUOT ? ErrorCode::diskFull : ErrorCode::ioFailure;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::corruptInput;
    case SQLITE_TOOBIG:
        return ErrorCode::resourceLimit;
    case SQLITE_CONSTRAINT:
        return ErrorCode::conflict;
    default:
        return ErrorCode::internal;
    }
}

std::string_view adviceFor(int extended)
{
    switch (extended & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return " (another indexer is running on this catalogue: wait for it to finish)";
    case SQLITE_FULL:
        return " (no space left for the catalogue; nothing that was committed is lost)";
    case SQLITE_NOTADB:
        return " (not a catalogue, or damaged: restore it from a backup)";
    case SQLITE_CORRUPT:
        return " (the catalogue is damaged: restore it from a backup)";
    default:
        return {};
    }
}

} // namespace

std::int64_t Row::integer(int column) const
{
    return sqlite3_column_int64(_statement, column);
}

std::string_view Row::view(int column) const
{
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(_statement, column));
    return bytes == nullptr
               ? std::string_view{}
               : std::string_view{bytes, static_cast<std::size_t>(sqlite3_column_bytes(_statement, column))};
}

void Connection::Close::operator()(sqlite3* handle) const
{
    sqlite3_close_v2(handle);
}

void Connection::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

Result<Connection> Connection::open(const std::filesystem::path& file, Access access)
{
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (access == Access::readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    Connection connection;
    connection._name = file.string();
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(connection._name.c_str(), &handle, flags, nullptr);
    connection._handle.reset(handle);
    if (code != SQLITE_OK) {
        return connection.lastError(code);
    }
    return connection;
}

bool Connection::inTransaction() const
{
    return sqlite3_get_autocommit(_handle.get()) == 0;
}

Result<sqlite3_stmt*> Connection::prepare(std::string_view sql)
{
    std::string key{sql};
    if (const auto known = _statements.find(key); known != _statements.end()) {
        if (sqlite3_stmt_busy(known->second.get()) != 0) {
            throw std::logic_error("statement is already running: " + key);
        }
        return known->second.get();
    }
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(_handle.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
        return lastError(code);
    }
    _statements.emplace(std::move(key), Statement{statement});
    return statement;
}

Result<void> Connection::execute(const char* statements)
{
    const int code = sqlite3_exec(_handle.get(), statements, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>{} : Result<void>{lastError(code)};
}

Error Connection::lastError(int code) const
{
    if ((code & 0xff) == SQLITE_NOMEM) {
        throw std::bad_alloc();
    }
    const int systemError = _handle ? sqlite3_system_errno(_handle.get()) : 0;
    std::string message = "catalogue " + _name + ": ";
    message += _handle ? sqlite3_errmsg(_handle.get()) : sqlite3_errstr(code);
    message += adviceFor(code);
    return {codeOf(code, systemError), message};
}

sqlite3_stmt* Script::start(std::string_view sql)
{
    if (_error) {
        return nullptr;
    }
    const auto statement = _connection.prepare(sql);
    if (!statement) {
        _error = statement.error();
        return nullptr;
    }
    return *statement;
}

void Script::finish(sqlite3_stmt* statement, const OnRowFunction& onRow)
{
    int code = SQLITE_DONE;
    bool wanted = !_error;
    while (wanted && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        wanted = onRow(Row{statement});
    }
    if (wanted && code != SQLITE_DONE) {
        check(code);
    }
    sqlite3_reset(statement); // repeats the error of the step, already noted
    sqlite3_clear_bindings(statement);
}

void Script::bindInteger(sqlite3_stmt* statement, int index, std::int64_t value)
{
    check(sqlite3_bind_int64(statement, index, value));
}

void Script::bindText(sqlite3_stmt* statement, int index, std::string_view value)
{
    const char* bytes = value.data() == nullptr ? "" : value.data(); // a null pointer would bind NULL
    check(sqlite3_bind_text64(statement, index, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Script::bindBlob(sqlite3_stmt* statement, int index, std::string_view value)
{
    const char* bytes = value.data() == nullptr ? "" : value.data();
    check(sqlite3_bind_blob64(statement, index, bytes, value.size(), SQLITE_STATIC));
}

void Script::check(int code)
{
    if (code != SQLITE_OK && !_error) {
        _error = _connection.lastError(code);
    }
}

std::int64_t Script::lastRowId() const
{
    return sqlite3_last_insert_rowid(_connection.handle());
}

std::int64_t Script::changedRows() const
{
    return sqlite3_changes64(_connection.handle());
}

void Script::fail(Error error)
{
    if (!_error) {
        _error = std::move(error);
    }
}

Unit::Unit(Connection& connection, Access access) : _connection(connection)
{
    const bool nested = _connection.inTransaction();
    if (nested && access == Access::readOnly) {
        return;
    }
    Script script{_connection};
    if (nested) {
        script.run("SAVEPOINT step");
    } else if (access == Access::readOnly) {
        script.run("BEGIN");
    } else {
        script.run("BEGIN IMMEDIATE");
    }
    _opened = script.outcome();
    if (script.ok()) {
        _kind = nested ? Kind::savepoint : Kind::transaction;
    }
}

Unit::~Unit()
{
    // A full disk may have ended the whole transaction already; then there is nothing to undo.
    if (_kind == Kind::none || !_connection.inTransaction()) {
        return;
    }
    Script script{_connection};
    if (_kind == Kind::savepoint) {
        script.run("ROLLBACK TO step");
        script.run("RELEASE step");
    } else {
        script.run("ROLLBACK");
    }
}

Result<void> Unit::keep()
{
    Script script{_connection};
    if (_kind == Kind::savepoint) {
        script.run("RELEASE step");
    } else if (_kind == Kind::transaction) {
        script.run("COMMIT");
    }
    if (script.ok()) {
        _kind = Kind::none;
    }
    return script.outcome();
}

} // namespace acervo::catalogue::detail
