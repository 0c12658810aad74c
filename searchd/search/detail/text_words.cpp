#include "searchd/search/detail/text_words.h"

#include "analyzers/text/normalise.h"

#include <algorithm>

namespace acervo::search::detail {

namespace {

bool isWordByte(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

// Whether the character before `at` is a sign beyond ASCII that parts words: U+0080..00BF (quotes), U+2000..206F
// (apostrophes, dashes, quotes).
bool isAfterSign(std::string_view text, std::size_t at)
{
    return (at >= 2 && text[at - 2] == '\xc2') ||
           (at >= 3 && text[at - 3] == '\xe2' && (text[at - 2] == '\x80' || text[at - 2] == '\x81'));
}

Joint jointOf(std::string_view between)
{
    return between == " " || between == "\u00a0" ? Joint::space
           : between == "'" || between == "’"    ? Joint::apostrophe
           : between == "-"                      ? Joint::dash
                                                 : Joint::none;
}

bool isAscii(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

} // namespace

std::vector<TextWord> splitWords(std::string_view text)
{
    std::vector<TextWord> words;
    std::size_t begin = 0;
    std::size_t lastEnd = 0;
    const auto endWord = [&](std::size_t end) {
        if (end > begin) {
            const auto joint = words.empty() ? Joint::none : jointOf(text.substr(lastEnd, begin - lastEnd));
            words.push_back({text.substr(begin, end - begin), joint});
            lastEnd = end;
        }
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!isWordByte(text[i])) {
            endWord(i);
            begin = i + 1;
        } else if (isAfterSign(text, i + 1)) {
            endWord(i + 1 - (text[i - 1] == '\xc2' ? 2 : 3));
            begin = i + 1;
        }
    }
    endWord(text.size());
    return words;
}

std::uint32_t WordTable::numberOf(std::string_view word)
{
    if (const auto known = _numbers.find(word); known != _numbers.end()) {
        return known->second;
    }
    Form form{text::fold(word), {}, std::string{word}};
    form.exact = form.folded;
    if (!isAscii(word)) {
        if (const auto tokens = _analyzer.analyze(word); tokens.size() == 1) {
            form.exact = tokens.front().exact;
        }
    }
    const auto number = static_cast<std::uint32_t>(_forms.size());
    _forms.push_back(std::move(form));
    _numbers.emplace(std::string{word}, number);
    return number;
}

} // namespace acervo::search::detail
