// What people decide about works, and what the catalogue tells of it: edits, merges, withdrawals, aliases, the journal.
#pragma once

#include "corpus/identifier/alias.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::catalogue {

// A withdrawn work, for one reader.
struct Tombstone {
    std::string citableId;
    std::string reason;           // in the words of who withdrew it
    std::int64_t withdrawnAt = 0; // seconds since 1970-01-01 UTC
    std::string successor;        // the citable ID of the work to read instead, when the reader may; "" when none
};

// Another name under which a work is found.
struct WorkAlias {
    identifier::Alias alias;
    bool byPerson = false; // else said by the documents themselves
};

// Who does something and why; both go to the journal.
struct Signature {
    std::string by;
    std::string note;
};

// One line of the journal. Nothing is ever taken out of it.
struct JournalEntry {
    std::int64_t number = 0;
    std::int64_t at = 0; // seconds since 1970-01-01 UTC
    std::string by;
    std::string action;    // "edit title [fr]", "merge", "split", "withdraw", "restore", "alias add", ...
    std::string citableId; // of the work, as it was then
    std::string before, after, note;
};

// A change of one field by a person. It outlives every re-reading of the documents until it is reset.
struct Edit {
    std::string field;               // see editableFields()
    std::string language;            // of the edition; "": the work, or all its editions
    std::vector<std::string> values; // one, but for lists; empty: the field says nothing
    bool reset = false;              // back to what the documents say
};

struct EditableField {
    std::string_view name;
    bool ofEdition = false; // else of the work as a whole
    bool list = false;
    bool perLanguage = false; // not the same in every language: the edition must be named when there are several
};
const std::vector<EditableField>& editableFields();

// A work in a list.
struct WorkLine {
    std::string citableId;
    std::string title; // of its first edition
    std::string type, section, date;
    std::vector<std::string> languages;
    bool withdrawn = false; // no edition of it is current
};

} // namespace acervo::catalogue
