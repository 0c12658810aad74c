#include "corpus/catalogue/detail/editing.h"

#include "corpus/catalogue/detail/store.h"
#include "corpus/catalogue/detail/works.h"

#include <algorithm>

namespace acervo::catalogue {

const std::vector<EditableField>& editableFields()
{
    static const std::vector<EditableField> kFields{
        {"title", true, false, true},    {"subtitle", true, false, true},  {"abstract", true, false, true},
        {"keywords", true, true, true},  {"authors", true, true, false},   {"date", true, false, false},
        {"isbn", true, false, true},     {"doi", true, false, false},      {"license", true, false, false},
        {"type", false, false, false},   {"section", false, false, false}, {"series", false, false, false},
        {"number", false, false, false}, {"themes", false, true, false},   {"countries", false, true, false},
        {"sdgs", false, true, false},
    };
    return kFields;
}

namespace detail {
namespace {

constexpr std::string_view kHidden = "merged into another work, which has this language already";

const EditableField* fieldNamed(std::string_view name)
{
    const auto& all = editableFields();
    const auto found = std::ranges::find(all, name, &EditableField::name);
    return found == all.end() ? nullptr : &*found;
}

std::string fieldNames()
{
    std::string names;
    for (const auto& field : editableFields()) {
        names += (names.empty() ? "" : ", ") + std::string{field.name};
    }
    return names;
}

template <class... Arguments>
std::string textOf(Script& script, std::string_view sql, const Arguments&... arguments)
{
    std::string found;
    script.each(
        sql,
        [&](const Row& row) {
            found = row.text(0);
            return false;
        },
        arguments...);
    return found;
}

// For the journal: a list on one line.
std::string shown(std::string value)
{
    std::ranges::replace(value, '\n', ';');
    return value;
}

} // namespace

Error noSuchWork(std::string_view citableId)
{
    return {ErrorCode::notFound,
            "there is no work " + std::string{citableId} + ": \"acervo-indexer works list\" shows all"};
}

std::int64_t Editing::require(std::string_view citableId)
{
    const auto workId = findWork(_script, citableId);
    if (workId == 0) {
        _script.fail(noSuchWork(citableId));
    }
    return workId;
}

bool Editing::isWithdrawn(std::int64_t workId)
{
    return _script.number("SELECT 1 FROM withdrawal WHERE work_id = ?", workId).has_value();
}

void Editing::refuseWithdrawn(std::int64_t workId, std::string_view citableId)
{
    if (isWithdrawn(workId)) {
        _script.fail({ErrorCode::conflict, std::string{citableId} +
                                               " is withdrawn: first \"acervo-indexer works "
                                               "restore " +
                                               std::string{citableId} + "\""});
    }
}

void Editing::changed(std::int64_t workId)
{
    for (const auto editionId : editionIds(_script, workId)) {
        writeAliases(_script, editionId);
        markChanged(_script, editionId);
    }
}

// -- edit

void Editing::edit(std::string_view citableId, const std::vector<Edit>& edits)
{
    const auto workId = require(citableId);
    for (const auto& edit : edits) {
        const auto* field = fieldNamed(edit.field);
        if (field == nullptr) {
            _script.fail({ErrorCode::invalidArgument,
                          "there is no field \"" + edit.field + "\" to edit; there are: " + fieldNames()});
            return;
        }
        if (edit.values.size() > 1 && !field->list) {
            _script.fail({ErrorCode::invalidArgument, edit.field + " takes one value"});
        }
        for (const auto& value : edit.values) {
            if (value.find('\n') != std::string::npos) {
                _script.fail({ErrorCode::invalidArgument, edit.field + ": a value is one line of text"});
            }
        }
        if (!field->ofEdition && !edit.language.empty()) {
            _script.fail({ErrorCode::invalidArgument,
                          edit.field + " belongs to the work in all its languages: leave out --language"});
        }
        if (!field->ofEdition || (edit.field == "date" && edit.language.empty())) {
            editOfWork(workId, edit);
        }
        if (field->ofEdition) {
            for (const auto editionId : editionsFor(workId, edit, field->perLanguage)) {
                editOfEdition(editionId, edit);
            }
        }
    }
    changed(workId);
}

std::vector<std::int64_t> Editing::editionsFor(std::int64_t workId, const Edit& edit, bool perLanguage)
{
    std::vector<std::int64_t> ids;
    std::vector<std::string> languages;
    _script.each(
        "SELECT id, language FROM edition WHERE work_id = ? ORDER BY id",
        [&](const Row& row) {
            if (std::ranges::find(languages, row.view(1)) == languages.end()) {
                languages.push_back(row.text(1));
            }
            if (edit.language.empty() || edit.language == row.view(1)) {
                ids.push_back(row.integer(0));
            }
            return true;
        },
        workId);
    std::string known;
    for (const auto& language : languages) {
        known += (known.empty() ? "" : ", ") + language;
    }
    if (ids.empty()) {
        _script.fail({ErrorCode::notFound, "the work has no edition in \"" + edit.language + "\"; it has: " + known});
    } else if (perLanguage && edit.language.empty() && languages.size() > 1) {
        _script.fail({ErrorCode::invalidArgument, edit.field +
                                                      " differs by language: say which edition with "
                                                      "--language; there are: " +
                                                      known});
    }
    return ids;
}

void Editing::editOfWork(std::int64_t workId, const Edit& edit)
{
    const auto inForce = readWork(_script, workId);
    const auto said = withoutOverrides(_script, workId, inForce);
    const auto before = workValue(inForce, edit.field);
    const auto after = edit.reset ? workValue(said, edit.field) : joinedLines(edit.values);
    _script.run("DELETE FROM work_override WHERE work_id = ? AND field = ?", workId, edit.field);
    if (!edit.reset) {
        _script.run("INSERT INTO work_override (work_id, field, value, said) VALUES (?, ?, ?, ?)", workId, edit.field,
                    after, workValue(said, edit.field));
    }
    writeWorkFields(_script, workId, overridden(_script, workId, said), false);
    writeJournal(_script, _signature,
                 {workId, (edit.reset ? "reset " : "edit ") + edit.field, shown(before), shown(after)}, _now);
}

void Editing::editOfEdition(std::int64_t editionId, const Edit& edit)
{
    const auto before = readEdition(_script, editionId);
    if (!before) {
        _script.fail({ErrorCode::corruptInput, "an edition has no current version: run \"acervo-indexer check\""});
        return;
    }
    auto said = withoutOverrides(_script, editionId, before->metadata);
    if (edit.field == "date") {
        // readEdition() falls back to the work's date.
        said.date = textOf(_script,
                           "SELECT coalesce((SELECT said FROM edition_override o WHERE o.edition_id = e.id "
                           "AND o.field = ?2), e.date) FROM edition e WHERE e.id = ?1",
                           editionId, edit.field);
    }
    const auto was = editionValue(before->metadata, edit.field);
    const auto is = edit.reset ? editionValue(said, edit.field) : joinedLines(edit.values);
    _script.run("DELETE FROM edition_override WHERE edition_id = ? AND field = ?", editionId, edit.field);
    if (!edit.reset) {
        _script.run("INSERT INTO edition_override (edition_id, field, value, said) VALUES (?, ?, ?, ?)", editionId,
                    edit.field, is, editionValue(said, edit.field));
    }
    writeEditionField(_script, editionId, edit.field, is);
    const auto action = (edit.reset ? "reset " : "edit ") + edit.field + " [" + before->metadata.language + "]";
    writeJournal(_script, _signature, {before->workId, action, shown(was), shown(is)}, _now);
}

// -- merge and split

void Editing::moveEdition(std::int64_t editionId, std::int64_t workId)
{
    _script.run("UPDATE edition SET work_id = ?, placed = 1 WHERE id = ?", workId, editionId);
    markChanged(_script, editionId);
}

void Editing::merge(std::string_view from, std::string_view into)
{
    const auto source = require(from);
    const auto target = require(into);
    if (!_script.ok()) {
        return;
    }
    if (source == target) {
        _script.fail({ErrorCode::invalidArgument,
                      std::string{from} + " and " + std::string{into} + " are one work already: nothing to merge"});
        return;
    }
    refuseWithdrawn(source, from);
    refuseWithdrawn(target, into);
    const auto fromId = citableIdOf(_script, source).value_or("");
    const auto intoId = citableIdOf(_script, target).value_or("");
    std::size_t staying = 0;
    for (const auto editionId : editionIds(_script, source)) {
        if (_script.number("SELECT 1 FROM edition e JOIN edition o ON o.language = e.language "
                           "AND o.audience = e.audience WHERE e.id = ? AND o.work_id = ?",
                           editionId, target)) {
            ++staying;
            _script.run("UPDATE edition SET placed = 1 WHERE id = ?", editionId);
        } else {
            moveEdition(editionId, target);
        }
    }
    // What the target does not say, the other work said.
    auto fields = readWork(_script, target);
    fillBlanks(fields, readWork(_script, source));
    writeWorkFields(_script, target, fields, false);
    retireWork(_script, source, target);
    if (staying > 0) {
        _script.run("INSERT INTO withdrawal (work_id, at, reason, successor_id) VALUES (?, ?, ?, ?)", source, _now,
                    kHidden, target);
        keepWithdrawn(_script, source);
        changed(source);
    }
    changed(target);
    const auto kept = staying == 0 ? std::string{} : ", " + std::to_string(staying) + " editions hidden";
    writeJournal(_script, _signature, {source, "merge into " + intoId, fromId, intoId + kept}, _now);
    writeJournal(_script, _signature, {target, "merge from " + fromId, intoId, intoId}, _now);
}

std::string Editing::split(std::string_view citableId, std::string_view language, std::string_view audience)
{
    const auto workId = require(citableId);
    refuseWithdrawn(workId, citableId);
    std::vector<std::int64_t> found;
    std::string known;
    _script.each(
        "SELECT id, language, audience FROM edition WHERE work_id = ? ORDER BY id",
        [&](const Row& row) {
            known += (known.empty() ? "" : ", ") + row.text(1) + " (" + row.text(2) + ")";
            if (row.view(1) == language && (audience.empty() || row.view(2) == audience)) {
                found.push_back(row.integer(0));
            }
            return true;
        },
        workId);
    if (found.size() != 1) {
        const auto what = found.empty() ? "has no such edition" : "has several of that language: add --audience NAME";
        _script.fail({ErrorCode::invalidArgument, std::string{citableId} + " " + what + "; it has: " + known});
        return {};
    }
    if (editionIds(_script, workId).size() < 2) {
        _script.fail({ErrorCode::conflict, std::string{citableId} + " has only this edition: nothing to split"});
        return {};
    }
    auto fields = readWork(_script, workId);
    const auto id = mintId(_script, _prefix, fields.date, _now);
    const auto newWork =
        _script.insert("INSERT INTO work (citable_id, id_assigned, type, section, date, series, number, created_at) "
                       "VALUES (?, 0, '', '', '', '', '', ?)",
                       id, _now);
    writeWorkFields(_script, newWork, fields, true);
    _script.run("INSERT INTO work_override SELECT ?, field, value, said FROM work_override WHERE work_id = ?", newWork,
                workId);
    moveEdition(found.front(), newWork);
    changed(newWork);
    changed(workId);
    const auto oldId = citableIdOf(_script, workId).value_or("");
    const auto action = "split [" + std::string{language} + "]";
    writeJournal(_script, _signature, {workId, action, oldId, id}, _now);
    writeJournal(_script, _signature, {newWork, action + " from " + oldId, oldId, id}, _now);
    return id;
}

// -- withdraw and restore

void Editing::withdraw(std::string_view citableId, std::string_view reason, std::string_view successor)
{
    const auto workId = require(citableId);
    const auto heir = successor.empty() ? 0 : require(successor);
    if (!_script.ok()) {
        return;
    }
    if (reason.empty()) {
        _script.fail({ErrorCode::invalidArgument, "readers are told why a work was withdrawn: give --reason TEXT"});
    }
    if (heir == workId) {
        _script.fail({ErrorCode::invalidArgument, "a work cannot be its own successor: give another ID"});
    }
    const auto before = textOf(_script, "SELECT reason FROM withdrawal WHERE work_id = ?", workId);
    const auto at = _script.number("SELECT at FROM withdrawal WHERE work_id = ?", workId).value_or(_now);
    _script.run("DELETE FROM withdrawal WHERE work_id = ?", workId);
    _script.run("INSERT INTO withdrawal (work_id, at, reason, successor_id) VALUES (?, ?, ?, nullif(?, 0))", workId, at,
                reason, heir);
    _script.run("UPDATE edition SET state = 0 WHERE work_id = ?", workId);
    keepWithdrawn(_script, workId);
    changed(workId);
    const auto after =
        std::string{reason} + (heir == 0 ? "" : "; successor " + citableIdOf(_script, heir).value_or(""));
    writeJournal(_script, _signature, {workId, "withdraw", before, after}, _now);
}

void Editing::restore(std::string_view citableId)
{
    const auto workId = require(citableId);
    if (!_script.ok()) {
        return;
    }
    if (!isWithdrawn(workId)) {
        _script.fail({ErrorCode::conflict, std::string{citableId} +
                                               " was not withdrawn by a person. A work whose files "
                                               "are gone comes back when they do"});
        return;
    }
    const auto before = textOf(_script, "SELECT reason FROM withdrawal WHERE work_id = ?", workId);
    _script.run("DELETE FROM withdrawal WHERE work_id = ?", workId);
    for (const auto editionId : editionIds(_script, workId)) {
        if (_script.number("SELECT 1 FROM location WHERE edition_id = ? AND outcome <> 'withdrawn'", editionId)) {
            revive(_script, editionId);
            continue;
        }
        _script.run("UPDATE edition SET withdrawn_reason = coalesce((SELECT reason FROM location "
                    "WHERE edition_id = edition.id AND is_primary = 1), '') WHERE id = ?",
                    editionId);
    }
    changed(workId);
    writeJournal(_script, _signature, {workId, "restore", before, ""}, _now);
}

// -- aliases

void Editing::addAlias(std::string_view citableId, const identifier::Alias& alias)
{
    const auto workId = require(citableId);
    if (!_script.ok()) {
        return;
    }
    const auto owner =
        _script.number("SELECT work_id FROM alias_given WHERE scheme = ? AND value = ?", alias.scheme, alias.value);
    const auto named = alias.scheme + " " + alias.value;
    if (owner == workId) {
        return;
    }
    if (owner) {
        const auto other = citableIdOf(_script, *owner).value_or("");
        _script.fail({ErrorCode::conflict, named + " leads to " + other +
                                               ": take it away there first, with \"acervo-"
                                               "indexer works alias " +
                                               other + " --remove ...\""});
        return;
    }
    _script.run("INSERT INTO alias_given (scheme, value, work_id) VALUES (?, ?, ?)", alias.scheme, alias.value, workId);
    writeJournal(_script, _signature, {workId, "alias add", "", named}, _now);
}

void Editing::removeAlias(std::string_view citableId, const identifier::Alias& alias)
{
    const auto workId = require(citableId);
    const auto named = alias.scheme + " " + alias.value;
    _script.run("DELETE FROM alias_given WHERE scheme = ? AND value = ? AND work_id = ?", alias.scheme, alias.value,
                workId);
    if (_script.ok() && _script.changedRows() == 0) {
        _script.fail({ErrorCode::notFound, "nobody gave " + std::string{citableId} + " the alias " + named +
                                               "; those that its documents say change with \"works edit\""});
        return;
    }
    writeJournal(_script, _signature, {workId, "alias remove", named, ""}, _now);
}

} // namespace detail
} // namespace acervo::catalogue
