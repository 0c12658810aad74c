#include "corpus/catalogue/detail/store.h"

#include "corpus/catalogue/detail/works.h"
#include "corpus/identifier/citable_id.h"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace acervo::catalogue::detail {
namespace {

// The year of a partial date, else of today; within what an ID can hold.
int yearFor(std::string_view date, std::int64_t now)
{
    int year = 0;
    if (date.size() >= 4) {
        const auto read = std::from_chars(date.data(), date.data() + 4, year);
        if (read.ec == std::errc{} && read.ptr == date.data() + 4 && year >= 1800 && year <= 9999) {
            return year;
        }
    }
    const auto time = static_cast<std::time_t>(now);
    std::tm today{};
    gmtime_r(&time, &today);
    return today.tm_year + 1900;
}

// Of two dates of one work the earlier; of "2021" and "2021-06" the one that says more.
std::string earlier(const std::string& left, const std::string& right)
{
    if (left.empty() || right.starts_with(left)) {
        return right;
    }
    return right.empty() || left.starts_with(right) ? left : std::min(left, right);
}

// Distinct page languages by number of pages, most frequent first, then by first appearance.
std::string languagesOf(const std::vector<model::Page>& pages)
{
    std::vector<std::pair<std::string_view, std::size_t>> counts;
    for (const auto& page : pages) {
        if (page.language.empty()) {
            continue;
        }
        const auto known =
            std::find_if(counts.begin(), counts.end(), [&](const auto& count) { return count.first == page.language; });
        if (known == counts.end()) {
            counts.emplace_back(page.language, 1);
        } else {
            ++known->second;
        }
    }
    std::stable_sort(counts.begin(), counts.end(),
                     [](const auto& left, const auto& right) { return left.second > right.second; });
    std::string joined;
    for (const auto& [language, count] : counts) {
        joined += (joined.empty() ? "" : " ") + std::string{language};
    }
    return joined;
}

std::int64_t textBytesOf(const std::vector<model::Page>& pages)
{
    std::size_t bytes = 0;
    for (const auto& page : pages) {
        bytes += page.text.size();
    }
    return static_cast<std::int64_t>(bytes);
}

} // namespace

void writeList(Script& script, std::string_view remove, std::string_view add, std::int64_t owner,
               const std::vector<std::string>& values)
{
    if (!remove.empty()) {
        script.run(remove, owner);
    }
    std::int64_t ordinal = 0;
    for (const auto& value : values) {
        script.run(add, owner, ++ordinal, value);
    }
}

std::int64_t ensureSource(Script& script, std::string_view name)
{
    if (const auto known = script.number("SELECT id FROM source WHERE name = ?", name)) {
        return *known;
    }
    return script.insert("INSERT INTO source (name) VALUES (?)", name);
}

Place findPlace(Script& script, std::int64_t sourceId, std::string_view uri)
{
    Place place;
    script.each(
        "SELECT id, coalesce(edition_id, 0), is_primary, outcome FROM location WHERE source_id = ? AND uri = ?",
        [&](const Row& row) {
            place = {row.integer(0), row.integer(1), row.integer(2) != 0, row.view(3) == nameOf(Outcome::withdrawn)};
            return false;
        },
        sourceId, uri);
    return place;
}

void markChanged(Script& script, std::int64_t editionId)
{
    const auto next = script.number("UPDATE counter SET value = value + 1 WHERE name = 'change' RETURNING value");
    script.run("UPDATE edition SET change_number = ? WHERE id = ?", next.value_or(0), editionId);
}

void revive(Script& script, std::int64_t editionId)
{
    script.run("UPDATE edition SET state = 0, withdrawn_at = 0, withdrawn_reason = '' WHERE id = ? AND state <> 0 "
               "AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.work_id = edition.work_id)",
               editionId);
    if (script.ok() && script.changedRows() > 0) {
        markChanged(script, editionId);
    }
}

void leavePlace(Script& script, const Place& place, std::string_view reason, std::int64_t now)
{
    script.run("UPDATE location SET outcome = 'withdrawn', reason = ? WHERE id = ?", reason, place.id);
    if (place.editionId == 0) {
        return;
    }
    const auto heir = script.number("SELECT id FROM location WHERE edition_id = ? AND outcome <> 'withdrawn' "
                                    "ORDER BY missed_passes > 0, is_primary DESC, id LIMIT 1",
                                    place.editionId);
    if (!heir) {
        script.run("UPDATE edition SET state = 1, withdrawn_at = ?, withdrawn_reason = ? WHERE id = ? "
                   "AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.work_id = edition.work_id)",
                   now, reason, place.editionId);
        markChanged(script, place.editionId);
    } else if (place.primary) {
        script.run("UPDATE location SET is_primary = (id = ?) WHERE edition_id = ?", *heir, place.editionId);
        markChanged(script, place.editionId);
    }
}

Storing::Storing(Script& script, TextPacker& packer, std::string_view prefix, const NewDocument& document,
                 std::int64_t now)
    : _script(script), _packer(packer), _prefix(prefix), _document(document), _metadata(document.metadata), _now(now)
{
}

Stored Storing::run()
{
    _sourceId = ensureSource(_script, _document.location.source);
    _place = findPlace(_script, _sourceId, _document.location.uri);
    _declared = readDeclaration();
    const auto decision = decide();
    if (decision.copyOnly) {
        _stored.how = StoredAs::sameContent;
        _stored.changed = false;
        _stored.editionId = decision.editionId;
        writePlace(decision.editionId, false);
    } else {
        storeEdition(decision);
    }
    _script.each(
        "SELECT w.citable_id FROM edition e JOIN work w ON w.id = e.work_id WHERE e.id = ?",
        [&](const Row& row) {
            _stored.citableId = row.text(0);
            return false;
        },
        _stored.editionId);
    return _stored;
}

void Storing::storeEdition(Decision decision)
{
    std::optional<model::Edition> before;
    if (decision.editionId != 0) {
        before = readEdition(_script, decision.editionId);
        if (!before) {
            _script.fail({ErrorCode::corruptInput, "an edition has no current version: run the check"});
            return;
        }
    }
    const bool isNewWork = decision.workId == 0;
    if (isNewWork) {
        decision.workId = createWork(decision.claims);
    }
    if (decision.claims) {
        claim(decision.workId);
    }
    const bool workChanged = mergeWork(decision.workId, decision.editionId, isNewWork) && !isNewWork;
    bool pagesChanged = false;
    if (before) {
        _metadata = overridden(_script, decision.editionId, _document.metadata);
    }
    if (!before) {
        _stored.how = isNewWork ? StoredAs::newWork : StoredAs::newEdition;
        decision.editionId = createEdition(decision.workId);
        addVersion(decision.editionId, 1);
    } else {
        updateEdition(decision.editionId, decision.workId);
        const bool sameBytes = before->sha256 == _document.location.sha256;
        if (sameBytes) {
            pagesChanged = refreshVersion(before->versionId);
        } else {
            keepNames(*before);
            addVersion(decision.editionId, before->versionNumber + 1);
        }
        _stored.how = isNewWork ? StoredAs::newWork : sameBytes ? StoredAs::sameContent : StoredAs::newVersion;
    }
    keepWithdrawn(_script, decision.workId);
    for (const auto& alias : writeAliases(_script, decision.editionId)) {
        if (alias.scheme != "number") {
            _stored.warnings.push_back("another work has the same " + alias.scheme + " " + alias.value +
                                       ": it leads to neither until \"works alias\" says to which");
        }
    }
    if (decision.takesOver) {
        takeOver(decision.editionId);
    }
    writePlace(decision.editionId, true);
    if (decision.formerWorkId != 0 && editionCount(decision.formerWorkId) == 0) {
        retireWork(_script, decision.formerWorkId, decision.workId);
    }
    if (workChanged) {
        changeSiblings(decision.workId, decision.editionId);
    }
    // A new edition was given its number when it was made.
    if (before) {
        _stored.changed = pagesChanged || workChanged || readEdition(_script, decision.editionId) != before;
        if (_stored.changed) {
            markChanged(_script, decision.editionId);
        }
    }
    _stored.editionId = decision.editionId;
}

// What readers see of the other editions of the work has changed with it.
void Storing::changeSiblings(std::int64_t workId, std::int64_t editionId)
{
    std::vector<std::int64_t> siblings;
    _script.each(
        "SELECT id FROM edition WHERE work_id = ? AND id <> ? ORDER BY id",
        [&](const Row& row) {
            siblings.push_back(row.integer(0));
            return true;
        },
        workId, editionId);
    for (const auto sibling : siblings) {
        markChanged(_script, sibling);
    }
}

std::string mintId(Script& script, std::string_view prefix, std::string_view date, std::int64_t now)
{
    const auto given = [&](std::string_view id) {
        return script
            .number("SELECT 1 FROM work WHERE citable_id = ?1 UNION ALL SELECT 1 FROM former_id WHERE citable_id = ?1",
                    id)
            .has_value();
    };
    const int year = identifier::hasYear(prefix) ? yearFor(date, now) : 0;
    std::string id;
    bool taken = true;
    while (taken) {
        const auto serial = script.number("INSERT INTO serial_counter (prefix, year, last) VALUES (?, ?, 1) "
                                          "ON CONFLICT (prefix, year) DO UPDATE SET last = last + 1 RETURNING last",
                                          prefix, year);
        if (!serial) {
            return {};
        }
        id = identifier::format(prefix, year, static_cast<std::uint64_t>(*serial));
        // The organisation may have given this number by hand; and an ID that a slip of the finger turns into another
        // work's is left out.
        taken = given(id) || std::ranges::any_of(identifier::confusions(id, prefix), given);
    }
    return id;
}

std::int64_t Storing::createWork(bool claims)
{
    const bool assigned = claims && _declared.claimsId;
    const auto id = assigned ? _declared.id : mintId(_script, _prefix, _document.metadata.date, _now);
    return _script.insert("INSERT INTO work (citable_id, id_assigned, type, section, date, series, number, created_at) "
                          "VALUES (?, ?, '', '', '', '', '', ?)",
                          id, assigned, _now);
}

// The work takes the ID and the key that the document declares and nobody had.
void Storing::claim(std::int64_t workId)
{
    if (_declared.claimsKey) {
        _script.run("INSERT INTO work_key (source_id, key, work_id) VALUES (?, ?, ?)", _sourceId,
                    _document.metadata.workKey, workId);
    }
    if (!_declared.claimsId ||
        _script.number("SELECT 1 FROM work WHERE id = ? AND citable_id = ?", workId, _declared.id)) {
        return;
    }
    _script.run("INSERT INTO former_id (citable_id, work_id) SELECT citable_id, id FROM work WHERE id = ?", workId);
    _script.run("UPDATE work SET citable_id = ?, id_assigned = 1 WHERE id = ?", _declared.id, workId);
    changeSiblings(workId, 0);
}

// Brings what the document says about the work together with what is known. Returns whether anything changed.
bool Storing::mergeWork(std::int64_t workId, std::int64_t editionId, bool isNew)
{
    const auto& metadata = _document.metadata;
    const auto inForce = isNew ? WorkFields{} : readWork(_script, workId);
    const auto known = isNew ? inForce : withoutOverrides(_script, workId, inForce);
    WorkFields said{metadata.type,   metadata.section, metadata.date,      metadata.series,
                    metadata.number, metadata.themes,  metadata.countries, metadata.sdgs};
    const auto others =
        isNew ? 0
              : _script.number("SELECT count(*) FROM edition WHERE work_id = ? AND id <> ?", workId, editionId)
                    .value_or(0);
    if (others > 0) {
        // What other editions said stays where this one says nothing.
        const auto keep = [](auto& value, const auto& before) {
            if (value.empty()) {
                value = before;
            }
        };
        keep(said.type, known.type);
        keep(said.section, known.section);
        keep(said.series, known.series);
        keep(said.number, known.number);
        keep(said.themes, known.themes);
        keep(said.countries, known.countries);
        keep(said.sdgs, known.sdgs);
        said.date = earlier(known.date, said.date);
    }
    if (said.section.empty()) {
        said.section = _document.sourceSection;
    }
    if (!isNew) {
        said = overridden(_script, workId, std::move(said));
    }
    if (said == inForce) {
        return false;
    }
    writeWorkFields(_script, workId, said, isNew);
    return true;
}

void writeWorkFields(Script& script, std::int64_t workId, const WorkFields& fields, bool isNew)
{
    script.run("UPDATE work SET type = ?, section = ?, date = ?, series = ?, number = ? WHERE id = ?", fields.type,
               fields.section, fields.date, fields.series, fields.number, workId);
    writeList(script, isNew ? "" : "DELETE FROM work_theme WHERE work_id = ?",
              "INSERT INTO work_theme (work_id, ordinal, value) VALUES (?, ?, ?)", workId, fields.themes);
    writeList(script, isNew ? "" : "DELETE FROM work_country WHERE work_id = ?",
              "INSERT INTO work_country (work_id, ordinal, value) VALUES (?, ?, ?)", workId, fields.countries);
    writeList(script, isNew ? "" : "DELETE FROM work_sdg WHERE work_id = ?",
              "INSERT INTO work_sdg (work_id, ordinal, value) VALUES (?, ?, ?)", workId, fields.sdgs);
}

std::int64_t Storing::createEdition(std::int64_t workId)
{
    const auto& metadata = _metadata;
    const auto change = _script.number("UPDATE counter SET value = value + 1 WHERE name = 'change' RETURNING value");
    const auto editionId = _script.insert(
        "INSERT INTO edition (state, withdrawn_at, withdrawn_reason, work_id, language, audience, version_number, "
        "change_number, work_key, assigned_id, date, isbn, doi, license, title, subtitle, abstract) "
        "SELECT w.work_id IS NOT NULL, coalesce(w.at, 0), coalesce(w.reason, ''), ?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, "
        "?9, ?10, ?11, ?12, ?13 FROM (SELECT 1) LEFT JOIN withdrawal w ON w.work_id = ?1",
        workId, metadata.language, _document.audience, change.value_or(0), metadata.workKey, metadata.assignedId,
        metadata.date, metadata.isbn, metadata.doi, metadata.license, metadata.title, metadata.subtitle,
        metadata.abstractText);
    writeEditionLists(editionId, true);
    return editionId;
}

void Storing::updateEdition(std::int64_t editionId, std::int64_t workId)
{
    const auto& metadata = _metadata;
    _script.run("UPDATE edition SET work_id = ?, language = ?, audience = ?, state = 0, withdrawn_at = 0, "
                "withdrawn_reason = '', work_key = ?, assigned_id = ?, date = ?, isbn = ?, doi = ?, license = ?, "
                "title = ?, subtitle = ?, abstract = ? WHERE id = ?",
                workId, metadata.language, _document.audience, metadata.workKey, metadata.assignedId, metadata.date,
                metadata.isbn, metadata.doi, metadata.license, metadata.title, metadata.subtitle, metadata.abstractText,
                editionId);
    writeEditionLists(editionId, false);
}

void Storing::writeEditionLists(std::int64_t editionId, bool isNew)
{
    writeList(_script, isNew ? "" : "DELETE FROM edition_author WHERE edition_id = ?",
              "INSERT INTO edition_author (edition_id, ordinal, value) VALUES (?, ?, ?)", editionId, _metadata.authors);
    writeList(_script, isNew ? "" : "DELETE FROM edition_keyword WHERE edition_id = ?",
              "INSERT INTO edition_keyword (edition_id, ordinal, value) VALUES (?, ?, ?)", editionId,
              _metadata.keywords);
}

void Storing::addVersion(std::int64_t editionId, std::uint32_t number)
{
    const auto& location = _document.location;
    auto file = _script.number("SELECT id FROM file WHERE sha256 = ?", location.sha256);
    if (!file) {
        file = _script.insert("INSERT INTO file (sha256, byte_size, media_type) VALUES (?, ?, ?)", location.sha256,
                              location.byteSize, _document.mediaType);
    }
    const auto versionId = _script.insert(
        "INSERT INTO version (edition_id, number, file_id, indexed_at, truncated, page_count, page_languages, "
        "text_bytes, audience) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        editionId, number, *file, _now, _document.truncated, _document.pages.size(), languagesOf(_document.pages),
        textBytesOf(_document.pages), _document.audience);
    if (number > 1) {
        _script.run("UPDATE edition SET version_number = ? WHERE id = ?", number, editionId);
    }
    writePages(versionId);
}

// The version that is about to be replaced keeps what it was called.
void Storing::keepNames(const model::Edition& before)
{
    const auto& metadata = before.metadata;
    _script.run("UPDATE version SET title = ?, subtitle = ?, authors = ?, date = ? WHERE id = ?", metadata.title,
                metadata.subtitle, joinedLines(metadata.authors), metadata.date, before.versionId);
}

void Storing::writePages(std::int64_t versionId)
{
    for (const auto& page : _document.pages) {
        const auto packed = _packer.pack(page.text);
        _script.run("INSERT INTO page (version_id, number, label, heading, language, codec, text_bytes, text) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    versionId, page.number, page.label, page.heading, page.language,
                    static_cast<std::int64_t>(packed.codec), page.text.size(), Blob{packed.bytes});
    }
    std::int64_t ordinal = 0;
    for (const auto& entry : _document.outline) {
        _script.run("INSERT INTO outline (version_id, ordinal, level, title, page) VALUES (?, ?, ?, ?, ?)", versionId,
                    ++ordinal, entry.level, entry.title, entry.page);
    }
}

// The same bytes, read again (by a better extractor, perhaps). Returns whether they yielded something else.
bool Storing::refreshVersion(std::int64_t versionId)
{
    _script.run("UPDATE version SET audience = ?1 WHERE id = ?2 AND audience <> ?1", _document.audience, versionId);
    const auto pages = readPages(_script, _packer, versionId, 0, UINT32_MAX);
    const auto truncated = _script.number("SELECT truncated FROM version WHERE id = ?", versionId).value_or(0) != 0;
    if (pages == _document.pages && truncated == _document.truncated &&
        readOutline(_script, versionId) == _document.outline) {
        return false;
    }
    _script.run("DELETE FROM page WHERE version_id = ?", versionId);
    _script.run("DELETE FROM outline WHERE version_id = ?", versionId);
    _script.run("UPDATE version SET truncated = ?, page_count = ?, page_languages = ?, text_bytes = ?, indexed_at = ? "
                "WHERE id = ?",
                _document.truncated, _document.pages.size(), languagesOf(_document.pages), textBytesOf(_document.pages),
                _now, versionId);
    writePages(versionId);
    return true;
}

void Storing::writePlace(std::int64_t editionId, bool primary)
{
    const auto& location = _document.location;
    const auto outcome = location.outcome == Outcome::partial ? Outcome::partial : Outcome::indexed;
    std::string warnings;
    for (const auto* list : {&_document.warnings, static_cast<const std::vector<std::string>*>(&_stored.warnings)}) {
        for (auto warning : *list) {
            std::replace(warning.begin(), warning.end(), '\n', ' ');
            warnings += (warnings.empty() ? "" : "\n") + warning;
        }
    }
    const bool leaves = _place.editionId != 0 && _place.editionId != editionId;
    if (leaves && _place.primary) {
        _script.fail({ErrorCode::internal, "the primary place of an edition cannot leave it"});
    }
    _script.run("INSERT INTO location (source_id, uri, byte_size, modified_at, sha256, inputs_hash, outcome, reason, "
                "warnings, edition_id, is_primary, missed_passes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) "
                "ON CONFLICT (source_id, uri) DO UPDATE SET byte_size = excluded.byte_size, "
                "modified_at = excluded.modified_at, sha256 = excluded.sha256, inputs_hash = excluded.inputs_hash, "
                "outcome = excluded.outcome, reason = excluded.reason, warnings = excluded.warnings, "
                "edition_id = excluded.edition_id, is_primary = excluded.is_primary, missed_passes = 0",
                _sourceId, location.uri, location.byteSize, location.modifiedAt, location.sha256, location.inputsHash,
                nameOf(outcome), outcome == Outcome::partial ? location.reason : std::string{}, warnings, editionId,
                primary);
}

// The edition lives here from now on; places not seen any more are done with.
void Storing::takeOver(std::int64_t editionId)
{
    _script.run("UPDATE location SET is_primary = 0, outcome = 'withdrawn', reason = ? WHERE edition_id = ? "
                "AND id <> ? AND outcome <> 'withdrawn' AND missed_passes > 0",
                "moved to " + _document.location.uri, editionId, _place.id);
    _script.run("UPDATE location SET is_primary = 0 WHERE edition_id = ? AND is_primary = 1", editionId);
}

} // namespace acervo::catalogue::detail
