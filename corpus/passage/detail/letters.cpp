#include "corpus/passage/detail/letters.h"

#include "analyzers/text/normalise.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace acervo::passage::detail {

namespace {

// Keeps letters and digits of a folded text.
std::string onlyLetters(const std::string& folded)
{
    std::string kept;
    for (std::size_t i = 0; i < folded.size();) {
        const auto begin = i;
        if (const auto c = nextCharacter(folded, i); c >= 0 && u_isalnum(c) != 0) {
            kept.append(folded, begin, i - begin);
        }
    }
    return kept;
}

} // namespace

const std::string& LetterReader::folded(char32_t character, std::string_view bytes)
{
    const auto [found, isNew] = _folded.try_emplace(character);
    if (isNew) {
        found->second = onlyLetters(text::fold(bytes));
    }
    return found->second;
}

// Calls onLetters(what a character is reduced to, where it begins) for every character that leaves something.
template <class OnLetters>
void LetterReader::each(std::string_view text, OnLetters&& onLetters)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto begin = i;
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x80) {
            ++i;
            const char lower = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : static_cast<char>(byte);
            if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
                onLetters(std::string_view{&lower, 1}, begin);
            }
            continue;
        }
        const auto c = nextCharacter(text, i);
        if (c < 0) {
            continue;
        }
        if (const auto& letters = folded(static_cast<char32_t>(c), text.substr(begin, i - begin)); !letters.empty()) {
            onLetters(std::string_view{letters}, begin);
        }
    }
}

std::string LetterReader::letters(std::string_view text)
{
    std::string all;
    all.reserve(text.size());
    each(text, [&](std::string_view letters, std::size_t) { all += letters; });
    return all;
}

Letters LetterReader::placed(std::string_view text)
{
    Letters all;
    each(text, [&](std::string_view letters, std::size_t at) {
        all.text += letters;
        all.at.insert(all.at.end(), letters.size(), static_cast<std::uint32_t>(at));
    });
    return all;
}

std::int32_t nextCharacter(std::string_view text, std::size_t& offset)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    auto at = static_cast<std::int64_t>(offset);
    UChar32 c = 0;
    U8_NEXT(bytes, at, static_cast<std::int64_t>(text.size()), c);
    offset = static_cast<std::size_t>(at);
    return c;
}

std::size_t afterCharacter(std::string_view text, std::size_t offset)
{
    ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U) {
        ++offset;
    }
    return offset;
}

} // namespace acervo::passage::detail
