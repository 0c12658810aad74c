// Prints how many mistyped queries "did you mean" mends as expected, over an index of the sample corpus.
//
// usage: acervo-spelling-table [--floor] DATA-FOLDER TABLE
//
// TABLE has a line for each query: interface language, what was typed, what is expected ("-": no proposal), separated
// by tabs. With --floor the exit status tells whether the share is high enough, in every language.
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/search/engine.h"

#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

namespace {

using namespace acervo;

constexpr double kFloor = 0.85;

struct Share {
    std::size_t right = 0;
    std::size_t asked = 0;
};

} // namespace

int main(int argc, char** argv)
{
    const bool floor = argc == 4 && std::string_view{argv[1]} == "--floor";
    if (argc != 3 && !floor) {
        std::fputs("usage: acervo-spelling-table [--floor] DATA-FOLDER TABLE\n", stderr);
        return 2;
    }
    const std::filesystem::path data = argv[argc - 2];
    const auto vocabularies = vocabulary::load(ACERVO_SOURCE_DIR "/corpus/vocabulary");
    search::EngineOptions options;
    options.indexRoot = data / "index";
    options.catalogueFile = data / "catalogue.sqlite";
    auto engine =
        search::Engine::open(options, access::Filter::publicOnly(), vocabularies.value(), search::makeSharedState());
    std::ifstream table{argv[argc - 1]};
    if (!engine || !table) {
        std::fprintf(stderr, "acervo-spelling-table: no index in %s, or no table\n", data.c_str());
        return 2;
    }
    std::map<std::string, Share> shares;
    for (std::string line; std::getline(table, line);) {
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        if (line.starts_with('#') || second == std::string::npos) {
            continue;
        }
        search::SearchRequest request;
        const auto code = line.substr(0, first);
        request.interfaceLanguage = text::languageOf(code);
        request.q = line.substr(first + 1, second - first - 1);
        const auto expected = line.substr(second + 1);
        const auto answer = engine->search(request);
        const auto proposed = answer && answer->didYouMean ? answer->didYouMean->text : "-";
        auto& share = shares[code];
        ++share.asked;
        share.right += proposed == expected ? 1 : 0;
        if (proposed != expected) {
            std::printf("%s  %s: expected %s, proposed %s (%llu works as typed)\n", code.c_str(), request.q.c_str(),
                        expected.c_str(), proposed.c_str(),
                        static_cast<unsigned long long>(answer ? answer->total : 0));
        }
    }
    bool enough = !shares.empty();
    for (const auto& [code, share] : shares) {
        const double part = static_cast<double>(share.right) / static_cast<double>(share.asked);
        std::printf("%s  %zu of %zu as expected (%.0f %%)\n", code.c_str(), share.right, share.asked, part * 100);
        enough = enough && part >= kFloor;
    }
    return floor && !enough ? 1 : 0;
}
