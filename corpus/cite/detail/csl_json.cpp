#include "corpus/cite/cite.h"
#include "corpus/cite/detail/facts.h"

#include <nlohmann/json.hpp>

namespace acervo::cite {

namespace {

using nlohmann::ordered_json;

void add(ordered_json& item, const char* name, const std::string& value)
{
    if (!value.empty()) {
        item[name] = value;
    }
}

ordered_json authors(const model::Edition& edition)
{
    auto list = ordered_json::array();
    for (const auto& name : detail::authorsOf(edition)) {
        if (!name.organisation.empty()) {
            list.push_back({{"literal", name.organisation}});
        } else if (name.given.empty()) {
            list.push_back({{"family", name.family}});
        } else {
            list.push_back({{"family", name.family}, {"given", name.given}});
        }
    }
    return list;
}

ordered_json issued(const detail::DateParts& date)
{
    auto parts = ordered_json::array({date.year});
    if (date.month > 0) {
        parts.push_back(date.month);
    }
    if (date.day > 0) {
        parts.push_back(date.day);
    }
    return {{"date-parts", ordered_json::array({parts})}};
}

ordered_json itemOf(const Work& work)
{
    const auto& edition = work.editions.front();
    const auto& metadata = edition.metadata;
    ordered_json item{{"id", edition.citableId}, {"type", "report"}};
    add(item, "title", detail::titleOf(edition));
    if (auto list = authors(edition); !list.empty()) {
        item["author"] = std::move(list);
    }
    if (const auto date = detail::partsOf(metadata.date); date.year > 0) {
        item["issued"] = issued(date);
    }
    add(item, "publisher", detail::labelIn(work.publisher, metadata.language));
    add(item, "genre", detail::labelIn(work.type, metadata.language));
    add(item, "collection-title", detail::oneLine(metadata.series));
    add(item, metadata.series.empty() ? "number" : "collection-number", detail::oneLine(metadata.number));
    add(item, "ISBN", detail::oneLine(metadata.isbn));
    add(item, "DOI", detail::doiOf(edition));
    add(item, "URL", editionUrl(work, edition));
    add(item, "language", metadata.language);
    add(item, "version", edition.versionNumber > 1 ? std::to_string(edition.versionNumber) : "");
    std::string keywords;
    for (const auto& subject : detail::subjectsOf(work, edition)) {
        keywords += (keywords.empty() ? "" : ", ") + subject;
    }
    add(item, "keyword", keywords);
    add(item, "abstract", detail::oneLine(metadata.abstractText));
    return item;
}

} // namespace

std::string cslJson(std::span<const Work> works)
{
    auto items = ordered_json::array();
    for (const auto& work : works) {
        if (!work.editions.empty()) {
            items.push_back(itemOf(work));
        }
    }
    return items.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace acervo::cite
