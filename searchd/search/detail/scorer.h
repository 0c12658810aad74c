// Weighs the documents that a query matches, by BM25.
#pragma once

#include "corpus/index/columns.h"
#include "searchd/query/ranking.h"
#include "searchd/query/tree.h"
#include "searchd/search/detail/matching.h"
#include "searchd/search/detail/postings.h"

#include <deque>
#include <string>
#include <vector>

namespace acervo::search::detail {

// Weighs as Xapian 1.4 does, with its BM25Weight of k2 = 0, k3 = 1 (ScorerTest compares): term by term over the decoded
// postings instead of document by document, so that nothing need be left out and no order depends on how many are
// asked for.
//
// source   BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; a synonym's
//          frequency as that of independent words.
// threads  for one search.
// errors   as PostingReader.
class Scorer {
public:
    Scorer(PostingReader& postings, Matcher& matcher, const index::Columns& columns, const query::Ranking& ranking);

    // By docid; 0 for what is not in `results`, which are documents the tree matches.
    std::vector<float> scores(const query::Tree& tree, const index::DocumentSet& results);

private:
    // Sums by docid, and which of them are not 0.
    struct Sums {
        std::vector<float> values;
        std::vector<Xapian::docid> touched;

        void add(Xapian::docid id, float value)
        {
            if (values[id] == 0.0F) {
                touched.push_back(id);
            }
            values[id] += value;
        }
    };

    // What a part of the tree is asked: how much of its weight counts, in which documents.
    struct Asked {
        double share;
        const index::DocumentSet& within;
    };

    void add(const query::Tree& tree, Asked asked, Sums& sums);
    void addAll(const std::vector<query::Tree>& parts, Asked asked, Sums& sums);
    void addWord(const Postings& postings, Asked asked, Sums& sums);
    void addSynonym(const std::vector<const Postings*>& words, Asked asked, Sums& sums);
    void addBest(const query::Tree& tree, Asked asked, Sums& sums);
    std::vector<const Postings*> wordsOf(const query::Tree& synonym);

    double weightOf(double documents) const; // of a term that so many documents have
    float saturated(double weight, double count, Xapian::docid id) const;

    Sums borrow();
    void giveBack(Sums sums);

    PostingReader& _postings;
    Matcher& _matcher;
    const index::Columns& _columns;
    const query::Ranking& _ranking;
    double _documents;
    double _perLength; // 1 / mean length
    std::deque<Sums> _idle;
};

} // namespace acervo::search::detail
