#include "indexer/pipeline/detail/index_update.h"

#include "corpus/index/writer.h"

namespace acervo::pipeline::detail {

Result<void> updateIndex(const config::Config& config, const catalogue::Catalogue& catalogue,
                         const vocabulary::Vocabularies& vocabularies, const Control& control, RunReport& report)
{
    index::WriterOptions options;
    options.root = config.indexRoot();
    options.audiences.names = config.audiences;
    options.lexiconFile = config.lexiconFile();
    options.buildMemoryBytes = config.indexer.buildMemoryBytes;
    options.progress = control.indexing;
    options.stopRequested = control.stopRequested; // the next run goes on with the index where this one stopped
    const auto caughtUp = index::catchUp(options, catalogue, vocabularies);
    if (!caughtUp) {
        return caughtUp.error();
    }
    report.added += caughtUp->added;
    report.stopped = report.stopped || (control.stopRequested && control.stopRequested());
    if (!caughtUp->lexiconProblem.empty()) {
        report.warnings.push_back({"", "concepts were not indexed: " + caughtUp->lexiconProblem});
    }
    for (const auto& refused : caughtUp->refused) {
        report.warnings.push_back({"", "the index refused " + refused});
    }
    return {};
}

} // namespace acervo::pipeline::detail
