#include "indexer/pairing/library.h"

#include "analyzers/base/durable_file.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <set>
#include <system_error>

namespace acervo::pairing {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kChangesPerRead = 200;

} // namespace

Result<std::vector<Profile>> profilesOf(const catalogue::Catalogue& catalogue,
                                        const std::function<void(std::uint64_t)>& onRead)
{
    const Profiler profiler;
    std::vector<Profile> profiles;
    for (std::int64_t after = 0;;) {
        const auto changes = catalogue.changesAfter(after, kChangesPerRead);
        if (!changes) {
            return changes.error();
        }
        if (changes->empty()) {
            return profiles;
        }
        after = changes->back().number;
        for (const auto& change : *changes) {
            if (change.edition.state != model::EditionState::current ||
                text::languageOf(change.edition.metadata.language) == text::Language::other) {
                continue;
            }
            const auto pages = catalogue.pages(change.edition.versionId);
            if (!pages) {
                return pages.error();
            }
            profiles.push_back(profiler.profileOf(change.edition, *pages));
            if (onRead) {
                onRead(profiles.size());
            }
        }
    }
}

WorkPair workPair(std::string_view a, std::string_view b)
{
    return a < b ? WorkPair{a, b} : WorkPair{b, a};
}

Result<std::vector<PairNote>> readPairs(const fs::path& file)
{
    std::vector<PairNote> pairs;
    std::error_code problem;
    if (!fs::exists(file, problem)) {
        return problem ? Result<std::vector<PairNote>>{errorFromErrno(problem.value(), "read " + file.string())}
                       : pairs;
    }
    std::ifstream stream{file};
    if (!stream) {
        return errorFromErrno(errno, "read " + file.string());
    }
    std::size_t number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        const auto first = line.find('\t');
        const auto second = first == std::string::npos ? first : line.find('\t', first + 1);
        if (second == std::string::npos) {
            return Error{ErrorCode::corruptInput, file.string() + ", line " + std::to_string(number) +
                                                      ": two IDs and a note are expected, separated by tabs"};
        }
        pairs.push_back(
            {workPair(line.substr(0, first), line.substr(first + 1, second - first - 1)), line.substr(second + 1)});
    }
    return pairs;
}

Result<void> writePairs(const fs::path& file, const std::vector<PairNote>& pairs)
{
    std::string content;
    for (const auto& [works, note] : pairs) {
        std::string oneLine = note;
        std::ranges::replace_if(
            oneLine, [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
        content += works.first + '\t' + works.second + '\t' + oneLine + '\n';
    }
    return replaceDurably(file, content);
}

Result<std::vector<Proposal>> withoutRefused(std::vector<Proposal> proposals, const std::vector<Profile>& profiles,
                                             const std::vector<PairNote>& refused,
                                             const catalogue::Catalogue& catalogue)
{
    std::set<WorkPair> pairs;
    for (const auto& [works, note] : refused) {
        const auto first = catalogue.resolve(works.first);
        const auto second = catalogue.resolve(works.second);
        if (!first || !second) {
            return first ? second.error() : first.error();
        }
        if (*first && *second) {
            pairs.insert(workPair(**first, **second));
        }
    }
    std::erase_if(proposals, [&](const Proposal& proposal) {
        return pairs.contains(workPair(profiles[proposal.first].citableId, profiles[proposal.second].citableId));
    });
    return proposals;
}

} // namespace acervo::pairing
