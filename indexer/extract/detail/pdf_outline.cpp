#include "indexer/extract/detail/pdf_outline.h"

#include "indexer/extract/detail/text_builder.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kMaxSearchedBytes = 512U << 20; // entries times text; beyond it entries stay unplaced
constexpr std::size_t kMaxPairs = 20'000'000;         // entries times pages
constexpr std::size_t kMinTitleBytes = 2;
constexpr std::size_t kMaxNumberBytes = 4;  // of a heading's number, points left out
constexpr std::size_t kMinInlineBytes = 12; // shorter titles must stand on a line of their own

// A page that lists many of the titles is a printed table of contents.
constexpr std::size_t kContentsTitles = 3; // with at least a quarter of all
constexpr std::size_t kContentsShare = 4;
constexpr std::size_t kContentsManyTitles = 12;

// A page's text without spaces, each line's end marked.
struct Searchable {
    std::string text; // "\n" + line + "\n" + line + "\n", lines as letters and digits
    bool isContents = false;
};

Searchable searchable(std::string_view text)
{
    Searchable result{"\n", false};
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        if (const auto line = lettersAndDigits(text.substr(0, end)); !line.empty()) {
            result.text += line + '\n';
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

// Slides repeat the list of sections on every page: the one with the title once more is its own.
constexpr int kRepeated = 6;

// How much a page looks like the place where a title stands as a heading; 0 when it is not there.
int likeness(const Searchable& page, const std::string& title)
{
    constexpr std::size_t kTop = 3; // lines
    const auto whole = page.text.find('\n' + title + '\n');
    if (whole != std::string::npos) {
        if (page.text.find('\n' + title + '\n', whole + 1) != std::string::npos) {
            return kRepeated;
        }
        const auto above = std::count(page.text.begin(), page.text.begin() + static_cast<std::ptrdiff_t>(whole), '\n');
        return static_cast<std::size_t>(above) < kTop ? 5 : 4;
    }
    // With a number in front: "2.1 Title".
    for (auto at = page.text.find(title + '\n'); at != std::string::npos; at = page.text.find(title + '\n', at + 1)) {
        if (at - page.text.rfind('\n', at) - 1 <= kMaxNumberBytes) {
            return 3;
        }
    }
    if (title.size() < kMinInlineBytes) {
        return 0;
    }
    if (page.text.find(title) != std::string::npos) {
        return 1;
    }
    auto joined = page.text;
    std::erase(joined, '\n');
    return joined.find(title) != std::string::npos ? 2 : 0;
}

struct Place {
    std::size_t page = 0;
    int total = 0;            // likeness of this and of all placed before it
    std::int64_t before = -1; // index of the place taken before this one
    std::size_t entry = 0;
};

// Of all ways to give entries to pages in order, the one with the greatest likeness in all.
std::vector<Place> bestPlaces(const std::vector<Searchable>& pages, const std::vector<std::string>& titles,
                              const std::vector<bool>& isHeader)
{
    std::vector<Place> places;
    std::vector<std::int64_t> best(pages.size(), -1); // for each page: the best place ending there or before
    for (std::size_t entry = 0; entry < titles.size(); ++entry) {
        if (titles[entry].size() < kMinTitleBytes) {
            continue;
        }
        const auto first = places.size();
        for (std::size_t page = 0; page < pages.size(); ++page) {
            const auto found = likeness(pages[page], titles[entry]);
            const auto score = found < kRepeated && (pages[page].isContents || isHeader[entry]) ? 0 : found;
            if (score > 0) {
                const auto before = best[page];
                const auto base = before < 0 ? 0 : places[static_cast<std::size_t>(before)].total;
                places.push_back({page, base + score, before, entry});
            }
        }
        for (auto i = first; i < places.size(); ++i) {
            for (auto page = places[i].page; page < pages.size(); ++page) {
                const auto held = best[page];
                // Of equal ways the earliest page wins: later mentions are running headers.
                if (held >= 0 && places[static_cast<std::size_t>(held)].total >= places[i].total) {
                    break;
                }
                best[page] = static_cast<std::int64_t>(i);
            }
        }
    }
    std::vector<Place> chosen;
    for (auto i = best.empty() ? -1 : best.back(); i >= 0; i = places[static_cast<std::size_t>(i)].before) {
        chosen.push_back(places[static_cast<std::size_t>(i)]);
    }
    return chosen;
}

// Which titles most pages carry: they are furniture there, and no evidence of a place.
std::vector<bool> runningHeaders(const std::vector<Searchable>& pages, const std::vector<std::string>& titles)
{
    constexpr std::size_t kFewPages = 4;
    std::vector<bool> isHeader(titles.size());
    for (std::size_t i = 0; i < titles.size() && pages.size() > kFewPages; ++i) {
        const auto carriers = std::count_if(pages.begin(), pages.end(), [&](const auto& page) {
            return titles[i].size() >= kMinTitleBytes && likeness(page, titles[i]) > 0;
        });
        isHeader[i] = static_cast<std::size_t>(carriers) * 2 > pages.size();
    }
    return isHeader;
}

void headPages(ExtractedDocument& document)
{
    std::size_t next = 0;
    std::string heading;
    for (auto& page : document.pages) {
        // The first entry on a page names it: later ones begin further down.
        bool named = false;
        for (; next < document.outline.size() && document.outline[next].page <= page.number; ++next) {
            if (document.outline[next].page == 0) {
                continue;
            }
            heading = document.outline[next].title;
            if (!named) {
                page.heading = heading;
                named = true;
            }
        }
        if (!named) {
            page.heading = heading;
        }
    }
}

} // namespace

void placeOutline(ExtractedDocument& document)
{
    auto& outline = document.outline;
    std::vector<Searchable> pages;
    std::size_t bytes = 0;
    for (const auto& page : document.pages) {
        pages.push_back(searchable(page.text));
        bytes += pages.back().text.size();
    }
    if (outline.empty() || bytes * outline.size() > kMaxSearchedBytes || pages.size() * outline.size() > kMaxPairs) {
        return;
    }
    std::vector<std::string> titles;
    for (const auto& entry : outline) {
        titles.push_back(lettersAndDigits(entry.title));
    }
    for (auto& page : pages) {
        const auto found = static_cast<std::size_t>(std::count_if(titles.begin(), titles.end(), [&](const auto& title) {
            return title.size() >= kMinTitleBytes && likeness(page, title) > 0;
        }));
        page.isContents = pages.size() > 2 && (found >= kContentsManyTitles ||
                                               (found >= kContentsTitles && found * kContentsShare >= titles.size()));
    }
    for (const auto& place : bestPlaces(pages, titles, runningHeaders(pages, titles))) {
        outline[place.entry].page = static_cast<std::uint32_t>(place.page + 1);
    }
    // A chapter that was not found begins with its first section, as it does on slides.
    for (auto i = outline.size(); i-- > 1;) {
        if (outline[i - 1].page == 0 && outline[i].level > outline[i - 1].level) {
            outline[i - 1].page = outline[i].page;
        }
    }
    headPages(document);
}

} // namespace acervo::extract::detail
