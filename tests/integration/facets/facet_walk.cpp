// Walks every facet value of twenty queries over a real library: the number beside it must equal the results after the
// click, with and without another filter in force. Prints how many numbers it compared.
#include "corpus/config/config.h"
#include "searchd/search/engine.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>

namespace {

using namespace acervo;

constexpr std::array<std::string_view, 20> kQueries{"",
                                                    "municipal",
                                                    "droit au logement",
                                                    "cambio climático",
                                                    "water",
                                                    "participation",
                                                    "ciudades",
                                                    "\"local government\"",
                                                    "finance -africa",
                                                    "package OR paquet OR paquete",
                                                    "housing AND rights",
                                                    "systeme",
                                                    "installation",
                                                    "title:report",
                                                    "construc*",
                                                    "live system configuration",
                                                    "the and of",
                                                    "género",
                                                    "collectivités territoriales",
                                                    "archive source upstream"};

struct Tally {
    unsigned long long compared = 0;
    unsigned long long wrong = 0;
};

std::uint64_t totalOf(search::Engine& engine, search::SearchRequest request)
{
    request.facets = false;
    request.size = 0;
    const auto answer = engine.search(request);
    if (!answer) {
        std::fprintf(stderr, "search failed: %s\n", answer.error().message.c_str());
        std::exit(1);
    }
    return answer->total;
}

// The works on all result pages together: what a reader can really reach.
std::uint64_t listedOf(search::Engine& engine, search::SearchRequest request)
{
    std::set<std::string> works;
    request.facets = false;
    request.snippets = false;
    request.size = 100;
    for (request.page = 1;; ++request.page) {
        const auto answer = engine.search(request);
        if (!answer || answer->hits.empty()) {
            return works.size();
        }
        for (const auto& hit : answer->hits) {
            works.insert(hit.citableId);
        }
    }
}

void compare(search::Engine& engine, const search::SearchRequest& base, Tally& tally)
{
    auto asked = base;
    asked.size = 0;
    const auto answer = engine.search(asked);
    if (!answer) {
        std::fprintf(stderr, "search failed: %s\n", answer.error().message.c_str());
        std::exit(1);
    }
    for (const auto& facet : answer->facets) {
        for (const auto& value : facet.values) {
            auto clicked = base;
            clicked.filter(facet.facet) = {value.value};
            const auto results = totalOf(engine, clicked);
            const auto listed = listedOf(engine, clicked);
            ++tally.compared;
            if (results != value.count || listed != value.count) {
                ++tally.wrong;
                std::printf("WRONG  q=%s  %s=%s  beside it %llu, total %llu, listed %llu\n", base.q.c_str(),
                            std::string{schema::infoOf(facet.facet).name}.c_str(), value.value.c_str(),
                            static_cast<unsigned long long>(value.count), static_cast<unsigned long long>(results),
                            static_cast<unsigned long long>(listed));
            }
        }
    }
}

} // namespace

int main(int count, char** words)
{
    if (count != 2) {
        std::fprintf(stderr, "usage: facet_walk CONFIG\n");
        return 2;
    }
    const auto config = config::load(words[1], config::sharedFolder());
    if (!config) {
        std::fprintf(stderr, "%s\n", config.error().message.c_str());
        return 1;
    }
    const auto vocabularies = vocabulary::load(config->vocabulary);
    if (!vocabularies) {
        std::fprintf(stderr, "%s\n", vocabularies.error().message.c_str());
        return 1;
    }
    search::EngineOptions options;
    options.indexRoot = config->indexRoot();
    options.catalogueFile = config->catalogueFile();
    auto engine = search::Engine::open(options, access::Filter::publicOnly(), *vocabularies, search::makeSharedState());
    if (!engine) {
        std::fprintf(stderr, "%s\n", engine.error().message.c_str());
        return 1;
    }
    Tally tally;
    for (const auto query : kQueries) {
        search::SearchRequest request;
        request.q = query;
        compare(*engine, request, tally);
        request.filter(schema::Facet::language) = {"fr"};
        compare(*engine, request, tally);
        request.filter(schema::Facet::language).clear();
        request.yearFrom = 2012;
        request.yearTo = 2019;
        compare(*engine, request, tally);
    }
    std::printf("%zu queries, %llu numbers compared, %llu wrong\n", kQueries.size(), tally.compared, tally.wrong);
    return tally.wrong == 0 && tally.compared > 0 ? 0 : 1;
}
