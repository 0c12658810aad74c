// Shows how well language editions of one work find each other, on works whose editions are known.
//
// usage: acervo-pairing-table [--floor] [--names] [--lexicon FILE] [--features FILE] DATA-FOLDER...
//
// Every current edition of the catalogue is taken for a work of its own, without its place and date unless --names, and
// pairs are proposed: whole; and with editions taken out, so that some have only one mate or none and what they find is
// false. A pair is right when the catalogue has both editions in one work. With --floor the program fails when pairs
// taken for certain are less than 99 % right. --features writes the evidence of every proposal.
#include "analyzers/lexicon/lexicon.h"
#include "corpus/catalogue/catalogue.h"
#include "indexer/pairing/library.h"
#include "indexer/pairing/profile.h"
#include "indexer/pairing/propose.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace acervo;

constexpr double kFloor = 0.99;

struct Options {
    bool floor = false;
    bool names = false;
    std::string lexicon;
    std::string features;
    std::vector<std::filesystem::path> folders;
};

std::optional<Options> optionsFrom(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word{argv[i]};
        if (word == "--floor") {
            options.floor = true;
        } else if (word == "--names") {
            options.names = true;
        } else if ((word == "--lexicon" || word == "--features") && i + 1 < argc) {
            (word == "--lexicon" ? options.lexicon : options.features) = argv[++i];
        } else if (word.starts_with("--")) {
            return std::nullopt;
        } else {
            options.folders.emplace_back(word);
        }
    }
    return options.folders.empty() ? std::nullopt : std::optional{options};
}

Result<std::vector<pairing::Profile>> profilesIn(const std::filesystem::path& folder)
{
    auto catalogue = catalogue::Catalogue::open(folder / "catalogue.sqlite", catalogue::Mode::readOnly);
    if (!catalogue) {
        return catalogue.error();
    }
    return pairing::profilesOf(*catalogue);
}

// Which editions stay.
enum class Kept : std::uint8_t { all, halfAlone, alone };

struct Case {
    const char* name;
    Kept kept;
    std::size_t works; // in a library; 0: all
};

constexpr Case kCases[] = {
    {"all editions", Kept::all, 0},
    {"every second work in one language", Kept::halfAlone, 0},
    {"every work in one language", Kept::alone, 0},
    {"the same, libraries of 20 works", Kept::alone, 20},
    {"the same, libraries of 3 works", Kept::alone, 3},
};

// Of a work in three languages: all; of each second one only one edition; one of each.
std::vector<pairing::Profile> kept(const std::vector<pairing::Profile>& profiles, Kept which)
{
    std::map<std::int64_t, std::size_t> ordinal; // of works
    std::map<std::int64_t, std::size_t> editions;
    std::vector<pairing::Profile> some;
    for (const auto& profile : profiles) {
        ordinal.emplace(profile.workId, ordinal.size());
        ++editions[profile.workId];
    }
    for (const auto& profile : profiles) {
        const auto work = ordinal.at(profile.workId);
        const bool isAlone = which == Kept::alone || (which == Kept::halfAlone && work % 2 == 1);
        const auto stays = work / 2 % editions.at(profile.workId);
        const auto own = static_cast<std::size_t>(std::ranges::count_if(profiles, [&](const auto& other) {
            return other.workId == profile.workId && other.language < profile.language;
        }));
        if (!isAlone || own == stays) {
            some.push_back(profile);
        }
    }
    return some;
}

// Cut into libraries of so many works, by the order in which they came.
std::vector<std::vector<pairing::Profile>> libraries(std::vector<pairing::Profile> profiles, std::size_t works)
{
    if (works == 0) {
        return {std::move(profiles)};
    }
    std::map<std::int64_t, std::size_t> ordinal;
    for (const auto& profile : profiles) {
        ordinal.emplace(profile.workId, ordinal.size());
    }
    std::vector<std::vector<pairing::Profile>> parts((ordinal.size() + works - 1) / works);
    for (auto& profile : profiles) {
        parts[ordinal.at(profile.workId) / works].push_back(std::move(profile));
    }
    return parts;
}

struct Table {
    std::size_t pairs = 0; // there are
    std::size_t certain = 0;
    std::size_t certainRight = 0;
    std::size_t proposed = 0;
    std::size_t proposedRight = 0;
};

void write(std::FILE* file, const pairing::Proposal& proposal, bool isRight)
{
    const auto& evidence = proposal.evidence;
    std::fprintf(file, "%d\t%.4f\t%d\t%.4f\t%.4f\t%d\t%d\t%.4f\t%zu\t%.4f\t%.4f\t%.4f\t%d\t%d\t%d\t%d\t%d\n", isRight,
                 proposal.score, proposal.isCertain(pairing::kCertain), evidence.words, evidence.margin,
                 evidence.isMutual, evidence.inThird, evidence.marks, evidence.sharedMarks, evidence.length,
                 evidence.pages, evidence.names, evidence.sameFormat, evidence.sameDate, evidence.otherDate,
                 evidence.mention, evidence.otherNumbers);
}

void measure(std::vector<pairing::Profile> profiles, const lexicon::Lexicon* lexicon, std::FILE* features, Table& table)
{
    std::vector<std::int64_t> truth;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        table.pairs += static_cast<std::size_t>(std::ranges::count(truth, profiles[i].workId));
        truth.push_back(profiles[i].workId);
        profiles[i].workId = static_cast<std::int64_t>(i) + 1;
    }
    for (const auto& proposal : pairing::propose(profiles, lexicon)) {
        const bool isRight = truth[proposal.first] == truth[proposal.second];
        ++table.proposed;
        table.proposedRight += isRight ? 1 : 0;
        table.certain += proposal.isCertain(pairing::kCertain) ? 1 : 0;
        table.certainRight += proposal.isCertain(pairing::kCertain) && isRight ? 1 : 0;
        if (features != nullptr) {
            write(features, proposal, isRight);
        }
        if (proposal.isCertain(pairing::kCertain) && !isRight) {
            std::printf("  wrong: %.3f  %s  <>  %s\n", proposal.score, profiles[proposal.first].title.c_str(),
                        profiles[proposal.second].title.c_str());
        }
    }
}

double percent(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 100.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

int main(int argc, char** argv)
{
    const auto options = optionsFrom(argc, argv);
    if (!options) {
        std::fputs(
            "usage: acervo-pairing-table [--floor] [--names] [--lexicon FILE] [--features FILE] DATA-FOLDER...\n",
            stderr);
        return 2;
    }
    auto lexicon = options->lexicon.empty() ? Result<lexicon::Lexicon>{Error{ErrorCode::notFound, ""}}
                                            : lexicon::Lexicon::open(options->lexicon);
    if (!options->lexicon.empty() && !lexicon) {
        std::fprintf(stderr, "acervo-pairing-table: %s\n", lexicon.error().message.c_str());
        return 2;
    }
    std::FILE* features = options->features.empty() ? nullptr : std::fopen(options->features.c_str(), "w");
    bool good = true;
    for (const auto& folder : options->folders) {
        auto profiles = profilesIn(folder);
        if (!profiles) {
            std::fprintf(stderr, "acervo-pairing-table: %s\n", profiles.error().message.c_str());
            return 2;
        }
        if (!options->names) {
            for (auto& profile : *profiles) {
                profile.uri.clear();
                profile.date.clear();
                profile.mentions.clear();
            }
        }
        std::printf("%s\n", folder.c_str());
        for (const auto& [name, which, works] : kCases) {
            Table table;
            for (auto& library : libraries(kept(*profiles, which), works)) {
                measure(std::move(library), lexicon ? &*lexicon : nullptr, features, table);
            }
            std::printf("  %-34s pairs %4zu  certain %4zu (%.2f %% right, %.1f %% of all)  proposed %4zu (%.1f %% "
                        "right, %.1f %% of all)\n",
                        name, table.pairs, table.certain, percent(table.certainRight, table.certain),
                        percent(table.certainRight, table.pairs), table.proposed,
                        percent(table.proposedRight, table.proposed), percent(table.proposedRight, table.pairs));
            good = good && percent(table.certainRight, table.certain) >= 100.0 * kFloor;
        }
    }
    if (features != nullptr) {
        std::fclose(features);
    }
    return options->floor && !good ? 1 : 0;
}
