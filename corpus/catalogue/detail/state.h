// What a Catalogue holds: its connection, and how every call runs as one unit on it.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "corpus/catalogue/detail/compress.h"
#include "corpus/catalogue/detail/sqlite.h"

#include <ctime>
#include <optional>
#include <utility>

namespace acervo::catalogue {

namespace detail {

// Seconds since 1970-01-01 UTC.
inline std::int64_t now()
{
    return static_cast<std::int64_t>(std::time(nullptr));
}

} // namespace detail

struct Catalogue::State {
    detail::Connection connection;
    detail::TextPacker packer;
    IdentifierRules rules;
    bool inTransaction = false;
    std::int64_t changeBefore = 0; // the last change number when the transaction began
    std::optional<Error> lost;     // what ended the transaction before commit or rollback

    // Runs `work(script)` as one unit and returns what it returns.
    template <class Work>
    auto write(Work&& work) -> Result<decltype(work(std::declval<detail::Script&>()))>
    {
        if (inTransaction && !connection.inTransaction()) {
            return lost.value_or(Error{ErrorCode::ioFailure, "the transaction was lost: roll back"});
        }
        detail::Unit unit{connection, detail::Access::readWrite};
        if (!unit.opened()) {
            return note(unit.opened().error());
        }
        detail::Script script{connection};
        auto value = work(script);
        if (!script.ok()) {
            return note(script.error());
        }
        if (const auto kept = unit.keep(); !kept) {
            return note(kept.error());
        }
        return value;
    }

    Error note(const Error& error)
    {
        if (inTransaction && !connection.inTransaction() && !lost) {
            lost = error;
        }
        return error;
    }

    template <class Work>
    auto read(Work&& work) -> Result<decltype(work(std::declval<detail::Script&>()))>
    {
        detail::Unit unit{connection, detail::Access::readOnly};
        if (!unit.opened()) {
            return unit.opened().error();
        }
        detail::Script script{connection};
        auto value = work(script);
        if (!script.ok()) {
            return script.error();
        }
        if (const auto kept = unit.keep(); !kept) {
            return kept.error();
        }
        return value;
    }
};

} // namespace acervo::catalogue
