#include "indexer/extract/detail/pdf_outline.h"

#include "analyzers/text/normalise.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kMaxSearchedBytes = 512U << 20; // entries times text; beyond it entries stay unplaced
constexpr std::size_t kContentsTitles = 5;            // a page with this many titles and more is a table of contents...
constexpr std::size_t kContentsShare = 3;             // ...when it holds at least one in three of all

// Letters and digits alone, so that line breaks, hyphens and leaders do not matter.
std::string bare(std::string_view text)
{
    std::string result;
    for (const char c : text::fold(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z')) {
            result += c;
        }
    }
    return result;
}

} // namespace

void placeOutline(ExtractedDocument& document)
{
    auto& outline = document.outline;
    if (outline.empty()) {
        return;
    }
    std::vector<std::string> pages;
    std::size_t bytes = 0;
    for (const auto& page : document.pages) {
        pages.push_back(bare(page.text));
        bytes += pages.back().size();
    }
    if (bytes * outline.size() > kMaxSearchedBytes) {
        return;
    }
    std::vector<std::string> titles;
    for (const auto& entry : outline) {
        titles.push_back(bare(entry.title));
    }
    std::vector<std::size_t> titlesOnPage(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        titlesOnPage[i] = static_cast<std::size_t>(std::count_if(titles.begin(), titles.end(), [&](const auto& title) {
            return title.size() > 3 && pages[i].find(title) != std::string::npos;
        }));
    }
    const auto isContents = [&](std::size_t page) {
        return titlesOnPage[page] >= kContentsTitles && titlesOnPage[page] * kContentsShare >= titles.size() &&
               pages.size() > 2;
    };
    std::size_t from = 0;
    for (std::size_t i = 0; i < outline.size(); ++i) {
        if (titles[i].size() < 2) {
            continue;
        }
        for (auto page = from; page < pages.size(); ++page) {
            if (!isContents(page) && pages[page].find(titles[i]) != std::string::npos) {
                outline[i].page = static_cast<std::uint32_t>(page + 1);
                from = page;
                break;
            }
        }
    }
    std::size_t next = 0;
    std::string heading;
    for (auto& page : document.pages) {
        // The first entry on a page names it: later ones begin further down.
        bool named = false;
        for (; next < outline.size() && outline[next].page <= page.number; ++next) {
            if (outline[next].page == 0) {
                continue;
            }
            heading = outline[next].title;
            if (!named && outline[next].page == page.number) {
                page.heading = heading;
                named = true;
            }
        }
        if (!named) {
            page.heading = heading;
        }
    }
}

} // namespace acervo::extract::detail
