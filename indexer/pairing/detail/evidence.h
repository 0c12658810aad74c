// What two editions have in common beside their words.
#pragma once

#include "indexer/pairing/profile.h"
#include "indexer/pairing/propose.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::pairing::detail {

// Compares editions by all but their words. What many editions have says little: rarity is counted among all of them.
class Comparison {
public:
    explicit Comparison(const std::vector<Profile>& profiles);

    void compare(const Profile& a, const Profile& b, Evidence& evidence) const;

private:
    using Frequencies = std::map<std::string, double, std::less<>>; // editions

    std::pair<double, std::size_t> markLikeness(const Profile& a, const Profile& b) const;
    double nameLikeness(const Profile& a, const Profile& b) const;

    double _editions = 0.0;
    Frequencies _marks;
    Frequencies _nameWords;
};

// 1 where the shorter text is as long as expected beside the longer one, 0 where it is half that or less.
double lengthLikeness(const Profile& a, const Profile& b);

// Whether both titles have numbers, and not the same ones, or the names of the files different years.
bool haveOtherNumbers(const Profile& a, const Profile& b);

} // namespace acervo::pairing::detail
