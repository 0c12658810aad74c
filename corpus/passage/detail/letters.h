// A text reduced to what makes two printings of it the same: folded letters and digits, nothing between them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace acervo::passage::detail {

struct Letters {
    std::string text;              // UTF-8
    std::vector<std::uint32_t> at; // for each byte of `text`: where the character it comes from begins in the original
};

// Line breaks, hyphens, punctuation, case, accents and ligatures make no difference.
// threads  one reader per thread: it remembers what it folded.
class LetterReader {
public:
    std::string letters(std::string_view text);
    Letters placed(std::string_view text);

private:
    template <class OnLetters>
    void each(std::string_view text, OnLetters&& onLetters);
    const std::string& folded(char32_t character, std::string_view bytes);

    std::unordered_map<char32_t, std::string> _folded;
};

// The character that begins at `offset`, which is moved after it; negative where the text is not UTF-8.
std::int32_t nextCharacter(std::string_view text, std::size_t& offset);

// The offset after the character that begins at `offset`.
std::size_t afterCharacter(std::string_view text, std::size_t offset);

} // namespace acervo::passage::detail
