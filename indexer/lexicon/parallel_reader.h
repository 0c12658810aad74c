// Reads the same text in several languages, from documents or catalogues of messages, as analysed pairs of sentences.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/text/analyzer.h"
#include "indexer/lexicon/learner.h"
#include "indexer/lexicon/parallel_text.h"
#include "indexer/worker/worker_pool.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace acervo::lexicon {

struct LanguagePair {
    text::Language source = text::Language::other;
    text::Language target = text::Language::other;
};

// What is learned.
inline constexpr std::array<LanguagePair, 3> kLanguagePairs{{{text::Language::en, text::Language::fr},
                                                             {text::Language::en, text::Language::es},
                                                             {text::Language::es, text::Language::fr}}};

inline constexpr std::size_t kMaxParallelTextBytes = 16U << 20; // of one text in one language; what is over is cut

// What one text yielded, for each of kLanguagePairs.
struct Batch {
    std::array<std::vector<AnalysedPair>, kLanguagePairs.size()> pairs;
    AlignmentCounts counts;
    std::vector<std::string> problems; // a file each that could not be read
};

using FileByLanguage = std::map<text::Language, std::filesystem::path>;
using TextByLanguage = std::map<text::Language, std::string>;

// threads  one for each thread; the pool of workers may be shared.
class ParallelReader {
public:
    explicit ParallelReader(worker::WorkerPool& workers);

    // Aligns every two of the texts. Pages are separated by empty lines.
    Batch readTexts(const TextByLanguage& texts);
    // Documents of any format that Acervo reads.
    Batch readDocuments(const FileByLanguage& files);
    // Compiled gettext catalogues with messages in `original`; two of them also give the pairs of their translations.
    Batch readCatalogues(text::Language original, const FileByLanguage& files);

private:
    void alignAll(const std::map<text::Language, std::vector<std::string>>& blocks, Batch& batch);
    void analyse(std::size_t pair, const std::vector<SentencePair>& sentences, Batch& batch);
    Result<std::string> textOf(const std::filesystem::path& file);

    worker::WorkerPool& _workers;
    std::map<text::Language, text::Analyzer> _analyzers;
};

} // namespace acervo::lexicon
