// Looks for the telling words of one edition, as translated, in the editions of another language.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "indexer/pairing/profile.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace acervo::pairing::detail {

inline constexpr std::size_t kRivals = 5; // that are remembered of each search

struct Rival {
    std::size_t place = 0; // of the profiles
    double share = 0.0;    // of the weight of the words looked for, 0..1
};

class WordSearch {
public:
    // Both must outlive the search; lexicon may be nullptr.
    WordSearch(const std::vector<Profile>& profiles, const lexicon::Lexicon* lexicon);

    // Editions in `target` by the share they have, the best first, at most kRivals; those of the same work left out.
    std::vector<Rival> like(std::size_t place, text::Language target) const;

private:
    struct Posting {
        std::size_t place;
        double saturation; // of the uses, by the length of the edition; 0..1
    };
    struct Group {                                // a word, as it may be said in the other language
        std::map<std::string, double> renderings; // stem, weight
        double weight = 0.0;
    };
    using Postings = std::unordered_map<std::string, std::vector<Posting>>;

    std::vector<Group> groupsOf(const Profile& profile, text::Language target) const;

    const std::vector<Profile>& _profiles;
    const lexicon::Lexicon* _lexicon;
    std::map<text::Language, Postings> _postings;
    std::map<text::Language, std::size_t> _editions;
};

} // namespace acervo::pairing::detail
