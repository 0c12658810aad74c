// Cuts short texts into words for suggestions: quicker and plainer than the analyser, and an elided article is a word.
#pragma once

#include "analyzers/text/analyzer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace acervo::search::detail {

enum class Joint : std::uint8_t {
    none,
    space,
    apostrophe,
    dash
}; // what alone stands before a word; none: more than one

struct TextWord {
    std::string_view text;
    Joint joint = Joint::none; // a phrase goes on over any but none
};

// text  UTF-8, folded or not.
std::vector<TextWord> splitWords(std::string_view text);

// Every word form once, with a number, its folded form, and its form in small letters with the accents kept.
// threads  one.
class WordTable {
public:
    struct Form {
        std::string folded;
        std::string exact;
        std::string shown; // as first met
    };

    std::uint32_t numberOf(std::string_view word);
    const Form& at(std::uint32_t number) const { return _forms[number]; }
    std::size_t size() const { return _forms.size(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const { return std::hash<std::string_view>{}(word); }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> _numbers;
    std::vector<Form> _forms;
    text::Analyzer _analyzer{text::Language::other};
};

} // namespace acervo::search::detail
