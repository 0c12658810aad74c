// Test collections: documents, queries, judgements, and the measures over a ranking.
#pragma once

#include "analyzers/base/result.h"

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace acervo::relevance {

struct Document {
    std::string id;
    std::string language; // ISO 639-1
    std::string title;
    std::string text;
};

struct Query {
    std::string id;
    std::string language;
    std::string text;
};

using Judged = std::map<std::string, int>;             // document -> grade, above 0
using Judgements = std::map<std::string, Judged>;      // query -> its judged documents
using Direction = std::pair<std::string, std::string>; // language of the queries, of the documents

// A folder with docs.jsonl ({"id", "lang", "title", "text"} a line), queries.tsv (id, language, text) and qrels.tsv in
// TREC form (query, 0, document, grade); in multilingual ones also qrels.<query language>-<document language>.tsv.
struct Collection {
    std::string name;
    std::vector<Document> documents;
    std::vector<Query> queries;
    // One language: a single entry under its name twice.
    std::map<Direction, Judgements> judgements;
};

// errors  notFound, corruptInput with file and line.
Result<Collection> loadCollection(const std::filesystem::path& folder);

constexpr std::size_t kRanks = 100; // how deep a ranking is asked for

// Means over queries.
// source  nDCG: Järvelin and Kekäläinen 2002, gain = grade, discount log2(rank + 1), as trec_eval computes it.
struct Measures {
    std::size_t queries = 0;
    double ndcg10 = 0.0;
    double mrr10 = 0.0;
    double recall100 = 0.0;
    double medianMilliseconds = 0.0; // of a query, wall clock
};

// Adds up the queries of one table row.
class Scorer {
public:
    void add(const std::vector<std::string>& ranking, const Judged& judged, double milliseconds);
    Measures means() const;

private:
    Measures _sums;
    std::vector<double> _milliseconds;
};

} // namespace acervo::relevance
