// Decides what is true of a document: sidecar before its own properties, before its path, before its content.
#pragma once

#include "corpus/config/config.h"
#include "corpus/model/document.h"
#include "corpus/vocabulary/vocabulary.h"

#include <string>
#include <string_view>
#include <vector>

namespace acervo::pipeline {

// What the path says. `patterns` first ("{section}/{year}/{work}.{language}.{ext}": names stand for anything but "/");
// then the language in a file name ("report.fr.pdf", "report_FR.pdf", "report-es.pdf", "report/fr.html") or a folder
// ("fr/report.pdf"). Language editions found so share a work key: the path without its language and extension.
model::Metadata metadataFromPath(std::string_view uri, const std::vector<std::string>& patterns);

struct MergedMetadata {
    model::Metadata metadata;
    std::vector<std::string> unknownValues; // "theme \"foo\"": kept as written, for the report
};

// Merges by precedence, maps labels to notations ("Finances locales" -> "local-finance"), tidies dates and languages;
// the title falls back to the first heading, the first line, the file name.
//
// sidecar     nullptr when there is none.
// pages       with their languages found: the language falls back to the one with the most text.
MergedMetadata mergeMetadata(const model::Metadata* sidecar, const model::Metadata& properties, std::string_view uri,
                             const std::vector<model::Page>& pages, const config::Source& source,
                             const vocabulary::Vocabularies& vocabularies);

// "2021", "2021-06", "2021-06-15" from what people and programs write ("2021-06-15T10:00:00Z", "June 2021" -> "2021",
// "D:20210615"); "" when there is no plausible year (1800..2100) in it.
model::PartialDate tidyDate(std::string_view written);

// Finds the language of each page that has none.
void detectLanguages(std::vector<model::Page>& pages);

} // namespace acervo::pipeline
