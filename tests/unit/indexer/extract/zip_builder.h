// Makes zip archives in memory, so that a test shows the whole document it reads.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::extract::test {

using Parts = std::vector<std::pair<std::string, std::string>>; // name and content, in order

std::string zipOf(const Parts& parts);

// Text of all pages, one space for any white space between words.
template <class Document>
std::string allText(const Document& document)
{
    std::string joined;
    for (const auto& page : document.pages) {
        for (const char c : page.text + " ") {
            const bool space = c == ' ' || c == '\n' || c == '\t';
            if (!space) {
                joined += c;
            } else if (!joined.empty() && joined.back() != ' ') {
                joined += ' ';
            }
        }
    }
    if (!joined.empty() && joined.back() == ' ') {
        joined.pop_back();
    }
    return joined;
}

} // namespace acervo::extract::test
