#include "searchd/query/concepts.h"

#include <algorithm>

namespace acervo::query {

std::vector<std::string> conceptsNamed(const lexicon::Lexicon& lexicon, std::string_view label,
                                       const std::map<text::Language, text::Analyzer>& analyzers)
{
    if (lexicon.conceptInfo(label)) {
        return {std::string{label}};
    }
    std::vector<std::string> ids;
    for (const auto language : text::kLanguages) {
        const auto tokens = analyzers.at(language).analyze(label);
        const auto match = lexicon.longestLabel(tokens, language);
        for (std::size_t i = 0; match.tokens == tokens.size() && i < match.concepts.size(); ++i) {
            auto id = lexicon.conceptAt(match.concepts[i]).id;
            if (std::ranges::find(ids, id) == ids.end()) {
                ids.push_back(std::move(id));
            }
        }
    }
    return ids;
}

} // namespace acervo::query
