#include "corpus/catalogue/detail/schema.h"

#include <array>

namespace acervo::catalogue::detail {
namespace {

// Times are seconds since 1970-01-01 UTC unless named otherwise; texts are UTF-8; absent texts are ''.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('change', 0);

CREATE TABLE serial_counter (
    prefix TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (prefix, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    section TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE work (
    id INTEGER PRIMARY KEY,
    citable_id TEXT NOT NULL UNIQUE,
    id_assigned INTEGER NOT NULL,           -- 1: by the organisation, 0: minted here
    merged_into INTEGER REFERENCES work(id), -- its editions went there; former_id leads there too
    type TEXT NOT NULL,
    section TEXT NOT NULL,
    date TEXT NOT NULL,
    series TEXT NOT NULL,
    number TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE former_id (
    citable_id TEXT PRIMARY KEY,
    work_id INTEGER NOT NULL REFERENCES work(id)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_id_by_work ON former_id(work_id);

CREATE TABLE work_key (
    source_id INTEGER NOT NULL REFERENCES source(id),
    key TEXT NOT NULL,
    work_id INTEGER NOT NULL REFERENCES work(id),
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_key_by_work ON work_key(work_id);

CREATE TABLE work_theme (
    work_id INTEGER NOT NULL REFERENCES work(id), ordinal INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (work_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE work_country (
    work_id INTEGER NOT NULL REFERENCES work(id), ordinal INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (work_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE work_sdg (
    work_id INTEGER NOT NULL REFERENCES work(id), ordinal INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (work_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE edition (
    id INTEGER PRIMARY KEY,
    work_id INTEGER NOT NULL REFERENCES work(id),
    language TEXT NOT NULL,
    audience TEXT NOT NULL,
    state INTEGER NOT NULL,          -- model::EditionState
    version_number INTEGER NOT NULL, -- of the current version
    change_number INTEGER NOT NULL UNIQUE,
    withdrawn_at INTEGER NOT NULL DEFAULT 0,
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    work_key TEXT NOT NULL,    -- as the document says; work_key has the resolved ones
    assigned_id TEXT NOT NULL, -- as the document says
    date TEXT NOT NULL,
    isbn TEXT NOT NULL,
    doi TEXT NOT NULL,
    license TEXT NOT NULL,
    title TEXT NOT NULL,
    subtitle TEXT NOT NULL,
    abstract TEXT NOT NULL,
    UNIQUE (work_id, language, audience)
) STRICT;
CREATE TABLE edition_author (
    edition_id INTEGER NOT NULL REFERENCES edition(id), ordinal INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (edition_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE edition_keyword (
    edition_id INTEGER NOT NULL REFERENCES edition(id), ordinal INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (edition_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE, -- lower-case hex
    byte_size INTEGER NOT NULL,
    media_type TEXT NOT NULL
) STRICT;

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    edition_id INTEGER NOT NULL REFERENCES edition(id),
    number INTEGER NOT NULL, -- from 1
    file_id INTEGER NOT NULL REFERENCES file(id),
    indexed_at INTEGER NOT NULL,
    truncated INTEGER NOT NULL,
    page_count INTEGER NOT NULL,
    page_languages TEXT NOT NULL, -- distinct, most frequent first, separated by spaces
    text_bytes INTEGER NOT NULL,
    UNIQUE (edition_id, number)
) STRICT;
CREATE INDEX version_by_file ON version(file_id);

CREATE TABLE page (
    version_id INTEGER NOT NULL REFERENCES version(id),
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    heading TEXT NOT NULL,
    language TEXT NOT NULL,
    codec INTEGER NOT NULL,      -- Codec
    text_bytes INTEGER NOT NULL, -- before compression
    text BLOB NOT NULL,
    PRIMARY KEY (version_id, number)
) STRICT;

CREATE TABLE outline (
    version_id INTEGER NOT NULL REFERENCES version(id),
    ordinal INTEGER NOT NULL,
    level INTEGER NOT NULL,
    title TEXT NOT NULL,
    page INTEGER NOT NULL,
    PRIMARY KEY (version_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE location (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source(id),
    uri TEXT NOT NULL,
    byte_size INTEGER NOT NULL,
    modified_at INTEGER NOT NULL, -- nanoseconds since 1970-01-01 UTC
    sha256 TEXT NOT NULL,
    inputs_hash TEXT NOT NULL,
    outcome TEXT NOT NULL, -- nameOf(Outcome)
    reason TEXT NOT NULL,
    warnings TEXT NOT NULL DEFAULT '', -- one a line
    edition_id INTEGER REFERENCES edition(id),
    is_primary INTEGER NOT NULL DEFAULT 0, -- 1: the one that speaks for its edition
    missed_passes INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source_id, uri)
) STRICT;
CREATE INDEX location_by_edition ON location(edition_id, is_primary) WHERE edition_id IS NOT NULL;
CREATE INDEX location_failed ON location(outcome) WHERE outcome IN ('failed', 'quarantined');

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL REFERENCES source(id),
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0,
    indexed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    partial INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE run_row (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES run(id),
    uri TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX run_row_by_run ON run_row(run_id);
)sql";

// When an edition last changed, and what each audience has ever been shown of a citable ID: who was shown a work once
// is told when it is gone, and who never was hears nothing. The triggers keep both, whoever changes an edition and
// gives it a change number; Catalogue::commit() brings the times forward to when readers can first see the change.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE edition ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
UPDATE edition SET changed_at = max(withdrawn_at,
    (SELECT coalesce(max(v.indexed_at), 0) FROM version v WHERE v.edition_id = edition.id));
CREATE INDEX edition_by_time ON edition(changed_at);

CREATE TABLE sighting (
    citable_id TEXT NOT NULL,
    audience TEXT NOT NULL,
    section TEXT NOT NULL, -- of the work, when last shown
    type TEXT NOT NULL,    -- of the work, when last shown
    change_number INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (citable_id, audience)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_by_time ON sighting(audience, changed_at, citable_id);
CREATE INDEX sighting_by_change ON sighting(change_number);
INSERT INTO sighting
    SELECT w.citable_id, e.audience, w.section, w.type, max(e.change_number), max(e.changed_at)
    FROM edition e JOIN work w ON w.id = e.work_id GROUP BY w.citable_id, e.audience;

CREATE TRIGGER edition_made AFTER INSERT ON edition BEGIN
    UPDATE edition SET changed_at = unixepoch() WHERE id = NEW.id;
    INSERT INTO sighting
        SELECT citable_id, NEW.audience, section, type, NEW.change_number, unixepoch() FROM work WHERE id = NEW.work_id
        ON CONFLICT (citable_id, audience) DO UPDATE SET section = excluded.section, type = excluded.type,
            change_number = excluded.change_number, changed_at = excluded.changed_at;
END;
CREATE TRIGGER edition_changed AFTER UPDATE OF change_number ON edition BEGIN
    UPDATE edition SET changed_at = unixepoch() WHERE id = NEW.id;
    INSERT INTO sighting
        SELECT citable_id, NEW.audience, section, type, NEW.change_number, unixepoch() FROM work
        WHERE id = NEW.work_id AND NEW.state = 0
        ON CONFLICT (citable_id, audience) DO UPDATE SET section = excluded.section, type = excluded.type,
            change_number = excluded.change_number, changed_at = excluded.changed_at;
    UPDATE sighting SET change_number = NEW.change_number, changed_at = unixepoch()
        WHERE NEW.state <> 0 AND audience = NEW.audience
        AND citable_id = (SELECT citable_id FROM work WHERE id = NEW.work_id);
END;
-- The number is the one that the edition is about to be given.
CREATE TRIGGER edition_left AFTER UPDATE OF work_id, audience ON edition
WHEN OLD.work_id <> NEW.work_id OR OLD.audience <> NEW.audience BEGIN
    UPDATE sighting SET change_number = (SELECT value + 1 FROM counter WHERE name = 'change'), changed_at = unixepoch()
        WHERE audience = OLD.audience AND citable_id = (SELECT citable_id FROM work WHERE id = OLD.work_id);
END;
CREATE TRIGGER work_renamed AFTER UPDATE OF citable_id ON work WHEN OLD.citable_id <> NEW.citable_id BEGIN
    UPDATE sighting SET change_number = (SELECT value + 1 FROM counter WHERE name = 'change'), changed_at = unixepoch()
        WHERE citable_id = OLD.citable_id;
END;
)sql";

// What people decided about works. The main tables hold what is in force; `said` is what the documents say, for the day
// the decision is taken back.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE work_override (
    work_id INTEGER NOT NULL REFERENCES work(id),
    field TEXT NOT NULL,
    value TEXT NOT NULL, -- lists: one a line
    said TEXT NOT NULL,
    PRIMARY KEY (work_id, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE edition_override (
    edition_id INTEGER NOT NULL REFERENCES edition(id),
    field TEXT NOT NULL,
    value TEXT NOT NULL, -- lists: one a line
    said TEXT NOT NULL,
    PRIMARY KEY (edition_id, field)
) STRICT, WITHOUT ROWID;

-- 1: a person decided to which work this edition belongs; what its document declares does not move it.
ALTER TABLE edition ADD COLUMN placed INTEGER NOT NULL DEFAULT 0;

CREATE TABLE withdrawal (
    work_id INTEGER PRIMARY KEY REFERENCES work(id),
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    successor_id INTEGER REFERENCES work(id)
) STRICT;
CREATE INDEX withdrawal_by_successor ON withdrawal(successor_id) WHERE successor_id IS NOT NULL;

CREATE TABLE alias_said (    -- by the documents
    edition_id INTEGER NOT NULL REFERENCES edition(id),
    scheme TEXT NOT NULL,    -- identifier::Alias
    value TEXT NOT NULL,
    PRIMARY KEY (edition_id, scheme, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_said_by_value ON alias_said(scheme, value);
CREATE TABLE alias_given (   -- by people
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    work_id INTEGER NOT NULL REFERENCES work(id),
    PRIMARY KEY (scheme, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_given_by_work ON alias_given(work_id);
INSERT INTO counter VALUES ('aliases_to_fill', 1); -- of the editions that are here already: set to 0 when done

CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    work_id INTEGER NOT NULL REFERENCES work(id),
    citable_id TEXT NOT NULL, -- as it was then
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_work ON journal(work_id);
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT raise(ABORT, 'the journal is never shortened'); END;
CREATE TRIGGER journal_stands BEFORE UPDATE ON journal BEGIN SELECT raise(ABORT, 'the journal is never rewritten'); END;
)sql";

// A version keeps the audience it was current under; of those replaced before it was kept, the edition's is all we
// know.
constexpr const char* kVersion4 = R"sql(
ALTER TABLE version ADD COLUMN audience TEXT NOT NULL DEFAULT '';
UPDATE version SET audience = (SELECT e.audience FROM edition e WHERE e.id = edition_id);
)sql";

// What a version was called when another replaced it; of those replaced before it was kept, the edition's is all we
// know. And an edition that comes to a withdrawn work was shown to nobody: it makes no sighting.
constexpr const char* kVersion5 = R"sql(
ALTER TABLE version ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE version ADD COLUMN subtitle TEXT NOT NULL DEFAULT '';
ALTER TABLE version ADD COLUMN authors TEXT NOT NULL DEFAULT ''; -- one a line
ALTER TABLE version ADD COLUMN date TEXT NOT NULL DEFAULT '';

DROP TRIGGER edition_made;
CREATE TRIGGER edition_made AFTER INSERT ON edition BEGIN
    UPDATE edition SET changed_at = unixepoch() WHERE id = NEW.id;
    INSERT INTO sighting
        SELECT citable_id, NEW.audience, section, type, NEW.change_number, unixepoch() FROM work
        WHERE id = NEW.work_id AND NEW.state = 0
        ON CONFLICT (citable_id, audience) DO UPDATE SET section = excluded.section, type = excluded.type,
            change_number = excluded.change_number, changed_at = excluded.changed_at;
END;
)sql";

constexpr std::array<Migration, 5> kMigrations{{{kVersion1}, {kVersion2}, {kVersion3}, {kVersion4}, {kVersion5}}};

struct Header {
    std::int64_t applicationId = 0;
    std::int64_t version = 0;
    bool empty = true;
};

Result<Header> readHeader(Connection& connection)
{
    Script script{connection};
    Header header;
    header.applicationId = script.number("PRAGMA application_id").value_or(0);
    header.version = script.number("PRAGMA user_version").value_or(0);
    header.empty = script.number("SELECT count(*) FROM sqlite_schema").value_or(0) == 0;
    if (!script.ok()) {
        return script.error();
    }
    return header;
}

Result<void> checkHeader(const Connection& connection, const Header& header, std::size_t newest)
{
    const bool blank = header.empty && header.applicationId == 0 && header.version == 0;
    if (!blank && header.applicationId != kApplicationId) {
        return Error{ErrorCode::conflict,
                     connection.name() + " is a database of another program, not an Acervo catalogue"};
    }
    if (header.version > static_cast<std::int64_t>(newest)) {
        return Error{ErrorCode::conflict, "catalogue " + connection.name() + " has schema version " +
                                              std::to_string(header.version) + ", this program knows up to " +
                                              std::to_string(newest) + ": upgrade Acervo"};
    }
    return {};
}

} // namespace

std::span<const Migration> migrations()
{
    return kMigrations;
}

Result<void> requireOurs(Connection& connection, std::span<const Migration> steps)
{
    const auto header = readHeader(connection);
    return header ? checkHeader(connection, *header, steps.size()) : Result<void>{header.error()};
}

Result<void> migrate(Connection& connection, std::span<const Migration> steps)
{
    auto header = readHeader(connection);
    if (!header) {
        return header.error();
    }
    if (const auto ours = checkHeader(connection, *header, steps.size()); !ours) {
        return ours.error();
    }
    while (static_cast<std::size_t>(header->version) < steps.size()) {
        Unit unit{connection, Access::readWrite};
        if (!unit.opened()) {
            return unit.opened();
        }
        // Another process may have been faster.
        header = readHeader(connection);
        if (!header) {
            return header.error();
        }
        if (static_cast<std::size_t>(header->version) >= steps.size()) {
            break;
        }
        const auto next = header->version + 1;
        const auto marks = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                           "; PRAGMA user_version = " + std::to_string(next);
        for (const char* sql : {steps[static_cast<std::size_t>(header->version)].sql, marks.c_str()}) {
            if (const auto done = connection.execute(sql); !done) {
                return done.error().within("migrate to schema version " + std::to_string(next));
            }
        }
        if (const auto kept = unit.keep(); !kept) {
            return kept.error().within("migrate to schema version " + std::to_string(next));
        }
        *header = {kApplicationId, next, false};
    }
    return checkHeader(connection, *header, steps.size());
}

Result<void> requireCurrent(Connection& connection, std::span<const Migration> steps)
{
    const auto header = readHeader(connection);
    if (!header) {
        return header.error();
    }
    if (const auto ours = checkHeader(connection, *header, steps.size()); !ours) {
        return ours.error();
    }
    if (header->version == 0) {
        return Error{ErrorCode::notFound, "catalogue " + connection.name() + " is empty: run the indexer first"};
    }
    if (static_cast<std::size_t>(header->version) < steps.size()) {
        return Error{ErrorCode::conflict, "catalogue " + connection.name() + " has schema version " +
                                              std::to_string(header->version) + ", this program needs " +
                                              std::to_string(steps.size()) + ": run the indexer once to migrate it"};
    }
    return {};
}

} // namespace acervo::catalogue::detail
