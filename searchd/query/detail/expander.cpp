#include "searchd/query/detail/expander.h"

#include "analyzers/text/normalise.h"
#include "corpus/schema/fields.h"
#include "searchd/query/detail/cognates.h"

#include <algorithm>
#include <ranges>

namespace acervo::query {

namespace {

constexpr std::size_t kMaxTerms = 192;      // of all alternatives of a query
constexpr std::size_t kMostPerLanguage = 3; // alternatives of one word
constexpr double kLeastWeight = 0.3;        // of an alternative: below it is meant too seldom
constexpr std::size_t kRunningText = 9;     // words: as many are a sentence, not names of subjects
constexpr double kCognateWeight = 0.5;

std::string idOf(text::Language language, const std::string& text)
{
    return std::string{text::codeOf(language)} + ":" + text::fold(text);
}

bool isNumber(const std::string& folded)
{
    return !folded.empty() && folded.front() >= '0' && folded.front() <= '9';
}

} // namespace

Expander::Expander(const Asked& asked, const WordReader& words, text::Language leading)
    : _asked(asked), _words(words), _leading(leading), _termsLeft(kMaxTerms)
{
}

std::vector<Span> Expander::expand(const std::vector<Word>& words, std::vector<Expansion>& said)
{
    std::vector<Span> spans;
    if (_asked.lexicon == nullptr || _asked.translate == Translate::no) {
        return spans;
    }
    std::vector<text::Language> languages{_leading};
    std::ranges::copy_if(text::kLanguages, std::back_inserter(languages),
                         [&](text::Language language) { return language != _leading; });
    for (std::size_t at = 0; at < words.size();) {
        // A query in one language may name things in another: what the leading one does not know is asked of all.
        Found phrase;
        for (const auto language : languages) {
            if (phrase.count < 2) {
                auto found = known(words, at, words.size() - at, language);
                phrase = found.count >= 2 ? std::move(found) : Found{};
            }
        }
        const auto end = at + std::max<std::size_t>(phrase.count, 1);
        // People vouch for the phrase: its words one by one ("participative": share, stake) would only blur it. A
        // sentence is found by all it says: there every word helps.
        const bool isVouchedFor = words.size() < kRunningText && phrase.count >= 2 &&
                                  std::ranges::any_of(phrase.alternatives, [](const auto& one) {
                                      return one.origin == lexicon::nameOf(lexicon::Origin::staff) ||
                                             one.origin == lexicon::nameOf(lexicon::Origin::glossary);
                                  });
        if (phrase.count >= 2) {
            take(words, at, std::move(phrase), spans, said);
        }
        for (; at < end; ++at) {
            if (isVouchedFor || words[at].isStopword || isNumber(words[at].token.folded)) {
                continue;
            }
            Found word;
            for (const auto language : languages) {
                if (word.choices.empty()) {
                    word = known(words, at, 1, language);
                }
            }
            if (word.count == 0) {
                word = cognates(words[at]);
            }
            take(words, at, std::move(word), spans, said);
        }
    }
    return spans;
}

Expander::Found Expander::known(const std::vector<Word>& words, std::size_t first, std::size_t most,
                                text::Language language) const
{
    std::vector<text::Token> tokens;
    for (std::size_t i = first; i < first + std::min(most, lexicon::kMaxPhraseTokens); ++i) {
        tokens.push_back(words[i].token);
        if (language != _leading) {
            tokens.back().stem = _words.analyzers().at(language).stem(tokens.back().folded);
        }
    }
    const auto match = _asked.lexicon->longestMatch(tokens, language);
    Found found;
    found.count = match.tokens;
    std::map<text::Language, std::size_t> taken;
    for (const auto& rendering : match.renderings) {
        const bool isItself =
            rendering.stems.size() == match.tokens &&
            std::ranges::equal(rendering.stems, tokens | std::views::take(match.tokens), {}, {}, &text::Token::stem);
        if (rendering.weight < kLeastWeight || isItself || taken[rendering.language] == kMostPerLanguage ||
            !isHeld(rendering.stems)) {
            continue;
        }
        ++taken[rendering.language];
        found.alternatives.push_back({idOf(rendering.language, rendering.text), rendering.language, rendering.text,
                                      std::string{lexicon::nameOf(rendering.origin)}, rendering.source,
                                      rendering.weight, true});
        found.choices.push_back({rendering.stems, rendering.weight});
    }
    return found;
}

Expander::Found Expander::cognates(const Word& word) const
{
    Found found;
    found.count = 1;
    for (const auto& [language, folded] : cognatesOf(word.token.folded, _leading)) {
        Choice choice{{_words.analyzers().at(language).stem(folded)}, kCognateWeight};
        const bool isNew = std::ranges::find(word.stems, choice.stems.front()) == word.stems.end();
        if (isNew && _asked.database != nullptr && isHeld(choice.stems)) {
            found.alternatives.push_back(
                {idOf(language, folded), language, folded, "cognate", "cognate", choice.weight, true});
            found.choices.push_back(std::move(choice));
        }
    }
    return found;
}

void Expander::take(const std::vector<Word>& words, std::size_t first, Found found, std::vector<Span>& spans,
                    std::vector<Expansion>& said)
{
    if (found.choices.empty()) {
        return;
    }
    Span span{first, found.count, {}};
    for (std::size_t i = 0; i < found.choices.size(); ++i) {
        auto& alternative = found.alternatives[i];
        alternative.isOn = !_asked.without.contains(alternative.id) && _termsLeft >= found.choices[i].stems.size();
        if (alternative.isOn) {
            _termsLeft -= found.choices[i].stems.size();
            span.choices.push_back(std::move(found.choices[i]));
        }
    }
    Expansion expansion;
    for (std::size_t i = first; i < first + found.count; ++i) {
        expansion.words += (expansion.words.empty() ? "" : " ") + words[i].typed;
    }
    expansion.alternatives = std::move(found.alternatives);
    if (std::ranges::find(said, expansion.words, &Expansion::words) == said.end()) {
        said.push_back(std::move(expansion));
    }
    spans.push_back(std::move(span));
}

bool Expander::isHeld(const std::vector<std::string>& stems) const
{
    return !stems.empty() && std::ranges::all_of(stems, [&](const std::string& stem) {
        const auto term = schema::wordTerm(schema::kStem, stem);
        return !term.empty() && (_asked.database == nullptr || _asked.database->term_exists(term));
    });
}

} // namespace acervo::query
