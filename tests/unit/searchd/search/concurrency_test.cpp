// Several engines search while the indexer commits and switches generations underneath them.
#include "corpus/index/generation.h"
#include "searchd/search/engine.h"
#include "tests/support/indexed_catalogue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace acervo::search {
namespace {

using support::IndexedCatalogue;
using support::makeDocument;
using support::shippedVocabularies;

TEST(Concurrency, enginesSearchWhileTheIndexGrowsAndIsRebuilt)
{
    constexpr int kCommits = 12;
    IndexedCatalogue library;
    library.store(makeDocument("first", "en", {"water"}));
    library.catchUp();

    const auto shared = makeSharedState();
    std::atomic<bool> done{false};
    std::atomic<int> searches{0};
    std::mutex mutex;
    std::vector<std::string> problems; // guarded by mutex
    const auto look = [&](int number) {
        EngineOptions options;
        options.indexRoot = library.options().root;
        options.catalogueFile = library.catalogueFile();
        const access::Filter reader{{"public", "members"}};
        auto engine = Engine::open(options, reader, shippedVocabularies(), shared);
        const auto report = [&](const std::string& what) {
            const std::lock_guard lock{mutex};
            problems.push_back(what);
        };
        if (!engine) {
            report(engine.error().message);
            return;
        }
        std::uint64_t before = 0;
        while (!done) {
            SearchRequest request;
            request.q = number % 2 == 0 ? "water" : "";
            const auto answer = engine->search(request);
            ++searches;
            if (!answer) {
                report(std::string{nameOf(answer.error().code)} + ": " + answer.error().message);
                continue;
            }
            std::uint64_t english = 0;
            for (const auto& value : answer->facets[static_cast<std::size_t>(schema::Facet::language)].values) {
                english += value.count;
            }
            if (answer->total < before || english != answer->total) {
                report("total " + std::to_string(answer->total) + " after " + std::to_string(before) +
                       ", by language " + std::to_string(english));
            }
            before = answer->total;
            if (const auto suggested = engine->suggest("grow", text::Language::en, 3); !suggested) {
                report(suggested.error().message);
            }
        }
    };
    std::vector<std::jthread> readers;
    for (int number = 0; number < 4; ++number) {
        readers.emplace_back(look, number);
    }
    for (int commit = 0; commit < kCommits; ++commit) {
        for (int n = 0; n < 3; ++n) {
            auto document = makeDocument("grow" + std::to_string(commit) + "x" + std::to_string(n), "en", {"water"});
            document.audience = n == 0 ? "members" : "public";
            library.store(document);
        }
        if (commit % 4 == 3) {
            library.catchUp();
            library.rebuild();
            if (commit == 7) { // what the former one holds by then is the same
                const auto rolledBack = index::rollBack(library.options().root);
                EXPECT_TRUE(rolledBack);
            }
        } else {
            library.catchUp();
        }
    }
    while (searches < 8) {
        std::this_thread::yield();
    }
    done = true;
    readers.clear();
    for (const auto& problem : problems) {
        ADD_FAILURE() << problem;
    }
}

} // namespace
} // namespace acervo::search
