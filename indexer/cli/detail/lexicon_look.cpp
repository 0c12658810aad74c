#include "indexer/cli/detail/lexicon_look.h"

#include "analyzers/text/analyzer.h"
#include "indexer/cli/commands.h"
#include "indexer/cli/lexicon_commands.h"
#include "indexer/cli/library.h"
#include "indexer/cli/report.h"
#include "indexer/lexicon/source_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <span>

namespace acervo::cli {

namespace {

std::string languagePair(text::Language from, text::Language to)
{
    return std::string{text::codeOf(from)} + "-" + std::string{text::codeOf(to)};
}

void printMatch(const lexicon::Match& match, std::string_view words)
{
    std::printf("%s\n", printable(words).c_str());
    for (const auto& rendering : match.renderings) {
        std::printf("  %s  %.2f  %-40s %-10s %s\n", std::string{text::codeOf(rendering.language)}.c_str(),
                    rendering.weight, printable(rendering.text).c_str(),
                    std::string{lexicon::nameOf(rendering.origin)}.c_str(), printable(rendering.source).c_str());
    }
    for (const auto& id : match.concepts) {
        std::printf("  concept   %s\n", printable(id).c_str());
    }
    if (match.tokens == 0) {
        std::printf("  nothing is known\n");
    }
}

} // namespace

void printStatistics(const lexicon::Statistics& statistics)
{
    std::printf("%zu phrases, %zu renderings, %zu concepts; %.1f MB\n", statistics.phrases, statistics.renderings,
                statistics.concepts, static_cast<double>(statistics.fileBytes) / 1e6);
    std::map<std::string, std::array<std::size_t, lexicon::kOrigins>> rows;
    for (const auto& pair : statistics.pairs) {
        rows[languagePair(pair.from, pair.to)][static_cast<std::size_t>(pair.origin)] += pair.renderings;
    }
    std::printf("%-8s", "");
    for (std::size_t i = 0; i < lexicon::kOrigins; ++i) {
        std::printf("%12s", std::string{lexicon::nameOf(static_cast<lexicon::Origin>(i))}.c_str());
    }
    std::printf("\n");
    for (const auto& [pair, counts] : rows) {
        std::printf("%-8s", pair.c_str());
        for (const auto count : counts) {
            std::printf("%12zu", count);
        }
        std::printf("\n");
    }
}

int listLexicon(const config::Arguments& arguments)
{
    const auto config = loadConfig(arguments);
    if (!config) {
        return failed(config.error());
    }
    const auto sources = lexicon::readSources(config->lexiconFolder());
    if (!sources) {
        return failed(sources.error());
    }
    for (const auto& source : *sources) {
        std::printf("%-28s %-11s %8zu translations %8zu labels  %s%s%s\n", source.name.c_str(),
                    std::string{lexicon::nameOf(source.origin)}.c_str(), source.pairs.size(), source.labels.size(),
                    printable(source.title).c_str(), source.licence.empty() ? "" : "; ",
                    printable(source.licence).c_str());
    }
    if (sources->empty()) {
        std::printf("No sources were imported; the vocabularies and the glossary of the house are always there.\n");
    }
    const auto compiled = lexicon::Lexicon::open(config->lexiconFile());
    if (!compiled && compiled.error().code == ErrorCode::notFound) {
        std::printf("It was not compiled yet: acervo-indexer lexicon build\n");
        return exitDone;
    }
    if (!compiled) {
        return failed(compiled.error());
    }
    std::printf("Compiled: ");
    printStatistics(compiled->statistics());
    return exitDone;
}

int showPhrase(const config::Arguments& arguments)
{
    const auto& words = arguments.words();
    const auto language = words.size() == 4 ? text::languageOf(words[2]) : text::Language::other;
    if (language == text::Language::other) {
        return failed({ErrorCode::invalidArgument, "lexicon show needs LANG PHRASE: fr \"budget participatif\""});
    }
    const auto config = loadConfig(arguments);
    if (!config) {
        return failed(config.error());
    }
    const auto compiled = lexicon::Lexicon::open(config->lexiconFile());
    if (!compiled) {
        return failed(compiled.error().code == ErrorCode::notFound
                          ? Error{ErrorCode::notFound, "there is no lexicon yet: acervo-indexer lexicon build"}
                          : compiled.error());
    }
    const auto tokens = text::Analyzer{language}.analyze(words[3]);
    for (std::size_t at = 0; at < tokens.size();) {
        const auto match = compiled->longestMatch(std::span{tokens}.subspan(at), language);
        const auto count = std::max<std::size_t>(match.tokens, 1);
        const auto begin = tokens[at].span.begin;
        const auto end = tokens[at + count - 1].span.end;
        printMatch(match, std::string_view{words[3]}.substr(begin, end - begin));
        at += count;
    }
    return exitDone;
}

std::string lexiconLine(const config::Config& config)
{
    const auto compiled = lexicon::Lexicon::open(config.lexiconFile());
    if (!compiled) {
        return compiled.error().code == ErrorCode::notFound
                   ? "lexicon: none; searches stay in their own language until \"acervo-indexer lexicon build\""
                   : "lexicon: " + compiled.error().message;
    }
    const auto statistics = compiled->statistics();
    return "lexicon: " + std::to_string(statistics.phrases) + " phrases, " + std::to_string(statistics.renderings) +
           " renderings, " + std::to_string(statistics.concepts) + " concepts";
}

} // namespace acervo::cli
