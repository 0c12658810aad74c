#include "corpus/index/detail/automatic_themes.h"

#include <algorithm>
#include <map>

namespace acervo::index::detail {

std::vector<ThemeScore> scoreThemes(const std::vector<ConceptUse>& uses, std::size_t words)
{
    std::map<std::string, ThemeScore> byTheme;
    for (const auto& use : uses) {
        for (const auto& notation : use.themes) {
            if (std::ranges::find(theme_rules::kTooGeneral, notation) != theme_rules::kTooGeneral.end()) {
                continue;
            }
            auto& theme = byTheme[notation];
            theme.inTitle += use.tellsInTitle;
            theme.inText += use.tellsInText;
            theme.concepts += use.tellsInTitle + use.tellsInText > 0 ? 1 : 0;
        }
    }
    std::vector<ThemeScore> scores;
    for (auto& [notation, theme] : byTheme) {
        if (theme.concepts == 0) {
            continue;
        }
        theme.theme = notation;
        const auto further = std::min(theme.concepts, theme_rules::kMostConcepts) - 1;
        theme.score = (theme.inText + theme_rules::kInTitle * theme.inTitle) * 1000.0 /
                      std::max(static_cast<double>(words), theme_rules::kAtLeastWords) *
                      (1.0 + theme_rules::kAnotherConcept * static_cast<double>(further));
        scores.push_back(std::move(theme));
    }
    std::ranges::stable_sort(scores, std::greater<>{}, &ThemeScore::score);
    return scores;
}

std::vector<std::string> automaticThemes(const std::vector<ConceptUse>& uses, std::size_t words,
                                         const vocabulary::Scheme& themes)
{
    std::vector<std::string> taken;
    const auto scores = scoreThemes(uses, words);
    const auto isAbove = [&](const std::string& upper, const std::string& lower) {
        return std::ranges::any_of(themes.ancestors(lower),
                                   [&](const auto* ancestor) { return ancestor->notation == upper; });
    };
    for (const auto& theme : scores) {
        if (theme.score < theme_rules::kThreshold || theme.score < theme_rules::kOfBest * scores.front().score) {
            break;
        }
        const bool isRedundant =
            std::ranges::any_of(taken, [&](const auto& other) { return isAbove(theme.theme, other); });
        if ((theme.concepts < 2 &&
             (theme.inTitle == 0 || theme.score < theme_rules::kAlone * theme_rules::kThreshold)) ||
            isRedundant || themes.find(theme.theme) == nullptr) {
            continue;
        }
        std::erase_if(taken, [&](const auto& other) { return isAbove(other, theme.theme); });
        taken.push_back(theme.theme);
        if (taken.size() == kMostAutomaticThemes) {
            break;
        }
    }
    return taken;
}

} // namespace acervo::index::detail
