// The part of Catalogue that everybody reads.
#include "corpus/catalogue/catalogue.h"

#include "corpus/catalogue/detail/compress.h"
#include "corpus/catalogue/detail/read.h"
#include "corpus/catalogue/detail/records.h"
#include "corpus/catalogue/detail/state.h"
#include "corpus/catalogue/detail/works.h"

namespace acervo::catalogue {
namespace {

using detail::Row;
using detail::Script;

} // namespace

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

Result<std::map<std::string, std::uint64_t>> Catalogue::currentEditions() const
{
    return _state->read([&](Script& script) {
        std::map<std::string, std::uint64_t> editions;
        script.each("SELECT audience, count(*) FROM edition WHERE state = 0 GROUP BY audience", [&](const Row& row) {
            editions.emplace(row.text(0), static_cast<std::uint64_t>(row.integer(1)));
            return true;
        });
        return editions;
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
