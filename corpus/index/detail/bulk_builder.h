// Builds the databases of a generation that nobody reads yet: many small ones in parallel, then merged.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "corpus/index/detail/batch_queue.h"
#include "corpus/index/document_builder.h"
#include "corpus/index/writer.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace acervo::index::detail {

// A segment is a database of its own: so small that sorting its postings stays in the processor's cache, and written
// from its first block to its last in one go. Segments are put together by Xapian's compaction, which reads and writes
// every byte once and leaves no half-empty blocks. Nothing is synced before the whole is complete: what a crash leaves
// is not current and is removed by the next run.
class BulkBuilder {
public:
    // folder        of the generation; the databases are made in it, named by audience.
    // vocabularies  must outlive the builder, like the lexicon, which may be null.
    BulkBuilder(const WriterOptions& options, std::filesystem::path folder,
                const vocabulary::Vocabularies& vocabularies, const lexicon::Lexicon* lexicon);

    // Indexes all current editions into segments, up to the last change the catalogue has now, or up to where it was
    // asked to stop: report.appliedChange says how far.
    Result<void> index(const catalogue::Catalogue& catalogue, CatchUp& report);

    // Makes the databases out of the segments, durable when it returns. None is made for an audience without documents.
    // cost  disk: a table of the segments goes when the next one is begun; at most the segments and the largest table.
    Result<void> merge();

    // By audience: how many documents there must be.
    const std::map<std::string, std::uint64_t>& documents() const { return _documents; }

private:
    struct Written; // by one thread

    Result<void> readAll(const catalogue::Catalogue& catalogue, std::int64_t lastChange, CatchUp& report);
    static Result<void> take(const catalogue::Catalogue& catalogue, const model::Edition& edition, EditionBatch& batch,
                             CatchUp& report);
    Result<Written> writeSegments();
    Result<void> writeSegment(const EditionBatch& batch, DocumentBuilder& builder, Written& written) const;
    std::filesystem::path segmentFolder(const std::string& audience) const;

    const WriterOptions& _options;
    std::filesystem::path _folder;
    const vocabulary::Vocabularies& _vocabularies;
    const lexicon::Lexicon* _lexicon;
    unsigned _threads;
    BatchQueue _queue;
    std::map<std::string, std::uint64_t> _documents;
};

} // namespace acervo::index::detail
