// Rows of the catalogue as the model's structures.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "corpus/catalogue/detail/compress.h"
#include "corpus/catalogue/detail/sqlite.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::catalogue::detail {

std::optional<Outcome> outcomeNamed(std::string_view name);

// The work with this ID, now or formerly; 0 when the ID was never given.
std::int64_t findWork(Script& script, std::string_view citableId);

std::optional<std::string> citableIdOf(Script& script, std::int64_t workId);

// See Catalogue::resolve().
std::optional<std::string> resolve(Script& script, std::string_view typed, std::string_view prefix);

// What belongs to the work as a whole.
struct WorkFields {
    std::string type, section, date, series, number;
    std::vector<std::string> themes, countries, sdgs;

    friend bool operator==(const WorkFields&, const WorkFields&) = default;
};
WorkFields readWork(Script& script, std::int64_t workId);

std::vector<model::Version> readVersions(Script& script, std::int64_t editionId); // newest first
std::optional<model::Edition> readEdition(Script& script, std::int64_t editionId);

// `sql` selects what kLocationColumns lists; onLocation returns false to stop.
inline constexpr std::string_view kLocationColumns =
    "s.name, l.uri, l.byte_size, l.modified_at, l.sha256, l.inputs_hash, l.outcome, l.reason, "
    "coalesce(l.edition_id, 0), l.missed_passes, l.warnings";
Location readLocation(const Row& row);

// Pages from `first` to `last`, ascending.
std::vector<model::Page> readPages(Script& script, TextPacker& packer, std::int64_t versionId, std::uint32_t first,
                                   std::uint32_t last);
std::vector<model::OutlineEntry> readOutline(Script& script, std::int64_t versionId);

std::vector<std::string> findProblems(Script& script, TextPacker& packer);

} // namespace acervo::catalogue::detail
