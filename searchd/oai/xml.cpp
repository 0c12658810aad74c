#include "searchd/oai/xml.h"

namespace acervo::oai {
namespace {

// Of valid UTF-8, XML 1.0 refuses control characters but tab and line ends, U+FFFE and U+FFFF.
bool isRefused(std::string_view text, std::size_t at)
{
    const auto letter = static_cast<unsigned char>(text[at]);
    return letter < ' ' && letter != '\t' && letter != '\n' && letter != '\r';
}

bool isNoCharacter(std::string_view text, std::size_t at)
{
    const auto three = text.substr(at, 3);
    return three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF";
}

} // namespace

std::string escapeXml(std::string_view text)
{
    std::string escaped;
    escaped.reserve(text.size() + text.size() / 8);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isRefused(text, i)) {
            continue;
        }
        if (isNoCharacter(text, i)) {
            i += 2;
            continue;
        }
        switch (text[i]) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\r':
            escaped += "&#13;";
            break;
        default:
            escaped += text[i];
        }
    }
    return escaped;
}

void XmlWriter::tag(std::string_view name, const Attributes& attributes)
{
    _text += '<';
    _text += name;
    for (const auto& [attribute, value] : attributes) {
        _text += ' ';
        _text += attribute;
        _text += "=\"" + escapeXml(value) + '"';
    }
}

void XmlWriter::open(std::string_view name, const Attributes& attributes)
{
    tag(name, attributes);
    _text += ">\n";
    _opened.emplace_back(name);
}

void XmlWriter::close()
{
    _text += "</" + _opened.back() + ">\n";
    _opened.pop_back();
}

void XmlWriter::element(std::string_view name, std::string_view text, const Attributes& attributes)
{
    tag(name, attributes);
    _text += text.empty() ? "/>\n" : '>' + escapeXml(text) + "</" + std::string{name} + ">\n";
}

} // namespace acervo::oai
