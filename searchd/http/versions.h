// The versions of an edition that the reader may see, and an edition as it was in one of them.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace acervo::http {

inline constexpr int kMaxVersionNumber = 1'000'000;

// Newest first, never empty: who may read an edition may read its current version, and older ones where they may read
// the audience those had.
Result<std::vector<model::Version>> readableVersions(const Services& services, ReaderPool::Loan& readers,
                                                     const model::Edition& edition);

// nullopt asks for the newest. nullptr when there is no such version.
const model::Version* versionNumbered(const std::vector<model::Version>& versions, std::optional<int> number);

// The edition with what belongs to the file, and the names it had then, taken from that version.
model::Edition atVersion(model::Edition edition, const model::Version& version);

// One version of an edition with all that is shown of it.
struct OpenedVersion {
    std::vector<model::Version> versions; // newest first, those the reader may see
    model::Version version;
    model::Edition edition; // as it was then
    std::vector<model::Page> pages;
};

// number  as versionNumbered().
// Failures  noSuchVersion(); those of the catalogue.
std::variant<OpenedVersion, Failure> openVersion(const Services& services, ReaderPool::Loan& readers,
                                                 const model::Edition& edition, std::optional<int> number);

// "2026-11-25" in UTC: a model::PartialDate.
std::string dateOf(std::int64_t secondsSince1970);

// The answer to an address that names a version which is not there, or not for this reader.
Failure noSuchVersion(std::string parameter = "v");

} // namespace acervo::http
