// Citations of works in the formats that libraries and reference managers read: one table, one function a format.
#pragma once

#include "corpus/cite/work.h"
#include "corpus/cite/xml_writer.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::cite {

// -- of the cited edition, the first; works without editions are left out
std::string bibtex(std::span<const Work> works);
std::string ris(std::span<const Work> works);
std::string cslJson(std::span<const Work> works);
// RFC 4180 with a heading and a byte order mark; no cell begins a formula in a spreadsheet.
std::string csv(std::span<const Work> works);
// Names and contents of <meta> elements, not escaped (Highwire Press tags).
std::vector<std::pair<std::string, std::string>> highwire(const Work& work);

// -- of the work with all its editions
std::string dublinCore(const Work& work, Declaration declaration); // oai_dc
std::string dataCite(const Work& work, Declaration declaration);   // kernel 4
std::string jsonLd(const Work& work);                              // schema.org; safe within <script>

struct Format {
    std::string_view name; // in addresses: "bibtex"
    std::string_view mediaType;
    std::string_view extension;
    std::string_view label;                                 // a proper name, the same in every language
    std::string (*ofWork)(const Work&) = nullptr;           // nullptr: of lists only
    std::string (*ofList)(std::span<const Work>) = nullptr; // nullptr: of one work only
};

std::span<const Format> formats();
const Format* formatNamed(std::string_view name);        // nullptr when there is none
const Format* formatOfMedia(std::string_view mediaType); // without parameters, lower case; nullptr when there is none

} // namespace acervo::cite
