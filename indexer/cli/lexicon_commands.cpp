// lexicon import, remove, correct, refuse, build: what changes the lexicon. See lexicon_look_commands.cpp for the rest.
#include "indexer/cli/lexicon_commands.h"

#include "analyzers/base/durable_file.h"
#include "analyzers/lexicon/compiler.h"
#include "corpus/catalogue/lock.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/detail/lexicon_look.h"
#include "indexer/cli/library.h"
#include "indexer/cli/progress_line.h"
#include "indexer/cli/report.h"
#include "indexer/lexicon/corrections.h"
#include "indexer/lexicon/house.h"
#include "indexer/lexicon/importer.h"
#include "indexer/lexicon/source_file.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <utility>

namespace acervo::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kProgressParts = 100;

// The configuration, and the indexer's lock for commands that write.
struct Workplace {
    config::Config config;
    catalogue::Lock lock;
};

Result<Workplace> openWorkplace(const config::Arguments& arguments)
{
    auto config = loadConfig(arguments);
    if (!config) {
        return config.error();
    }
    std::error_code problem;
    fs::create_directories(config->data, problem);
    if (problem) {
        return errorFromErrno(problem.value(), "create the data folder " + config->data.string());
    }
    auto lock = catalogue::lockExclusively(config->lockFile());
    if (!lock) {
        return lock.error();
    }
    return Workplace{std::move(*config), std::move(*lock)};
}

// "unesco-thesaurus.ttl" -> "unesco-thesaurus", "freedict-fra-eng.dict.dz" -> "freedict-fra-eng"
std::string sourceNameFrom(const fs::path& file)
{
    constexpr std::size_t kMostBytes = 64;
    const auto whole = file.filename().string();
    std::string name;
    for (const char c : whole.substr(0, whole.find('.', 1))) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        const bool capital = c >= 'A' && c <= 'Z';
        name += capital ? static_cast<char>(c - 'A' + 'a') : kept ? c : '-';
    }
    return name.empty() ? "import" : name.substr(0, kMostBytes);
}

Result<text::Language> languageOption(const config::Arguments& arguments, std::string_view option)
{
    const auto written = arguments.value(option);
    const auto language = text::languageOf(written);
    if (!written.empty() && language == text::Language::other) {
        return Error{ErrorCode::invalidArgument, "--" + std::string{option} + " takes en, fr or es, not " + written};
    }
    return language;
}

Result<lexicon::ImportRequest> importRequest(const config::Arguments& arguments)
{
    if (arguments.words().size() != 3) {
        return Error{ErrorCode::invalidArgument, "lexicon import needs the name of one file"};
    }
    lexicon::ImportRequest request;
    request.file = arguments.words()[2];
    request.via = arguments.value("via");
    std::error_code problem;
    if (!fs::exists(request.file, problem)) {
        return errorFromErrno(problem ? problem.value() : ENOENT, "read " + request.file.string());
    }
    const auto format =
        arguments.has("format") ? lexicon::formatOf(arguments.value("format")) : lexicon::guessFormat(request.file);
    if (!format) {
        return Error{ErrorCode::invalidArgument,
                     arguments.has("format")
                         ? "--format takes skos, tsv, wiktionary, apertium or freedict"
                         : "what " + request.file.string() + " is cannot be told: name its format with --format"};
    }
    if (!request.via.empty() && *format != lexicon::Format::apertium) {
        return Error{ErrorCode::invalidArgument, "--via is for transducers of Apertium"};
    }
    request.format = *format;
    for (auto& [option, language] : {std::pair{"from", &request.from}, std::pair{"to", &request.to}}) {
        const auto given = languageOption(arguments, option);
        if (!given) {
            return given.error();
        }
        *language = *given;
    }
    return request;
}

// Name, origin, title and licence as they were given.
Result<void> describe(const config::Arguments& arguments, const fs::path& file, lexicon::Source& source)
{
    source.name = arguments.value("name", sourceNameFrom(file));
    if (!lexicon::isSourceName(source.name) || source.name == "staff" || source.name == "house") {
        return Error{ErrorCode::invalidArgument, "\"" + source.name +
                                                     "\" cannot name a source: use lower-case letters, "
                                                     "digits and dashes; not \"staff\" or \"house\""};
    }
    if (arguments.has("origin")) {
        const auto origin = lexicon::originOf(arguments.value("origin"));
        if (origin != lexicon::Origin::thesaurus && origin != lexicon::Origin::dictionary) {
            return Error{ErrorCode::invalidArgument, "--origin takes thesaurus or dictionary"};
        }
        source.origin = *origin;
    }
    source.title = arguments.value("title", source.title);
    source.licence = arguments.value("licence", source.licence);
    return {};
}

int importSource(const config::Arguments& arguments)
{
    const auto request = importRequest(arguments);
    if (!request) {
        return failed(request.error());
    }
    const auto workplace = openWorkplace(arguments);
    if (!workplace) {
        return failed(workplace.error());
    }
    auto imported = lexicon::importFile(*request);
    if (!imported) {
        return failed(imported.error().within("import"));
    }
    auto& source = imported->source;
    if (auto described = describe(arguments, request->file, source); !described) {
        return failed(described.error());
    }
    if (source.pairs.empty() && source.labels.empty()) {
        return failed({ErrorCode::corruptInput, request->file.string() + " holds nothing that can be used"});
    }
    if (auto written = lexicon::writeSource(workplace->config.lexiconFolder(), source); !written) {
        return failed(written.error());
    }
    std::printf("%s: %zu translations, %zu labels of concepts, %zu broader concepts\n", source.name.c_str(),
                source.pairs.size(), source.labels.size(), source.broader.size());
    for (const auto& [why, count] : imported->skipped) {
        std::printf("  skipped %8zu  %s\n", count, why.c_str());
    }
    std::printf("Next: acervo-indexer lexicon build\n");
    return exitDone;
}

int removeSource(const config::Arguments& arguments)
{
    if (arguments.words().size() != 3 || !lexicon::isSourceName(arguments.words()[2])) {
        return failed({ErrorCode::invalidArgument, "lexicon remove needs the name of one source, see lexicon list"});
    }
    const auto workplace = openWorkplace(arguments);
    if (!workplace) {
        return failed(workplace.error());
    }
    const auto folder = workplace->config.lexiconFolder();
    std::error_code problem;
    if (!fs::remove(folder / (arguments.words()[2] + ".tsv"), problem)) {
        return failed(problem ? errorFromErrno(problem.value(), "remove the source")
                              : Error{ErrorCode::notFound, "there is no source named " + arguments.words()[2]});
    }
    if (auto synced = syncFolder(folder); !synced) {
        return failed(synced.error());
    }
    std::printf("Removed. Next: acervo-indexer lexicon build\n");
    return exitDone;
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

Result<lexicon::Correction> correctionOf(const config::Arguments& arguments, bool refuses)
{
    const auto& words = arguments.words();
    if (words.size() != 6) {
        return Error{ErrorCode::invalidArgument,
                     "lexicon " + words[1] +
                         " needs LANG PHRASE LANG PHRASE: fr \"élu local\" en \"local councillor\""};
    }
    lexicon::Correction correction;
    correction.pair = {text::languageOf(words[2]), words[3], text::languageOf(words[4]), words[5], refuses ? 0.0 : 1.0};
    correction.by = arguments.value("by");
    correction.when = today();
    if (arguments.has("weight")) {
        const auto written = arguments.value("weight");
        const auto read = std::from_chars(written.data(), written.data() + written.size(), correction.pair.weight);
        if (refuses || read.ec != std::errc{} || read.ptr != written.data() + written.size() ||
            !(correction.pair.weight > 0)) {
            return Error{ErrorCode::invalidArgument,
                         refuses ? "refuse takes no --weight: it is 0" : "--weight takes a number above 0, up to 1"};
        }
    }
    return correction;
}

int correctPair(const config::Arguments& arguments, bool refuses)
{
    auto correction = correctionOf(arguments, refuses);
    if (!correction) {
        return failed(correction.error());
    }
    const auto workplace = openWorkplace(arguments);
    if (!workplace) {
        return failed(workplace.error());
    }
    auto outcome = lexicon::correct(workplace->config.lexiconFolder(), *correction);
    if (outcome && arguments.has("both")) {
        std::swap(correction->pair.from, correction->pair.to);
        std::swap(correction->pair.phrase, correction->pair.rendering);
        const auto backwards = lexicon::correct(workplace->config.lexiconFolder(), *correction);
        if (!backwards || *backwards != lexicon::Corrected::unchanged) {
            outcome = backwards;
        }
    }
    if (!outcome) {
        return failed(outcome.error());
    }
    if (*outcome == lexicon::Corrected::unchanged) {
        std::printf("It stands there already; nothing was changed.\n");
        return exitDone;
    }
    std::printf("%s. Next: acervo-indexer lexicon build\n",
                *outcome == lexicon::Corrected::added ? "Noted" : "Changed");
    return exitDone;
}

int correctCommand(const config::Arguments& arguments)
{
    return correctPair(arguments, false);
}

int refuseCommand(const config::Arguments& arguments)
{
    return correctPair(arguments, true);
}

// The house first, then what lies in the folder.
Result<std::vector<lexicon::Source>> allSources(const config::Config& config)
{
    const auto vocabularies = vocabulary::load(config.vocabulary);
    if (!vocabularies) {
        return vocabularies.error();
    }
    auto house = lexicon::houseSource(*vocabularies, config.glossaryFolder());
    if (!house) {
        return house.error();
    }
    auto sources = lexicon::readSources(config.lexiconFolder());
    if (sources) {
        sources->insert(sources->begin(), std::move(*house));
    }
    return sources;
}

int buildLexicon(const config::Arguments& arguments)
{
    const auto workplace = openWorkplace(arguments);
    if (!workplace) {
        return failed(workplace.error());
    }
    const auto began = std::chrono::steady_clock::now();
    const auto sources = allSources(workplace->config);
    if (!sources) {
        return failed(sources.error().within("read the sources of the lexicon"));
    }
    ProgressLine progress{"percent"};
    const auto report = lexicon::compile(*sources, workplace->config.lexiconFile(), [&](double share) {
        progress.show({static_cast<std::uint64_t>(share * kProgressParts), kProgressParts, "compiling the lexicon"});
    });
    progress.finish();
    if (!report) {
        return failed(report.error());
    }
    printStatistics(report->statistics);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began;
    std::printf("The lexicon was compiled from %zu sources in %.1f s; %zu entries say nothing and were left out.\n",
                sources->size(), spent.count(), report->leftOut);
    return exitDone;
}

// One line each; lexiconCommand() reads them.
constexpr std::array kCommands{
    std::pair{std::string_view{"import"}, &importSource},    std::pair{std::string_view{"remove"}, &removeSource},
    std::pair{std::string_view{"correct"}, &correctCommand}, std::pair{std::string_view{"refuse"}, &refuseCommand},
    std::pair{std::string_view{"build"}, &buildLexicon},     std::pair{std::string_view{"list"}, &listLexicon},
    std::pair{std::string_view{"show"}, &showPhrase},        std::pair{std::string_view{"learn"}, &lexiconLearnCommand},
};

} // namespace

int lexiconCommand(const config::Arguments& arguments)
{
    const auto& words = arguments.words();
    for (const auto& [name, command] : kCommands) {
        if (words.size() > 1 && words[1] == name) {
            return command(arguments);
        }
    }
    std::fprintf(stderr, "acervo-indexer: lexicon needs one of its commands\n\n%s", std::string{kLexiconUsage}.c_str());
    return exitUsage;
}

} // namespace acervo::cli
