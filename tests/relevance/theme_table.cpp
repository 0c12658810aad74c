// Shows how well themes are assigned to documents that nobody described: a sample to judge, or a comparison with the
// themes that people gave.
//
// usage: acervo-theme-table [--sample N] [--seed S] DATA-FOLDER LEXICON
//
// Every current edition of the catalogue is built as for the index, as if nobody had given it themes. With --sample N
// of the themes found are drawn, by the generator of seed S, and printed with the title and the opening to judge them
// by: edition, theme, title, opening, separated by tabs. Else the table compares with what the catalogue holds.
#include "analyzers/lexicon/lexicon.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/index/document_builder.h"
#include "corpus/index/document_data.h"
#include "corpus/vocabulary/vocabulary.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace acervo;

constexpr std::size_t kOpening = 400; // bytes of the text
constexpr std::size_t kChangesPerRead = 200;

struct Assigned {
    std::string edition;
    std::string theme;
    std::string title;
    std::string opening;
};

struct Comparison {
    std::size_t editions = 0;
    std::size_t withAny = 0;
    std::size_t found = 0;
    std::size_t agreed = 0;       // the very theme that people gave
    std::size_t nearlyAgreed = 0; // or one above or below it
    std::size_t given = 0;
    std::size_t givenFound = 0; // of those given, found or one above or below found
};

std::string oneLine(std::string text)
{
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    return text;
}

std::string openingOf(const std::vector<model::Page>& pages)
{
    std::string text;
    for (const auto& page : pages) {
        text += page.text + " ";
        if (text.size() > kOpening) {
            break;
        }
    }
    auto end = std::min(text.size(), kOpening);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        ++end;
    }
    return oneLine(text.substr(0, end));
}

bool areRelated(const vocabulary::Scheme& themes, const std::string& a, const std::string& b)
{
    const auto isAbove = [&](const std::string& upper, const std::string& lower) {
        return std::ranges::any_of(themes.ancestors(lower),
                                   [&](const auto* ancestor) { return ancestor->notation == upper; });
    };
    return a == b || isAbove(a, b) || isAbove(b, a);
}

void compare(const vocabulary::Scheme& themes, const std::vector<std::string>& given,
             const std::vector<std::string>& found, Comparison& comparison)
{
    ++comparison.editions;
    comparison.withAny += found.empty() ? 0 : 1;
    comparison.found += found.size();
    comparison.given += given.size();
    for (const auto& theme : found) {
        comparison.agreed += std::ranges::find(given, theme) != given.end() ? 1 : 0;
        comparison.nearlyAgreed +=
            std::ranges::any_of(given, [&](const auto& other) { return areRelated(themes, theme, other); }) ? 1 : 0;
    }
    for (const auto& theme : given) {
        comparison.givenFound +=
            std::ranges::any_of(found, [&](const auto& other) { return areRelated(themes, theme, other); }) ? 1 : 0;
    }
}

void printSample(std::vector<Assigned> all, std::size_t wanted, unsigned seed)
{
    std::mt19937 random{seed};
    for (std::size_t i = all.size(); i > 1; --i) {
        std::swap(all[i - 1], all[random() % i]); // not std::shuffle: the same on every platform
    }
    all.resize(std::min(all.size(), wanted));
    for (const auto& one : all) {
        std::printf("%s\t%s\t%s\t%s\n", one.edition.c_str(), one.theme.c_str(), one.title.c_str(), one.opening.c_str());
    }
}

double percent(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

} // namespace

int main(int argc, char** argv)
{
    std::size_t sample = 0;
    unsigned seed = 1;
    int next = 1;
    for (; next + 1 < argc && std::string_view{argv[next]}.starts_with("--"); next += 2) {
        const std::string_view name{argv[next]};
        const auto number = std::strtoul(argv[next + 1], nullptr, 10);
        seed = name == "--seed" ? static_cast<unsigned>(number) : seed;
        sample = name == "--sample" ? number : sample;
    }
    if (argc - next != 2) {
        std::fputs("usage: acervo-theme-table [--sample N] [--seed S] DATA-FOLDER LEXICON\n", stderr);
        return 2;
    }
    const std::filesystem::path data = argv[next];
    const auto vocabularies = vocabulary::load(ACERVO_SOURCE_DIR "/corpus/vocabulary");
    const auto lexicon = lexicon::Lexicon::open(argv[next + 1]);
    auto catalogue = catalogue::Catalogue::open(data / "catalogue.sqlite", catalogue::Mode::readOnly);
    if (!vocabularies || !lexicon || !catalogue) {
        std::fprintf(stderr, "acervo-theme-table: no catalogue in %s, or no lexicon\n", data.c_str());
        return 2;
    }
    index::DocumentBuilder builder{*vocabularies, &*lexicon};
    std::vector<Assigned> all;
    Comparison comparison;
    for (std::int64_t after = 0;;) {
        auto changes = catalogue->changesAfter(after, kChangesPerRead);
        if (!changes || changes->empty()) {
            break;
        }
        after = changes->back().number;
        for (auto& change : *changes) {
            auto& edition = change.edition;
            if (edition.state != model::EditionState::current) {
                continue;
            }
            const auto given = std::exchange(edition.metadata.themes, {});
            const auto pages = catalogue->pages(edition.versionId);
            if (!pages) {
                continue;
            }
            const auto built = index::decode(builder.build(edition, *pages).get_data());
            compare(vocabularies->themes, given, built->automaticThemes, comparison);
            for (const auto& theme : built->automaticThemes) {
                all.push_back({edition.sourceUri, theme, oneLine(edition.metadata.title), openingOf(*pages)});
            }
        }
    }
    if (sample > 0) {
        printSample(std::move(all), sample, seed);
        return 0;
    }
    std::printf("editions %zu, with a theme found %zu (%.1f %%), themes found %zu\n", comparison.editions,
                comparison.withAny, percent(comparison.withAny, comparison.editions), comparison.found);
    std::printf("of those found, given by people too: %.1f %%; that theme or one above or below it: %.1f %%\n",
                percent(comparison.agreed, comparison.found), percent(comparison.nearlyAgreed, comparison.found));
    std::printf("of %zu given by people, found or one above or below it: %.1f %%\n", comparison.given,
                percent(comparison.givenFound, comparison.given));
    return 0;
}
