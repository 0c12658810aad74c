// Writes changes of the catalogue to one generation, batch by batch, each committed durably.
#pragma once

#include "corpus/index/document_builder.h"
#include "corpus/index/writer.h"

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace acervo::index::detail {

// The number of the last change that a database holds; 0 when it holds none.
std::int64_t appliedIn(const Xapian::Database& database);

// The database that holds what an audience may read. What has none that is known belongs to the strictest.
const std::string& homeOf(const std::string& audience, const access::Audiences& audiences);

// True for what no document can be blamed for: to leave one out and try again would mend nothing.
bool endsTheRun(ErrorCode code);

// The databases of one generation, one per audience, open for writing.
class GenerationWriter {
public:
    GenerationWriter(const WriterOptions& options, const std::string& generation, DocumentBuilder builder);

    Result<void> open();

    std::int64_t applied() const { return _applied; }
    bool isEmpty() const { return _fresh; } // nothing was ever written

    Result<void> replay(const catalogue::Catalogue& catalogue, CatchUp& report);

    // What is in the databases is everything up to that change; durable when it returns.
    Result<void> stamp(std::int64_t changeNumber);

private:
    struct Batch;

    Result<bool> collect(const catalogue::Catalogue& catalogue, Batch& batch) const;
    Result<void> apply(const catalogue::Catalogue& catalogue, const Batch& batch, CatchUp& report);
    Result<void> applyOne(const catalogue::Catalogue& catalogue, const model::Edition& edition, CatchUp& counts);
    Result<void> commitDurably(std::int64_t changeNumber);
    void cancel();

    const WriterOptions& _options;
    std::filesystem::path _folder;
    DocumentBuilder _builder;
    std::map<std::string, Xapian::WritableDatabase> _databases;
    std::int64_t _applied = 0;
    bool _fresh = false; // nothing in it yet: documents are added, not replaced
};

} // namespace acervo::index::detail
