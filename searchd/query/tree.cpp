#include "searchd/query/tree.h"

#include <array>
#include <string_view>

namespace acervo::query {

namespace {

constexpr std::array<std::string_view, 12> kNames{"NOTHING", "EVERYTHING", "WORD", "BEGINNING", "YEARS", "PHRASE",
                                                  "ANY",     "ALL",        "BEST", "SYNONYM",   "MAYBE", "WITHOUT"};

void write(const Tree& tree, std::string& text)
{
    text += kNames[static_cast<std::size_t>(tree.kind)];
    if (tree.share != 1.0) {
        text += '*' + std::to_string(tree.share);
    }
    // With its length before it: a term may hold anything that is written around terms.
    text += '(' + std::to_string(tree.term.size()) + ':' + tree.term;
    if (!tree.to.empty()) {
        text += ".." + tree.to;
    }
    for (const auto& part : tree.parts) {
        text += ' ';
        write(part, text);
    }
    text += ')';
}

} // namespace

std::string describe(const Tree& tree)
{
    std::string text;
    write(tree, text);
    return text;
}

} // namespace acervo::query
