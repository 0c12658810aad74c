// Collects text whose white space means nothing until a border says so, as in HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace acervo::extract::detail {

class TextBuilder {
public:
    enum class Border : std::uint8_t { none, space, cell, line, paragraph };

    // Runs of white space become one space, or a border that is already due.
    void append(std::string_view text);
    // Keeps line breaks and spaces as they are.
    void appendVerbatim(std::string_view text);
    // Due before the next visible character; the strongest one wins.
    void border(Border border);

    const std::string& text() const { return _text; }
    std::string take();

private:
    void flushBorder();

    std::string _text;
    Border _due = Border::none;
};

// One line: white space runs become single spaces, ends trimmed.
std::string flattened(std::string_view text);

// Folded, and nothing but letters and digits: for finding a text again whose spaces and hyphens may differ.
std::string lettersAndDigits(std::string_view utf8);

} // namespace acervo::extract::detail
