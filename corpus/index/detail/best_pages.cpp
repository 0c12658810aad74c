#include "corpus/index/detail/best_pages.h"

#include "corpus/schema/fields.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace acervo::index::detail {

namespace {

// As searches weigh a page; see query::Ranking. The order of pages hardly depends on them.
constexpr double kSaturation = 1.4;
constexpr double kLengthShare = 0.75;
constexpr double kTypicalPageWords = 400.0;
constexpr double kShortest = 0.1; // of the typical page

struct PageOfWord {
    double worth = 0.0;
    std::span<const Xapian::termpos> positions;
};

std::vector<PageOfWord> pagesOf(std::span<const Xapian::termpos> positions, const PageTable& pages, std::uint32_t end)
{
    std::vector<PageOfWord> found;
    std::size_t place = 0;
    while (!positions.empty()) {
        place = pages.placeOf(positions.front(), place);
        const auto next = place + 1 < pages.size() ? pages.firstPosition(place + 1) : end;
        const auto here =
            positions.first(static_cast<std::size_t>(std::ranges::lower_bound(positions, next) - positions.begin()));
        const auto words = static_cast<double>(next - pages.firstPosition(place));
        const auto relative = std::max(words / kTypicalPageWords, kShortest);
        const auto uses = static_cast<double>(here.size());
        found.push_back({uses / (uses + kSaturation * (1.0 - kLengthShare + kLengthShare * relative)), here});
        positions = positions.subspan(here.size());
    }
    return found;
}

// Of the pages, ascending; `room` positions at most.
std::vector<Xapian::termpos> bestOf(std::vector<PageOfWord> pages, std::size_t room)
{
    std::ranges::stable_sort(pages, std::greater{}, &PageOfWord::worth);
    std::vector<Xapian::termpos> best;
    for (const auto& page : pages) {
        const auto taken = page.positions.first(std::min<std::size_t>(page.positions.size(), kMostOfPage));
        if (best.size() + taken.size() > room) {
            break;
        }
        best.insert(best.end(), taken.begin(), taken.end());
    }
    return best;
}

} // namespace

void addBestPages(Xapian::Document& document, const PageTable& pages, std::uint32_t end)
{
    if (pages.empty() || end - pages.firstPosition(0) <= schema::kManyPositions) {
        return;
    }
    std::vector<std::pair<std::string, std::vector<Xapian::termpos>>> chosen; // added last: adding ends the reading
    auto term = document.termlist_begin();
    for (term.skip_to(std::string{schema::kStem}); term != document.termlist_end(); ++term) {
        const auto name = *term;
        if (!name.starts_with(schema::kStem)) {
            break;
        }
        const auto bestName =
            schema::fieldTerm(schema::kBestPages, std::string_view{name}.substr(schema::kStem.size()));
        if (term.positionlist_count() <= schema::kManyPositions || name.find(':') != std::string::npos ||
            bestName.empty()) {
            continue;
        }
        const std::vector<Xapian::termpos> all{term.positionlist_begin(), term.positionlist_end()};
        const auto body = std::ranges::lower_bound(all, pages.firstPosition(0));
        auto best = bestOf(pagesOf({body, all.end()}, pages, end), kBestPositions);
        best.insert(best.end(), all.begin(), body);
        chosen.emplace_back(bestName, std::move(best));
    }
    for (const auto& [name, positions] : chosen) {
        for (const auto position : positions) {
            document.add_posting(name, position, 0);
        }
    }
    if (!chosen.empty()) {
        document.add_boolean_term(std::string{schema::kBestPages});
    }
}

} // namespace acervo::index::detail
