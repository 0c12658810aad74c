#include "indexer/extract/detail/pdf_title.h"

#include "analyzers/text/normalise.h"
#include "indexer/extract/detail/text_builder.h"

#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace acervo::extract::detail {
namespace {

constexpr double kSameSize = 0.06; // relative difference of type sizes that are one
constexpr std::size_t kMinBytes = 8;
constexpr std::size_t kMaxTitleBytes = 250;

struct Run {
    double size = 0;
    std::string bare; // letters and digits
};

// Words that follow one another in one size of type.
std::vector<Run> runsOf(const poppler::page& page)
{
    std::vector<Run> runs;
    for (const auto& box : page.text_list(poppler::page::text_list_include_font)) {
        const auto bytes = box.text().to_utf8();
        const auto size = box.get_font_size();
        if (runs.empty() || std::abs(runs.back().size - size) > size * kSameSize) {
            runs.push_back({size, {}});
        }
        runs.back().bare += lettersAndDigits(text::clean({bytes.data(), bytes.size()}));
    }
    return runs;
}

// The lines of the page that together say exactly what the run says, spaced as they are there.
std::string linesSaying(std::string_view pageText, const std::string& bare)
{
    std::string title;
    std::string said;
    while (!pageText.empty()) {
        const auto end = std::min(pageText.find('\n'), pageText.size());
        const auto line = pageText.substr(0, end);
        pageText.remove_prefix(std::min(end + 1, pageText.size()));
        const auto bareLine = lettersAndDigits(line);
        if (bare.compare(said.size(), bareLine.size(), bareLine) != 0) {
            title.clear();
            said.clear();
            if (!bare.starts_with(bareLine)) {
                continue;
            }
        }
        said += bareLine;
        title += (title.empty() ? "" : " ") + std::string{line};
        if (said.size() == bare.size()) {
            return flattened(title);
        }
    }
    return {};
}

} // namespace

std::string visibleTitle(const poppler::page& page, std::string_view pageText)
{
    auto runs = runsOf(page);
    std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.size > b.size; });
    for (const auto& run : runs) {
        if (run.bare.size() < kMinBytes || run.bare.size() > kMaxTitleBytes) {
            continue;
        }
        auto title = linesSaying(pageText, run.bare);
        if (title.size() <= kMaxTitleBytes && title.find(' ') != std::string::npos) {
            return title;
        }
    }
    return {};
}

} // namespace acervo::extract::detail
