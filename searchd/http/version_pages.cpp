// The page that shows what changed between two versions, and the way to the same page of another edition or version.
#include "corpus/passage/parallel.h"
#include "searchd/http/documents.h"
#include "searchd/http/page_view.h"
#include "searchd/http/quotes.h"
#include "searchd/http/search_parameters.h"
#include "searchd/http/version_changes.h"
#include "searchd/http/versions.h"

#include <algorithm>

namespace acervo::http {

using nlohmann::json;

namespace {

constexpr int kMaxPageNumber = 1'000'000;
constexpr std::size_t kMaxLanguageBytes = 16;

struct ShownChanges {
    const Services& services;
    text::Language language;
    const VersionChanges& found;
    std::size_t part; // from 0: of kChangesShown changes each
};

std::string say(const ShownChanges& shown, std::string_view key, const std::vector<Argument>& arguments = {})
{
    return shown.services.messages.text(shown.language, key, arguments);
}

std::string documentPath(const ShownChanges& shown)
{
    return documentUrl(shown.language, shown.found.edition.citableId);
}

Parameters changesParameters(const ShownChanges& shown)
{
    return {{"language", shown.found.edition.metadata.language},
            {"from", std::to_string(shown.found.before.number)},
            {"to", std::to_string(shown.found.after.number)}};
}

json versionView(const ShownChanges& shown, const model::Version& version)
{
    const Parameters parameters{{"language", shown.found.edition.metadata.language},
                                {"v", std::to_string(version.number)}};
    return {{"text", say(shown, "version.dated",
                         {{"number", std::int64_t{version.number}},
                          {"date", formatDate(dateOf(version.indexedAt), shown.language)}})},
            {"number", std::to_string(version.number)},
            {"url", documentPath(shown) + buildQuery(parameters)}};
}

json choices(const ShownChanges& shown, const model::Version& chosen)
{
    auto list = json::array();
    for (const auto& version : shown.found.versions) {
        auto one = versionView(shown, version);
        one["selected"] = version.number == chosen.number;
        list.push_back(std::move(one));
    }
    return list;
}

std::string headingOf(const ShownChanges& shown, const passage::PageChange& change)
{
    const auto label = [](const std::vector<model::Page>& pages, std::uint32_t number) {
        const auto* page = pageOf(pages, number);
        return page == nullptr ? std::string{} : labelOf(*page);
    };
    const auto before = label(shown.found.pagesBefore, change.before);
    const auto after = label(shown.found.pagesAfter, change.after);
    switch (change.how) {
    case passage::How::added:
        return say(shown, "changes.added", {{"label", after}});
    case passage::How::removed:
        return say(shown, "changes.removed", {{"label", before}});
    default:
        return before == after ? say(shown, "changes.changed", {{"label", after}})
                               : say(shown, "changes.moved", {{"label", after}, {"before", before}});
    }
}

json changeView(const ShownChanges& shown, const passage::PageChange& change)
{
    auto stretches = json::array();
    for (const auto& stretch : stretchesOf(shown.found, change)) {
        stretches.push_back({{"added", stretch.how == passage::How::added},
                             {"removed", stretch.how == passage::How::removed},
                             {"same", stretch.how == passage::How::same},
                             {"text", stretch.text}});
    }
    const auto& version = change.after != 0 ? shown.found.after : shown.found.before;
    const Parameters parameters{{"language", shown.found.edition.metadata.language},
                                {"v", std::to_string(version.number)},
                                {"page", std::to_string(change.after != 0 ? change.after : change.before)}};
    return {{"heading", headingOf(shown, change)},
            {"url", documentPath(shown) + buildQuery(parameters)},
            {"stretches", stretches}};
}

json changesView(const ShownChanges& shown)
{
    const auto& found = shown.found;
    const auto& metadata = found.edition.metadata;
    const auto name = metadata.title.empty() ? found.edition.citableId : metadata.title;
    auto view =
        commonView(shown.services, shown.language, say(shown, "changes.title_for", {{"title", name}}),
                   "/documents/" + percentEncode(found.edition.citableId) + "/changes", changesParameters(shown));
    view["noindex"] = true;
    view["name"] = name;
    view["language"] = metadata.language;
    view["document_url"] = documentPath(shown) + buildQuery({{"language", metadata.language}});
    view["before"] = versionView(shown, found.before);
    view["after"] = versionView(shown, found.after);
    view["from_choices"] = choices(shown, found.before);
    view["to_choices"] = choices(shown, found.after);
    view["choose"] = found.versions.size() > 2;
    view["action"] = documentPath(shown) + "/changes";
    const auto count = [&](passage::How how) {
        return static_cast<std::int64_t>(std::ranges::count(found.changes, how, &passage::PageChange::how));
    };
    view["summary"] = json::array();
    for (const auto& [key, pages] : {std::pair{"changes.count_changed", count(passage::How::changed)},
                                     {"changes.count_added", count(passage::How::added)},
                                     {"changes.count_removed", count(passage::How::removed)},
                                     {"changes.count_same", static_cast<std::int64_t>(found.same)}}) {
        if (pages > 0) {
            view["summary"].push_back({{"text", say(shown, key, {{"count", pages}})}});
        }
    }
    view["none"] = found.changes.empty();
    view["changes"] = json::array();
    const auto begin = std::min(shown.part * kChangesShown, found.changes.size());
    const auto end = std::min(begin + kChangesShown, found.changes.size());
    for (auto i = begin; i < end; ++i) {
        view["changes"].push_back(changeView(shown, found.changes[i]));
    }
    const auto partUrl = [&](std::size_t part) {
        return documentPath(shown) + "/changes" +
               buildQuery(joined(changesParameters(shown), {{"page", std::to_string(part + 1)}}));
    };
    view["previous_url"] = shown.part > 0 ? partUrl(shown.part - 1) : "";
    view["more"] = found.changes.size() > kChangesShown;
    view["next_url"] = end < found.changes.size() ? partUrl(shown.part + 1) : "";
    return view;
}

} // namespace

Answer changesPage(const Services& services, const Request& request)
{
    const auto language = pageLanguage(request);
    ParameterReader reader{request.parameters};
    const auto asked = readChanges(reader);
    const auto part = static_cast<std::size_t>(reader.number("page", 1, kMaxPageNumber).value_or(1)) - 1;
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    return onWork(services, request.captures[0], language, [&](auto& readers, const auto& editions) -> Answer {
        const auto found = findChanges(services, readers, editions, asked);
        if (const auto* failure = std::get_if<Failure>(&found)) {
            return *failure;
        }
        const ShownChanges shown{services, language, std::get<VersionChanges>(found), part};
        auto response = htmlPage(services, "changes", language, changesView(shown));
        response.headers.emplace_back("Cache-Control", "no-cache");
        return response;
    });
}

Answer parallelPage(const Services& services, const Request& request)
{
    const auto language = pageLanguage(request);
    ParameterReader reader{request.parameters};
    const auto from = reader.text("language", kMaxLanguageBytes);
    const auto to = reader.text("to", kMaxLanguageBytes);
    const auto version = reader.number("v", 1, kMaxVersionNumber);
    const auto number = static_cast<std::uint32_t>(reader.number("page", 1, kMaxPageNumber).value_or(1));
    const auto words = readWords(reader, language);
    if (reader.malformed()) {
        return Failure{*reader.malformed()};
    }
    return onEdition(
        services, request.captures[0], language, from,
        [&](auto& readers, const auto& editions, const auto& source) -> Answer {
            const auto* target = editionIn(editions, to);
            if (target == nullptr) {
                return noSuchEdition("to");
            }
            const auto found = openVersion(services, readers, source, version);
            if (const auto* failure = std::get_if<Failure>(&found)) {
                return *failure;
            }
            const auto targetPages = readers.catalogue().pages(target->versionId);
            if (!targetPages) {
                return Failure{targetPages.error()};
            }
            const auto page = passage::parallelPage(std::get<OpenedVersion>(found).pages, number, *targetPages);
            Parameters parameters{{"language", target->metadata.language}};
            if (page != 0) {
                parameters.emplace_back("page", std::to_string(page));
            }
            return redirect(303,
                            documentUrl(language, target->citableId, joined(parameters, keptWords(words))) + "#page");
        });
}

} // namespace acervo::http
