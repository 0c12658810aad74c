#include "analyzers/text/detail/word_rules.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>

namespace acervo::text::detail {

namespace {

constexpr std::array<std::u16string_view, 13> kElided{u"l", u"d", u"qu",    u"n",      u"s",      u"j",     u"m",
                                                      u"c", u"t", u"jusqu", u"lorsqu", u"puisqu", u"quoiqu"};
constexpr std::size_t kLongestElided = 6;

// Written after a middle dot or a full stop; "es" after a full stop is left alone, it is a domain.
constexpr std::array<std::u16string_view, 18> kFeminine{u"e",     u"es",    u"ne",     u"nes",  u"le",    u"les",
                                                        u"te",    u"tes",   u"fe",     u"ve",   u"ves",   u"rice",
                                                        u"rices", u"trice", u"trices", u"euse", u"euses", u"\u00E8re"};
constexpr std::size_t kLongestInclusive = 9; // "trices" + ".s", with room

std::u16string lower(std::u16string_view text)
{
    std::u16string out;
    out.reserve(text.size());
    for (const char16_t unit : text) {
        out.push_back(static_cast<char16_t>(u_tolower(unit)));
    }
    return out;
}

bool isMiddleDot(char16_t unit)
{
    return unit == 0x00B7 || unit == 0x2027;
}

std::size_t elidedLength(std::u16string_view word)
{
    const std::size_t apostrophe = word.substr(0, kLongestElided + 1).find(u'\'');
    if (apostrophe == std::u16string_view::npos || apostrophe + 1 == word.size()) {
        return 0;
    }
    return std::ranges::find(kElided, lower(word.substr(0, apostrophe))) != kElided.end() ? apostrophe + 1 : 0;
}

} // namespace

WordPart coreOf(std::u16string_view word, Language language)
{
    WordPart part{0, word.size()};
    if (language == Language::fr) {
        while (const std::size_t elided = elidedLength(word.substr(part.begin))) {
            part.begin += elided;
        }
    } else if (language == Language::en && word.size() > 2 && word[word.size() - 2] == u'\'' &&
               (word.back() == u's' || word.back() == u'S')) {
        part.end -= 2;
    }
    return part;
}

bool isDottedAcronym(std::u16string_view word)
{
    if (word.size() < 3 || word.size() % 2 == 0) {
        return false;
    }
    for (std::size_t at = 0; at < word.size(); ++at) {
        if (at % 2 == 0 ? !u_isalpha(word[at]) : word[at] != u'.') {
            return false;
        }
    }
    return true;
}

std::size_t inclusiveEnding(std::u16string_view word)
{
    const auto isDot = [](char16_t unit) { return unit == u'.' || isMiddleDot(unit); };
    const auto dot = static_cast<std::size_t>(std::ranges::find_if(word, isDot) - word.begin());
    // At least two letters before it, or initials would lose their ends.
    if (dot < 2 || dot == word.size() || word.size() - dot > kLongestInclusive) {
        return word.size();
    }
    std::u16string ending = lower(word.substr(dot + 1));
    bool plural = false;
    if (ending.size() > 2 && ending.back() == u's' && isDot(ending[ending.size() - 2])) {
        ending.resize(ending.size() - 2);
        plural = true;
    }
    if (std::ranges::find(kFeminine, ending) == kFeminine.end()) {
        return word.size();
    }
    const bool plain = word[dot] == u'.' && !plural && ending != u"e";
    return plain ? word.size() : dot;
}

} // namespace acervo::text::detail
