#include "corpus/index/detail/concept_finder.h"

#include "analyzers/text/normalise.h"

#include <algorithm>
#include <span>

namespace acervo::index::detail {

namespace {

// Words as short as that are acronyms more often than not, and an acronym is also a word of daily life: LED and "led",
// CARE and "care". They count when they are written in capitals, or when they are what the concept is called.
constexpr std::size_t kShort = 5; // bytes of the folded word

constexpr std::size_t kMostBeginnings = 200'000; // of a language; more are forgotten and looked up again

bool isInCapitals(std::string_view written)
{
    return std::ranges::none_of(written, [](char c) { return c >= 'a' && c <= 'z'; }) &&
           std::ranges::any_of(written, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// What a document is and where it belongs is no subject: the word "report" says nothing of what a report is about.
bool isSubject(std::string_view id)
{
    return !id.empty() && !id.starts_with("urn:acervo:types:") && !id.starts_with("urn:acervo:sections:");
}

} // namespace

void ConceptFinder::read(const std::vector<text::Token>& tokens, std::string_view text, text::Language language,
                         Part part)
{
    if (language == text::Language::other) {
        return;
    }
    const std::span all{tokens};
    for (std::size_t at = 0; at < tokens.size();) {
        const auto& token = tokens[at];
        if (!mayBegin(token.stem, language)) {
            ++at;
            continue;
        }
        const auto label = _lexicon.longestLabel(all.subspan(at), language);
        std::vector<std::string_view> told; // themes
        for (const auto place : label.concepts) {
            const auto& here = known(place);
            if (!here.isSubject || (label.tokens == 1 && !isMeant(token, text, language, place))) {
                continue;
            }
            auto& use = _found.try_emplace(place, here.use).first->second;
            ++(part == Part::title ? use.inTitle : use.inText);
            const bool isTold = std::ranges::all_of(here.use.themes, [&](const std::string& theme) {
                return std::ranges::find(told, theme) != told.end();
            });
            if (!isTold) {
                ++(part == Part::title ? use.tellsInTitle : use.tellsInText);
                told.insert(told.end(), here.use.themes.begin(), here.use.themes.end());
            }
        }
        at += std::max<std::size_t>(label.tokens, 1);
    }
}

std::vector<ConceptUse> ConceptFinder::take()
{
    std::vector<ConceptUse> uses;
    uses.reserve(_found.size());
    for (auto& [place, use] : _found) {
        uses.push_back(std::move(use));
    }
    _found.clear();
    std::ranges::sort(uses, {}, &ConceptUse::id);
    return uses;
}

bool ConceptFinder::mayBegin(const std::string& stem, text::Language language)
{
    auto& beginnings = _beginnings[language];
    if (const auto found = beginnings.find(stem); found != beginnings.end()) {
        return found->second;
    }
    if (beginnings.size() >= kMostBeginnings) {
        beginnings.clear();
    }
    return beginnings.emplace(stem, _lexicon.beginsLabel(stem, language)).first->second;
}

const ConceptFinder::Known& ConceptFinder::known(std::uint32_t place)
{
    const auto [entry, isNew] = _known.try_emplace(place);
    auto& known = entry->second;
    if (isNew) {
        auto info = _lexicon.conceptAt(place);
        known.isSubject = isSubject(info.id);
        for (const auto& [code, label] : info.labels) {
            known.preferred[text::languageOf(code)] = text::fold(label);
        }
        known.use.id = std::move(info.id);
        known.use.themes = std::move(info.themes);
    }
    return known;
}

bool ConceptFinder::isMeant(const text::Token& token, std::string_view text, text::Language language,
                            std::uint32_t place)
{
    if (token.folded.size() > kShort ||
        isInCapitals(text.substr(token.span.begin, token.span.end - token.span.begin))) {
        return true;
    }
    const auto& preferred = known(place).preferred;
    const auto label = preferred.find(language);
    return label != preferred.end() && (label->second == token.folded || label->second + "s" == token.folded ||
                                        label->second == token.folded + "s");
}

} // namespace acervo::index::detail
