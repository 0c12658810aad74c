// Turns dictionaries and thesauri of other makers into a normalised source.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/lexicon/entry.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace acervo::lexicon {

enum class Format {
    skos,       // RDF in Turtle, RDF/XML or N-Triples
    tsv,        // phrase, rendering[, weight or more renderings]
    wiktionary, // "maison {f} :: house, home", by headword
    apertium,   // a bilingual transducer as lt-print writes it (AT&T format)
    freedict,   // dictd: NAME.dict.dz or NAME.dict, with NAME.index beside it
};

std::string_view nameOf(Format format);
std::optional<Format> formatOf(std::string_view name);

// By the name and the first bytes; nothing when it is not evident.
std::optional<Format> guessFormat(const std::filesystem::path& file);

struct ImportRequest {
    std::filesystem::path file;
    Format format = Format::tsv;
    std::filesystem::path via;                   // apertium: a second transducer, from the language in between to `to`
    text::Language from = text::Language::other; // not for skos; other: what the file itself says, if it does
    text::Language to = text::Language::other;   // likewise
};

struct Imported {
    Source source;                              // without a name; origin, title and licence as far as the file tells
    std::map<std::string, std::size_t> skipped; // why -> how many
};

// errors  those of reading the file; corruptInput, with a line where there is one, when it is not of that format;
//         invalidArgument when languages are needed and not given; resourceLimit.
Result<Imported> importFile(const ImportRequest& request);

} // namespace acervo::lexicon
