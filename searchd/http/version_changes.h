// What changed between two versions of an edition, page by page.
#pragma once

#include "corpus/passage/changes.h"
#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <string>
#include <variant>
#include <vector>

namespace acervo::http {

inline constexpr std::size_t kChangesShown = 20; // compared word by word at a time: each costs some milliseconds

struct VersionChanges {
    model::Edition edition; // as it is now
    std::vector<model::Version> versions;
    model::Version before;
    model::Version after;
    std::vector<model::Page> pagesBefore;
    std::vector<model::Page> pagesAfter;
    std::vector<passage::PageChange> changes; // of pages that are not the same
    std::size_t same = 0;                     // pages that are
};

// What an address asks for: "from" and "to", the last two versions when it names neither.
struct ChangesAsked {
    std::string edition; // a language; "" for the first
    std::optional<int> from;
    std::optional<int> to;
};
ChangesAsked readChanges(ParameterReader& reader);

// An edition with one version has no changes.
// Failures  notFound for an edition or a version that is not there.
std::variant<VersionChanges, Failure> findChanges(const Services& services, ReaderPool::Loan& readers,
                                                  const std::vector<model::Edition>& editions,
                                                  const ChangesAsked& asked);

// The words of one of its changes.
std::vector<passage::Stretch> stretchesOf(const VersionChanges& changes, const passage::PageChange& change);

// nullptr for the number 0.
const model::Page* pageOf(const std::vector<model::Page>& pages, std::uint32_t number);

} // namespace acervo::http
