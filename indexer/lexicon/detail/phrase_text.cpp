#include "indexer/lexicon/detail/phrase_text.h"

#include "indexer/lexicon/detail/input.h"

#include <algorithm>
#include <array>

namespace acervo::lexicon {

namespace {

bool isAsciiLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void replaceAll(std::string& text, std::string_view what, std::string_view with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

} // namespace

std::string withoutBrackets(std::string_view typeset)
{
    std::string text{typeset};
    replaceAll(text, "\xE2\x80\x90", "-"); // U+2010, hyphen
    replaceAll(text, "\xE2\x80\x91", "-"); // U+2011, no-break hyphen
    replaceAll(text, "\xE2\x80\x99", "'"); // U+2019, apostrophe
    std::string kept;
    int depth = 0;
    for (const char c : text) {
        if (c == '(' || c == '[' || c == '{') {
            ++depth;
        } else if (c == ')' || c == ']' || c == '}') {
            depth = std::max(0, depth - 1);
        } else if (depth == 0 && !(c == ' ' && (kept.empty() || kept.back() == ' '))) {
            kept += c;
        }
    }
    return std::string{trim(kept)};
}

std::vector<std::string> alternatives(std::string_view text, std::string_view wordBetween)
{
    auto plain = withoutBrackets(text);
    if (!wordBetween.empty()) {
        replaceAll(plain, ' ' + std::string{wordBetween} + ' ', ",");
    }
    std::ranges::replace_if(
        plain, [](char c) { return c == ';' || c == '/'; }, ',');
    std::vector<std::string> parts;
    for (const auto part : split(plain, ',')) {
        auto trimmed = trim(part);
        while (trimmed.ends_with(" ") || trimmed.ends_with(".")) {
            trimmed.remove_suffix(1);
        }
        if (!trimmed.empty()) {
            parts.emplace_back(trimmed);
        }
    }
    return parts;
}

std::string withoutLeadingParticle(std::string_view phrase)
{
    constexpr std::array<std::string_view, 8> kParticles{"to ", "a ", "an ", "the ", "To ", "A ", "An ", "The "};
    for (const auto particle : kParticles) {
        if (phrase.starts_with(particle)) {
            phrase.remove_prefix(particle.size());
            break;
        }
    }
    return std::string{trim(phrase)};
}

std::size_t wordCount(std::string_view phrase)
{
    const auto words = split(phrase, ' ');
    return static_cast<std::size_t>(std::ranges::count_if(words, [](std::string_view word) { return !word.empty(); }));
}

bool isShortPhrase(std::string_view phrase)
{
    bool hasLetter = false;
    for (const char c : phrase) {
        const bool isLetter = isAsciiLetter(c) || static_cast<unsigned char>(c) >= 0x80;
        hasLetter = hasLetter || isLetter;
        if (!isLetter && !(c >= '0' && c <= '9') && std::string_view{" -'.&"}.find(c) == std::string_view::npos) {
            return false;
        }
    }
    return hasLetter && wordCount(phrase) <= kMaxRenderingWords;
}

} // namespace acervo::lexicon
