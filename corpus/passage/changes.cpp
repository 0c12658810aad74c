#include "corpus/passage/changes.h"

#include "corpus/passage/detail/letters.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace acervo::passage {

namespace {

// Differences beyond this many are not looked for: memory and time grow with their square.
constexpr int kMaxDifferences = 500;
constexpr std::size_t kMaxPairsCompared = 10'000;
constexpr double kAlike = 0.3; // share of words two pages must have in common to be one page that changed
constexpr std::string_view kSpaces = " \t\n";

using Ids = std::vector<int>;
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

// Gives equal keys equal numbers.
class Numbers {
public:
    int of(std::string_view key)
    {
        return _known.try_emplace(std::string{key}, static_cast<int>(_known.size())).first->second;
    }

private:
    std::unordered_map<std::string, int> _known;
};

// How far each diagonal got with d differences; the diagonals run from -d to d.
struct Frontier {
    int d;
    std::vector<int> reach;
    int at(int diagonal) const
    {
        return diagonal < -d || diagonal > d ? -1 : reach[static_cast<std::size_t>(diagonal + d)];
    }
};

// The diagonal one comes from to `diagonal`: down when something was added, right when something was removed.
bool comesFromAbove(const Frontier& last, int diagonal, int d)
{
    return diagonal == -d || (diagonal != d && last.at(diagonal - 1) < last.at(diagonal + 1));
}

// The shortest edit script's common pairs.
// source  E. W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1 (1986).
Pairs commonPairs(const Ids& before, const Ids& after)
{
    const auto n = static_cast<int>(before.size());
    const auto m = static_cast<int>(after.size());
    std::vector<Frontier> trace;
    bool found = false;
    for (int d = 0; d <= std::min(n + m, kMaxDifferences) && !found; ++d) {
        Frontier now{d, std::vector<int>(static_cast<std::size_t>(2 * d + 1), -1)};
        for (int k = -d; k <= d; k += 2) {
            int x = 0;
            if (d > 0) {
                const bool above = comesFromAbove(trace.back(), k, d);
                const int from = trace.back().at(above ? k + 1 : k - 1);
                if (from < 0) {
                    continue; // left the edit graph before
                }
                x = above ? from : from + 1;
            }
            if (x > n || x - k > m) {
                continue;
            }
            while (x < n && x - k < m &&
                   before[static_cast<std::size_t>(x)] == after[static_cast<std::size_t>(x - k)]) {
                ++x;
            }
            now.reach[static_cast<std::size_t>(k + d)] = x;
            found = found || (x == n && x - k == m);
        }
        trace.push_back(std::move(now));
    }
    Pairs pairs;
    if (!found) {
        return pairs;
    }
    int x = n;
    int y = m;
    for (auto d = static_cast<int>(trace.size()) - 1; d >= 0; --d) {
        const int k = x - y;
        int fromX = 0;
        int fromY = 0;
        if (d > 0) {
            const auto& last = trace[static_cast<std::size_t>(d - 1)];
            const int fromK = comesFromAbove(last, k, d) ? k + 1 : k - 1;
            fromX = last.at(fromK);
            fromY = fromX - fromK;
        }
        while (x > fromX && y > fromY) {
            pairs.emplace_back(--x, --y);
        }
        x = fromX;
        y = fromY;
    }
    std::ranges::reverse(pairs);
    return pairs;
}

// The same with what begins and ends alike set aside, which is nearly everything in most new versions.
Pairs matched(const Ids& before, const Ids& after)
{
    std::size_t head = 0;
    while (head < before.size() && head < after.size() && before[head] == after[head]) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < before.size() - head && tail < after.size() - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
        ++tail;
    }
    Pairs pairs;
    for (std::size_t i = 0; i < head; ++i) {
        pairs.emplace_back(i, i);
    }
    const auto inner = [&](const Ids& ids) {
        return Ids(ids.begin() + static_cast<std::ptrdiff_t>(head), ids.end() - static_cast<std::ptrdiff_t>(tail));
    };
    for (const auto& [x, y] : commonPairs(inner(before), inner(after))) {
        pairs.emplace_back(x + head, y + head);
    }
    for (auto i = tail; i > 0; --i) {
        pairs.emplace_back(before.size() - i, after.size() - i);
    }
    return pairs;
}

// Words with the spaces that follow them.
std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> words;
    for (auto begin = text.find_first_not_of(kSpaces); begin < text.size();) {
        const auto end = std::min(text.find_first_of(kSpaces, begin), text.size());
        const auto next = std::min(text.find_first_not_of(kSpaces, end), text.size());
        words.push_back(text.substr(begin, next - begin));
        begin = next;
    }
    return words;
}

std::string_view bare(std::string_view word)
{
    return word.substr(0, std::min(word.find_first_of(kSpaces), word.size()));
}

// The words of a page as sorted numbers: what two pages have in common is counted on these.
Ids bagOf(const model::Page& page, Numbers& numbers)
{
    Ids bag;
    for (const auto word : wordsOf(page.text)) {
        bag.push_back(numbers.of(bare(word)));
    }
    std::ranges::sort(bag);
    return bag;
}

double likeness(const Ids& left, const Ids& right)
{
    if (left.empty() || right.empty()) {
        return 0.0;
    }
    Ids common;
    std::ranges::set_intersection(left, right, std::back_inserter(common));
    return 2.0 * static_cast<double>(common.size()) / static_cast<double>(left.size() + right.size());
}

// Pages [begin, end) of either side between two that stayed the same.
struct Gap {
    std::size_t beforeBegin, beforeEnd, afterBegin, afterEnd;
};

class PageAligner {
public:
    PageAligner(const std::vector<model::Page>& before, const std::vector<model::Page>& after)
        : _before(before), _after(after)
    {
    }

    std::vector<PageChange> run()
    {
        detail::LetterReader reader;
        Numbers numbers;
        const auto idsOf = [&](const std::vector<model::Page>& pages) {
            Ids ids;
            for (const auto& page : pages) {
                ids.push_back(numbers.of(reader.letters(page.text)));
            }
            return ids;
        };
        const auto pairs = matched(idsOf(_before), idsOf(_after));
        std::size_t x = 0;
        std::size_t y = 0;
        for (const auto& [samePage, there] : pairs) {
            fill({x, samePage, y, there});
            _changes.push_back({How::same, _before[samePage].number, _after[there].number});
            x = samePage + 1;
            y = there + 1;
        }
        fill({x, _before.size(), y, _after.size()});
        return std::move(_changes);
    }

private:
    void remove(std::size_t page) { _changes.push_back({How::removed, _before[page].number, 0}); }
    void add(std::size_t page) { _changes.push_back({How::added, 0, _after[page].number}); }
    void change(std::size_t from, std::size_t to)
    {
        _changes.push_back({How::changed, _before[from].number, _after[to].number});
    }

    // Pairs what is alike, keeping the order, so that the sum of likenesses is greatest.
    void fill(const Gap& gap)
    {
        const auto rows = gap.beforeEnd - gap.beforeBegin;
        const auto columns = gap.afterEnd - gap.afterBegin;
        if (rows * columns > kMaxPairsCompared) {
            fillByPlace(gap);
            return;
        }
        std::vector<Ids> left;
        std::vector<Ids> right;
        for (auto i = gap.beforeBegin; i < gap.beforeEnd && columns > 0; ++i) {
            left.push_back(bagOf(_before[i], _words));
        }
        for (auto i = gap.afterBegin; i < gap.afterEnd && rows > 0; ++i) {
            right.push_back(bagOf(_after[i], _words));
        }
        std::vector<std::vector<double>> best(rows + 1, std::vector<double>(columns + 1, 0.0));
        std::vector<std::vector<double>> alike(rows, std::vector<double>(columns, 0.0));
        for (auto i = rows; i-- > 0;) {
            for (auto j = columns; j-- > 0;) {
                alike[i][j] = likeness(left[i], right[j]);
                best[i][j] = std::max(best[i + 1][j], best[i][j + 1]);
                if (alike[i][j] >= kAlike) {
                    best[i][j] = std::max(best[i][j], alike[i][j] + best[i + 1][j + 1]);
                }
            }
        }
        std::size_t i = 0;
        std::size_t j = 0;
        while (i < rows && j < columns) {
            if (alike[i][j] >= kAlike && best[i][j] == alike[i][j] + best[i + 1][j + 1]) {
                change(gap.beforeBegin + i++, gap.afterBegin + j++);
            } else if (best[i][j] == best[i + 1][j]) {
                remove(gap.beforeBegin + i++);
            } else {
                add(gap.afterBegin + j++);
            }
        }
        for (; i < rows; ++i) {
            remove(gap.beforeBegin + i);
        }
        for (; j < columns; ++j) {
            add(gap.afterBegin + j);
        }
    }

    void fillByPlace(const Gap& gap)
    {
        auto x = gap.beforeBegin;
        auto y = gap.afterBegin;
        while (x < gap.beforeEnd && y < gap.afterEnd) {
            change(x++, y++);
        }
        while (x < gap.beforeEnd) {
            remove(x++);
        }
        while (y < gap.afterEnd) {
            add(y++);
        }
    }

    const std::vector<model::Page>& _before;
    const std::vector<model::Page>& _after;
    Numbers _words;
    std::vector<PageChange> _changes;
};

// Takes out the middle of stretches that stay the same.
void shorten(std::vector<Stretch>& stretches, std::size_t context)
{
    for (std::size_t i = 0; stretches.size() > 1 && i < stretches.size(); ++i) {
        auto& one = stretches[i];
        if (one.how != How::same) {
            continue;
        }
        const auto words = wordsOf(one.text);
        const auto head = i == 0 ? 0 : context;
        const auto tail = i + 1 == stretches.size() ? 0 : context;
        if (words.size() <= head + tail + 1) {
            continue;
        }
        std::string kept;
        for (std::size_t w = 0; w < head; ++w) {
            kept += words[w];
        }
        kept += head > 0 && !kept.ends_with(' ') && !kept.ends_with('\n') ? " … " : "… ";
        for (auto w = words.size() - tail; w < words.size(); ++w) {
            kept += words[w];
        }
        one.text = std::move(kept);
        one.shortened = true;
    }
}

} // namespace

std::vector<PageChange> pageChanges(const std::vector<model::Page>& before, const std::vector<model::Page>& after)
{
    return PageAligner{before, after}.run();
}

std::vector<Stretch> wordChanges(std::string_view before, std::string_view after, std::size_t context)
{
    const auto old = wordsOf(before);
    const auto now = wordsOf(after);
    Numbers numbers;
    Ids oldIds;
    Ids nowIds;
    for (const auto word : old) {
        oldIds.push_back(numbers.of(bare(word)));
    }
    for (const auto word : now) {
        nowIds.push_back(numbers.of(bare(word)));
    }
    std::vector<Stretch> stretches;
    const auto add = [&](How how, std::string_view word) {
        if (stretches.empty() || stretches.back().how != how) {
            stretches.push_back({how, {}, false});
        }
        stretches.back().text += word;
    };
    std::size_t x = 0;
    std::size_t y = 0;
    auto pairs = matched(oldIds, nowIds);
    pairs.emplace_back(old.size(), now.size());
    for (const auto& [toX, toY] : pairs) {
        while (x < toX) {
            add(How::removed, old[x++]);
        }
        while (y < toY) {
            add(How::added, now[y++]);
        }
        if (toX < old.size() && toY < now.size()) {
            add(How::same, now[y]);
            ++x;
            ++y;
        }
    }
    shorten(stretches, context);
    return stretches;
}

} // namespace acervo::passage
