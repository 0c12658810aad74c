#include "indexer/cli/pair_command.h"

#include "analyzers/lexicon/lexicon.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/detail/desk.h"
#include "indexer/cli/detail/pair_merging.h"
#include "indexer/cli/lexicon_commands.h"
#include "indexer/cli/library.h"
#include "indexer/cli/progress_line.h"
#include "indexer/cli/report.h"
#include "indexer/pairing/library.h"
#include "indexer/pairing/propose.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace acervo::cli {

namespace {

using pairing::Profile;
using pairing::Proposal;

struct Proposed {
    Library library; // read only
    std::vector<Profile> profiles;
    std::vector<Proposal> proposals;

    const Profile& first(const Proposal& proposal) const { return profiles[proposal.first]; }
    const Profile& second(const Proposal& proposal) const { return profiles[proposal.second]; }
};

std::filesystem::path refusedFile(const config::Config& config)
{
    return config.data / "pairs-refused.tsv";
}

std::filesystem::path listFile(const config::Config& config)
{
    return config.data / "pairs-proposed.tsv";
}

Result<Proposed> proposed(const config::Arguments& arguments)
{
    auto library = openLibrary(arguments, catalogue::Mode::readOnly);
    if (!library) {
        return library.error();
    }
    const auto refused = pairing::readPairs(refusedFile(library->config));
    if (!refused) {
        return refused.error();
    }
    const auto held = library->catalogue.statistics();
    if (!held) {
        return held.error();
    }
    ProgressLine progress{"editions"};
    auto profiles = pairing::profilesOf(library->catalogue, [&](std::uint64_t read) {
        progress.show({read, held->editions, "reading"});
    });
    progress.finish();
    if (!profiles) {
        return profiles.error();
    }
    const auto lexicon = lexicon::Lexicon::open(library->config.lexiconFile());
    if (!lexicon) {
        std::fprintf(stderr, "%s\nWithout a lexicon fewer pairs are found.\n",
                     printable(lexiconLine(library->config)).c_str());
    }
    auto proposals = pairing::withoutRefused(pairing::propose(*profiles, lexicon ? &*lexicon : nullptr), *profiles,
                                             *refused, library->catalogue);
    if (!proposals) {
        return proposals.error();
    }
    return Proposed{std::move(*library), std::move(*profiles), std::move(*proposals)};
}

std::string doubtsOf(const Proposal& proposal)
{
    std::string text;
    for (const auto doubt : proposal.doubts) {
        text += (text.empty() ? "" : "; ") + std::string{pairing::nameOf(doubt)};
    }
    return text;
}

void print(const Profile& profile)
{
    std::printf("        %s  %-2s  %s  %s  (%s)\n", profile.citableId.c_str(),
                std::string{text::codeOf(profile.language)}.c_str(), profile.date.empty() ? "-" : profile.date.c_str(),
                printable(profile.title).c_str(), printable(profile.uri).c_str());
}

void print(const Proposed& all, std::size_t place)
{
    const auto& proposal = all.proposals[place];
    const auto& evidence = proposal.evidence;
    std::printf("%5zu  %.3f  words %.2f (%.1f times the next), numbers and names %.2f (%zu shared), length %.2f, "
                "pages %.2f, file names %.2f%s%s%s\n",
                place + 1, proposal.score, evidence.words, evidence.margin, evidence.marks, evidence.sharedMarks,
                evidence.length, evidence.pages, evidence.names, evidence.inThird ? ", agree with a third" : "",
                evidence.sameDate ? ", same date" : "", evidence.mention ? ", one names the other's file" : "");
    print(all.first(proposal));
    print(all.second(proposal));
    if (!proposal.doubts.empty()) {
        std::printf("        in doubt: %s\n", doubtsOf(proposal).c_str());
    }
}

nlohmann::json toJson(const Profile& profile)
{
    return {{"id", profile.citableId},
            {"language", text::codeOf(profile.language)},
            {"date", profile.date},
            {"title", profile.title},
            {"uri", profile.uri}};
}

nlohmann::json toJson(const Proposed& all, std::size_t place)
{
    const auto& proposal = all.proposals[place];
    const auto& evidence = proposal.evidence;
    auto doubts = nlohmann::json::array();
    for (const auto doubt : proposal.doubts) {
        doubts.push_back(pairing::nameOf(doubt));
    }
    return {{"number", place + 1},
            {"score", proposal.score},
            {"editions", {toJson(all.first(proposal)), toJson(all.second(proposal))}},
            {"doubts", std::move(doubts)},
            {"evidence",
             {{"words", evidence.words},
              {"margin", evidence.margin},
              {"mutualBest", evidence.isMutual},
              {"agreeWithThird", evidence.inThird},
              {"marks", evidence.marks},
              {"sharedMarks", evidence.sharedMarks},
              {"length", evidence.length},
              {"pages", evidence.pages},
              {"fileNames", evidence.names},
              {"sameDate", evidence.sameDate},
              {"namesTheOther", evidence.mention}}}};
}

int list(const config::Arguments& arguments)
{
    const auto all = proposed(arguments);
    if (!all) {
        return failed(all.error());
    }
    std::vector<pairing::PairNote> numbered;
    for (const auto& proposal : all->proposals) {
        numbered.push_back({pairing::workPair(all->first(proposal).citableId, all->second(proposal).citableId),
                            std::to_string(proposal.score)});
    }
    if (auto written = pairing::writePairs(listFile(all->library.config), numbered); !written) {
        return failed(written.error());
    }
    auto json = nlohmann::json::array();
    for (std::size_t place = 0; place < all->proposals.size(); ++place) {
        if (arguments.has("json")) {
            json.push_back(toJson(*all, place));
        } else {
            print(*all, place);
        }
    }
    if (arguments.has("json")) {
        std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
    } else if (all->proposals.empty()) {
        std::printf("Nothing to propose among %zu editions.\n", all->profiles.size());
    } else {
        const auto sure = std::ranges::count_if(
            all->proposals, [](const Proposal& proposal) { return proposal.isCertain(pairing::kCertain); });
        std::printf("%zu pairs among %zu editions; nothing speaks against %td of them from a score of %.2f on.\nNext: "
                    "works pair --review, or --accept N,N-N, or --yes-above %.2f\n",
                    all->proposals.size(), all->profiles.size(), sure, pairing::kCertain, pairing::kCertain);
    }
    return exitDone;
}

// "1,3-5" -> 1 3 4 5
std::optional<std::set<std::size_t>> numbersIn(const std::vector<std::string>& values, std::size_t most)
{
    std::set<std::size_t> numbers;
    for (const auto& value : values) {
        const char* next = value.data();
        const char* const end = next + value.size();
        while (true) {
            std::size_t from = 0;
            auto read = std::from_chars(next, end, from);
            auto to = from;
            if (read.ec == std::errc{} && read.ptr != end && *read.ptr == '-') {
                read = std::from_chars(read.ptr + 1, end, to);
            }
            if (read.ec != std::errc{} || from == 0 || to < from || to > most) {
                return std::nullopt;
            }
            for (auto number = from; number <= to; ++number) {
                numbers.insert(number);
            }
            if (read.ptr == end) {
                break;
            }
            if (*read.ptr != ',') {
                return std::nullopt;
            }
            next = read.ptr + 1;
        }
    }
    return numbers;
}

// Who decides, and what was known about the pair.
catalogue::Signature signatureFor(const config::Arguments& arguments, const pairing::PairNote& pair)
{
    auto signature = signatureFrom(arguments);
    signature.note += (signature.note.empty() ? "" : "; ") + std::string{"paired, score "} + pair.note;
    return signature;
}

// Merges one after the other; what does not fit any more is said and left alone.
int mergeAll(const config::Arguments& arguments, const std::vector<pairing::PairNote>& pairs)
{
    auto desk = openDesk(arguments);
    if (!desk) {
        return failed(desk.error());
    }
    std::size_t done = 0;
    for (const auto& pair : pairs) {
        const auto merged = detail::mergePair(desk->catalogue, pair.works, signatureFor(arguments, pair));
        if (!merged) {
            return failed(merged.error().within("merge " + pair.works.first + " and " + pair.works.second));
        }
        std::printf("%s\n", detail::sentenceFor(*merged, pair.works).c_str());
        done += merged->how == detail::Merged::done ? 1 : 0;
    }
    return shown(*desk, std::to_string(done) + " merged.");
}

int accept(const config::Arguments& arguments)
{
    const auto config = loadConfig(arguments);
    if (!config) {
        return failed(config.error());
    }
    const auto listed = pairing::readPairs(listFile(*config));
    if (!listed) {
        return failed(listed.error());
    }
    const auto numbers = numbersIn(arguments.values("accept"), listed->size());
    if (!numbers) {
        return failed({ErrorCode::invalidArgument, "--accept takes numbers of the last list, such as 1,3-5; it has " +
                                                       std::to_string(listed->size()) +
                                                       ": see acervo-indexer works pair"});
    }
    std::vector<pairing::PairNote> chosen;
    for (const auto number : *numbers) {
        chosen.push_back((*listed)[number - 1]);
    }
    return mergeAll(arguments, chosen);
}

int acceptAbove(const config::Arguments& arguments)
{
    const auto written = arguments.value("yes-above");
    double least = 0.0;
    const auto read = std::from_chars(written.data(), written.data() + written.size(), least);
    if (read.ec != std::errc{} || read.ptr != written.data() + written.size() || !(least >= 0.0 && least <= 1.0)) {
        return failed({ErrorCode::invalidArgument, "--yes-above takes a score from 0 to 1"});
    }
    const auto all = proposed(arguments);
    if (!all) {
        return failed(all.error());
    }
    std::vector<pairing::PairNote> chosen;
    for (const auto& proposal : all->proposals) {
        if (proposal.isCertain(least)) {
            chosen.push_back({pairing::workPair(all->first(proposal).citableId, all->second(proposal).citableId),
                              std::to_string(proposal.score)});
        }
    }
    if (chosen.empty()) {
        std::printf("Nothing to merge: see acervo-indexer works pair\n");
        return exitDone;
    }
    return mergeAll(arguments, chosen);
}

std::string today()
{
    const auto now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 16> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts);
    return text.data();
}

enum class Answer : std::uint8_t { yes, no, later, stop };

Answer ask()
{
    for (std::string line;;) {
        std::printf("        One work? [y]es, [n]o, [l]ater, [q]uit: ");
        std::fflush(stdout);
        if (!std::getline(std::cin, line) || line == "q") {
            return Answer::stop;
        }
        for (const auto& [word, answer] :
             {std::pair{"y", Answer::yes}, std::pair{"n", Answer::no}, std::pair{"l", Answer::later}}) {
            if (line == word) {
                return answer;
            }
        }
    }
}

// The lock is held only while something is written: a person thinks long.
Result<detail::Outcome> mergeOne(const config::Arguments& arguments, const pairing::PairNote& pair)
{
    auto desk = openDesk(arguments);
    if (!desk) {
        return desk.error();
    }
    return detail::mergePair(desk->catalogue, pair.works, signatureFor(arguments, pair));
}

Result<void> refuse(const config::Arguments& arguments, const config::Config& config, const pairing::WorkPair& works)
{
    auto refused = pairing::readPairs(refusedFile(config));
    if (!refused) {
        return refused.error();
    }
    refused->push_back({works, today() + " " + signatureFrom(arguments).by});
    return pairing::writePairs(refusedFile(config), *refused);
}

int review(const config::Arguments& arguments)
{
    const auto all = proposed(arguments);
    if (!all) {
        return failed(all.error());
    }
    std::size_t done = 0;
    for (std::size_t place = 0; place < all->proposals.size(); ++place) {
        const auto& proposal = all->proposals[place];
        const pairing::PairNote pair{pairing::workPair(all->first(proposal).citableId, all->second(proposal).citableId),
                                     std::to_string(proposal.score)};
        const auto fits = detail::fits(all->library.catalogue, pair.works);
        if (!fits) {
            return failed(fits.error());
        }
        if (!*fits) {
            continue; // a yes to another pair settled it
        }
        print(*all, place);
        const auto answer = ask();
        if (answer == Answer::stop) {
            std::printf("\n");
            break;
        }
        if (answer == Answer::no) {
            if (auto noted = refuse(arguments, all->library.config, pair.works); !noted) {
                return failed(noted.error());
            }
        }
        if (answer == Answer::yes) {
            const auto merged = mergeOne(arguments, pair);
            if (!merged) {
                return failed(merged.error());
            }
            std::printf("%s\n", detail::sentenceFor(*merged, pair.works).c_str());
            done += merged->how == detail::Merged::done ? 1 : 0;
        }
    }
    if (done == 0) {
        return exitDone;
    }
    const auto desk = openDesk(arguments);
    return desk ? shown(*desk, std::to_string(done) + " merged.") : failed(desk.error());
}

} // namespace

int pairCommand(const config::Arguments& arguments)
{
    const int ways =
        (arguments.has("review") ? 1 : 0) + (arguments.has("accept") ? 1 : 0) + (arguments.has("yes-above") ? 1 : 0);
    if (ways > 1 || arguments.words().size() != 2) {
        return failed({ErrorCode::invalidArgument, "works pair takes one of --review, --accept and --yes-above"});
    }
    if (arguments.has("review")) {
        return review(arguments);
    }
    if (arguments.has("accept")) {
        return accept(arguments);
    }
    return arguments.has("yes-above") ? acceptAbove(arguments) : list(arguments);
}

} // namespace acervo::cli
