// Who wrote it: a person with a family name, or an organisation; told from the name as it was written.
#pragma once

#include <string>
#include <string_view>

namespace acervo::cite::detail {

struct Name {
    std::string family;
    std::string given;        // "" when the person has one name only
    std::string organisation; // "" for persons

    friend bool operator==(const Name&, const Name&) = default;
};

// "Ndiaye, Awa", "Awa Ndiaye", "Awa NDIAYE" and "Juan de la Cruz" are persons; "Forum of Regions", "UCLG" and names of
// one word are organisations, which every format prints as they were written.
//
// written  one line, not empty.
Name nameOf(std::string_view written);

// "A. M." of "Awa Marie", "J.-P." of "Jean-Pierre".
std::string initialsOf(std::string_view given);

} // namespace acervo::cite::detail
