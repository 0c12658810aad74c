// works edit, merge, split, withdraw, restore, alias: what changes works by hand, down to the index.
#include "indexer/cli/works_commands.h"

#include "analyzers/text/normalise.h"
#include "corpus/identifier/alias.h"
#include "corpus/identifier/citable_id.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/detail/desk.h"
#include "indexer/cli/detail/works_look.h"
#include "indexer/cli/library.h"
#include "indexer/cli/pair_command.h"
#include "indexer/cli/report.h"
#include "indexer/pipeline/metadata_rules.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace acervo::cli {
namespace {

Error wrongUse(std::string_view message)
{
    return {ErrorCode::invalidArgument, std::string{message}};
}

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\n");
    return first == std::string_view::npos
               ? std::string{}
               : std::string{text.substr(first, text.find_last_not_of(" \t\n") - first + 1)};
}

std::vector<std::string> splitList(std::string_view written)
{
    std::vector<std::string> values;
    while (!written.empty()) {
        const auto end = std::min(written.find(';'), written.size());
        if (auto value = trimmed(written.substr(0, end)); !value.empty()) {
            values.push_back(std::move(value));
        }
        written.remove_prefix(std::min(end + 1, written.size()));
    }
    return values;
}

// The notation of a value of a controlled field.
Result<std::string> controlled(const vocabulary::Scheme& scheme, std::string_view field, const std::string& written)
{
    const auto* found = scheme.find(written);
    found = found != nullptr ? found : scheme.findByLabel(written);
    if (found != nullptr) {
        return found->notation;
    }
    constexpr std::size_t kShown = 30;
    std::string known;
    for (const auto& entry : scheme.concepts()) {
        known += (known.empty() ? "" : ", ") + entry.notation;
        if (&entry - scheme.concepts().data() + 1 == static_cast<std::ptrdiff_t>(kShown)) {
            known += ", ...";
            break;
        }
    }
    return Error{ErrorCode::invalidArgument,
                 "the vocabulary of " + std::string{field} + " has no \"" + written + "\"; it has: " + known};
}

// One value as the catalogue keeps it: notations, tidy dates, sound numbers.
Result<std::string> tidy(const Library& library, const std::string& field, const std::string& written)
{
    const auto& vocabularies = library.vocabularies;
    const std::array<std::pair<std::string_view, const vocabulary::Scheme*>, 5> schemes{
        {{"type", &vocabularies.types},
         {"section", &vocabularies.sections},
         {"themes", &vocabularies.themes},
         {"countries", &vocabularies.countries},
         {"sdgs", &vocabularies.sdgs}}};
    for (const auto& [name, scheme] : schemes) {
        if (field == name) {
            return controlled(*scheme, field, written);
        }
    }
    if (field == "date") {
        auto date = pipeline::tidyDate(written);
        return date.empty() ? Result<std::string>{wrongUse("date takes 2021, 2021-06 or 2021-06-15, not " + written)}
                            : Result<std::string>{std::move(date)};
    }
    if (field == "isbn" && !identifier::isbnAlias(written)) {
        return wrongUse("\"" + written + "\" is no ISBN: its last digit does not fit the others");
    }
    if (field == "doi" && !identifier::doiAlias(written) && !identifier::handleAlias(written)) {
        return wrongUse("\"" + written + "\" is no DOI; one looks like 10.1000/182");
    }
    return written;
}

Result<catalogue::Edit> readEdit(const Library& library, std::string_view assignment, const std::string& language)
{
    const auto equals = assignment.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        return wrongUse("\"" + std::string{assignment} +
                        "\" is no change: write FIELD=VALUE, as in title=\"Our cities\"");
    }
    catalogue::Edit edit{std::string{assignment.substr(0, equals)}, language, {}, false};
    const auto value = text::clean(assignment.substr(equals + 1));
    const auto& fields = catalogue::editableFields();
    const auto field = std::ranges::find(fields, edit.field, &catalogue::EditableField::name);
    const bool list = field != fields.end() && field->list;
    if (list) {
        edit.values = splitList(value);
    } else if (auto one = trimmed(value); !one.empty()) {
        edit.values = {std::move(one)};
    }
    for (auto& written : edit.values) {
        auto tidied = tidy(library, edit.field, written);
        if (!tidied) {
            return tidied.error();
        }
        written = std::move(*tidied);
    }
    return edit;
}

// Does to the work of the command's first ID what `change` does, and returns its exit status.
template <class Change>
int onWork(const config::Arguments& arguments, Change&& change)
{
    auto desk = openDesk(arguments);
    if (!desk) {
        return failed(desk.error());
    }
    const auto id = workMeant(*desk, arguments.words()[2]);
    return id ? change(*desk, *id) : failed(id.error());
}

int worksEdit(const config::Arguments& arguments)
{
    const auto& words = arguments.words();
    const auto resets = arguments.values("reset");
    if (words.size() < 3 || (words.size() == 3 && resets.empty())) {
        return failed(wrongUse("works edit needs an ID and what to change: FIELD=VALUE, or --reset FIELD"));
    }
    return onWork(arguments, [&](Desk& desk, const std::string& id) -> int {
        std::vector<catalogue::Edit> edits;
        for (std::size_t i = 3; i < words.size(); ++i) {
            auto edit = readEdit(desk, words[i], arguments.value("language"));
            if (!edit) {
                return failed(edit.error());
            }
            edits.push_back(std::move(*edit));
        }
        for (const auto& field : resets) {
            edits.push_back({field, arguments.value("language"), {}, true});
        }
        if (const auto done = desk.catalogue.editWork(id, edits, desk.signature); !done) {
            return failed(done.error());
        }
        return shown(desk, id + " is changed; reading its documents again will not undo it.");
    });
}

int worksMerge(const config::Arguments& arguments)
{
    const auto& words = arguments.words();
    if (words.size() != 4) {
        return failed(wrongUse("works merge needs two IDs: the one that goes, and the one it goes into"));
    }
    auto desk = openDesk(arguments);
    if (!desk) {
        return failed(desk.error());
    }
    const auto from = workMeant(*desk, words[2]);
    const auto into = from ? workMeant(*desk, words[3]) : from;
    if (!into) {
        return failed(into.error());
    }
    if (const auto done = desk->catalogue.mergeWorks(*from, *into, desk->signature); !done) {
        return failed(done.error());
    }
    return shown(*desk, *from + " leads to " + *into + " from now on.");
}

int worksSplit(const config::Arguments& arguments)
{
    if (arguments.words().size() != 3 || !arguments.has("language")) {
        return failed(wrongUse("works split needs an ID and --language L, the edition that becomes a work of its own"));
    }
    return onWork(arguments, [&](Desk& desk, const std::string& id) -> int {
        const auto made =
            desk.catalogue.splitWork(id, arguments.value("language"), arguments.value("audience"), desk.signature);
        if (!made) {
            return failed(made.error());
        }
        return shown(desk, "The edition is " + *made + " from now on; the others stay " + id + ".");
    });
}

int worksWithdraw(const config::Arguments& arguments)
{
    if (arguments.words().size() != 3 || trimmed(arguments.value("reason")).empty()) {
        return failed(wrongUse("works withdraw needs an ID and --reason TEXT: readers are told why"));
    }
    return onWork(arguments, [&](Desk& desk, const std::string& id) -> int {
        std::string successor;
        if (arguments.has("successor")) {
            auto meant = workMeant(desk, arguments.value("successor"));
            if (!meant) {
                return failed(meant.error().within("--successor"));
            }
            successor = std::move(*meant);
        }
        const auto reason = trimmed(text::clean(arguments.value("reason")));
        if (const auto done = desk.catalogue.withdrawWork(id, reason, successor, desk.signature); !done) {
            return failed(done.error());
        }
        return shown(desk, id + " is withdrawn; its address says why" +
                               (successor.empty() ? "." : ", and leads to " + successor + "."));
    });
}

int worksRestore(const config::Arguments& arguments)
{
    if (arguments.words().size() != 3) {
        return failed(wrongUse("works restore needs one ID"));
    }
    return onWork(arguments, [&](Desk& desk, const std::string& id) -> int {
        if (const auto done = desk.catalogue.restoreWork(id, desk.signature); !done) {
            return failed(done.error());
        }
        return shown(desk, id + " is back.");
    });
}

int worksAlias(const config::Arguments& arguments)
{
    const auto& words = arguments.words();
    if (words.size() < 4) {
        return failed(wrongUse("works alias needs an ID and what should lead to it: an ISBN, a DOI, hdl:..., an old "
                               "address, a series with its number"));
    }
    return onWork(arguments, [&](Desk& desk, const std::string& id) -> int {
        auto& catalogue = desk.catalogue;
        std::vector<identifier::Alias> aliases;
        for (std::size_t i = 3; i < words.size(); ++i) {
            const auto alias = identifier::readAlias(words[i]);
            if (!alias) {
                return failed(wrongUse("\"" + words[i] +
                                       "\" cannot be an alias: a number alone, or an ISBN with a wrong "
                                       "digit, says too little; give the series with it"));
            }
            if (alias->scheme == "number" &&
                words[i].starts_with(identifier::prefixOf(desk.config.identifierPrefix) + "-")) {
                return failed(
                    wrongUse("\"" + words[i] + "\" looks like a citable ID: IDs are joined with \"works merge\""));
            }
            aliases.push_back(*alias);
        }
        std::string done;
        for (const auto& alias : aliases) {
            const auto changed = arguments.has("remove") ? catalogue.removeAlias(id, alias, desk.signature)
                                                         : catalogue.addAlias(id, alias, desk.signature);
            if (!changed) {
                return failed(changed.error());
            }
            done += (done.empty() ? "" : ", ") + alias.scheme + " " + alias.value;
        }
        std::printf("%s %s %s\n", printable(done).c_str(), arguments.has("remove") ? "no longer leads to" : "leads to",
                    id.c_str());
        return exitDone;
    });
}

} // namespace

int worksCommand(const config::Arguments& arguments)
{
    static constexpr std::pair<std::string_view, int (*)(const config::Arguments&)> kCommands[] = {
        {"list", worksList},       {"show", worksShow},         {"edit", worksEdit},       {"merge", worksMerge},
        {"split", worksSplit},     {"withdraw", worksWithdraw}, {"restore", worksRestore}, {"alias", worksAlias},
        {"journal", worksJournal}, {"pair", pairCommand},
    };
    const auto& words = arguments.words();
    const std::string_view name = words.size() > 1 ? std::string_view{words[1]} : std::string_view{};
    for (const auto& [known, act] : kCommands) {
        if (name == known) {
            return act(arguments);
        }
    }
    std::fprintf(stderr, "acervo-indexer: %s\n\n%s",
                 name.empty() ? "works needs a command" : ("there is no works " + printable(name)).c_str(),
                 std::string{kWorksUsage}.c_str());
    return exitUsage;
}

} // namespace acervo::cli
