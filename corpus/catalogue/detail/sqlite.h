// A thin hold on SQLite: one connection, its prepared statements, and scripts that stop at the first error.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace acervo::catalogue::detail {

// Bytes, to be bound as BLOB rather than TEXT.
struct Blob {
    std::string_view bytes;
};

// The current row; the views end with the next row.
class Row {
public:
    explicit Row(sqlite3_stmt* statement) : _statement(statement) {}
    std::int64_t integer(int column) const; // NULL reads as 0
    std::string_view view(int column) const;
    std::string text(int column) const { return std::string{view(column)}; }

private:
    sqlite3_stmt* _statement;
};

enum class Access : std::uint8_t { readOnly, readWrite };

class Connection {
public:
    static Result<Connection> open(const std::filesystem::path& file, Access access);

    sqlite3* handle() const { return _handle.get(); }
    bool inTransaction() const;
    const std::string& name() const { return _name; }

    // The compiled statement, kept for the life of the connection. Asking for one that is still running is a bug.
    Result<sqlite3_stmt*> prepare(std::string_view sql);
    Result<void> execute(const char* statements); // several, separated by semicolons; nothing to read
    Error lastError(int code) const;

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

    std::unique_ptr<sqlite3, Close> _handle;
    std::unordered_map<std::string, Statement> _statements; // closed before the handle; keyed by their text
    std::string _name;
};

// A run of statements: after the first error the rest does nothing and outcome() says what went wrong.
class Script {
public:
    explicit Script(Connection& connection) : _connection(connection) {}

    template <class... Arguments>
    void run(std::string_view sql, const Arguments&... arguments)
    {
        each(
            sql, [](const Row&) { return true; }, arguments...);
    }

    // The row id of the one row that `sql` inserts.
    template <class... Arguments>
    std::int64_t insert(std::string_view sql, const Arguments&... arguments)
    {
        run(sql, arguments...);
        return ok() ? lastRowId() : 0;
    }

    // First column of the first row; nullopt when there is no row.
    template <class... Arguments>
    std::optional<std::int64_t> number(std::string_view sql, const Arguments&... arguments)
    {
        std::optional<std::int64_t> found;
        each(
            sql,
            [&](const Row& row) {
                found = row.integer(0);
                return true;
            },
            arguments...);
        return found;
    }

    // Calls onRow for each row until it returns false. The arguments live for the call only, and need no longer.
    template <class OnRow, class... Arguments>
    void each(std::string_view sql, OnRow&& onRow, const Arguments&... arguments)
    {
        if (auto* statement = start(sql)) {
            int index = 0;
            (bind(statement, ++index, arguments), ...);
            finish(statement, std::forward<OnRow>(onRow));
        }
    }

    std::int64_t changedRows() const;
    void fail(Error error);
    bool ok() const { return !_error; }
    const Error& error() const { return *_error; }
    Result<void> outcome() const { return _error ? Result<void>{*_error} : Result<void>{}; }

private:
    using OnRowFunction = std::function<bool(const Row&)>;

    sqlite3_stmt* start(std::string_view sql); // nullptr after an error
    void finish(sqlite3_stmt* statement, const OnRowFunction& onRow);
    void bindInteger(sqlite3_stmt* statement, int index, std::int64_t value);
    void bindText(sqlite3_stmt* statement, int index, std::string_view value);
    void bindBlob(sqlite3_stmt* statement, int index, std::string_view value);
    void check(int code);
    std::int64_t lastRowId() const;

    template <class Value>
    void bind(sqlite3_stmt* statement, int index, const Value& value)
    {
        if constexpr (std::is_same_v<Value, Blob>) {
            bindBlob(statement, index, value.bytes);
        } else if constexpr (std::is_integral_v<Value>) {
            bindInteger(statement, index, static_cast<std::int64_t>(value));
        } else {
            bindText(statement, index, value);
        }
    }

    Connection& _connection;
    std::optional<Error> _error;
};

// Several statements that belong together. To write: all or nothing, a savepoint inside a transaction and a transaction
// of its own outside of one. To read: one and the same state of the catalogue, whatever another process commits.
class Unit {
public:
    Unit(Connection& connection, Access access);
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;
    Unit(Unit&&) = delete;
    Unit& operator=(Unit&&) = delete;
    ~Unit(); // undoes what was written and not kept

    const Result<void>& opened() const { return _opened; }
    Result<void> keep();

private:
    enum class Kind : std::uint8_t { none, transaction, savepoint };
    Connection& _connection;
    Result<void> _opened;
    Kind _kind = Kind::none;
};

} // namespace acervo::catalogue::detail
