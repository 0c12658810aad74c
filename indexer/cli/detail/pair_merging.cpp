#include "indexer/cli/detail/pair_merging.h"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

namespace acervo::cli::detail {

namespace {

struct Work {
    std::string id; // as it is now; "" when there is no such work
    std::vector<model::Edition> editions;
};

Result<Work> workOf(const catalogue::Catalogue& catalogue, const std::string& id)
{
    const auto resolved = catalogue.resolve(id);
    if (!resolved) {
        return resolved.error();
    }
    if (!*resolved) {
        return Work{};
    }
    auto editions = catalogue.editionsOfWork(**resolved);
    if (!editions) {
        return editions.error();
    }
    std::erase_if(*editions, [](const auto& edition) { return edition.state != model::EditionState::current; });
    return Work{editions->empty() ? std::string{} : **resolved, std::move(*editions)};
}

bool shareLanguage(const Work& a, const Work& b)
{
    return std::ranges::any_of(a.editions, [&](const auto& one) {
        return std::ranges::any_of(b.editions,
                                   [&](const auto& other) { return one.metadata.language == other.metadata.language; });
    });
}

Merged conditionOf(const Work& a, const Work& b)
{
    if (a.id.empty() || b.id.empty()) {
        return Merged::gone;
    }
    if (a.id == b.id) {
        return Merged::already;
    }
    return shareLanguage(a, b) ? Merged::sameLanguage : Merged::done;
}

bool comesBefore(const Work& a, const Work& b)
{
    const auto rank = [](const Work& work) {
        const bool assigned =
            std::ranges::any_of(work.editions, [](const auto& one) { return !one.metadata.assignedId.empty(); });
        return std::tuple{!assigned, -static_cast<std::ptrdiff_t>(work.editions.size()), work.editions.front().workId};
    };
    return rank(a) < rank(b);
}

Result<std::pair<Work, Work>> worksOf(const catalogue::Catalogue& catalogue, const pairing::WorkPair& works)
{
    auto first = workOf(catalogue, works.first);
    if (!first) {
        return first.error();
    }
    auto second = workOf(catalogue, works.second);
    if (!second) {
        return second.error();
    }
    return std::pair{std::move(*first), std::move(*second)};
}

} // namespace

Result<Outcome> mergePair(catalogue::Catalogue& catalogue, const pairing::WorkPair& works,
                          const catalogue::Signature& signature)
{
    auto found = worksOf(catalogue, works);
    if (!found) {
        return found.error();
    }
    auto& [into, from] = *found;
    const auto condition = conditionOf(into, from);
    if (condition != Merged::done) {
        return Outcome{condition, into.id};
    }
    if (comesBefore(from, into)) {
        std::swap(into, from);
    }
    if (auto merged = catalogue.mergeWorks(from.id, into.id, signature); !merged) {
        return merged.error();
    }
    return Outcome{Merged::done, into.id};
}

Result<bool> fits(const catalogue::Catalogue& catalogue, const pairing::WorkPair& works)
{
    const auto found = worksOf(catalogue, works);
    if (!found) {
        return found.error();
    }
    return conditionOf(found->first, found->second) == Merged::done;
}

std::string sentenceFor(const Outcome& outcome, const pairing::WorkPair& works)
{
    const auto both = works.first + " and " + works.second;
    switch (outcome.how) {
    case Merged::done:
        return "merged " + both + " into " + outcome.id;
    case Merged::already:
        return both + " are one work already: " + outcome.id;
    case Merged::gone:
        return "left alone " + both + ": one of them is not there any more";
    case Merged::sameLanguage:
        break;
    }
    return "left alone " + both + ": both have an edition in the same language";
}

} // namespace acervo::cli::detail
