// Finds the pages of documents that answer a query best, from the position lists of its terms.
#pragma once

#include "analyzers/text/analyzer.h"
#include "corpus/index/document_data.h"
#include "searchd/query/plan.h"
#include "searchd/search/detail/occurrences.h"

#include <xapian.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace acervo::search::detail {

struct FoundPage {
    std::uint32_t number = 0;
    std::string label;
    double score = 0.0; // see scorePassages()
};

struct PageSources {
    const Xapian::Database& database;
    const query::Marks& marks;
    const query::Ranking& ranking;
    const std::map<text::Language, text::Analyzer>& analyzers; // of all languages: words that only begin as asked have
                                                               // positions by their stems
};

struct SoughtDocument {
    Xapian::docid id = 0;
    const index::DocumentData* data = nullptr; // not null
};

// For one query; what it needs of the index whatever the document is looked up once.
class PageFinder {
public:
    explicit PageFinder(const PageSources& sources);

    // Of each document, best first, at most `limit`; the first page alone when no word of the query stands in the
    // pages. In a long report they are looked for where single words stand most. Where the best of these has not all of
    // the words, those pages are judged by all they have; where words in quotation marks are not side by side on it,
    // all pages are.
    //
    // documents  ascending by id, in which the words are walked along all of them together.
    std::vector<std::vector<FoundPage>> best(const std::vector<SoughtDocument>& documents, std::size_t limit) const;
    // Of all pages that have a word of the query, as they follow each other.
    std::vector<PageScore> scores(const SoughtDocument& document) const;

private:
    PassageScores bestFirst(const std::vector<Occurrence>& occurrences, const index::DocumentData& data) const;
    std::vector<FoundPage> shown(const PassageScores& scores, const index::DocumentData& data, std::size_t limit) const;

    Groups _groups;
    PageSources _sources;
    WordWeights _weights;
};

} // namespace acervo::search::detail
