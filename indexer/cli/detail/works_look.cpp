#include "indexer/cli/detail/works_look.h"

#include "analyzers/text/normalise.h"
#include "corpus/identifier/citable_id.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/report.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <iostream>

namespace acervo::cli {

using nlohmann::json;

namespace {

constexpr std::size_t kShownEntries = 20;
constexpr std::size_t kMaxEntries = 1'000'000;

std::string dump(const json& value)
{
    return value.dump(2, ' ', false, json::error_handler_t::replace);
}

std::string timeText(std::int64_t seconds)
{
    const std::time_t when = seconds;
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
}

std::string joined(const std::vector<std::string>& values)
{
    std::string all;
    for (const auto& value : values) {
        all += (all.empty() ? "" : ", ") + value;
    }
    return all;
}

json toJson(const catalogue::JournalEntry& entry)
{
    return {{"number", entry.number}, {"at", entry.at},         {"by", entry.by},       {"action", entry.action},
            {"id", entry.citableId},  {"before", entry.before}, {"after", entry.after}, {"note", entry.note}};
}

void printEntry(const catalogue::JournalEntry& entry)
{
    std::printf("%s  %-12s %s  %s", timeText(entry.at).c_str(), printable(entry.by).c_str(), entry.citableId.c_str(),
                printable(entry.action).c_str());
    if (!entry.before.empty() || !entry.after.empty()) {
        std::printf(": \"%s\" -> \"%s\"", printable(entry.before).c_str(), printable(entry.after).c_str());
    }
    std::printf("%s\n", entry.note.empty() ? "" : ("  (" + printable(entry.note) + ")").c_str());
}

json toJson(const model::Edition& edition)
{
    return {{"language", edition.metadata.language},
            {"audience", edition.audience},
            {"title", edition.metadata.title},
            {"version", edition.versionNumber},
            {"pages", edition.pageCount},
            {"withdrawn", edition.state == model::EditionState::withdrawn},
            {"source", edition.sourceName},
            {"uri", edition.sourceUri}};
}

void printWork(const std::string& id, const std::vector<model::Edition>& editions)
{
    const auto& metadata = editions.front().metadata;
    std::printf("%s  %s  %s  %s\n", id.c_str(), printable(metadata.date).c_str(), printable(metadata.type).c_str(),
                printable(metadata.section).c_str());
    const std::pair<const char*, std::string> lines[] = {
        {"series", metadata.series + (metadata.number.empty() ? "" : ", " + metadata.number)},
        {"themes", joined(metadata.themes)},
        {"countries", joined(metadata.countries)},
        {"goals", joined(metadata.sdgs)},
    };
    for (const auto& [name, value] : lines) {
        if (!value.empty()) {
            std::printf("  %s: %s\n", name, printable(value).c_str());
        }
    }
    for (const auto& edition : editions) {
        const bool withdrawn = edition.state == model::EditionState::withdrawn;
        std::printf("  [%s] %s  (%s, version %u, %u pages, %s: %s)%s\n", printable(edition.metadata.language).c_str(),
                    printable(edition.metadata.title).c_str(), printable(edition.audience).c_str(),
                    edition.versionNumber, edition.pageCount, printable(edition.sourceName).c_str(),
                    printable(edition.sourceUri).c_str(),
                    withdrawn ? ("  WITHDRAWN: " + printable(edition.withdrawnReason)).c_str() : "");
    }
}

bool holds(const catalogue::WorkLine& work, const std::vector<std::string>& words)
{
    const auto all =
        text::fold(work.citableId + " " + work.title + " " + work.type + " " + work.section + " " + work.date);
    return std::all_of(words.begin() + 2, words.end(), [&](const std::string& word) {
        return all.find(text::fold(text::clean(word))) != std::string::npos;
    });
}

} // namespace

Result<std::string> workMeant(const Library& library, std::string_view typed)
{
    auto found = library.catalogue.resolve(typed);
    if (!found) {
        return found.error();
    }
    if (*found) {
        return std::move(**found);
    }
    std::vector<std::string> near;
    for (const auto& id : identifier::corrections(typed, library.config.identifierPrefix)) {
        if (const auto known = library.catalogue.resolve(id); known && *known) {
            near.push_back(id);
        }
    }
    return Error{ErrorCode::notFound,
                 "there is no work " + std::string{typed} +
                     (near.empty() ? ": \"acervo-indexer works list\" shows all" : "; perhaps " + joined(near))};
}

int worksList(const config::Arguments& arguments)
{
    const auto library = openLibrary(arguments, catalogue::Mode::readOnly);
    if (!library) {
        return failed(library.error());
    }
    const auto works = library->catalogue.works();
    if (!works) {
        return failed(works.error());
    }
    auto list = json::array();
    std::size_t shown = 0;
    for (const auto& work : *works) {
        if ((arguments.has("withdrawn") && !work.withdrawn) || !holds(work, arguments.words())) {
            continue;
        }
        ++shown;
        if (arguments.has("json")) {
            list.push_back({{"id", work.citableId},
                            {"title", work.title},
                            {"type", work.type},
                            {"section", work.section},
                            {"date", work.date},
                            {"languages", work.languages},
                            {"withdrawn", work.withdrawn}});
            continue;
        }
        std::printf("%s  %-10s %-10s %s%s\n", work.citableId.c_str(), printable(work.date).c_str(),
                    joined(work.languages).c_str(), printable(work.title).c_str(), work.withdrawn ? "  WITHDRAWN" : "");
    }
    if (arguments.has("json")) {
        std::cout << dump(list) << '\n';
    } else {
        std::printf("%zu works\n", shown);
    }
    return exitDone;
}

int worksShow(const config::Arguments& arguments)
{
    if (arguments.words().size() != 3) {
        return failed({ErrorCode::invalidArgument, "works show needs one ID, former ID or alias"});
    }
    const auto library = openLibrary(arguments, catalogue::Mode::readOnly);
    if (!library) {
        return failed(library.error());
    }
    const auto id = workMeant(*library, arguments.words()[2]);
    if (!id) {
        return failed(id.error());
    }
    const auto& catalogue = library->catalogue;
    const auto editions = catalogue.editionsOfWork(*id);
    const auto aliases = catalogue.aliases(*id);
    const auto former = catalogue.formerIds(*id);
    const auto entries = catalogue.journal(*id, kShownEntries);
    if (!editions || !aliases || !former || !entries) {
        return failed(!editions  ? editions.error()
                      : !aliases ? aliases.error()
                      : !former  ? former.error()
                                 : entries.error());
    }
    if (arguments.has("json")) {
        json work{{"id", *id}, {"formerIds", *former}};
        auto& list = work["editions"] = json::array();
        for (const auto& edition : *editions) {
            list.push_back(toJson(edition));
        }
        auto& names = work["aliases"] = json::array();
        for (const auto& [alias, byPerson] : *aliases) {
            names.push_back({{"scheme", alias.scheme}, {"value", alias.value}, {"byPerson", byPerson}});
        }
        auto& journal = work["journal"] = json::array();
        for (const auto& entry : *entries) {
            journal.push_back(toJson(entry));
        }
        std::cout << dump(work) << '\n';
        return exitDone;
    }
    if (!editions->empty()) {
        printWork(*id, *editions);
    }
    for (const auto& old : *former) {
        std::printf("  former ID: %s\n", old.c_str());
    }
    for (const auto& [alias, byPerson] : *aliases) {
        std::printf("  alias: %s %s%s\n", alias.scheme.c_str(), printable(alias.value).c_str(),
                    byPerson ? "  (given by a person)" : "");
    }
    for (const auto& entry : *entries) {
        printEntry(entry);
    }
    return exitDone;
}

int worksJournal(const config::Arguments& arguments)
{
    if (arguments.words().size() > 3) {
        return failed({ErrorCode::invalidArgument, "works journal takes one ID, or none for the whole journal"});
    }
    std::size_t limit = kShownEntries;
    if (arguments.has("limit")) {
        const auto written = arguments.value("limit");
        const auto read = std::from_chars(written.data(), written.data() + written.size(), limit);
        if (read.ec != std::errc{} || read.ptr != written.data() + written.size() || limit == 0 ||
            limit > kMaxEntries) {
            return failed({ErrorCode::invalidArgument, "--limit takes a number from 1 to 1000000"});
        }
    }
    const auto library = openLibrary(arguments, catalogue::Mode::readOnly);
    if (!library) {
        return failed(library.error());
    }
    std::string id;
    if (arguments.words().size() == 3) {
        auto meant = workMeant(*library, arguments.words()[2]);
        if (!meant) {
            return failed(meant.error());
        }
        id = std::move(*meant);
    }
    const auto entries = library->catalogue.journal(id, limit);
    if (!entries) {
        return failed(entries.error());
    }
    if (arguments.has("json")) {
        auto list = json::array();
        for (const auto& entry : *entries) {
            list.push_back(toJson(entry));
        }
        std::cout << dump(list) << '\n';
        return exitDone;
    }
    for (const auto& entry : *entries) {
        printEntry(entry);
    }
    if (entries->empty()) {
        std::printf("nobody has changed anything by hand\n");
    }
    return exitDone;
}

} // namespace acervo::cli
