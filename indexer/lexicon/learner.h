// Collects pairs of sentences in two languages and says which words translate which, in both directions.
#pragma once

#include "analyzers/text/analyzer.h"
#include "indexer/lexicon/parallel_text.h"
#include "indexer/lexicon/translation_model.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace acervo::lexicon {

// A word of a sentence, as far as learning looks at it.
struct LearnedWord {
    std::string stem;
    std::string form;         // in lower case with its accents
    bool capitalised = false; // not at the beginning of the sentence
};

struct AnalysedPair {
    std::vector<LearnedWord> source;
    std::vector<LearnedWord> target;
};

// The words of a sentence that can carry a translation: no function words, numbers, single letters, or long words in
// capitals (names of functions in a sentence of small letters: "BDSOMME"); each stem once.
std::vector<LearnedWord> contentWords(std::string_view sentence, const text::Analyzer& analyzer);

struct LearningRules {
    ModelOptions model;
    double leastShareOfBest = 0.1; // of a word's likeliest translation
    double leastTogether = 1.5;    // expected sentences
    double leastWeight = 0.25;
    double seldom = 3.0; // expected sentences: a link with fewer needs leastSeldomWeight
    double leastSeldomWeight = 0.4;
};

struct LearnedPair {
    text::Language from = text::Language::other;
    std::string word;
    text::Language to = text::Language::other;
    std::string rendering;
    double weight = 0.0; // (0, 1]
};

// What was seen of one language's words.
class WordList {
public:
    WordId add(const LearnedWord& word);

    std::size_t size() const { return _words.size(); }
    // The most frequent form; the shorter, then the alphabetically first one among equals.
    std::string formOf(WordId word) const;
    std::uint32_t seen(WordId word) const { return _words[word].seen; } // sentences
    // A name, to all appearances: nearly always with a capital inside a sentence.
    bool isName(WordId word) const;

private:
    struct Word {
        std::vector<std::pair<std::string, std::uint32_t>> forms; // with how often they were seen
        std::uint32_t seen = 0;
        std::uint32_t capitalised = 0;
    };
    std::unordered_map<std::string, WordId> _ids; // by stem
    std::vector<Word> _words;
};

class Learner {
public:
    Learner(text::Language source, text::Language target) : _source(source), _target(target) {}

    // A pair that was there already counts once: manuals repeat themselves. Above kMaxSentencePairs, or when the
    // model's table is full, pairs are left out; see leftOut().
    void add(const AnalysedPair& pair);

    std::uint64_t pairs() const { return _text.size(); }
    std::uint64_t repeated() const { return _repeated; }
    std::uint64_t leftOut() const { return _leftOut; }

    // Rows of both directions, by language, word, weight (the highest first).
    //
    // weight  the geometric mean of how often the one stands for the other when either is seen, less for what was seen
    //         seldom: 1 only for two words that always come together.
    std::vector<LearnedPair> learn(const LearningRules& rules = {}) const;

private:
    text::Language _source;
    text::Language _target;
    WordList _sourceWords;
    WordList _targetWords;
    Bitext _text;
    std::unordered_set<std::uint64_t> _known; // hashes of the pairs
    std::uint64_t _repeated = 0;
    std::uint64_t _leftOut = 0;
};

inline constexpr std::size_t kMaxSentencePairs = 500'000;

} // namespace acervo::lexicon
