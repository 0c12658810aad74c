#include "corpus/passage/quote.h"

#include "corpus/passage/detail/letters.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace acervo::passage {

namespace {

constexpr std::size_t kPieceWords = 3;
constexpr std::size_t kMaxPieces = 48;

std::uint32_t distance(std::uint32_t left, std::uint32_t right)
{
    return left > right ? left - right : right - left;
}

// The quote in pieces of three words that overlap, at most kMaxPieces, spread evenly.
std::vector<std::string> piecesOf(std::string_view quote, detail::LetterReader& reader)
{
    std::vector<std::string> words;
    for (std::size_t i = 0; i < quote.size();) {
        const auto end = std::min(quote.find_first_of(" \t\n", i), quote.size());
        if (auto word = reader.letters(quote.substr(i, end - i)); !word.empty()) {
            words.push_back(std::move(word));
        }
        i = end + 1;
    }
    std::vector<std::string> pieces;
    const auto count = words.size() < kPieceWords ? 0 : words.size() - kPieceWords + 1;
    const auto taken = std::min(count, kMaxPieces);
    for (std::size_t i = 0; i < taken; ++i) {
        const auto first = i * count / taken;
        pieces.push_back(words[first] + words[first + 1] + words[first + 2]);
    }
    return pieces;
}

} // namespace

std::optional<Place> findQuote(const std::vector<model::Page>& pages, std::string_view quote, std::uint32_t nearTo)
{
    detail::LetterReader reader;
    const auto wanted = reader.letters(quote.substr(0, kMaxQuoteBytes));
    if (wanted.empty()) {
        return std::nullopt;
    }
    std::string all;
    std::vector<std::size_t> begins;
    for (const auto& page : pages) {
        begins.push_back(all.size());
        all += reader.letters(page.text);
    }
    const auto pageAt = [&](std::size_t offset) {
        return static_cast<std::size_t>(std::ranges::upper_bound(begins, offset) - begins.begin()) - 1;
    };
    std::optional<std::size_t> best;
    for (std::size_t from = 0; from < all.size();) {
        // memmem looks at each byte once or twice, whatever the quote; std::string::find does not.
        const auto* found = ::memmem(all.data() + from, all.size() - from, wanted.data(), wanted.size());
        if (found == nullptr) {
            break;
        }
        const auto offset = static_cast<std::size_t>(static_cast<const char*>(found) - all.data());
        const auto index = pageAt(offset);
        if (!best || distance(pages[index].number, nearTo) < distance(pages[pageAt(*best)].number, nearTo)) {
            best = offset;
        }
        if (index + 1 == pages.size() || nearTo == 0) {
            break;
        }
        from = std::max(begins[index + 1], offset + 1); // the first place on a page stands for it
    }
    if (!best) {
        return std::nullopt;
    }
    const auto index = pageAt(*best);
    const auto& page = pages[index];
    const auto letters = reader.placed(page.text);
    const auto begin = *best - begins[index];
    const auto end = std::min(begin + wanted.size(), letters.at.size());
    return Place{
        page.number,
        {letters.at[begin], static_cast<std::uint32_t>(detail::afterCharacter(page.text, letters.at[end - 1]))},
        begin + wanted.size() > letters.at.size()};
}

std::uint32_t closestPage(const std::vector<model::Page>& pages, std::string_view quote)
{
    detail::LetterReader reader;
    const auto pieces = piecesOf(quote.substr(0, kMaxQuoteBytes), reader);
    std::uint32_t closest = 0;
    std::ptrdiff_t most = 0;
    for (const auto& page : pages) {
        const auto letters = reader.letters(page.text);
        const auto held =
            std::ranges::count_if(pieces, [&](const auto& piece) { return letters.find(piece) != std::string::npos; });
        if (held > most) {
            most = held;
            closest = page.number;
        }
    }
    return 2 * static_cast<std::size_t>(most) >= pieces.size() ? closest : 0;
}

} // namespace acervo::passage
