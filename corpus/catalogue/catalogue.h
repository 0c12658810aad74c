// The source of truth: works, editions, versions, files, pages, sources and runs, in one SQLite file.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/access/filter.h"
#include "corpus/catalogue/works.h"
#include "corpus/model/document.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::catalogue {

enum class Mode : std::uint8_t { readOnly, readWrite };

// How one document of a source ended a run; written to disk by name.
enum class Outcome : std::uint8_t { indexed, unchanged, partial, failed, quarantined, withdrawn };
std::string_view nameOf(Outcome outcome);

// The reason a run gives to withdraw(); any other is a person's. Written to disk, recognised by those who show it.
inline constexpr std::string_view kGoneFromSource = "no longer in its source";

// A document as the source knows it: one row per (source, uri), kept when it fails.
struct Location {
    std::string source;
    std::string uri; // path below the root, UTF-8
    std::uint64_t byteSize = 0;
    std::int64_t modifiedAt = 0; // nanoseconds since 1970-01-01 UTC
    std::string sha256;          // of the bytes; "" while unread
    std::string
        inputsHash; // of everything besides the bytes that shaped the result: sidecar, patterns, extractor version
    Outcome outcome = Outcome::failed;
    std::string reason;                // error code and message when failed or partial
    std::int64_t editionId = 0;        // 0 while there is none
    std::uint32_t missedPasses = 0;    // complete passes in a row that did not see it; see noteMissing()
    std::vector<std::string> warnings; // of the last good extraction
};

// Everything one good extraction yields, ready to be stored.
struct NewDocument {
    Location location;
    std::string audience;
    std::string sourceSection;   // the source's own default
    model::Metadata metadata;    // merged by precedence: sidecar, properties, path, content
    bool workKeyGuessed = false; // the work key comes from the file's name: it never takes an edition to another work
    std::string mediaType;
    bool truncated = false;
    std::vector<model::OutlineEntry> outline;
    std::vector<model::Page> pages;
    std::vector<std::string> warnings;
};

enum class StoredAs : std::uint8_t { newWork, newEdition, newVersion, sameContent };

struct Stored {
    StoredAs how = StoredAs::newWork;
    std::int64_t editionId = 0;
    std::string citableId;
    bool changed = true;               // false: all was known already, no change number was given
    std::vector<std::string> warnings; // about identity, for the report: copies, conflicting keys and IDs
};

struct RunCounts {
    std::uint64_t seen = 0, indexed = 0, unchanged = 0, partial = 0, failed = 0, quarantined = 0, withdrawn = 0;
};

struct RunRow {
    std::string uri;
    Outcome outcome = Outcome::failed;
    std::string reason;
};

struct RunSummary {
    std::int64_t runId = 0;
    std::string source;
    std::int64_t startedAt = 0, finishedAt = 0; // seconds since 1970; finishedAt 0 while running or cut off
    RunCounts counts;
};

// Works and editions that are not withdrawn; pages and text of their current versions; all versions; locations that
// failed.
struct Statistics {
    std::uint64_t works = 0, editions = 0, versions = 0, pages = 0, failed = 0;
    std::uint64_t textBytes = 0; // before compression
    std::int64_t lastChange = 0; // highest change number
    std::uint64_t withdrawn = 0; // editions
};

// A work as one reader sees it now. Deleted: the reader was shown it under this ID once and is shown nothing now
// (withdrawn, merged, renamed, moved out of reach, all alike).
struct WorkRecord {
    std::string citableId;
    std::int64_t changedAt = 0; // seconds since 1970: the latest change of what this reader sees
    bool deleted = false;
    std::string section, type;            // when last shown
    std::vector<model::Edition> editions; // current ones that the reader may see, by id; none when deleted
};

// Which records: every field narrows, empty ones do not.
struct RecordRange {
    std::optional<std::int64_t> from, until;  // changedAt, both included
    std::vector<std::string> sections, types; // any of them
};

// Where a listing of records goes on: after this one.
struct RecordBookmark {
    std::int64_t changedAt = 0;
    std::string citableId;
};

// Rules for minting citable IDs; year comes from the document's date, else from today.
struct IdentifierRules {
    std::string prefix = "UCLG"; // or a whole pattern: see identifier::isPattern
};

// threads  one Catalogue per thread; several processes may read while one writes (WAL).
// errors   ioFailure, diskFull, permissionDenied, busy (another writer), conflict (schema newer than this program, or
//          another program's file), corruptInput (damaged), notFound (nothing there to read), invalidArgument.
// After any error inside a transaction call rollback(); what was committed before is untouched.
class Catalogue {
public:
    // readWrite creates the file and migrates it; readOnly refuses a missing or older one.
    static Result<Catalogue> open(const std::filesystem::path& file, Mode mode, IdentifierRules rules = {});

    Catalogue(Catalogue&&) noexcept;
    Catalogue& operator=(Catalogue&&) noexcept;
    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;
    ~Catalogue();

    // -- writing: group many in one transaction; what is not committed is as if it had never been
    Result<void> begin();
    Result<void> commit(); // durable when it returns
    Result<void> rollback();

    // From now on the file may not grow beyond maxBytes: what needs more answers diskFull. For this Catalogue only.
    Result<void> limitSize(std::uint64_t maxBytes);

    // Finds or makes work, edition and version, stores pages, mints the ID of a new work. All or nothing.
    //
    // Which work: the one with the assigned ID, else the one with the work key in this source, else the one this place
    // or these bytes belong to, else a new one. Which edition: one per work, language and audience. Other bytes at the
    // same place are a new version; the same bytes at a new place are a move when the old place is missing or
    // withdrawn, else a copy: one edition found in several places, of which the first speaks for it. A second document
    // that claims a work and language already taken by another living place becomes a work of its own, with a warning.
    // A document that is given another ID or joins another work leaves its former ID pointing to the same work.
    //
    // location.sha256 must be given; location.outcome is taken as indexed unless it is partial.
    Result<Stored> store(const NewDocument& document);

    // Remembers a location as failed or quarantined. What it yielded earlier stays readable.
    Result<void> noteFailure(const Location& location);

    // Seen again, nothing to read. The second form also remembers size, time and inputs (the file was only touched).
    // A withdrawn location comes back to life. errors  notFound when the location is not known.
    Result<void> noteUnchanged(std::string_view source, std::string_view uri);
    Result<void> noteUnchanged(const Location& location);

    // A complete pass did not see it. Returns for how many passes in a row; it stays readable until withdraw(), but
    // the same bytes found elsewhere meanwhile are its new place.
    Result<std::uint32_t> noteMissing(std::string_view source, std::string_view uri);

    // Takes the location away; its edition is withdrawn when that was the last one. The ID stays for ever.
    Result<void> withdraw(std::string_view source, std::string_view uri, std::string_view reason);

    // -- what people decide; each stays whatever the sources say later, and is a line of the journal
    // errors  notFound when no work has the ID; invalidArgument, conflict: the message says what to do instead.
    Result<void> editWork(std::string_view citableId, const std::vector<Edit>& edits, const Signature& signature);
    // All editions of `from` go to `into`, and its IDs lead there. An edition whose language and audience are taken
    // there stays behind, hidden.
    Result<void> mergeWorks(std::string_view from, std::string_view into, const Signature& signature);
    // The edition becomes a work of its own; returns its new ID.
    Result<std::string> splitWork(std::string_view citableId, std::string_view language, std::string_view audience,
                                  const Signature& signature);
    // successor  a citable ID, or "" for none.
    Result<void> withdrawWork(std::string_view citableId, std::string_view reason, std::string_view successor,
                              const Signature& signature);
    Result<void> restoreWork(std::string_view citableId, const Signature& signature);
    Result<void> addAlias(std::string_view citableId, const identifier::Alias& alias, const Signature& signature);
    Result<void> removeAlias(std::string_view citableId, const identifier::Alias& alias, const Signature& signature);

    Result<std::int64_t> beginRun(std::string_view source);
    Result<void> addRunRow(std::int64_t runId, const RunRow& row); // not for unchanged ones
    Result<void> finishRun(std::int64_t runId, const RunCounts& counts);

    // -- reading
    Result<std::optional<Location>> location(std::string_view source, std::string_view uri) const;
    Result<std::vector<Location>> locations(std::string_view source) const; // by uri
    // The same one by one, for sources too large to hold; stops when onLocation returns false. onLocation must not
    // call the catalogue.
    Result<void> eachLocation(std::string_view source, const std::function<bool(const Location&)>& onLocation) const;
    Result<std::optional<model::Edition>> edition(std::int64_t editionId) const;
    // All editions, withdrawn ones too; a former ID finds the work that has it now. Empty when the ID was never given.
    Result<std::vector<model::Edition>> editionsOfWork(std::string_view citableId) const;
    // The citable ID, as it is now, of the work that `typed` means: an ID in any form that people type
    // (identifier::parse()), a former ID, or an alias. Withdrawn works too. Empty when no work is meant, which includes
    // a wrong check character: see identifier::corrections(). Asks nothing about who may see the work.
    Result<std::optional<std::string>> resolve(std::string_view typed) const;
    // Of a work that has no current edition at all, though the reader may see one of the withdrawn ones; else nullopt.
    Result<std::optional<Tombstone>> tombstone(const access::Filter& reader, std::string_view citableId) const;
    Result<std::vector<WorkAlias>> aliases(std::string_view citableId) const;
    Result<std::vector<std::string>> formerIds(std::string_view citableId) const;
    // What people did to this work ("": to any), newest first.
    Result<std::vector<JournalEntry>> journal(std::string_view citableId, std::size_t limit) const;
    // All works, by ID; merged ones are no works any more.
    Result<std::vector<WorkLine>> works() const;
    // Newest first; empty when there is no such edition. A version is for those who may read the edition and the
    // version's own audience.
    Result<std::vector<model::Version>> versions(std::int64_t editionId) const;
    Result<std::optional<model::Page>> page(std::int64_t versionId, std::uint32_t number) const;
    Result<std::vector<model::Page>> pages(std::int64_t versionId) const;
    Result<std::vector<RunSummary>> recentRuns(std::size_t limit) const; // newest first
    Result<std::vector<RunRow>> runRows(std::int64_t runId) const;
    Result<Statistics> statistics() const;
    Result<std::map<std::string, std::uint64_t>> currentEditions() const; // how many for each audience
    // Reads everything: the file's structure, references, IDs, page counts, every page text. Empty when all is well.
    Result<std::vector<std::string>> integrityProblems() const;

    // Every change of an edition gets the next change number. The index replays them in order: all current and
    // withdrawn editions whose latest change is greater than `after`, ascending, at most `limit`.
    struct Change {
        std::int64_t number = 0;
        model::Edition edition;
    };
    Result<std::vector<Change>> changesAfter(std::int64_t after, std::size_t limit) const;

    // What a reader may be told of works, by the time of the last change, then by ID; at most `limit`, after `after`.
    // A work that changes while it is listed comes again, later. Times are those of the commit: one who asks again for
    // everything since the last answer misses nothing.
    Result<std::vector<WorkRecord>> worksChanged(const access::Filter& reader, const RecordRange& range,
                                                 const RecordBookmark& after, std::size_t limit) const;
    // nullopt when the reader was never shown a work under this ID.
    Result<std::optional<WorkRecord>> workRecord(const access::Filter& reader, std::string_view citableId) const;

    // The works that a reader sees now, in the order of their IDs: at most `limit`, after `id` ("": from the first).
    Result<std::vector<WorkRecord>> worksAfter(const access::Filter& reader, std::string_view id,
                                               std::size_t limit) const;
    // The IDs of every `step`th of them, beginning with the last of the first `step`.
    Result<std::vector<std::string>> everyWork(const access::Filter& reader, std::size_t step) const;
    // The works that a reader sees now, the latest changed first: at most `limit`, before `before` (nullopt: from the
    // latest).
    Result<std::vector<RecordBookmark>>
    latestWorks(const access::Filter& reader, const std::optional<RecordBookmark>& before, std::size_t limit) const;

    // For the whole of what a reader was ever shown: the first and last changedAt and the last change number (0 when
    // there is nothing), the distinct sections and types, sorted.
    struct RecordSummary {
        std::int64_t first = 0, last = 0, lastChange = 0;
        std::vector<std::string> sections, types;
    };
    Result<RecordSummary> recordSummary(const access::Filter& reader) const;

private:
    struct State;
    template <class Act>
    Result<void> decide(const Signature& signature, Act&& act);
    explicit Catalogue(std::unique_ptr<State> state);
    std::unique_ptr<State> _state;
};

} // namespace acervo::catalogue
