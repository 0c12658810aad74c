#include "analyzers/lexicon/detail/phrases.h"

#include "analyzers/lexicon/compiler.h"
#include "analyzers/lexicon/detail/format.h"

#include <algorithm>

namespace acervo::lexicon {

PhraseId Phrases::intern(text::Language language, std::string_view text)
{
    const auto letter = letterOf(static_cast<std::uint8_t>(language));
    if (letter == 0 || text.empty() || text.size() > rules::kMostTextBytes) {
        return kNoPhrase;
    }
    const auto [known, isNew] = _byText.try_emplace(letter + std::string{text}, kNoPhrase);
    if (isNew) {
        known->second = analysed(language, text);
    }
    return known->second;
}

PhraseId Phrases::analysed(text::Language language, std::string_view text)
{
    const auto place = std::ranges::find(text::kLanguages, language) - text::kLanguages.begin();
    const auto tokens = _analyzers[static_cast<std::size_t>(place)].analyze(text);
    const bool saysNothing =
        std::ranges::all_of(tokens, [&](const text::Token& token) { return text::isStopword(token.folded, language); });
    if (saysNothing || tokens.size() > rules::kMostStems) {
        return kNoPhrase;
    }
    Phrase phrase;
    phrase.language = language;
    phrase.text = text;
    phrase.words = tokens.size();
    for (const auto& token : tokens) {
        phrase.folded += (phrase.folded.empty() ? "" : " ") + token.folded;
        phrase.stems += (phrase.stems.empty() ? "" : " ") + token.stem;
    }
    const auto id = static_cast<PhraseId>(_phrases.size());
    const auto [known, isNew] = _byWords.try_emplace(letterOf(static_cast<std::uint8_t>(language)) + phrase.folded, id);
    if (isNew) {
        _phrases.push_back(std::move(phrase));
    }
    return known->second;
}

} // namespace acervo::lexicon
