#include "analyzers/text/detail/compounds.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace acervo::text::detail {

namespace {

// Longer chains are titles and codes, not words.
constexpr std::size_t kMaxParts = 5;
// A half of a line-end word shorter than this is no word of its own, unless it is a combining form.
constexpr std::size_t kMinHalfBytes = 3;

using Words = std::unordered_set<std::string_view>;

// Forms that are written apart, hyphenated and joined. Those that are everyday words by themselves are left out
// ("non", "para", "sobre", "meta").
bool isCombiningForm(std::string_view folded)
{
    static const Words forms{"afro",    "agro",   "anti",   "auto",   "bio",   "co",    "cyber", "decimo",  "eco",
                             "electro", "etno",   "ethno",  "euro",   "ex",    "extra", "geo",   "hidro",   "hiper",
                             "hydro",   "hyper",  "infra",  "inter",  "intra", "macro", "micro", "mini",    "mono",
                             "multi",   "neo",    "peri",   "pluri",  "poli",  "poly",  "post",  "pre",     "pro",
                             "proto",   "pseudo", "psico",  "psycho", "quasi", "retro", "semi",  "socio",   "sub",
                             "supra",   "tecno",  "techno", "tele",   "trans", "ultra", "vice",  "vigesimo"};
    return forms.contains(folded);
}

// French pronouns and particles tied to the word before them: "est-ce", "celui-ci", "lui-même".
bool isFrenchParticle(std::string_view folded)
{
    static const Words particles{"ce",   "ci", "elle", "elles", "en",  "il",   "ils",   "je",
                                 "la",   "le", "les",  "leur",  "lui", "meme", "memes", "moi",
                                 "nous", "on", "t",    "toi",   "tu",  "vous", "y"};
    return particles.contains(folded);
}

bool isHyphen(char16_t unit)
{
    return unit == u'-' || unit == 0x2010 || unit == 0x2011;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

void CompoundFinder::addWord(const std::vector<Token>& tokens, bool isToken)
{
    const std::size_t token = tokens.size() - (isToken ? 1 : 0);
    const bool joins = isToken && _chainCount > 0 && _chainFirst + _chainCount == token &&
                       (_gap == Gap::hyphen || (_gap == Gap::space && _chainCount == 1));
    if (joins) {
        ++_chainCount;
    } else {
        endChain(tokens);
        _chainFirst = token;
        _chainCount = isToken ? 1 : 0;
    }
    _gap = Gap::none;
}

void CompoundFinder::addGap(std::u16string_view gap, const std::vector<Token>& tokens)
{
    const bool first = _gap == Gap::none;
    if (first && gap.size() == 1 && isHyphen(gap[0])) {
        _gap = Gap::hyphen;
    } else if (_gap == Gap::hyphen && (gap == u"\n" || gap == u"\r\n")) {
        // "Rhône-" at a line end, "Alpes" on the next
    } else if (first && _chainCount == 1 && gap == u" " && isCombiningForm(tokens[_chainFirst].folded)) {
        _gap = Gap::space;
    } else {
        endChain(tokens);
    }
}

void CompoundFinder::endChain(const std::vector<Token>& tokens)
{
    const std::size_t first = _chainFirst;
    const std::size_t count = std::exchange(_chainCount, 0);
    _gap = Gap::none;
    if (count < 2 || count > kMaxParts || isDigit(tokens[first].folded.front()) ||
        (_language == Language::fr && isFrenchParticle(tokens[first + count - 1].folded))) {
        return;
    }
    CompoundForm form{first, count, {}, {}};
    for (std::size_t i = first; i < first + count; ++i) {
        form.folded += tokens[i].folded;
    }
    if (form.folded.size() <= kMaxTokenBytes) {
        _found.push_back(std::move(form));
    }
}

void CompoundFinder::addHalves(std::size_t token, std::string first, std::string second)
{
    _halves.push_back({token, std::move(first), std::move(second)});
}

// A word broken at a line end was a compound when its halves are words: the first a combining form, or both used
// elsewhere in the same text. Halves of words that were merely hyphenated would only be noise in the index.
void CompoundFinder::keepLikelyHalves(const std::vector<Token>& tokens)
{
    if (_halves.empty()) {
        return;
    }
    Words words;
    for (const Token& token : tokens) {
        words.insert(token.folded);
    }
    for (Halves& halves : _halves) {
        const bool bothLong = halves.first.size() >= kMinHalfBytes && halves.second.size() >= kMinHalfBytes;
        const bool used = bothLong && words.contains(halves.first) && words.contains(halves.second);
        if (used || (isCombiningForm(halves.first) && halves.second.size() >= kMinHalfBytes)) {
            _found.push_back({halves.token, 1, std::move(halves.first), {}});
            _found.push_back({halves.token, 1, std::move(halves.second), {}});
        }
    }
    std::ranges::stable_sort(_found, {}, &CompoundForm::token);
}

std::vector<CompoundForm> CompoundFinder::take(const std::vector<Token>& tokens)
{
    endChain(tokens);
    keepLikelyHalves(tokens);
    _halves.clear();
    return std::exchange(_found, {});
}

} // namespace acervo::text::detail
