// What several formats need of an edition: its title in one piece, its date in parts, cleaned values.
#pragma once

#include "corpus/cite/detail/name.h"
#include "corpus/cite/work.h"

#include <string>
#include <string_view>
#include <vector>

namespace acervo::cite::detail {

// Of a PartialDate; 0 where it says nothing.
struct DateParts {
    int year = 0;
    int month = 0;
    int day = 0;
};
DateParts partsOf(const model::PartialDate& date);

// One line: control characters and runs of spaces become one space, also at the ends of the Unicode kind (U+2028).
std::string oneLine(std::string_view text);

// Everything but unreserved characters as %XX.
std::string urlEncoded(std::string_view text);

// Title and subtitle in one line, the citable ID when there is no title.
std::string titleOf(const model::Edition& edition, std::string_view separator = ": ");

// "10.1234/x" of any way to write a DOI ("https://doi.org/10.1234/x", "doi:10.1234/X"); "" when it is none.
std::string doiOf(const model::Edition& edition);
std::string doiUrl(std::string_view doi);

std::vector<Name> authorsOf(const model::Edition& edition);

// In `language`, else in English, else in whatever there is; "" when there is nothing.
std::string labelIn(const vocabulary::Labels& labels, std::string_view language);

// The keywords of the edition and the names of the work's subjects in its language, without repeats.
std::vector<std::string> subjectsOf(const Work& work, const model::Edition& edition);

// Values of all editions without repeats, empty ones left out.
std::vector<std::string> distinct(const Work& work, std::string (*valueOf)(const model::Edition&));

} // namespace acervo::cite::detail
