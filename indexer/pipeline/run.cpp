#include "indexer/pipeline/run.h"

#include "indexer/crawl/folder_source.h"
#include "indexer/crawl/sidecar.h"
#include "indexer/extract/extractor.h"
#include "indexer/pipeline/detail/index_update.h"
#include "indexer/pipeline/detail/reading.h"
#include "indexer/pipeline/metadata_rules.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <unordered_map>

namespace acervo::pipeline {

using catalogue::Outcome;

namespace {

constexpr std::uint32_t kRulesVersion = 2;     // raise when the same document would get other metadata
constexpr std::size_t kCommitEvery = 50;       // documents
constexpr std::size_t kIndexEvery = 1000;      // documents
constexpr std::uint64_t kMassLossAtLeast = 20; // missing documents...
constexpr std::uint64_t kMassLossShare = 10;   // ...that are more than 1 in 10: something is wrong with the source
constexpr std::uint32_t kPassesUntilGone = 2;

std::string describe(const model::Metadata& metadata)
{
    std::string all;
    const auto add = [&](std::string_view text) {
        all += text;
        all += '\x1f';
    };
    for (const auto& text : {metadata.workKey, metadata.assignedId, metadata.type, metadata.section, metadata.date,
                             metadata.series, metadata.number, metadata.isbn, metadata.doi, metadata.license,
                             metadata.language, metadata.title, metadata.subtitle, metadata.abstractText}) {
        add(text);
    }
    for (const auto* list :
         {&metadata.themes, &metadata.countries, &metadata.sdgs, &metadata.keywords, &metadata.authors}) {
        for (const auto& text : *list) {
            add(text);
        }
        all += '\x1e';
    }
    return all;
}

std::string reasonOf(const Error& error)
{
    return std::string{nameOf(error.code)} + ": " + error.message;
}

class Run {
public:
    Run(const config::Config& config, const config::Source& source, catalogue::Catalogue& catalogue,
        const vocabulary::Vocabularies& vocabularies, const Control& control)
        : _config(config), _source(source), _catalogue(catalogue), _vocabularies(vocabularies), _control(control)
    {
        _report.source = source.name;
    }

    Result<RunReport> run()
    {
        const auto started = std::chrono::steady_clock::now();
        auto listing = crawl::listFolder(_source, extract::supportedExtensions());
        if (!listing) {
            return listing.error();
        }
        _report.ignored = std::move(listing->ignored);
        _sidecars = crawl::Sidecars::read(listing->sidecars);
        for (const auto& problem : _sidecars.problems()) {
            _report.warnings.push_back({problem.file, problem.message});
        }
        auto known = _catalogue.locations(_source.name);
        if (!known) {
            return known.error();
        }
        for (auto& location : *known) {
            auto uri = location.uri;
            _known.emplace(std::move(uri), std::move(location));
        }
        if (auto done = work(*listing); !done) {
            (void)_catalogue.rollback();
            return done.error();
        }
        _report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
        return std::move(_report);
    }

private:
    Result<void> work(crawl::Listing& listing)
    {
        const auto runId = _catalogue.beginRun(_source.name);
        if (!runId) {
            return runId.error();
        }
        _runId = *runId;
        if (auto begun = _catalogue.begin(); !begun) {
            return begun;
        }
        for (const auto& problem : listing.problems) {
            // What could not even be looked at is reported, not remembered: it is no document.
            ++_report.counts.failed;
            if (auto added = addRow({problem.uri, Outcome::failed, reasonOf(problem.error)}); !added) {
                return added;
            }
        }
        _total = listing.files.size() + listing.problems.size();
        auto tasks = toRead(listing);
        if (!tasks) {
            return tasks.error();
        }
        if (auto noted = noteMissing(listing); !noted) {
            return noted;
        }
        auto read = detail::readAll(_config.indexer, std::move(*tasks), _control.stopRequested,
                                    [&](detail::ReadDocument document) { return take(std::move(document)); });
        if (!read) {
            return read;
        }
        if (auto counted = countMissing(); !counted) {
            return counted;
        }
        alarmIfVanished();
        _report.stopped = _control.stopRequested && _control.stopRequested();
        if (!_report.stopped && _report.alarm.empty()) {
            if (auto withdrawn = withdrawGone(); !withdrawn) {
                return withdrawn;
            }
        }
        if (auto finished = _catalogue.finishRun(_runId, _report.counts); !finished) {
            return finished;
        }
        if (auto committed = _catalogue.commit(); !committed) {
            return committed;
        }
        return detail::updateIndex(_config, _catalogue, _vocabularies, _control, _report);
    }

    // What has the size, time and inputs it had is counted as before and not opened.
    Result<std::vector<detail::Task>> toRead(crawl::Listing& listing)
    {
        std::vector<detail::Task> tasks;
        for (auto& file : listing.files) {
            _seen.insert(file.uri);
            auto inputs = inputsHash(file);
            const auto entry = _known.find(file.uri);
            // One that was never read and went away is as new when it comes back.
            const bool isNew =
                entry == _known.end() || (entry->second.outcome == Outcome::withdrawn && entry->second.editionId == 0);
            if (isNew) {
                tasks.push_back({std::move(file), std::move(inputs), std::nullopt});
                continue;
            }
            auto& known = entry->second;
            const bool untouched = known.byteSize == file.byteSize && known.modifiedAt == file.modifiedAt &&
                                   sameInputs(known, inputs) && !known.sha256.empty();
            if (!untouched) {
                tasks.push_back({std::move(file), std::move(inputs), known});
            } else if (auto noted = sameAsBefore(known, known.missedPasses > 0 || known.outcome == Outcome::withdrawn);
                       !noted) {
                return noted.error();
            }
        }
        return tasks;
    }

    std::string inputsHash(const crawl::FoundFile& file) const
    {
        const auto* sidecar = _sidecars.find(file.path);
        std::string inputs = std::to_string(extract::kExtractorVersion) + '/' + std::to_string(kRulesVersion) + '/' +
                             _source.section + '/' + _source.type + '/' + _source.language + '/' + _source.audience;
        for (const auto& pattern : _source.pathPatterns) {
            inputs += '/' + pattern;
        }
        if (sidecar != nullptr) {
            inputs += describe(sidecar->metadata);
        }
        const auto& limits = _config.indexer;
        const auto limitsText = std::to_string(limits.maxFileBytes) + '/' + std::to_string(limits.maxTextBytes) + '/' +
                                std::to_string(limits.workerMemoryBytes) + '/' +
                                std::to_string(limits.workerCpu.count()) + '/' +
                                std::to_string(limits.workerWall.count());
        return detail::sha256OfText(inputs) + ':' + detail::sha256OfText(limitsText);
    }

    // Other limits matter only to what ran into them: a document read whole is not read again for a higher one.
    static bool sameInputs(const catalogue::Location& known, const std::string& inputs)
    {
        if (known.outcome == Outcome::failed || known.outcome == Outcome::partial) {
            return known.inputsHash == inputs;
        }
        return known.inputsHash.substr(0, known.inputsHash.find(':')) == inputs.substr(0, inputs.find(':'));
    }

    // A failed document that did not change fails again without being read again.
    Result<void> sameAsBefore(const catalogue::Location& known, bool note)
    {
        if (known.outcome == Outcome::failed || known.outcome == Outcome::quarantined) {
            ++(known.outcome == Outcome::failed ? _report.counts.failed : _report.counts.quarantined);
            if (auto noted = note ? _catalogue.noteFailure(known) : Result<void>{}; !noted) {
                return noted;
            }
            return addRow({known.uri, known.outcome, known.reason});
        }
        ++_report.counts.unchanged;
        if (auto noted = note ? _catalogue.noteUnchanged(_source.name, known.uri) : Result<void>{}; !noted) {
            return noted;
        }
        return step(known.uri);
    }

    Result<void> take(detail::ReadDocument document)
    {
        const auto& file = document.task.file;
        catalogue::Location location;
        location.source = _source.name;
        location.uri = file.uri;
        location.byteSize = file.byteSize;
        location.modifiedAt = file.modifiedAt;
        location.sha256 = document.sha256;
        location.inputsHash = document.task.inputsHash;
        if (document.sameBytes) {
            auto known = *document.task.known;
            known.byteSize = file.byteSize;
            known.modifiedAt = file.modifiedAt;
            if (known.outcome == Outcome::failed || known.outcome == Outcome::quarantined) {
                if (auto noted = _catalogue.noteFailure(known); !noted) {
                    return noted;
                }
                return sameAsBefore(known, false);
            }
            if (auto noted = _catalogue.noteUnchanged(known); !noted) {
                return noted;
            }
            return sameAsBefore(known, false);
        }
        if (!*document.extracted && document.extracted->error().code == ErrorCode::notFound) {
            return vanished(file.uri);
        }
        if (!*document.extracted) {
            return fail(std::move(location), document.extracted->error());
        }
        return store(std::move(location), std::move(**document.extracted), file);
    }

    Result<void> store(catalogue::Location location, extract::ExtractedDocument extracted, const crawl::FoundFile& file)
    {
        const auto* sidecar = _sidecars.find(file.path);
        auto merged = mergeMetadata(sidecar != nullptr ? &sidecar->metadata : nullptr, extracted.metadata, file.uri,
                                    extracted.pages, _source, _vocabularies);
        for (auto& unknown : merged.unknownValues) {
            warn(file.uri, "not in the vocabulary, kept as written: " + unknown);
        }
        catalogue::NewDocument document;
        const bool hasText = std::ranges::any_of(extracted.pages, [](const auto& page) { return !page.text.empty(); });
        location.outcome = extracted.truncated || !hasText ? Outcome::partial : Outcome::indexed;
        if (location.outcome == Outcome::partial) {
            location.reason = extracted.truncated ? "text cut at a limit" : "no text found: indexed by its metadata";
        }
        for (const auto& warning : extracted.warnings) {
            warn(file.uri, warning);
        }
        document.location = location;
        document.audience = _source.audience;
        document.sourceSection = _source.section;
        document.metadata = std::move(merged.metadata);
        document.workKeyGuessed = sidecar == nullptr || sidecar->metadata.workKey.empty();
        document.mediaType = std::move(extracted.mediaType);
        document.truncated = extracted.truncated;
        document.outline = std::move(extracted.outline);
        document.pages = std::move(extracted.pages);
        document.warnings = std::move(extracted.warnings);
        const auto stored = _catalogue.store(document);
        if (!stored) {
            return stored.error().within("store " + file.uri);
        }
        for (const auto& warning : stored->warnings) {
            warn(file.uri, warning);
        }
        if (location.outcome == Outcome::partial) {
            ++_report.counts.partial;
            return addRow({location.uri, Outcome::partial, location.reason});
        }
        ++_report.counts.indexed;
        return step(location.uri);
    }

    // It was listed a moment ago: what is known of it stays as it is, the next run will see.
    Result<void> vanished(const std::string& uri)
    {
        ++_report.counts.failed;
        ++_vanished;
        return addRow({uri, Outcome::failed, "notFound: it was gone when it was to be read"});
    }

    void alarmIfVanished()
    {
        const bool many = _vanished >= kMassLossAtLeast && _vanished * kMassLossShare > _total;
        if (_report.alarm.empty() && (many || (_vanished > 0 && _vanished == _total))) {
            _report.alarm = std::to_string(_vanished) + " of " + std::to_string(_total) + " documents went away from " +
                            _source.folder.string() +
                            " while they were being read: check that it is still there, then run again";
        }
    }

    Result<void> fail(catalogue::Location location, const Error& error)
    {
        location.outcome = Outcome::failed;
        location.reason = reasonOf(error);
        ++_report.counts.failed;
        if (auto noted = _catalogue.noteFailure(location); !noted) {
            return noted;
        }
        return addRow({location.uri, Outcome::failed, location.reason});
    }

    Result<void> addRow(catalogue::RunRow row)
    {
        if (auto added = _catalogue.addRunRow(_runId, row); !added) {
            return added;
        }
        _report.rows.push_back(std::move(row));
        return step(_report.rows.back().uri);
    }

    void warn(const std::string& uri, const std::string& message) { _report.warnings.push_back({uri, message}); }

    // After each document: progress, and every now and then a durable commit.
    Result<void> step(const std::string& uri)
    {
        ++_report.counts.seen;
        if (_control.progress) {
            _control.progress({_report.counts.seen, _total, uri});
        }
        if (_report.counts.seen % kCommitEvery != 0) {
            return {};
        }
        if (auto committed = _catalogue.commit(); !committed) {
            return committed;
        }
        if (_report.counts.seen % kIndexEvery == 0) {
            if (auto updated = detail::updateIndex(_config, _catalogue, _vocabularies, _control, _report); !updated) {
                return updated;
            }
        }
        return _catalogue.begin();
    }

    // Documents the folder no longer has. Nothing is concluded when the folder looks wrong as a whole, nor below
    // folders that could not be read. Noted before anything is read, so that the same bytes found elsewhere are a move.
    Result<void> noteMissing(const crawl::Listing& listing)
    {
        std::vector<std::string> missing;
        std::uint64_t living = 0;
        for (const auto& [uri, location] : _known) {
            if (location.outcome == Outcome::withdrawn) {
                continue;
            }
            ++living;
            if (!_seen.contains(uri) && !isBelowProblem(uri, listing.problems)) {
                missing.push_back(uri);
            }
        }
        const bool massLoss = missing.size() >= kMassLossAtLeast && missing.size() * kMassLossShare > living;
        _report.missing = missing.size();
        _missing = missing;
        if (!missing.empty() && (listing.files.empty() || massLoss) && !_control.acceptMissing) {
            _report.alarm = std::to_string(missing.size()) + " of " + std::to_string(living) +
                            " known documents are missing from " + _source.folder.string() +
                            ": nothing was withdrawn. Check that the folder is complete; if they are really gone, "
                            "run again with --accept-missing";
            return {};
        }
        for (auto& uri : missing) {
            const auto passes = _catalogue.noteMissing(_source.name, uri);
            if (!passes) {
                return passes.error();
            }
            if (*passes >= kPassesUntilGone) {
                _gone.push_back(std::move(uri));
            }
        }
        return {};
    }

    // What was read meanwhile may have been found in a new place.
    Result<void> countMissing()
    {
        _report.missing = 0;
        for (const auto& uri : _missing) {
            const auto location = _catalogue.location(_source.name, uri);
            if (!location) {
                return location.error();
            }
            _report.missing += *location && (*location)->outcome != Outcome::withdrawn ? 1 : 0;
        }
        return {};
    }

    Result<void> withdrawGone()
    {
        for (const auto& uri : _gone) {
            const std::string reason{catalogue::kGoneFromSource};
            if (auto withdrawn = _catalogue.withdraw(_source.name, uri, reason); !withdrawn) {
                return withdrawn;
            }
            --_report.missing;
            ++_report.counts.withdrawn;
            if (auto added = addRow({uri, Outcome::withdrawn, reason}); !added) {
                return added;
            }
        }
        return {};
    }

    static bool isBelowProblem(const std::string& uri, const std::vector<crawl::Problem>& problems)
    {
        return std::ranges::any_of(problems, [&](const crawl::Problem& problem) {
            return problem.uri.empty() || uri == problem.uri || uri.starts_with(problem.uri + "/");
        });
    }

    const config::Config& _config;
    const config::Source& _source;
    catalogue::Catalogue& _catalogue;
    const vocabulary::Vocabularies& _vocabularies;
    const Control& _control;
    crawl::Sidecars _sidecars;
    std::unordered_map<std::string, catalogue::Location> _known;
    std::set<std::string> _seen;
    std::vector<std::string> _missing;
    std::vector<std::string> _gone; // missed often enough
    RunReport _report;
    std::int64_t _runId = 0;
    std::uint64_t _total = 0;
    std::uint64_t _vanished = 0; // between being listed and being read
};

} // namespace

Result<RunReport> runSource(const config::Config& config, const config::Source& source, catalogue::Catalogue& catalogue,
                            const vocabulary::Vocabularies& vocabularies, const Control& control)
{
    return Run{config, source, catalogue, vocabularies, control}.run();
}

bool sumsUp(const catalogue::RunCounts& counts)
{
    return counts.seen ==
           counts.indexed + counts.unchanged + counts.partial + counts.failed + counts.quarantined + counts.withdrawn;
}

} // namespace acervo::pipeline
