// What people decided about works, as store() and the readers meet it: overrides, withdrawals, aliases, the journal.
#pragma once

#include "corpus/catalogue/detail/read.h"
#include "corpus/catalogue/detail/sqlite.h"
#include "corpus/catalogue/works.h"
#include "corpus/model/document.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::catalogue::detail {

// -- overrides: what is in force is what a person said, else what the documents say

// Remembers `said` where a person decided otherwise, and returns what is in force.
WorkFields overridden(Script& script, std::int64_t workId, WorkFields said);
model::Metadata overridden(Script& script, std::int64_t editionId, model::Metadata said);

// What the documents said, of what is in force.
WorkFields withoutOverrides(Script& script, std::int64_t workId, WorkFields inForce);
model::Metadata withoutOverrides(Script& script, std::int64_t editionId, model::Metadata inForce);

// One field by the name that people use for it (see editableFields()); lists one a line.
std::string workValue(const WorkFields& fields, std::string_view field);
std::string editionValue(const model::Metadata& metadata, std::string_view field);
void writeEditionField(Script& script, std::int64_t editionId, std::string_view field, const std::string& value);

// What `fields` leaves open is as in `other`.
void fillBlanks(WorkFields& fields, const WorkFields& other);

// -- withdrawals

// Every edition of a work that a person withdrew is withdrawn, whatever its document did meanwhile.
void keepWithdrawn(Script& script, std::int64_t workId);

// The work that this one was merged into, at the end of all merges; itself when it was not.
std::int64_t survivorOf(Script& script, std::int64_t workId);

// Its IDs and keys lead to the successor from now on.
void retireWork(Script& script, std::int64_t workId, std::int64_t successor);

// -- aliases

// Takes those of the edition and of its work's series and number; returns those that another work has too.
std::vector<identifier::Alias> writeAliases(Script& script, std::int64_t editionId);

// Of the editions stored before there were aliases. Does nothing the second time.
Result<void> fillAliases(Connection& connection);

// 0 when no work has it, or several do and no person has decided.
std::int64_t workOfAlias(Script& script, const identifier::Alias& alias);

// -- the journal

struct JournalLine {
    std::int64_t workId = 0;
    std::string_view action, before, after;
};
void writeJournal(Script& script, const Signature& signature, const JournalLine& line, std::int64_t now);

std::vector<std::int64_t> editionIds(Script& script, std::int64_t workId);

std::string joinedLines(const std::vector<std::string>& values);
std::vector<std::string> splitLines(std::string_view lines);

} // namespace acervo::catalogue::detail
