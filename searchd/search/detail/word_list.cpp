#include "searchd/search/detail/word_list.h"

#include <algorithm>
#include <array>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxEdits = 3;
constexpr std::size_t kMaxDepth = WordList::kMaxNearBytes + kMaxEdits + 1;

// The rows of the edit distance between what was typed and the first letters of a word, restricted to the diagonal
// band where it can be within the bound. Words come sorted, so that rows of a common beginning are computed once.
class Rows {
public:
    Rows(std::string_view typed, const WordList::Reach& reach) : _typed(typed), _reach(reach)
    {
        const auto far = farAway();
        for (auto& row : _rows) {
            row.cells.fill(far);
        }
        auto& first = _rows[0];
        for (std::size_t j = 0; j <= std::min<std::size_t>(typed.size(), reach.maxEdits); ++j) {
            first.cells[j] = static_cast<std::uint8_t>(j);
        }
        first.best = reach.extent == Extent::beginning ? first.cells[typed.size()] : far;
    }

    // Row `depth` from those before it; false when nothing that begins with these letters can be near any more.
    bool compute(std::string_view word, std::size_t depth)
    {
        const auto& above = _rows[depth - 1].cells;
        auto& row = _rows[depth];
        const std::size_t edits = _reach.maxEdits;
        const auto far = farAway();
        const auto low = depth > edits ? depth - edits : 0;
        const auto high = std::min(_typed.size(), depth + edits);
        std::uint8_t least = far;
        row.best = _rows[depth - 1].best;
        if (low > high) {
            return false;
        }
        if (low > 0) {
            row.cells[low - 1] = far;
        }
        for (auto j = low; j <= high; ++j) {
            unsigned cell = above[j] + 1U;
            if (j > 0) {
                const bool equal = _typed[j - 1] == word[depth - 1];
                cell = std::min({cell, row.cells[j - 1] + 1U, above[j - 1] + (equal ? 0U : 1U)});
                if (j > 1 && depth > 1 && _typed[j - 1] == word[depth - 2] && _typed[j - 2] == word[depth - 1]) {
                    cell = std::min(cell, _rows[depth - 2].cells[j - 2] + 1U);
                }
            } else {
                cell = static_cast<unsigned>(depth);
            }
            row.cells[j] = static_cast<std::uint8_t>(std::min<unsigned>(cell, far));
            least = std::min(least, row.cells[j]);
        }
        if (high < _typed.size()) {
            row.cells[high + 1] = far;
        }
        if (_reach.extent == Extent::beginning && high == _typed.size()) {
            row.best = std::min(row.best, row.cells[high]);
        }
        return least < far;
    }

    // Edits of the whole word, or of the best beginning among those computed.
    unsigned result(std::size_t depth, bool complete) const
    {
        if (_reach.extent == Extent::beginning) {
            return _rows[depth].best;
        }
        return complete ? _rows[depth].cells[_typed.size()] : farAway();
    }

private:
    std::uint8_t farAway() const { return static_cast<std::uint8_t>(_reach.maxEdits + 1); }

    struct Row {
        std::array<std::uint8_t, WordList::kMaxNearBytes + 2> cells{};
        std::uint8_t best = 0; // of the beginnings up to here, compared with all that was typed
    };

    std::string_view _typed;
    WordList::Reach _reach;
    std::array<Row, kMaxDepth + 1> _rows{};
};

std::size_t sharedBytes(std::string_view one, std::string_view other)
{
    const auto [end, ignored] = std::ranges::mismatch(one, other);
    return static_cast<std::size_t>(end - one.begin());
}

} // namespace

void WordList::append(std::string_view word)
{
    word = word.substr(0, 255);
    const auto shared = size() == 0 ? 0 : sharedBytes(at(static_cast<std::uint32_t>(size() - 1)), word);
    _shared.push_back(static_cast<std::uint8_t>(shared));
    _letters += word;
    _starts.push_back(static_cast<std::uint32_t>(_letters.size()));
}

void WordList::shrink()
{
    _letters.shrink_to_fit();
    _starts.shrink_to_fit();
    _shared.shrink_to_fit();
}

std::size_t WordList::bytes() const
{
    return _letters.capacity() + _starts.capacity() * sizeof(_starts[0]) + _shared.capacity();
}

WordRange WordList::beginningWith(std::string_view beginning) const
{
    std::uint32_t first = 0;
    auto left = static_cast<std::uint32_t>(size());
    while (left > 0) {
        const auto half = left / 2;
        if (at(first + half) < beginning) {
            first += half + 1;
            left -= half + 1;
        } else {
            left = half;
        }
    }
    auto last = first;
    left = static_cast<std::uint32_t>(size()) - first;
    while (left > 0) {
        const auto half = left / 2;
        if (at(last + half).starts_with(beginning)) {
            last += half + 1;
            left -= half + 1;
        } else {
            left = half;
        }
    }
    return {first, last};
}

std::optional<std::uint32_t> WordList::find(std::string_view word) const
{
    const auto range = beginningWith(word);
    return range.first < range.last && at(range.first) == word ? std::optional{range.first} : std::nullopt;
}

void WordList::near(std::string_view typed, const Reach& reach, const Found& found) const
{
    if (typed.empty() || typed.size() > kMaxNearBytes || reach.maxEdits > kMaxEdits) {
        return;
    }
    const auto among = reach.firstLetter == FirstLetter::same ? beginningWith(typed.substr(0, 1))
                                                              : WordRange{0, static_cast<std::uint32_t>(size())};
    Rows rows{typed, reach};
    std::size_t computed = 0; // rows that hold for the word looked at
    for (auto word = among.first; word < among.last;) {
        const auto letters = at(word);
        auto depth = word == among.first ? 0 : std::min<std::size_t>(computed, _shared[word]);
        bool alive = true;
        while (alive && depth < letters.size() && depth < kMaxDepth) {
            ++depth;
            alive = rows.compute(letters, depth);
        }
        computed = depth;
        const bool complete = alive && depth == letters.size();
        auto next = word + 1;
        if (!complete) { // all words that share these letters come to the same
            while (next < among.last && _shared[next] >= depth) {
                ++next;
            }
        }
        if (const auto edits = rows.result(depth, complete); edits <= reach.maxEdits) {
            found({word, next}, edits);
        }
        word = next;
    }
}

unsigned editsForgiven(std::size_t letters)
{
    return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

unsigned editsBetween(std::string_view one, std::string_view other, unsigned maxEdits)
{
    WordList list;
    list.append(other);
    unsigned edits = maxEdits + 1;
    list.near(one, {maxEdits, Extent::word, FirstLetter::any}, [&](WordRange, unsigned found) { edits = found; });
    return edits;
}

} // namespace acervo::search::detail
