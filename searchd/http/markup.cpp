#include "searchd/http/markup.h"

namespace acervo::http {

std::string escapeHtml(std::string_view text)
{
    std::string escaped;
    escaped.reserve(text.size() + text.size() / 16);
    for (const char c : text) {
        switch (c) {
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
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped.push_back(c);
        }
    }
    return escaped;
}

std::string markedHtml(std::string_view text, const std::vector<text::ByteSpan>& marks)
{
    std::string html;
    std::size_t done = 0;
    for (const auto& mark : marks) {
        if (mark.begin < done || mark.end <= mark.begin || mark.end > text.size()) {
            continue;
        }
        html += escapeHtml(text.substr(done, mark.begin - done));
        html += "<mark>" + escapeHtml(text.substr(mark.begin, mark.end - mark.begin)) + "</mark>";
        done = mark.end;
    }
    return html + escapeHtml(text.substr(done));
}

std::string quotedHtml(std::string_view text, const text::ByteSpan& quoted)
{
    if (quoted.end <= quoted.begin || quoted.end > text.size()) {
        return escapeHtml(text);
    }
    return escapeHtml(text.substr(0, quoted.begin)) + "<mark id=\"quote\" class=\"quoted\">" +
           escapeHtml(text.substr(quoted.begin, quoted.end - quoted.begin)) + "</mark>" +
           escapeHtml(text.substr(quoted.end));
}

} // namespace acervo::http
