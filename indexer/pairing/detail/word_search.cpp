#include "indexer/pairing/detail/word_search.h"

#include "indexer/pairing/propose.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace acervo::pairing::detail {

namespace {

constexpr std::uint32_t kMaxUses = 20; // more say no more
constexpr double kHalfUses = 1.2;      // uses at which a word of an edition of mean length counts half
constexpr double kLeastRendering = 0.1;

// A word in more editions of a language than that marks nothing out, where there are enough to tell.
constexpr double kCommon = 0.5;
constexpr std::size_t kFewEditions = 10;

} // namespace

WordSearch::WordSearch(const std::vector<Profile>& profiles, const lexicon::Lexicon* lexicon)
    : _profiles(profiles), _lexicon(lexicon), _shares(profiles.size()), _best(profiles.size())
{
    std::map<text::Language, double> bytes;
    for (const auto& profile : profiles) {
        bytes[profile.language] += static_cast<double>(std::min<std::uint64_t>(profile.textBytes, kMaxBytesRead));
        ++_editions[profile.language];
    }
    for (std::size_t place = 0; place < profiles.size(); ++place) {
        const auto& profile = profiles[place];
        const double mean = bytes[profile.language] / static_cast<double>(_editions[profile.language]);
        const double length = static_cast<double>(std::min<std::uint64_t>(profile.textBytes, kMaxBytesRead));
        const double half = kHalfUses * (0.25 + 0.75 * length / std::max(mean, 1.0));
        auto& postings = _postings[profile.language];
        for (const auto& word : profile.words) {
            postings[word.stem].push_back(
                {static_cast<std::uint32_t>(place), static_cast<float>(word.uses / (word.uses + half))});
        }
    }
}

// The telling words of an edition that could stand in the other language's.
std::vector<WordSearch::Group> WordSearch::groupsOf(const Profile& profile, text::Language target) const
{
    const auto& own = _postings.at(profile.language);
    const auto& theirs = _postings.at(target);
    const auto editions = _editions.at(profile.language);
    std::vector<std::pair<double, const ProfileWord*>> telling;
    for (const auto& word : profile.words) {
        const auto frequency = own.at(word.stem).size();
        if (editions > kFewEditions && static_cast<double>(frequency) > kCommon * static_cast<double>(editions)) {
            continue;
        }
        const double rarity = std::log(1.0 + static_cast<double>(editions) / static_cast<double>(frequency));
        telling.emplace_back((1.0 + std::log(std::min(word.uses, kMaxUses))) * rarity, &word);
    }
    std::ranges::stable_sort(telling, std::greater{}, &std::pair<double, const ProfileWord*>::first);
    std::vector<Group> groups;
    for (const auto& [weight, word] : telling) {
        if (groups.size() == kTellingWords) {
            break;
        }
        Group group;
        group.weight = weight;
        if (theirs.contains(word->stem)) {
            group.renderings[word->stem] = 1.0; // a name, or a word that both languages have
        }
        if (_lexicon != nullptr) {
            const text::Token token{{}, 1, word->folded, word->folded, word->stem};
            for (const auto& rendering : _lexicon->longestMatch({&token, 1}, profile.language).renderings) {
                if (rendering.language == target && rendering.stems.size() == 1 &&
                    rendering.weight >= kLeastRendering && theirs.contains(rendering.stems.front())) {
                    auto& known = group.renderings[rendering.stems.front()];
                    known = std::max(known, rendering.weight);
                }
            }
        }
        if (!group.renderings.empty()) {
            groups.push_back(std::move(group));
        }
    }
    return groups;
}

void WordSearch::Sums::clear()
{
    for (const auto place : _touched) {
        _sums[place] = 0.0;
    }
    _touched.clear();
}

std::vector<Rival> WordSearch::like(std::size_t place, text::Language target)
{
    const auto& profile = _profiles[place];
    if (!_postings.contains(target) || !_postings.contains(profile.language)) {
        return {};
    }
    const auto& theirs = _postings.at(target);
    double whole = 0.0;
    for (const auto& group : groupsOf(profile, target)) {
        whole += group.weight;
        for (const auto& [stem, weight] : group.renderings) { // a word counts once, however it is said
            for (const auto& posting : theirs.at(stem)) {
                auto& known = _best[posting.place];
                known = std::max(known, weight * static_cast<double>(posting.saturation));
            }
        }
        for (const auto other : _best.touched()) {
            _shares[other] += group.weight * _best[other];
        }
        _best.clear();
    }
    std::vector<Rival> rivals;
    for (const auto other : _shares.touched()) {
        if (_profiles[other].workId != profile.workId) {
            rivals.push_back({other, _shares[other] / whole});
        }
    }
    _shares.clear();
    const auto kept = std::min(rivals.size(), kRivals);
    std::ranges::partial_sort(
        rivals, rivals.begin() + static_cast<std::ptrdiff_t>(kept),
        [](const Rival& a, const Rival& b) { return a.share != b.share ? a.share > b.share : a.place < b.place; });
    return {rivals.begin(), rivals.begin() + static_cast<std::ptrdiff_t>(kept)}; // without the room of all others
}

} // namespace acervo::pairing::detail
