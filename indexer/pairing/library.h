// The editions of a library, and what people said about pairs of works.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "indexer/pairing/profile.h"
#include "indexer/pairing/propose.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::pairing {

// Of all current editions in a language that Acervo reads.
//
// onRead  called after each one; may be empty.
// cost    reads and cuts into words kMaxBytesRead of every edition.
Result<std::vector<Profile>> profilesOf(const catalogue::Catalogue& catalogue,
                                        const std::function<void(std::uint64_t)>& onRead = {});

// Citable IDs of two works, in the order of texts.
using WorkPair = std::pair<std::string, std::string>;
WorkPair workPair(std::string_view a, std::string_view b);

// Pairs of works in a file of the data folder, one a line: ID, ID, note; separated by tabs.
// Two are kept: what was proposed last, by its number, and what people refused, so that it is not proposed again.
struct PairNote {
    WorkPair works;
    std::string note; // the score; or the day and who
};

// Empty when there is no file.
// errors  corruptInput with the line's number, and those of the operating system.
Result<std::vector<PairNote>> readPairs(const std::filesystem::path& file);
Result<void> writePairs(const std::filesystem::path& file, const std::vector<PairNote>& pairs);

// Leaves out what was refused; IDs that changed since, as the catalogue resolves them.
// errors  those of the catalogue.
Result<std::vector<Proposal>> withoutRefused(std::vector<Proposal> proposals, const std::vector<Profile>& profiles,
                                             const std::vector<PairNote>& refused,
                                             const catalogue::Catalogue& catalogue);

} // namespace acervo::pairing
