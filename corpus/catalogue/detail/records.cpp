#include "corpus/catalogue/detail/records.h"

#include "corpus/catalogue/detail/read.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace acervo::catalogue::detail {
namespace {

// For json_each. Control characters, which JSON forbids, stand in no audience, section or type: they are left out.
std::string jsonArray(const std::vector<std::string>& values)
{
    std::string json = "[";
    for (const auto& value : values) {
        json += json.size() > 1 ? ",\"" : "\"";
        for (const char letter : value) {
            if (letter == '"' || letter == '\\') {
                json += '\\';
            }
            if (static_cast<unsigned char>(letter) >= ' ') {
                json += letter;
            }
        }
        json += '"';
    }
    return json + "]";
}

// Works with an edition that one of the audiences ?1 sees now.
constexpr std::string_view kSeenNow =
    "w.merged_into IS NULL AND EXISTS (SELECT 1 FROM edition e WHERE e.work_id = w.id AND e.state = 0 "
    "AND e.audience IN (SELECT value FROM json_each(?1)))";

auto orderOf(const WorkRecord& record)
{
    return std::tie(record.changedAt, record.citableId);
}

} // namespace

void stampChanges(Script& script, std::int64_t changeBefore, std::int64_t now)
{
    script.run("UPDATE edition SET changed_at = ? WHERE change_number > ?", now, changeBefore);
    script.run("UPDATE sighting SET changed_at = ? WHERE change_number > ?", now, changeBefore);
}

Records::Records(Script& script, const access::Filter& reader)
    : _script(script), _reader(reader), _audiences(jsonArray(reader.audiences()))
{
}

std::vector<WorkRecord> Records::list(const RecordRange& range, const RecordBookmark& after, std::size_t limit)
{
    std::vector<WorkRecord> found;
    for (const auto& audience : _reader.audiences()) {
        listAudience(audience, range, after, limit, found);
    }
    std::ranges::sort(found, [](const auto& left, const auto& right) { return orderOf(left) < orderOf(right); });
    found.resize(std::min(found.size(), limit));
    for (auto& record : found) {
        addEditions(record);
    }
    return found;
}

// The works of which this audience saw the latest change that any audience of the reader saw.
void Records::listAudience(std::string_view audience, const RecordRange& range, const RecordBookmark& after,
                           std::size_t limit, std::vector<WorkRecord>& found)
{
    _script.each(
        "SELECT s.citable_id, s.changed_at, s.section, s.type FROM sighting s WHERE s.audience = ?1 "
        "AND (s.changed_at, s.citable_id) > (?2, ?3) AND s.changed_at BETWEEN ?4 AND ?5 "
        "AND (?6 = '[]' OR s.section IN (SELECT value FROM json_each(?6))) "
        "AND (?7 = '[]' OR s.type IN (SELECT value FROM json_each(?7))) "
        "AND NOT EXISTS (SELECT 1 FROM sighting o WHERE o.citable_id = s.citable_id "
        "AND o.audience IN (SELECT value FROM json_each(?8)) "
        "AND (o.changed_at, o.audience) > (s.changed_at, s.audience)) "
        "ORDER BY s.changed_at, s.citable_id LIMIT ?9",
        [&](const Row& row) {
            auto& record = found.emplace_back();
            record.citableId = row.text(0);
            record.changedAt = row.integer(1);
            record.section = row.text(2);
            record.type = row.text(3);
            return true;
        },
        audience, after.changedAt, after.citableId, range.from.value_or(0),
        range.until.value_or(std::numeric_limits<std::int64_t>::max()), jsonArray(range.sections),
        jsonArray(range.types), _audiences, limit);
}

std::optional<WorkRecord> Records::find(std::string_view citableId)
{
    std::optional<WorkRecord> found;
    _script.each(
        "SELECT citable_id, changed_at, section, type FROM sighting WHERE citable_id = ? "
        "AND audience IN (SELECT value FROM json_each(?)) ORDER BY changed_at DESC, audience DESC LIMIT 1",
        [&](const Row& row) {
            auto& record = found.emplace();
            record.citableId = row.text(0);
            record.changedAt = row.integer(1);
            record.section = row.text(2);
            record.type = row.text(3);
            return false;
        },
        citableId, _audiences);
    if (found) {
        addEditions(*found);
    }
    return found;
}

std::vector<WorkRecord> Records::after(std::string_view citableId, std::size_t limit)
{
    static const auto sql = "SELECT w.citable_id, w.section, w.type FROM work w WHERE w.citable_id > ?2 AND " +
                            std::string{kSeenNow} + " ORDER BY w.citable_id LIMIT ?3";
    std::vector<WorkRecord> found;
    _script.each(
        sql,
        [&](const Row& row) {
            auto& record = found.emplace_back();
            record.citableId = row.text(0);
            record.section = row.text(1);
            record.type = row.text(2);
            return true;
        },
        _audiences, citableId, limit);
    for (auto& record : found) {
        record.changedAt = _script
                               .number("SELECT max(changed_at) FROM sighting WHERE citable_id = ? "
                                       "AND audience IN (SELECT value FROM json_each(?))",
                                       record.citableId, _audiences)
                               .value_or(0);
        addEditions(record);
    }
    return found;
}

std::vector<std::string> Records::every(std::size_t step)
{
    static const auto sql = "SELECT id FROM (SELECT w.citable_id AS id, row_number() OVER (ORDER BY w.citable_id) AS n "
                            "FROM work w WHERE " +
                            std::string{kSeenNow} + ") WHERE n % ?2 = 0 ORDER BY id";
    std::vector<std::string> ids;
    _script.each(
        sql,
        [&](const Row& row) {
            ids.push_back(row.text(0));
            return true;
        },
        _audiences, step);
    return ids;
}

std::vector<RecordBookmark> Records::latest(const std::optional<RecordBookmark>& before, std::size_t limit)
{
    static const auto sql =
        "SELECT s.changed_at, s.citable_id FROM sighting s JOIN work w ON w.citable_id = s.citable_id "
        "WHERE s.audience = ?2 AND (s.changed_at, s.citable_id) < (?3, ?4) AND " +
        std::string{kSeenNow} +
        " AND NOT EXISTS (SELECT 1 FROM sighting o WHERE o.citable_id = s.citable_id "
        "AND o.audience IN (SELECT value FROM json_each(?1)) "
        "AND (o.changed_at, o.audience) > (s.changed_at, s.audience)) "
        "ORDER BY s.changed_at DESC, s.citable_id DESC LIMIT ?5";
    std::vector<RecordBookmark> found;
    for (const auto& audience : _reader.audiences()) {
        _script.each(
            sql,
            [&](const Row& row) {
                found.push_back({row.integer(0), row.text(1)});
                return true;
            },
            _audiences, audience, before ? before->changedAt : std::numeric_limits<std::int64_t>::max(),
            before ? before->citableId : std::string{}, limit);
    }
    std::ranges::sort(found, [](const auto& left, const auto& right) {
        return std::tie(left.changedAt, left.citableId) > std::tie(right.changedAt, right.citableId);
    });
    found.resize(std::min(found.size(), limit));
    return found;
}

void Records::addEditions(WorkRecord& record)
{
    std::vector<std::int64_t> ids;
    _script.each(
        "SELECT e.id FROM work w JOIN edition e ON e.work_id = w.id WHERE w.citable_id = ? AND w.merged_into IS NULL "
        "AND e.state = 0 AND e.audience IN (SELECT value FROM json_each(?)) ORDER BY e.id",
        [&](const Row& row) {
            ids.push_back(row.integer(0));
            return true;
        },
        record.citableId, _audiences);
    for (const auto id : ids) {
        if (auto edition = readEdition(_script, id)) {
            record.editions.push_back(std::move(*edition));
        }
    }
    record.deleted = record.editions.empty();
}

std::vector<std::string> Records::distinct(std::string_view column)
{
    std::vector<std::string> values;
    _script.each(
        "SELECT DISTINCT " + std::string{column} + " FROM sighting WHERE " + std::string{column} +
            " <> '' AND audience IN (SELECT value FROM json_each(?)) ORDER BY 1",
        [&](const Row& row) {
            values.push_back(row.text(0));
            return true;
        },
        _audiences);
    return values;
}

Catalogue::RecordSummary Records::summary()
{
    Catalogue::RecordSummary all;
    _script.each(
        "SELECT min(changed_at), max(changed_at), max(change_number) FROM sighting WHERE audience IN (SELECT value "
        "FROM json_each(?))",
        [&](const Row& row) {
            all.first = row.integer(0);
            all.last = row.integer(1);
            all.lastChange = row.integer(2);
            return false;
        },
        _audiences);
    all.sections = distinct("section");
    all.types = distinct("type");
    return all;
}

} // namespace acervo::catalogue::detail
