#include "indexer/extract/detail/paging.h"

#include <algorithm>

namespace acervo::extract::detail {
namespace {

void addTrimmed(std::vector<std::string_view>& pieces, std::string_view piece)
{
    const auto first = piece.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return;
    }
    // The first line keeps its indentation.
    const auto lineStart = piece.substr(0, first).rfind('\n');
    piece.remove_prefix(lineStart == std::string_view::npos ? 0 : lineStart + 1);
    piece = piece.substr(0, piece.find_last_not_of(" \t\r\n") + 1);
    pieces.push_back(piece);
}

// Where to cut so that the piece is at least half the target and at most twice as long.
std::size_t cutOf(std::string_view text, std::size_t target)
{
    const auto window = text.substr(0, target * 2);
    for (const std::string_view border : {"\n\n", "\n", " "}) {
        auto cut = window.rfind(border, target);
        if (cut == std::string_view::npos || cut < target / 2) {
            cut = window.find(border, target);
        }
        if (cut != std::string_view::npos) {
            return cut + border.size();
        }
    }
    auto cut = window.size();
    while (cut > target && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80) { // not inside a character
        --cut;
    }
    return cut;
}

} // namespace

std::vector<std::string_view> paged(std::string_view text, std::size_t target)
{
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        const auto feed = text.find('\f');
        auto leaf = text.substr(0, feed);
        text.remove_prefix(feed == std::string_view::npos ? text.size() : feed + 1);
        while (leaf.size() > target + target / 3) {
            const auto cut = std::min(cutOf(leaf, target), leaf.size());
            addTrimmed(pieces, leaf.substr(0, cut));
            leaf.remove_prefix(cut);
        }
        addTrimmed(pieces, leaf);
    }
    return pieces;
}

} // namespace acervo::extract::detail
