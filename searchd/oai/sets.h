// Sets of the OAI-PMH: one for each section and each type, "section:africa", "type:report".
#pragma once

#include "corpus/vocabulary/vocabulary.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::oai {

enum class SetKind : std::uint8_t { section, type };

// Values hold letters that a setSpec may not: those stand as "~" and two hexadecimal digits.
std::string setSpec(SetKind kind, std::string_view value);

struct Set {
    SetKind kind = SetKind::section;
    std::string value;
};
std::optional<Set> parseSet(std::string_view spec); // nullopt for what setSpec() never gives

// The sets a work belongs to: its section, its type and the types that its type is a kind of.
std::vector<std::string> setsOf(std::string_view section, std::string_view type,
                                const vocabulary::Vocabularies& vocabularies);

// The values that a work's field may have to belong to the set: the set's own and all kinds of it.
std::vector<std::string> valuesOf(const Set& set, const vocabulary::Vocabularies& vocabularies);

} // namespace acervo::oai
