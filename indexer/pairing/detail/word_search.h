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
    // cost  the postings of the words looked for: with the size of the library, for words that it uses everywhere.
    std::vector<Rival> like(std::size_t place, text::Language target);

private:
    struct Posting {
        std::uint32_t place;
        float saturation; // of the uses, by the length of the edition; 0..1
    };
    struct Group {                                // a word, as it may be said in the other language
        std::map<std::string, double> renderings; // stem, weight
        double weight = 0.0;
    };
    using Postings = std::unordered_map<std::string, std::vector<Posting>>;

    // A number for each edition: above 0 for those it was set for, which are few; clear() costs only these.
    class Sums {
    public:
        explicit Sums(std::size_t editions) : _sums(editions, 0.0) {}

        double& operator[](std::size_t place)
        {
            if (_sums[place] == 0.0) {
                _touched.push_back(place);
            }
            return _sums[place];
        }
        const std::vector<std::size_t>& touched() const { return _touched; }
        void clear();

    private:
        std::vector<double> _sums;
        std::vector<std::size_t> _touched;
    };

    std::vector<Group> groupsOf(const Profile& profile, text::Language target) const;

    const std::vector<Profile>& _profiles;
    const lexicon::Lexicon* _lexicon;
    std::map<text::Language, Postings> _postings;
    std::map<text::Language, std::size_t> _editions;
    Sums _shares; // of like(); 0 between its calls
    Sums _best;   // of one word
};

} // namespace acervo::pairing::detail
