#include "indexer/pairing/propose.h"

#include "indexer/pairing/detail/evidence.h"
#include "indexer/pairing/detail/word_search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace acervo::pairing {

namespace {

using detail::Rival;

// What the next best is taken to have at least: of two editions in a small library neither is much of a rival.
constexpr double kLeastRival = 0.3;
constexpr double kMaxMargin = 3.0;

std::vector<Doubt> doubtsOf(const Evidence& evidence)
{
    constexpr double kLeastMargin = 1.1;
    constexpr double kLeastMarks = 0.35;
    constexpr double kLeastLength = 0.5;
    std::vector<Doubt> doubts;
    for (const auto& [isDoubtful, doubt] :
         {std::pair{!evidence.isMutual, Doubt::notBest}, std::pair{evidence.margin < kLeastMargin, Doubt::closeRival},
          std::pair{evidence.marks < kLeastMarks, Doubt::fewMarks},
          std::pair{evidence.length < kLeastLength, Doubt::length}, std::pair{!evidence.sameFormat, Doubt::format},
          std::pair{evidence.otherDate, Doubt::date}, std::pair{evidence.otherNumbers, Doubt::numbers},
          std::pair{evidence.otherAudience, Doubt::audience}}) {
        if (isDoubtful) {
            doubts.push_back(doubt);
        }
    }
    return doubts;
}

// By place of the profile, then language: who is most alike.
using Rivals = std::vector<std::map<text::Language, std::vector<Rival>>>;

Rivals rivalsOf(const std::vector<Profile>& profiles, const lexicon::Lexicon* lexicon)
{
    detail::WordSearch search{profiles, lexicon};
    Rivals rivals(profiles.size());
    for (std::size_t place = 0; place < profiles.size(); ++place) {
        for (const auto language : text::kLanguages) {
            if (language != profiles[place].language && profiles[place].language != text::Language::other) {
                rivals[place][language] = search.like(place, language);
            }
        }
    }
    return rivals;
}

// How much of `from` the edition at `to` has, and how many times more than the best of the others.
struct Standing {
    double share = 0.0;
    double margin = 0.0; // below 1: another is better
};

Standing standingOf(const std::vector<Rival>& rivals, std::size_t to)
{
    const auto own = std::ranges::find(rivals, to, &Rival::place);
    if (own == rivals.end()) {
        return {};
    }
    const auto& other = own == rivals.begin() ? (rivals.size() > 1 ? rivals[1] : Rival{}) : rivals.front();
    return {own->share, std::min(own->share / std::max(other.share, kLeastRival), kMaxMargin)};
}

class Pairing {
public:
    Pairing(const std::vector<Profile>& profiles, const lexicon::Lexicon* lexicon)
        : _profiles(profiles), _rivals(rivalsOf(profiles, lexicon)), _comparison(profiles)
    {
        for (const auto& profile : profiles) {
            _languages[profile.workId].insert(profile.language);
        }
    }

    std::vector<Proposal> proposals()
    {
        std::map<std::pair<std::int64_t, std::int64_t>, Proposal> byWorks;
        for (const auto& [first, second] : candidates()) {
            Proposal proposal;
            proposal.first = first;
            proposal.second = second;
            proposal.evidence = evidenceOf(first, second);
            proposal.score = scoreOf(proposal.evidence);
            proposal.doubts = doubtsOf(proposal.evidence);
            const std::pair<std::int64_t, std::int64_t> works =
                std::minmax(_profiles[first].workId, _profiles[second].workId);
            auto& known = byWorks[works];
            if (known.score < proposal.score) {
                known = std::move(proposal);
            }
        }
        std::vector<Proposal> all;
        for (const auto& [works, proposal] : byWorks) {
            if (proposal.score >= kWorthAsking) {
                all.push_back(proposal);
            }
        }
        std::ranges::stable_sort(all, std::greater{}, &Proposal::score);
        return decided(std::move(all));
    }

private:
    std::set<std::pair<std::size_t, std::size_t>> candidates() const
    {
        std::set<std::pair<std::size_t, std::size_t>> pairs;
        for (std::size_t place = 0; place < _profiles.size(); ++place) {
            for (const auto& [language, rivals] : _rivals[place]) {
                for (const auto& rival : rivals) {
                    if (areDisjoint(_profiles[place].workId, _profiles[rival.place].workId)) {
                        pairs.insert(std::minmax(place, rival.place));
                    }
                }
            }
        }
        return pairs;
    }

    bool areDisjoint(std::int64_t a, std::int64_t b) const
    {
        const auto& others = _languages.at(b);
        return std::ranges::none_of(_languages.at(a), [&](auto language) { return others.contains(language); });
    }

    bool isBest(std::size_t from, std::size_t to) const
    {
        const auto& rivals = _rivals[from].at(_profiles[to].language);
        return !rivals.empty() && rivals.front().place == to;
    }

    bool areMutual(std::size_t a, std::size_t b) const { return isBest(a, b) && isBest(b, a); }

    bool meetInThird(std::size_t a, std::size_t b) const
    {
        for (const auto& [language, rivals] : _rivals[a]) {
            if (language != _profiles[b].language && !rivals.empty() && areMutual(a, rivals.front().place) &&
                areMutual(b, rivals.front().place)) {
                return true;
            }
        }
        return false;
    }

    Evidence evidenceOf(std::size_t a, std::size_t b) const
    {
        Evidence evidence;
        const auto there = standingOf(_rivals[a].at(_profiles[b].language), b);
        const auto back = standingOf(_rivals[b].at(_profiles[a].language), a);
        evidence.words = std::sqrt(there.share * back.share);
        evidence.margin = std::min(there.margin, back.margin);
        evidence.isMutual = areMutual(a, b);
        evidence.inThird = meetInThird(a, b);
        _comparison.compare(_profiles[a], _profiles[b], evidence);
        return evidence;
    }

    // Goes down from the best; what would give a work two editions in a language is in doubt.
    std::vector<Proposal> decided(std::vector<Proposal> all) const
    {
        std::map<std::int64_t, std::int64_t> joined; // a work, and one that it is now part of
        const auto groupOf = [&](std::int64_t work) {
            for (auto next = joined.find(work); next != joined.end(); next = joined.find(work)) {
                work = next->second;
            }
            return work;
        };
        auto languages = _languages;
        for (auto& proposal : all) {
            const auto into = groupOf(_profiles[proposal.first].workId);
            const auto from = groupOf(_profiles[proposal.second].workId);
            if (into == from || !proposal.isCertain(kCertain)) {
                continue;
            }
            const auto& spoken = languages.at(into);
            if (std::ranges::any_of(languages.at(from), [&](auto language) { return spoken.contains(language); })) {
                proposal.doubts.push_back(Doubt::contradicts);
                continue;
            }
            languages.at(into).insert(languages.at(from).begin(), languages.at(from).end());
            joined.emplace(from, into); // a chain is no longer than there are languages
        }
        return all;
    }

    const std::vector<Profile>& _profiles;
    Rivals _rivals;
    detail::Comparison _comparison;
    std::map<std::int64_t, std::set<text::Language>> _languages; // by work
};

} // namespace

std::string_view nameOf(Doubt doubt)
{
    switch (doubt) {
    case Doubt::notBest:
        return "another is more alike";
    case Doubt::closeRival:
        return "another is nearly as alike";
    case Doubt::fewMarks:
        return "few of the same numbers and names";
    case Doubt::length:
        return "one is far longer";
    case Doubt::format:
        return "another format";
    case Doubt::date:
        return "another year";
    case Doubt::numbers:
        return "other numbers in the titles or names";
    case Doubt::audience:
        return "not for the same readers";
    case Doubt::contradicts:
        return "contradicts a better pair";
    }
    return {};
}

double scoreOf(const Evidence& evidence)
{
    // Logistic. Up to isMutual the weights are rounded from a fit on NTREX-128 and EUR-Lex; the rest are judgement, as
    // no collection has files as people name them. See docs/adr/0023-pairing.md.
    const double margin = evidence.margin < 1.0 ? 2.0 * (evidence.margin - 1.0) : std::min(evidence.margin, 2.5) - 1.0;
    double z = -6.3 + 1.0 * evidence.words + 1.5 * margin + 5.5 * evidence.marks + 5.0 * evidence.length;
    z += (evidence.inThird ? 0.75 : 0.0) + (evidence.isMutual ? 2.5 : 0.0);
    z += 0.5 * evidence.pages + 2.0 * evidence.names + (evidence.mention ? 2.0 : 0.0) + (evidence.sameDate ? 0.3 : 0.0);
    z -= (evidence.otherDate ? 3.0 : 0.0) + (evidence.otherNumbers ? 3.0 : 0.0) + (evidence.sameFormat ? 0.0 : 1.0);
    return 1.0 / (1.0 + std::exp(-z));
}

std::vector<Proposal> propose(const std::vector<Profile>& profiles, const lexicon::Lexicon* lexicon)
{
    return Pairing{profiles, lexicon}.proposals();
}

} // namespace acervo::pairing
