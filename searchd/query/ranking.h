// The numbers of ranking, each with its reason: the only place where they stand.
#pragma once

#include <cstddef>
#include <cstdint>

namespace acervo::query {

// Weights are in units of BM25, where a rare word of the title brings about 10.
// source  docs/adr/0016-ranking.md: tuned on the development collections together, with ./dev eval.
struct Ranking {
    // BM25 over one document per edition, in which a word of the title, a heading, a keyword counts as several of the
    // text (Robertson, Zaragoza, Taylor 2004: the fields' frequencies are added up before they saturate).
    double k1 = 1.4;
    double b = 0.75;
    double minLength = 0.1; // of the mean: what is shorter gains nothing more

    double spelling = 0.05;      // as exactForm, for the word with its accents, or without where it is typed without
    double exactForm = 0.2;      // share of a word's weight for the form as typed
    double minorRendering = 0.5; // share of a word's weight for translations that are seldom meant
    double minorBelow = 0.5;     // lexicon weight under which a translation is such a one

    double readersLanguage = 1.0; // for an edition that the reader can read

    // The best of the first results are weighed again by where their words stand.
    std::size_t reranked = 40;
    double byMeaning = 0.5; // share of the weight by translations' own weights, where words are translated
    double bestPage = 0.1;  // share of the weight of the best page
    double proximity = 0.3; // of pairs of neighbouring words that stand close to each other there
    double freshness = 0.1; // for the newest work; halves in ten years

    double mostWords = 2.0; // more for works with most of the words, where those with any are shown too

    // Fewer works than these with most of the words: works with any of them are shown too.
    std::uint64_t enough = 10;
};

} // namespace acervo::query
