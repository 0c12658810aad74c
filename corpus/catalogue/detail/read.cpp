#include "corpus/catalogue/detail/read.h"

#include <algorithm>
#include <iterator>

namespace acervo::catalogue::detail {
namespace {

constexpr std::size_t kMaxProblems = 1000;

constexpr std::string_view kOutcomeNames[] = {"indexed", "unchanged", "partial", "failed", "quarantined", "withdrawn"};

std::vector<std::string> readList(Script& script, std::string_view sql, std::int64_t owner)
{
    std::vector<std::string> values;
    script.each(
        sql,
        [&](const Row& row) {
            values.push_back(row.text(0));
            return true;
        },
        owner);
    return values;
}

std::vector<std::string> splitAt(char separator, std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

} // namespace

std::optional<Outcome> outcomeNamed(std::string_view name)
{
    for (std::size_t i = 0; i < std::size(kOutcomeNames); ++i) {
        if (kOutcomeNames[i] == name) {
            return static_cast<Outcome>(i);
        }
    }
    return std::nullopt;
}

std::int64_t findWork(Script& script, std::string_view citableId)
{
    const auto current = script.number("SELECT id FROM work WHERE citable_id = ? AND merged_into IS NULL", citableId);
    if (current) {
        return *current;
    }
    return script.number("SELECT work_id FROM former_id WHERE citable_id = ?", citableId).value_or(0);
}

WorkFields readWork(Script& script, std::int64_t workId)
{
    WorkFields work;
    script.each(
        "SELECT type, section, date, series, number FROM work WHERE id = ?",
        [&](const Row& row) {
            work.type = row.text(0);
            work.section = row.text(1);
            work.date = row.text(2);
            work.series = row.text(3);
            work.number = row.text(4);
            return true;
        },
        workId);
    work.themes = readList(script, "SELECT value FROM work_theme WHERE work_id = ? ORDER BY ordinal", workId);
    work.countries = readList(script, "SELECT value FROM work_country WHERE work_id = ? ORDER BY ordinal", workId);
    work.sdgs = readList(script, "SELECT value FROM work_sdg WHERE work_id = ? ORDER BY ordinal", workId);
    return work;
}

std::vector<model::Version> readVersions(Script& script, std::int64_t editionId)
{
    std::vector<model::Version> versions;
    script.each(
        "SELECT v.id, v.number, v.audience, f.media_type, f.byte_size, f.sha256, v.page_count, v.text_bytes, "
        "v.truncated, v.indexed_at, v.page_languages, v.title, v.subtitle, v.authors, v.date FROM version v JOIN file "
        "f ON f.id = v.file_id "
        "WHERE v.edition_id = ? ORDER BY v.number DESC",
        [&](const Row& row) {
            auto& version = versions.emplace_back();
            version.versionId = row.integer(0);
            version.number = static_cast<std::uint32_t>(row.integer(1));
            version.audience = row.text(2);
            version.mediaType = row.text(3);
            version.byteSize = static_cast<std::uint64_t>(row.integer(4));
            version.sha256 = row.text(5);
            version.pageCount = static_cast<std::uint32_t>(row.integer(6));
            version.textBytes = static_cast<std::uint64_t>(row.integer(7));
            version.truncated = row.integer(8) != 0;
            version.indexedAt = row.integer(9);
            version.pageLanguages = splitAt(' ', row.view(10));
            version.title = row.text(11);
            version.subtitle = row.text(12);
            version.authors = splitAt('\n', row.view(13));
            version.date = row.text(14);
            return true;
        },
        editionId);
    for (auto& version : versions) {
        version.outline = readOutline(script, version.versionId);
    }
    return versions;
}

std::optional<model::Edition> readEdition(Script& script, std::int64_t editionId)
{
    std::optional<model::Edition> found;
    script.each(
        "SELECT e.work_id, v.id, e.version_number, w.citable_id, e.audience, e.state, f.media_type, "
        "coalesce(l.uri, ''), coalesce(s.name, ''), f.byte_size, f.sha256, v.page_count, v.truncated, v.indexed_at, "
        "v.page_languages, e.withdrawn_reason, e.withdrawn_at, e.work_key, e.assigned_id, e.date, e.isbn, e.doi, "
        "e.license, e.language, e.title, e.subtitle, e.abstract, v.text_bytes, e.changed_at "
        "FROM edition e JOIN work w ON w.id = e.work_id "
        "JOIN version v ON v.edition_id = e.id AND v.number = e.version_number JOIN file f ON f.id = v.file_id "
        "LEFT JOIN location l ON l.edition_id = e.id AND l.is_primary = 1 LEFT JOIN source s ON s.id = l.source_id "
        "WHERE e.id = ?",
        [&](const Row& row) {
            auto& edition = found.emplace();
            edition.editionId = editionId;
            edition.workId = row.integer(0);
            edition.versionId = row.integer(1);
            edition.versionNumber = static_cast<std::uint32_t>(row.integer(2));
            edition.citableId = row.text(3);
            edition.audience = row.text(4);
            edition.state = row.integer(5) == 0 ? model::EditionState::current : model::EditionState::withdrawn;
            edition.mediaType = row.text(6);
            edition.sourceUri = row.text(7);
            edition.sourceName = row.text(8);
            edition.byteSize = static_cast<std::uint64_t>(row.integer(9));
            edition.sha256 = row.text(10);
            edition.pageCount = static_cast<std::uint32_t>(row.integer(11));
            edition.truncated = row.integer(12) != 0;
            edition.indexedAt = row.integer(13);
            edition.pageLanguages = splitAt(' ', row.view(14));
            edition.withdrawnReason = row.text(15);
            edition.withdrawnAt = row.integer(16);
            edition.metadata.workKey = row.text(17);
            edition.metadata.assignedId = row.text(18);
            edition.metadata.date = row.text(19);
            edition.metadata.isbn = row.text(20);
            edition.metadata.doi = row.text(21);
            edition.metadata.license = row.text(22);
            edition.metadata.language = row.text(23);
            edition.metadata.title = row.text(24);
            edition.metadata.subtitle = row.text(25);
            edition.metadata.abstractText = row.text(26);
            edition.textBytes = static_cast<std::uint64_t>(row.integer(27));
            edition.changedAt = row.integer(28);
            return false;
        },
        editionId);
    if (!found) {
        return found;
    }
    auto work = readWork(script, found->workId);
    auto& metadata = found->metadata;
    metadata.type = std::move(work.type);
    metadata.section = std::move(work.section);
    metadata.series = std::move(work.series);
    metadata.number = std::move(work.number);
    metadata.themes = std::move(work.themes);
    metadata.countries = std::move(work.countries);
    metadata.sdgs = std::move(work.sdgs);
    if (metadata.date.empty()) {
        metadata.date = std::move(work.date);
    }
    metadata.authors =
        readList(script, "SELECT value FROM edition_author WHERE edition_id = ? ORDER BY ordinal", editionId);
    metadata.keywords =
        readList(script, "SELECT value FROM edition_keyword WHERE edition_id = ? ORDER BY ordinal", editionId);
    found->outline = readOutline(script, found->versionId);
    return found;
}

Location readLocation(const Row& row)
{
    Location location;
    location.source = row.text(0);
    location.uri = row.text(1);
    location.byteSize = static_cast<std::uint64_t>(row.integer(2));
    location.modifiedAt = row.integer(3);
    location.sha256 = row.text(4);
    location.inputsHash = row.text(5);
    location.outcome = outcomeNamed(row.view(6)).value_or(Outcome::failed);
    location.reason = row.text(7);
    location.editionId = row.integer(8);
    location.missedPasses = static_cast<std::uint32_t>(row.integer(9));
    location.warnings = splitAt('\n', row.view(10));
    return location;
}

std::vector<model::Page> readPages(Script& script, TextPacker& packer, std::int64_t versionId, std::uint32_t first,
                                   std::uint32_t last)
{
    std::vector<model::Page> pages;
    Result<void> unpacked;
    script.each(
        "SELECT number, label, heading, language, codec, text, text_bytes FROM page "
        "WHERE version_id = ? AND number BETWEEN ? AND ? ORDER BY number",
        [&](const Row& row) {
            auto text = packer.unpack(row.integer(4), row.view(5), row.integer(6));
            if (!text) {
                unpacked = text.error();
                return false;
            }
            pages.push_back(
                {static_cast<std::uint32_t>(row.integer(0)), row.text(1), row.text(2), row.text(3), std::move(*text)});
            return true;
        },
        versionId, first, last);
    if (!unpacked) {
        script.fail(unpacked.error());
    }
    return pages;
}

std::vector<model::OutlineEntry> readOutline(Script& script, std::int64_t versionId)
{
    std::vector<model::OutlineEntry> outline;
    script.each(
        "SELECT level, title, page FROM outline WHERE version_id = ? ORDER BY ordinal",
        [&](const Row& row) {
            outline.push_back(
                {static_cast<std::uint32_t>(row.integer(0)), row.text(1), static_cast<std::uint32_t>(row.integer(2))});
            return true;
        },
        versionId);
    return outline;
}

std::vector<std::string> findProblems(Script& script, TextPacker& packer)
{
    std::vector<std::string> problems;
    const auto collect = [&](std::string_view prefix) {
        return [&problems, prefix](const Row& row) {
            problems.push_back(std::string{prefix} + row.text(0));
            return problems.size() < kMaxProblems;
        };
    };
    script.each("PRAGMA integrity_check", [&](const Row& row) {
        if (row.view(0) != "ok") {
            problems.push_back("structure: " + row.text(0));
        }
        return problems.size() < kMaxProblems;
    });
    script.each("PRAGMA foreign_key_check", [&](const Row& row) {
        problems.push_back("a row of " + row.text(0) + " refers to a missing row of " + row.text(2));
        return problems.size() < kMaxProblems;
    });
    script.each("SELECT 'edition ' || e.id FROM edition e LEFT JOIN version v ON v.edition_id = e.id "
                "AND v.number = e.version_number WHERE v.id IS NULL",
                collect("no current version: "));
    script.each("SELECT 'version ' || v.id FROM version v WHERE v.page_count <> "
                "(SELECT count(*) FROM page p WHERE p.version_id = v.id)",
                collect("wrong number of pages: "));
    script.each("SELECT 'edition ' || e.id FROM edition e WHERE (SELECT count(*) FROM location l "
                "WHERE l.edition_id = e.id AND l.is_primary = 1) <> 1",
                collect("not exactly one primary location: "));
    script.each("SELECT 'edition ' || e.id FROM edition e JOIN work w ON w.id = e.work_id "
                "WHERE w.merged_into IS NOT NULL AND e.state = 0",
                collect("belongs to a merged work: "));
    script.each("SELECT citable_id FROM former_id WHERE citable_id IN (SELECT citable_id FROM work "
                "WHERE merged_into IS NULL)",
                collect("both a former and a current ID: "));
    script.each("SELECT 'edition ' || id FROM edition WHERE change_number > "
                "(SELECT value FROM counter WHERE name = 'change')",
                collect("change number beyond the counter: "));
    script.each("SELECT version_id, number, codec, text, text_bytes FROM page", [&](const Row& row) {
        if (const auto text = packer.unpack(row.integer(2), row.view(3), row.integer(4)); !text) {
            problems.push_back("version " + std::to_string(row.integer(0)) + ", page " +
                               std::to_string(row.integer(1)) + ": " + text.error().message);
        }
        return problems.size() < kMaxProblems;
    });
    return problems;
}

} // namespace acervo::catalogue::detail

namespace acervo::catalogue {

std::string_view nameOf(Outcome outcome)
{
    return detail::kOutcomeNames[static_cast<std::size_t>(outcome)];
}

} // namespace acervo::catalogue
