// The part of Catalogue that people steer by hand: see corpus/catalogue/works.h.
#include "corpus/catalogue/works.h"

#include "corpus/catalogue/catalogue.h"
#include "corpus/catalogue/detail/editing.h"
#include "corpus/catalogue/detail/state.h"
#include "corpus/catalogue/detail/works.h"

#include <algorithm>

namespace acervo::catalogue {
namespace {

using detail::Editing;
using detail::Row;
using detail::Script;

// Whether the reader was ever shown this work. What its editions are open to now does not tell: that may have changed
// while it was withdrawn.
bool wasShown(Script& script, const access::Filter& reader, std::int64_t workId)
{
    return std::ranges::any_of(reader.audiences(), [&](const std::string& audience) {
        return script
            .number("SELECT 1 FROM sighting s JOIN work w ON w.citable_id = s.citable_id WHERE w.id = ? "
                    "AND s.audience = ?",
                    workId, audience)
            .has_value();
    });
}

} // namespace

// Runs one decision as one unit; `act(editing)` does it.
template <class Act>
Result<void> Catalogue::decide(const Signature& signature, Act&& act)
{
    if (signature.by.empty()) {
        return Error{ErrorCode::invalidArgument, "the journal needs a name: say who decides with --by NAME"};
    }
    const auto done = _state->write([&](Script& script) {
        act(Editing{script, _state->rules.prefix, signature, detail::now()});
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

Result<void> Catalogue::editWork(std::string_view citableId, const std::vector<Edit>& edits, const Signature& signature)
{
    return decide(signature, [&](Editing editing) { editing.edit(citableId, edits); });
}

Result<void> Catalogue::mergeWorks(std::string_view from, std::string_view into, const Signature& signature)
{
    return decide(signature, [&](Editing editing) { editing.merge(from, into); });
}

Result<std::string> Catalogue::splitWork(std::string_view citableId, std::string_view language,
                                         std::string_view audience, const Signature& signature)
{
    std::string id;
    const auto done = decide(signature, [&](Editing editing) { id = editing.split(citableId, language, audience); });
    return done ? Result<std::string>{std::move(id)} : Result<std::string>{done.error()};
}

Result<void> Catalogue::withdrawWork(std::string_view citableId, std::string_view reason, std::string_view successor,
                                     const Signature& signature)
{
    return decide(signature, [&](Editing editing) { editing.withdraw(citableId, reason, successor); });
}

Result<void> Catalogue::restoreWork(std::string_view citableId, const Signature& signature)
{
    return decide(signature, [&](Editing editing) { editing.restore(citableId); });
}

Result<void> Catalogue::addAlias(std::string_view citableId, const identifier::Alias& alias, const Signature& signature)
{
    return decide(signature, [&](Editing editing) { editing.addAlias(citableId, alias); });
}

Result<void> Catalogue::removeAlias(std::string_view citableId, const identifier::Alias& alias,
                                    const Signature& signature)
{
    return decide(signature, [&](Editing editing) { editing.removeAlias(citableId, alias); });
}

Result<std::optional<Tombstone>> Catalogue::tombstone(const access::Filter& reader, std::string_view citableId) const
{
    return _state->read([&](Script& script) {
        std::optional<Tombstone> found;
        const auto workId = detail::findWork(script, citableId);
        std::string reason;
        std::int64_t at = 0;
        bool current = false;
        script.each(
            "SELECT state, audience, withdrawn_at, withdrawn_reason FROM edition WHERE work_id = ? "
            "ORDER BY withdrawn_at",
            [&](const Row& row) {
                current = current || row.integer(0) == 0;
                at = row.integer(2);
                reason = reader.mayRead(row.view(1)) ? row.text(3) : reason;
                return true;
            },
            workId);
        if (current || !wasShown(script, reader, workId)) {
            return found;
        }
        found.emplace(Tombstone{detail::citableIdOf(script, workId).value_or(""), reason, at, ""});
        std::int64_t successor = 0;
        script.each(
            "SELECT at, reason, coalesce(successor_id, 0) FROM withdrawal WHERE work_id = ?",
            [&](const Row& row) {
                found->withdrawnAt = row.integer(0);
                found->reason = row.text(1);
                successor = row.integer(2);
                return false;
            },
            workId);
        successor = detail::survivorOf(script, successor);
        if (wasShown(script, reader, successor)) {
            found->successor = detail::citableIdOf(script, successor).value_or("");
        }
        return found;
    });
}

Result<std::vector<WorkAlias>> Catalogue::aliases(std::string_view citableId) const
{
    return _state->read([&](Script& script) {
        std::vector<WorkAlias> all;
        script.each(
            "SELECT scheme, value, max(given) FROM (SELECT scheme, value, 1 AS given FROM alias_given "
            "WHERE work_id = ?1 UNION ALL SELECT a.scheme, a.value, 0 FROM alias_said a "
            "JOIN edition e ON e.id = a.edition_id WHERE e.work_id = ?1) GROUP BY scheme, value ORDER BY scheme, value",
            [&](const Row& row) {
                all.push_back({{row.text(0), row.text(1)}, row.integer(2) != 0});
                return true;
            },
            detail::findWork(script, citableId));
        return all;
    });
}

Result<std::vector<std::string>> Catalogue::formerIds(std::string_view citableId) const
{
    return _state->read([&](Script& script) {
        std::vector<std::string> ids;
        script.each(
            "SELECT citable_id FROM former_id WHERE work_id = ? ORDER BY citable_id",
            [&](const Row& row) {
                ids.push_back(row.text(0));
                return true;
            },
            detail::findWork(script, citableId));
        return ids;
    });
}

Result<std::vector<JournalEntry>> Catalogue::journal(std::string_view citableId, std::size_t limit) const
{
    return _state->read([&](Script& script) {
        std::vector<JournalEntry> entries;
        const auto workId = citableId.empty() ? 0 : detail::findWork(script, citableId);
        if (workId == 0 && !citableId.empty()) {
            script.fail(detail::noSuchWork(citableId));
        }
        script.each(
            "SELECT id, at, by, action, citable_id, before, after, note FROM journal WHERE ?1 = 0 OR work_id = ?1 "
            "OR work_id IN (SELECT id FROM work WHERE merged_into = ?1) ORDER BY id DESC LIMIT ?2",
            [&](const Row& row) {
                entries.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5),
                                   row.text(6), row.text(7)});
                return true;
            },
            workId, limit);
        return entries;
    });
}

Result<std::vector<WorkLine>> Catalogue::works() const
{
    return _state->read([&](Script& script) {
        std::vector<WorkLine> lines;
        std::int64_t last = 0;
        script.each(
            "SELECT w.id, w.citable_id, w.type, w.section, w.date, e.title, e.language, e.state, e.date FROM work w "
            "JOIN edition e ON e.work_id = w.id WHERE w.merged_into IS NULL ORDER BY w.citable_id, e.state, e.id",
            [&](const Row& row) {
                if (last != row.integer(0)) {
                    last = row.integer(0);
                    lines.push_back({row.text(1), row.text(5), row.text(2), row.text(3), row.text(4), {}, true});
                }
                auto& line = lines.back();
                line.withdrawn = line.withdrawn && row.integer(7) != 0;
                if (line.date.empty()) {
                    line.date = row.text(8);
                }
                line.languages.push_back(row.text(6));
                return true;
            });
        return lines;
    });
}

} // namespace acervo::catalogue
