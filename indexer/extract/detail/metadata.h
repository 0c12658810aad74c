// Small readings of metadata values that every format shares.
#pragma once

#include "corpus/model/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract::detail {

// The date at the start of "2009-04-28T10:00:00Z", "2009/04/28", "2009-04" or "2009"; "" when there is none, or when
// it is no date (month 13).
model::PartialDate partialDate(std::string_view written);

// Items between any of the separators, trimmed, empty ones left out; at most 200.
std::vector<std::string> splitList(std::string_view list, std::string_view separators);

// ISO 639-1 code of a language tag ("fr-CA" -> "fr", "spa" -> "es"); other two-letter codes are kept, else "".
std::string languageCode(std::string_view tag);

// Whether a title property was left by a program rather than written by an author: "untitled", "Microsoft Word -
// x.doc", "report_final.indd".
bool isAccidentalTitle(std::string_view title);

// Whether an author property is an account rather than a name: "usuario", "rgomez".
bool isAccidentalAuthor(std::string_view author);

} // namespace acervo::extract::detail
