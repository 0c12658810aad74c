#include "corpus/passage/parallel.h"

#include "corpus/passage/detail/letters.h"

#include "analyzers/text/normalise.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

namespace acervo::passage {

namespace {

constexpr std::size_t kRootLetters = 5; // "municipality", "municipalité" and "municipio" begin alike
constexpr std::size_t kLeastDigits = 2;
constexpr double kWindowShare = 0.1; // how far from its share of the document a page is looked for
constexpr double kLeastWindow = 3.0;
constexpr double kNearness = 0.2; // what standing in the expected place is worth, beside a likeness of 0 to 1

// Numbers of two digits and more, and the beginnings of longer words.
std::set<std::string> anchorsOf(const model::Page& page)
{
    const auto folded = text::fold(page.text);
    std::set<std::string> anchors;
    std::string word;
    std::size_t letters = 0;
    bool digits = true;
    const auto end = [&] {
        if (digits ? letters >= kLeastDigits : letters >= kRootLetters) {
            anchors.insert(word);
        }
        word.clear();
        letters = 0;
        digits = true;
    };
    for (std::size_t i = 0; i < folded.size();) {
        const auto begin = i;
        const auto c = detail::nextCharacter(folded, i);
        if (c < 0 || u_isalnum(c) == 0) {
            end();
            continue;
        }
        digits = digits && u_isdigit(c) != 0;
        if (digits || letters < kRootLetters) {
            word.append(folded, begin, i - begin);
        }
        ++letters;
    }
    end();
    return anchors;
}

} // namespace

std::uint32_t parallelPage(const std::vector<model::Page>& from, std::uint32_t number,
                           const std::vector<model::Page>& to)
{
    const auto source = std::ranges::find(from, number, &model::Page::number);
    if (to.empty() || source == from.end()) {
        return to.empty() ? 0 : to.front().number;
    }
    const auto place = (static_cast<double>(source - from.begin()) + 0.5) / static_cast<double>(from.size());
    const auto expected = place * static_cast<double>(to.size()) - 0.5;
    const auto window = std::max(kLeastWindow, kWindowShare * static_cast<double>(to.size()));

    struct Candidate {
        std::uint32_t page;
        double away; // in pages
        std::set<std::string> anchors;
    };
    std::vector<Candidate> candidates;
    std::map<std::string, int> pagesWith;
    for (std::size_t i = 0; i < to.size(); ++i) {
        const auto away = std::abs(static_cast<double>(i) - expected);
        if (away <= window) {
            candidates.push_back({to[i].number, away, anchorsOf(to[i])});
            for (const auto& anchor : candidates.back().anchors) {
                ++pagesWith[anchor];
            }
        }
    }
    // What stands on few pages says more.
    const auto weight = [&](const std::string& anchor) {
        const auto found = pagesWith.find(anchor);
        const auto pages = found == pagesWith.end() ? 1 : found->second;
        return std::log(1.0 + static_cast<double>(candidates.size()) / pages);
    };
    const auto total = [&](const std::set<std::string>& anchors) {
        double sum = 0.0;
        for (const auto& anchor : anchors) {
            sum += weight(anchor);
        }
        return sum;
    };
    const auto wanted = anchorsOf(*source);
    const auto wantedTotal = total(wanted);
    const Candidate* best = nullptr;
    double bestScore = -1.0;
    for (const auto& candidate : candidates) {
        double shared = 0.0;
        for (const auto& anchor : wanted) {
            shared += candidate.anchors.contains(anchor) ? weight(anchor) : 0.0;
        }
        const auto norm = std::sqrt(wantedTotal * total(candidate.anchors));
        const auto score = (norm > 0.0 ? shared / norm : 0.0) + kNearness * (1.0 - candidate.away / window);
        if (score > bestScore) {
            bestScore = score;
            best = &candidate;
        }
    }
    return best == nullptr ? to.front().number : best->page;
}

} // namespace acervo::passage
