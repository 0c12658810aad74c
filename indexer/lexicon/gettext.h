// Reads a compiled gettext catalogue (.mo): messages and their translations.
#pragma once

#include "analyzers/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace acervo::lexicon {

struct Message {
    std::string id;       // context and message as the catalogue has them: what makes it the same in another language
    std::string original; // in English by the custom of gettext; the singular where there are plurals
    std::string translation; // the first of its forms
};

inline constexpr std::size_t kMaxCatalogueBytes = 64U << 20;

// The translated messages in the order of the file, in either byte order; the header and empty translations are left
// out.
//
// errors  corruptInput when it is no .mo file or points outside itself; unsupported for another charset than UTF-8.
// source  GNU gettext manual, "The Format of GNU MO Files".
Result<std::vector<Message>> readCatalogue(std::string_view bytes);

// A message as a reader sees it: without accelerator marks ("_Open", "~Open", "&Open"), markup, and places to be filled
// ("%s", "%1$d", "$name", "{count}", "%PRODUCTNAME").
std::string plainMessage(std::string_view message);

} // namespace acervo::lexicon
