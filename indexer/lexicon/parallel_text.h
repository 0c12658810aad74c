// Cuts a text and its translation into pairs of sentences that say the same.
#pragma once

#include "analyzers/text/language.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::lexicon {

struct SentencePair {
    std::string source;
    std::string target;
};

struct AlignmentCounts {
    std::uint64_t texts = 0;       // pairs of texts given
    std::uint64_t notParallel = 0; // of them: too little of one fits the other; they yield nothing
    std::uint64_t blocks = 0;      // pairs of blocks found
    std::uint64_t sentences = 0;   // pairs of sentences kept
    std::uint64_t untranslated = 0, unequal = 0, wordless = 0; // pairs dropped, by reason

    AlignmentCounts& operator+=(const AlignmentCounts& other);
};

// Paragraphs, headings and table cells of a page's text, each on one line: empty lines and tabs are borders.
std::vector<std::string> blocksOf(std::string_view text);

// Sentences by the rules of the language (ICU), trimmed.
std::vector<std::string> sentencesOf(std::string_view block, text::Language language);

// Pairs the sentences of a text and its translation.
//
// Blocks first: one by one where there are equally many and their lengths fit, else by alignByLength(); then the
// sentences of each pair of blocks in the same manner. Kept are pairs of one sentence with one or two. Dropped are
// pairs that are the same or nearly or in another language than they should be (not translated), whose lengths do not
// fit, or without words.
class SentenceAligner {
public:
    SentenceAligner(text::Language source, text::Language target) : _source(source), _target(target) {}

    std::vector<SentencePair> align(const std::vector<std::string>& sourceBlocks,
                                    const std::vector<std::string>& targetBlocks);

    const AlignmentCounts& counts() const { return _counts; }

private:
    void alignBlocks(std::string_view source, std::string_view target, std::vector<SentencePair>& pairs);
    void keep(std::string source, std::string target, std::vector<SentencePair>& pairs);

    text::Language _source;
    text::Language _target;
    AlignmentCounts _counts;
};

} // namespace acervo::lexicon
