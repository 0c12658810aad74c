#include "corpus/catalogue/detail/works.h"

#include "corpus/catalogue/detail/store.h"

#include <algorithm>
#include <map>
#include <optional>

namespace acervo::catalogue::detail {
namespace {

// A field of a structure, by the name that people use for it: one text or a list.
template <class Fields>
struct Member {
    std::string_view name;
    std::string Fields::*text = nullptr;
    std::vector<std::string> Fields::*list = nullptr;
};

constexpr Member<WorkFields> kWorkMembers[] = {
    {"type", &WorkFields::type, nullptr},           {"section", &WorkFields::section, nullptr},
    {"date", &WorkFields::date, nullptr},           {"series", &WorkFields::series, nullptr},
    {"number", &WorkFields::number, nullptr},       {"themes", nullptr, &WorkFields::themes},
    {"countries", nullptr, &WorkFields::countries}, {"sdgs", nullptr, &WorkFields::sdgs},
};

using model::Metadata;
constexpr Member<Metadata> kEditionMembers[] = {
    {"title", &Metadata::title, nullptr},
    {"subtitle", &Metadata::subtitle, nullptr},
    {"abstract", &Metadata::abstractText, nullptr},
    {"date", &Metadata::date, nullptr},
    {"isbn", &Metadata::isbn, nullptr},
    {"doi", &Metadata::doi, nullptr},
    {"license", &Metadata::license, nullptr},
    {"authors", nullptr, &Metadata::authors},
    {"keywords", nullptr, &Metadata::keywords},
};

template <class Fields>
std::string valueOf(const Fields& fields, const Member<Fields>& member)
{
    return member.text != nullptr ? fields.*member.text : joinedLines(fields.*member.list);
}

template <class Fields>
void setValue(Fields& fields, const Member<Fields>& member, const std::string& value)
{
    if (member.text != nullptr) {
        fields.*member.text = value;
    } else {
        fields.*member.list = splitLines(value);
    }
}

struct Override {
    std::string value, said;
};

std::map<std::string, Override> readOverrides(Script& script, std::string_view sql, std::int64_t owner)
{
    std::map<std::string, Override> found;
    script.each(
        sql,
        [&](const Row& row) {
            found[row.text(0)] = {row.text(1), row.text(2)};
            return true;
        },
        owner);
    return found;
}

constexpr std::string_view kWorkOverrides = "SELECT field, value, said FROM work_override WHERE work_id = ?";
constexpr std::string_view kEditionOverrides = "SELECT field, value, said FROM edition_override WHERE edition_id = ?";

} // namespace

std::string joinedLines(const std::vector<std::string>& values)
{
    std::string lines;
    for (const auto& value : values) {
        lines += (lines.empty() ? "" : "\n") + value;
    }
    return lines;
}

std::vector<std::string> splitLines(std::string_view lines)
{
    std::vector<std::string> values;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        values.emplace_back(lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return values;
}

WorkFields overridden(Script& script, std::int64_t workId, WorkFields said)
{
    const auto overrides = readOverrides(script, kWorkOverrides, workId);
    for (const auto& member : kWorkMembers) {
        if (const auto found = overrides.find(std::string{member.name}); found != overrides.end()) {
            script.run("UPDATE work_override SET said = ? WHERE work_id = ? AND field = ?", valueOf(said, member),
                       workId, member.name);
            setValue(said, member, found->second.value);
        }
    }
    return said;
}

Metadata overridden(Script& script, std::int64_t editionId, Metadata said)
{
    const auto overrides = readOverrides(script, kEditionOverrides, editionId);
    for (const auto& member : kEditionMembers) {
        if (const auto found = overrides.find(std::string{member.name}); found != overrides.end()) {
            script.run("UPDATE edition_override SET said = ? WHERE edition_id = ? AND field = ?", valueOf(said, member),
                       editionId, member.name);
            setValue(said, member, found->second.value);
        }
    }
    return said;
}

WorkFields withoutOverrides(Script& script, std::int64_t workId, WorkFields inForce)
{
    const auto overrides = readOverrides(script, kWorkOverrides, workId);
    for (const auto& member : kWorkMembers) {
        if (const auto found = overrides.find(std::string{member.name}); found != overrides.end()) {
            setValue(inForce, member, found->second.said);
        }
    }
    return inForce;
}

Metadata withoutOverrides(Script& script, std::int64_t editionId, Metadata inForce)
{
    const auto overrides = readOverrides(script, kEditionOverrides, editionId);
    for (const auto& member : kEditionMembers) {
        if (const auto found = overrides.find(std::string{member.name}); found != overrides.end()) {
            setValue(inForce, member, found->second.said);
        }
    }
    return inForce;
}

std::string workValue(const WorkFields& fields, std::string_view field)
{
    const auto* member = std::ranges::find(kWorkMembers, field, &Member<WorkFields>::name);
    return member == std::end(kWorkMembers) ? std::string{} : valueOf(fields, *member);
}

std::string editionValue(const Metadata& metadata, std::string_view field)
{
    const auto* member = std::ranges::find(kEditionMembers, field, &Member<Metadata>::name);
    return member == std::end(kEditionMembers) ? std::string{} : valueOf(metadata, *member);
}

void writeEditionField(Script& script, std::int64_t editionId, std::string_view field, const std::string& value)
{
    if (field == "authors" || field == "keywords") {
        const auto table = field == "authors" ? std::string{"edition_author"} : std::string{"edition_keyword"};
        writeList(script, "DELETE FROM " + table + " WHERE edition_id = ?",
                  "INSERT INTO " + table + " (edition_id, ordinal, value) VALUES (?, ?, ?)", editionId,
                  splitLines(value));
        return;
    }
    const auto* member = std::ranges::find(kEditionMembers, field, &Member<Metadata>::name);
    if (member == std::end(kEditionMembers)) {
        script.fail({ErrorCode::internal, "no such field of an edition"});
        return;
    }
    script.run("UPDATE edition SET " + std::string{member->name} + " = ? WHERE id = ?", value, editionId);
}

void fillBlanks(WorkFields& fields, const WorkFields& other)
{
    for (const auto& member : kWorkMembers) {
        if (valueOf(fields, member).empty()) {
            setValue(fields, member, valueOf(other, member));
        }
    }
}

void keepWithdrawn(Script& script, std::int64_t workId)
{
    script.run("UPDATE edition SET state = 1, withdrawn_at = w.at, withdrawn_reason = w.reason FROM withdrawal w "
               "WHERE w.work_id = edition.work_id AND edition.work_id = ? AND edition.state = 0",
               workId);
}

std::int64_t survivorOf(Script& script, std::int64_t workId)
{
    constexpr int kMaxMerges = 100;
    for (int i = 0; i < kMaxMerges; ++i) {
        const auto next = script.number("SELECT coalesce(merged_into, 0) FROM work WHERE id = ?", workId).value_or(0);
        if (next == 0) {
            return workId;
        }
        workId = next;
    }
    return workId;
}

void retireWork(Script& script, std::int64_t workId, std::int64_t successor)
{
    script.run("UPDATE former_id SET work_id = ? WHERE work_id = ?", successor, workId);
    script.run("UPDATE work_key SET work_id = ? WHERE work_id = ?", successor, workId);
    script.run("UPDATE alias_given SET work_id = ? WHERE work_id = ?", successor, workId);
    script.run("UPDATE withdrawal SET successor_id = ? WHERE successor_id = ?", successor, workId);
    script.run("UPDATE work SET merged_into = ? WHERE id = ?", successor, workId);
    script.run("INSERT INTO former_id (citable_id, work_id) SELECT citable_id, ? FROM work WHERE id = ?", successor,
               workId);
}

std::vector<identifier::Alias> writeAliases(Script& script, std::int64_t editionId)
{
    std::vector<std::optional<identifier::Alias>> said;
    script.each(
        "SELECT e.isbn, e.doi, w.series, w.number FROM edition e JOIN work w ON w.id = e.work_id WHERE e.id = ?",
        [&](const Row& row) {
            said = {identifier::isbnAlias(row.view(0)), identifier::doiAlias(row.view(1)),
                    identifier::handleAlias(row.view(1)), identifier::seriesAlias(row.view(2), row.view(3))};
            return false;
        },
        editionId);
    script.run("DELETE FROM alias_said WHERE edition_id = ?", editionId);
    std::vector<identifier::Alias> shared;
    for (const auto& alias : said) {
        if (!alias) {
            continue;
        }
        script.run("INSERT INTO alias_said (edition_id, scheme, value) VALUES (?, ?, ?)", editionId, alias->scheme,
                   alias->value);
        if (script.number("SELECT 1 FROM alias_said a JOIN edition o ON o.id = a.edition_id WHERE a.scheme = ? "
                          "AND a.value = ? AND o.work_id <> (SELECT work_id FROM edition WHERE id = ?) LIMIT 1",
                          alias->scheme, alias->value, editionId)) {
            shared.push_back(*alias);
        }
    }
    return shared;
}

Result<void> fillAliases(Connection& connection)
{
    {
        Script look{connection};
        const auto pending = look.number("SELECT value FROM counter WHERE name = 'aliases_to_fill'").value_or(0);
        if (!look.ok() || pending == 0) {
            return look.outcome();
        }
    }
    Unit unit{connection, Access::readWrite};
    if (!unit.opened()) {
        return unit.opened();
    }
    Script script{connection};
    std::vector<std::int64_t> ids;
    script.each("SELECT id FROM edition", [&](const Row& row) {
        ids.push_back(row.integer(0));
        return true;
    });
    for (const auto id : ids) {
        writeAliases(script, id);
    }
    script.run("UPDATE counter SET value = 0 WHERE name = 'aliases_to_fill'");
    return script.ok() ? unit.keep() : script.outcome();
}

std::int64_t workOfAlias(Script& script, const identifier::Alias& alias)
{
    if (const auto given = script.number("SELECT work_id FROM alias_given WHERE scheme = ? AND value = ?", alias.scheme,
                                         alias.value)) {
        return survivorOf(script, *given);
    }
    // Works with a current edition come before withdrawn ones.
    std::map<std::int64_t, std::int64_t> states;
    script.each(
        "SELECT e.work_id, min(e.state) FROM alias_said a JOIN edition e ON e.id = a.edition_id "
        "WHERE a.scheme = ? AND a.value = ? GROUP BY e.work_id LIMIT 100",
        [&](const Row& row) {
            states[row.integer(0)] = row.integer(1);
            return true;
        },
        alias.scheme, alias.value);
    std::map<std::int64_t, std::int64_t> survivors;
    for (const auto& [workId, state] : states) {
        const auto [place, isNew] = survivors.try_emplace(survivorOf(script, workId), state);
        place->second = std::min(place->second, state);
    }
    const auto isCurrent = [](const auto& entry) { return entry.second == 0; };
    const auto current = std::ranges::count_if(survivors, isCurrent);
    if (current == 1) {
        return std::ranges::find_if(survivors, isCurrent)->first;
    }
    return current == 0 && survivors.size() == 1 ? survivors.begin()->first : 0;
}

void writeJournal(Script& script, const Signature& signature, const JournalLine& line, std::int64_t now)
{
    script.run("INSERT INTO journal (at, by, action, work_id, citable_id, before, after, note) "
               "VALUES (?, ?, ?, ?, (SELECT citable_id FROM work WHERE id = ?), ?, ?, ?)",
               now, signature.by, line.action, line.workId, line.workId, line.before, line.after, signature.note);
}

std::vector<std::int64_t> editionIds(Script& script, std::int64_t workId)
{
    std::vector<std::int64_t> ids;
    script.each(
        "SELECT id FROM edition WHERE work_id = ? ORDER BY id",
        [&](const Row& row) {
            ids.push_back(row.integer(0));
            return true;
        },
        workId);
    return ids;
}

} // namespace acervo::catalogue::detail
