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
constexpr std::size_t kCoverBytes = 120; // a page with no more text is a cover: all of it is the title
constexpr std::size_t kFewBytes = 400;   // with no more text, what is large need not stand out from it
constexpr double kProminent = 1.1;       // times the size of most of the text

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

// The size of type that most of the page is set in.
double bodySize(std::vector<Run> runs)
{
    std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.size < b.size; });
    double best = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < runs.size();) {
        std::size_t bytes = 0;
        const auto first = i;
        for (; i < runs.size() && runs[i].size <= runs[first].size * (1 + kSameSize); ++i) {
            bytes += runs[i].bare.size();
        }
        if (bytes > most) {
            most = bytes;
            best = runs[first].size;
        }
    }
    return best;
}

// Letters set far apart: "P R O P U E S T A".
bool isSpacedOut(std::string_view text)
{
    std::size_t words = 0;
    std::size_t singles = 0;
    std::size_t length = 0;
    for (const char c : std::string{text} + " ") {
        if (c == ' ' || c == '\n') {
            words += length > 0 ? 1 : 0;
            singles += length == 1 ? 1 : 0;
            length = 0;
        } else {
            length += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1 : 0;
        }
    }
    return words >= 3 && singles * 2 >= words;
}

bool isTitle(std::string_view text)
{
    return text.size() <= kMaxTitleBytes && text.find(' ') != std::string_view::npos && !isSpacedOut(text);
}

} // namespace

std::string visibleTitle(const poppler::page& page, std::string_view pageText, const poppler::page* nextPage)
{
    auto runs = runsOf(page);
    const auto whole = flattened(pageText);
    const bool cover = whole.size() <= kCoverBytes;
    const auto least = whole.size() <= kFewBytes ? 0.0 : bodySize(runs) * kProminent;
    const auto next = nextPage == nullptr ? std::vector<Run>{} : runsOf(*nextPage);
    const auto repeated = [&next](const Run& run) { // a letterhead, a running title
        return std::any_of(next.begin(), next.end(), [&](const Run& other) {
            return other.bare == run.bare && std::abs(other.size - run.size) <= run.size * kSameSize;
        });
    };
    std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.size > b.size; });
    for (const auto& run : runs) {
        if (run.size < least) {
            break;
        }
        if (run.bare.size() < kMinBytes || run.bare.size() > kMaxTitleBytes || repeated(run)) {
            if (cover && !repeated(run)) {
                break; // a short word in the largest type is part of the title
            }
            continue;
        }
        if (auto title = linesSaying(pageText, run.bare); isTitle(title)) {
            return title;
        }
    }
    return cover && whole.size() >= kMinBytes && isTitle(whole) ? whole : std::string{};
}

} // namespace acervo::extract::detail
