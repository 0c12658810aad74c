#include "searchd/http/version_json.h"

#include "searchd/http/addresses.h"
#include "searchd/http/markup.h"
#include "searchd/http/page_view.h"
#include "searchd/http/versions.h"

#include <algorithm>
#include <array>

namespace acervo::http {

using nlohmann::ordered_json;

namespace {

constexpr std::array<std::string_view, 4> kHows{"same", "changed", "added", "removed"}; // by passage::How

std::string nameOf(passage::How how)
{
    return std::string{kHows[static_cast<std::size_t>(how)]};
}

ordered_json pageJson(const model::Page* page)
{
    return page == nullptr ? ordered_json() : ordered_json{{"number", page->number}, {"label", page->label}};
}

} // namespace

ordered_json versionsJson(const Services& services, const model::Edition& edition,
                          const std::vector<model::Version>& versions, text::Language language)
{
    auto list = ordered_json::array();
    for (const auto& version : versions) {
        const Parameters parameters{{"language", edition.metadata.language}, {"v", std::to_string(version.number)}};
        list.push_back({{"number", version.number},
                        {"date", dateOf(version.indexedAt)},
                        {"media_type", version.mediaType},
                        {"bytes", version.byteSize},
                        {"sha256", version.sha256},
                        {"page_count", version.pageCount},
                        {"url", absoluteUrl(services, documentUrl(language, edition.citableId, parameters))},
                        {"permalink", permalink(services, atVersion(edition, version))}});
    }
    return list;
}

ordered_json changesJson(const Services& services, const VersionChanges& found, std::size_t part)
{
    const auto side = [&](const model::Version& version) {
        return ordered_json{{"number", version.number},
                            {"date", dateOf(version.indexedAt)},
                            {"permalink", permalink(services, atVersion(found.edition, version))}};
    };
    auto pages = ordered_json::array();
    const auto begin = std::min(part * kChangesShown, found.changes.size());
    const auto end = std::min(begin + kChangesShown, found.changes.size());
    for (auto i = begin; i < end; ++i) {
        const auto& change = found.changes[i];
        auto words = ordered_json::array();
        for (const auto& stretch : stretchesOf(found, change)) {
            words.push_back({{"how", nameOf(stretch.how)}, {"text", stretch.text}, {"shortened", stretch.shortened}});
        }
        pages.push_back({{"how", nameOf(change.how)},
                         {"before", pageJson(pageOf(found.pagesBefore, change.before))},
                         {"after", pageJson(pageOf(found.pagesAfter, change.after))},
                         {"words", words}});
    }
    return {{"id", found.edition.citableId},
            {"edition", found.edition.metadata.language},
            {"from", side(found.before)},
            {"to", side(found.after)},
            {"same", found.same},
            {"total", found.changes.size()},
            {"page", part + 1},
            {"changes", pages}};
}

ordered_json quoteJson(const Services& services, const model::Edition& edition, const std::vector<model::Page>& pages,
                       const QuoteAnswer& answer)
{
    ordered_json json{
        {"text", answer.quote}, {"found", answer.place.has_value()}, {"page", nullptr},        {"permalink", nullptr},
        {"html", nullptr},      {"other_version", nullptr},          {"closest_page", nullptr}};
    if (answer.place) {
        const auto* page = pageOf(pages, answer.place->page);
        json["page"] = pageJson(page);
        json["permalink"] = permalink(services, edition, nameOf(*page, pages), answer.quote);
        const std::string_view text = page->text;
        const auto& span = answer.place->span;
        json["html"] = markedHtml(text.substr(span.begin, span.end - span.begin), {{0, span.end - span.begin}});
    }
    if (answer.other) {
        json["other_version"] = {{"number", answer.other->number},
                                 {"date", dateOf(answer.other->indexedAt)},
                                 {"page", {{"number", answer.other->page}, {"label", answer.other->pageLabel}}}};
    }
    if (const auto* closest = pageOf(pages, answer.closest)) {
        json["closest_page"] = pageJson(closest);
    }
    return json;
}

} // namespace acervo::http
