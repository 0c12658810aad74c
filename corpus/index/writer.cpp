#include "corpus/index/writer.h"

#include "analyzers/lexicon/lexicon.h"
#include "corpus/index/detail/bulk_builder.h"
#include "corpus/index/detail/generation_writer.h"
#include "corpus/index/detail/verification.h"
#include "corpus/index/generation.h"
#include "corpus/index/guarded.h"

#include <xapian.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace acervo::index {

namespace {

// The lexicon whose concepts are indexed, if there is one. One that cannot be read keeps nobody from indexing.
struct Concepts {
    std::optional<lexicon::Lexicon> lexicon;
    std::string fingerprint;
    std::string problem;

    const lexicon::Lexicon* orNone() const { return lexicon ? &*lexicon : nullptr; }
};

Concepts openConcepts(const WriterOptions& options)
{
    Concepts concepts;
    if (options.lexiconFile.empty()) {
        return concepts;
    }
    auto opened = lexicon::Lexicon::open(options.lexiconFile);
    if (opened) {
        concepts.fingerprint = opened->fingerprint();
        concepts.lexicon.emplace(std::move(*opened));
    } else if (opened.error().code != ErrorCode::notFound) {
        concepts.problem = opened.error().message;
    }
    return concepts;
}

enum class WhenStopped : bool {
    discard, // a new generation is whole or it is nothing
    keep,    // the next run goes on where this one stopped
};

// Makes the next generation and what belongs into it, verifies it and makes it the current one.
class NextGeneration {
public:
    NextGeneration(const WriterOptions& options, const catalogue::Catalogue& catalogue,
                   const vocabulary::Vocabularies& vocabularies)
        : _options(options), _catalogue(catalogue), _vocabularies(vocabularies), _concepts(openConcepts(options))
    {
    }

    // What was built is removed again when it did not come to be the current one.
    Result<CatchUp> build(WhenStopped whenStopped)
    {
        removeUnfinished(_options.root);
        const auto generation = createGeneration(_options.root, _options.audiences.names, _concepts.fingerprint);
        if (!generation) {
            return generation.error();
        }
        CatchUp report;
        report.lexiconProblem = _concepts.problem;
        auto done = write(*generation, whenStopped, report);
        if (done) {
            done = detail::verify(_options, *generation, _catalogue, report);
        }
        if (done) {
            done = switchTo(_options.root, *generation);
        }
        if (!done) {
            removeUnfinished(_options.root);
            return done.error();
        }
        return report;
    }

private:
    Result<void> write(const std::string& generation, WhenStopped whenStopped, CatchUp& report)
    {
        {
            detail::BulkBuilder builder{_options, _options.root / generation, _vocabularies, _concepts.orNone()};
            if (auto indexed = builder.index(_catalogue, report); !indexed) {
                return indexed;
            }
            if (whenStopped == WhenStopped::discard && _options.stopRequested && _options.stopRequested()) {
                return Error{ErrorCode::busy,
                             "stopped before the new index was complete; the present one stays in use"};
            }
            if (auto merged = builder.merge(); !merged) {
                return merged;
            }
        }
        detail::GenerationWriter writer{_options, generation, DocumentBuilder{_vocabularies, _concepts.orNone()}};
        if (auto opened = writer.open(); !opened) {
            return opened;
        }
        return writer.stamp(report.appliedChange);
    }

    const WriterOptions& _options;
    const catalogue::Catalogue& _catalogue;
    const vocabulary::Vocabularies& _vocabularies;
    Concepts _concepts;
};

// The present index and the catalogue, to be compared.
struct Standing {
    std::vector<std::pair<std::string, std::string>> databases; // audience and path
    catalogue::Statistics statistics;
};

Result<Standing> standingOf(const WriterOptions& options, const catalogue::Catalogue& catalogue)
{
    const auto generation = currentGeneration(options.root);
    if (!generation) {
        return generation.error();
    }
    const auto manifest = readManifest(options.root, *generation);
    if (!manifest) {
        return manifest.error();
    }
    const auto statistics = catalogue.statistics();
    if (!statistics) {
        return statistics.error();
    }
    Standing standing{{}, *statistics};
    for (const auto& audience : manifest->audiences) {
        standing.databases.emplace_back(audience, (options.root / *generation / audience).string());
    }
    return standing;
}

} // namespace

Result<CatchUp> catchUp(const WriterOptions& options, const catalogue::Catalogue& catalogue,
                        const vocabulary::Vocabularies& vocabularies)
{
    const auto generation = currentGeneration(options.root);
    if (!generation) {
        return NextGeneration{options, catalogue, vocabularies}.build(WhenStopped::keep);
    }
    const auto manifest = readManifest(options.root, *generation);
    if (!manifest) {
        return manifest.error();
    }
    if (manifest->audiences != options.audiences.names) {
        return Error{ErrorCode::indexUnavailable,
                     "the audiences of the configuration changed: run \"acervo-indexer reindex\""};
    }
    const auto concepts = openConcepts(options);
    CatchUp report;
    report.lexiconProblem = concepts.problem;
    {
        detail::GenerationWriter writer{options, *generation, DocumentBuilder{vocabularies, concepts.orNone()}};
        if (auto opened = writer.open(); !opened) {
            return opened.error();
        }
        const auto statistics = catalogue.statistics();
        if (!statistics) {
            return statistics.error();
        }
        if (!writer.isEmpty() || statistics->lastChange == 0) {
            if (auto done = writer.replay(catalogue, report); !done) {
                return done.error();
            }
            return report;
        }
    }
    // Nothing in it yet: quicker made anew.
    auto built = NextGeneration{options, catalogue, vocabularies}.build(WhenStopped::keep);
    if (built) {
        if (auto removed = removeOldGenerations(options.root, 0); !removed) {
            return removed.error();
        }
    }
    return built;
}

Result<CatchUp> rebuild(const WriterOptions& options, const catalogue::Catalogue& catalogue,
                        const vocabulary::Vocabularies& vocabularies)
{
    // The one before the present one goes first: its room is needed, and after the switch it would go anyway.
    if (currentGeneration(options.root)) {
        if (auto removed = removeOldGenerations(options.root, 0); !removed) {
            return removed.error();
        }
    }
    auto built = NextGeneration{options, catalogue, vocabularies}.build(WhenStopped::discard);
    if (built) {
        if (auto removed = removeOldGenerations(options.root, 1); !removed) {
            return removed.error();
        }
    }
    return built;
}

Result<std::uint64_t> changesBehind(const WriterOptions& options, const catalogue::Catalogue& catalogue)
{
    const auto standing = standingOf(options, catalogue);
    if (!standing) {
        return standing.error();
    }
    const auto& [databases, statistics] = *standing;
    return guarded("look at the index", [&] {
        auto applied = statistics.lastChange;
        for (const auto& [audience, path] : databases) {
            const Xapian::Database database{path};
            applied = std::min(applied, detail::appliedIn(database));
        }
        return static_cast<std::uint64_t>(statistics.lastChange - applied);
    });
}

Result<std::vector<std::string>> problems(const WriterOptions& options, const catalogue::Catalogue& catalogue)
{
    std::vector<std::string> found;
    const auto standing = standingOf(options, catalogue);
    if (!standing) {
        return standing.error();
    }
    const auto& [databases, statistics] = *standing;
    auto checked = guarded("check the index", [&] {
        std::uint64_t documents = 0;
        for (const auto& [audience, path] : databases) {
            if (const auto errors = Xapian::Database::check(path); errors > 0) {
                found.push_back("index of audience " + audience + ": " + std::to_string(errors) +
                                " structural errors: run \"acervo-indexer reindex\"");
            }
            const Xapian::Database database{path};
            documents += database.get_doccount();
            if (const auto applied = detail::appliedIn(database); applied != statistics.lastChange) {
                found.push_back("index of audience " + audience + " stands at change " + std::to_string(applied) +
                                " of " + std::to_string(statistics.lastChange) + ": run \"acervo-indexer run\"");
            }
        }
        // One that stands behind is completed by a run; only then do the numbers mean something.
        if (found.empty() && documents != statistics.editions) {
            found.push_back("the index has " + std::to_string(documents) + " documents, the catalogue " +
                            std::to_string(statistics.editions) + " current editions: run \"acervo-indexer reindex\"");
        }
    });
    if (!checked) {
        return checked.error();
    }
    return found;
}

} // namespace acervo::index
