// The two ways a collection is searched: Acervo's own, and Xapian's as it comes out of the box, to compare with.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/search/engine.h"
#include "tests/relevance/collection.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace acervo::relevance {

// What is asked of Acervo's path beside the words.
struct Asked {
    bool translate = false;      // search in the other languages too
    bool withoutAccents = false; // and in lower case, as people type
    std::uint32_t hits = kRanks;
};

// The product's catalogue, index, query path and ranking.
class AcervoPath {
public:
    // Builds in `folder`, which is empty.
    static Result<AcervoPath> build(const std::vector<const Document*>& documents, const std::filesystem::path& folder,
                                    const vocabulary::Vocabularies& vocabularies, const search::EngineOptions& options);

    // Other weights or another lexicon, on the same index.
    Result<void> reopen(const vocabulary::Vocabularies& vocabularies, const search::EngineOptions& options);

    // Ids of documents, best first.
    Result<std::vector<std::string>> rank(const Query& query, const Asked& asked);

private:
    AcervoPath(search::Engine engine, search::EngineOptions options)
        : _engine(std::move(engine)), _options(std::move(options))
    {
    }

    search::Engine _engine;
    search::EngineOptions _options;
    std::map<std::int64_t, std::string> _ids; // edition -> document
};

// Xapian::TermGenerator and QueryParser with the stemmer of the language, default weighting and options. Titles are
// indexed with the text and under the prefix S, as Xapian's guide does.
class PlainPath {
public:
    static PlainPath build(const std::vector<const Document*>& documents);
    std::vector<std::string> rank(const Query& query) const;

    PlainPath(PlainPath&&) noexcept;
    ~PlainPath();

private:
    struct State;
    explicit PlainPath(std::unique_ptr<State> state);
    std::unique_ptr<State> _state;
};

} // namespace acervo::relevance
