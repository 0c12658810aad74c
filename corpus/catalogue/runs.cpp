// The part of Catalogue that remembers what indexers did.
#include "corpus/catalogue/catalogue.h"

#include "corpus/catalogue/detail/state.h"
#include "corpus/catalogue/detail/store.h"

namespace acervo::catalogue {
namespace {

using detail::Row;
using detail::Script;

} // namespace

Result<std::int64_t> Catalogue::beginRun(std::string_view source)
{
    return _state->write([&](Script& script) {
        const auto sourceId = detail::ensureSource(script, source);
        return script.insert("INSERT INTO run (source_id, started_at) VALUES (?, ?)", sourceId, detail::now());
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
                   detail::now(), counts.seen, counts.indexed, counts.unchanged, counts.partial, counts.failed,
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

} // namespace acervo::catalogue
