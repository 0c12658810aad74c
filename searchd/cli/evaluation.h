// Measures search on a test collection, through the product's own catalogue, index, query path and ranking.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/vocabulary/vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace acervo::cli {

// A folder with docs.jsonl ({"id", "lang", "title", "text"} a line), queries.tsv (id, language, text) and judgements
// in TREC form (query, 0, document, grade).
struct Collection {
    std::filesystem::path folder;
    std::filesystem::path judgements; // "" is qrels.tsv in the folder
    std::string documentLanguage;     // only documents of this language; "" all
};

// Means over the queries that have a judged document in the collection.
// source  nDCG: Järvelin and Kekäläinen 2002, gain = grade, discount log2(rank + 1), as trec_eval computes it.
struct Scores {
    std::uint64_t documents = 0;
    std::uint64_t queries = 0;
    double ndcg10 = 0.0;
    double mrr10 = 0.0;
    double recall100 = 0.0;
};

// Builds the library in a temporary folder, which is removed afterwards.
// errors  notFound, corruptInput (file and line), those of catalogue, index and search.
Result<Scores> evaluate(const Collection& collection, const vocabulary::Vocabularies& vocabularies);

} // namespace acervo::cli
