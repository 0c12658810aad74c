// Turns the properties that office formats write into metadata and into names that are the same for every format.
#pragma once

#include "indexer/extract/extractor.h"

#include <string>
#include <string_view>

namespace acervo::extract::detail {

// Keeps `value` in document.properties under `name` and, where metadata has a place for it and that is still empty
// (lists: always), there as well: dc:title, dc:creator, dc:description, dc:language, dc:identifier (ISBN, DOI),
// dcterms:created, dc:date, meta:keyword. Empty values are left out, long ones cut.
void addProperty(ExtractedDocument& document, std::string_view name, std::string_view value);

// Adds a warning when no page has text.
void warnIfEmpty(ExtractedDocument& document);

// Writes "2021-06-15T10:00:00Z". ticks  FILETIME: 100 ns since 1601-01-01 UTC. "" when it is no date of ours.
std::string dateFromFileTime(std::uint64_t ticks);

// A day number of a spreadsheet as "2021-06-15", with " 10:00" when it has a time of day.
// epoch1904  whether days count from 1904-01-01, else from 1899-12-30.
std::string dateFromSerial(double serial, bool epoch1904, bool withDate, bool withTime);

} // namespace acervo::extract::detail
