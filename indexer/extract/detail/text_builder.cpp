#include "indexer/extract/detail/text_builder.h"

#include "analyzers/text/normalise.h"

#include <algorithm>
#include <utility>

namespace acervo::extract::detail {
namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

} // namespace

void TextBuilder::flushBorder()
{
    if (!_text.empty()) {
        switch (_due) {
        case Border::none:
            break;
        case Border::space:
            _text += ' ';
            break;
        case Border::cell:
            _text += '\t';
            break;
        case Border::line:
            _text += '\n';
            break;
        case Border::paragraph:
            _text += "\n\n";
            break;
        }
    }
    _due = Border::none;
}

void TextBuilder::append(std::string_view text)
{
    for (const char c : text) {
        if (isSpace(c)) {
            border(Border::space);
        } else {
            flushBorder();
            _text += c;
        }
    }
}

void TextBuilder::appendVerbatim(std::string_view text)
{
    if (text.find_first_not_of(" \t\r\n\f") == std::string_view::npos) {
        border(text.find('\n') == std::string_view::npos ? Border::space : Border::line);
        return;
    }
    flushBorder();
    _text += text;
}

void TextBuilder::border(Border due)
{
    _due = std::max(_due, due);
}

std::string TextBuilder::take()
{
    _due = Border::none;
    auto text = std::exchange(_text, {});
    text.erase(text.find_last_not_of(" \t\r\n\f") + 1);
    return text;
}

std::string flattened(std::string_view text)
{
    TextBuilder builder;
    builder.append(text);
    return builder.take();
}

std::string lettersAndDigits(std::string_view utf8)
{
    std::string result;
    for (const char c : text::fold(utf8)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z')) {
            result += c;
        }
    }
    return result;
}

} // namespace acervo::extract::detail
