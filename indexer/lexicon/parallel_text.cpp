#include "indexer/lexicon/parallel_text.h"

#include "indexer/lexicon/align.h"

#include "analyzers/text/detect.h"
#include "analyzers/text/normalise.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>

namespace acervo::lexicon {

namespace {

// A pair whose lengths differ by more than this is taken for a mistake: -ln of a chance of about 1 in 3,000.
constexpr double kMaxPairCost = 8.0;
// Texts with the same number of blocks are read block by block when at most this share does not fit by length.
constexpr double kMaxMisfits = 0.1;
// A text of which less than this share of characters finds a partner is not a translation of the other.
constexpr double kMinAligned = 0.5;
constexpr double kMaxShared = 0.5;              // of the words of a pair: above, it was not translated
constexpr std::size_t kMaxSentenceBytes = 1000; // longer ones say too little about each word
constexpr std::size_t kMinGuessedBytes = 24;
constexpr double kSure = 0.95; // of the language of a sentence

std::uint32_t charsOf(std::string_view text)
{
    std::uint32_t chars = 0;
    for (const char c : text) {
        chars += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }
    return chars;
}

std::vector<std::uint32_t> lengthsOf(const std::vector<std::string>& pieces)
{
    std::vector<std::uint32_t> lengths;
    lengths.reserve(pieces.size());
    for (const auto& piece : pieces) {
        lengths.push_back(charsOf(piece));
    }
    return lengths;
}

std::uint64_t sumOf(const std::vector<std::uint32_t>& lengths)
{
    std::uint64_t sum = 0;
    for (const auto length : lengths) {
        sum += length;
    }
    return sum;
}

std::string joined(const std::vector<std::string>& pieces, std::size_t begin, std::size_t end)
{
    std::string text;
    for (auto i = begin; i < end; ++i) {
        text += (text.empty() ? "" : " ") + pieces[i];
    }
    return text;
}

// One bead a piece when both have equally many and (nearly) all fit, else by length.
std::vector<Bead> beadsOf(const std::vector<std::string>& source, const std::vector<std::string>& target)
{
    const auto sourceLengths = lengthsOf(source);
    const auto targetLengths = lengthsOf(target);
    if (source.size() == target.size() && !source.empty()) {
        const double ratio = expectedRatio(sourceLengths, targetLengths);
        std::vector<Bead> beads;
        std::size_t misfits = 0;
        for (std::size_t i = 0; i < source.size(); ++i) {
            const double cost = lengthCost(sourceLengths[i], targetLengths[i], ratio);
            misfits += cost > kMaxPairCost;
            beads.push_back({i, i + 1, i, i + 1, cost});
        }
        if (static_cast<double>(misfits) <= kMaxMisfits * static_cast<double>(source.size())) {
            return beads;
        }
    }
    return alignByLength(sourceLengths, targetLengths);
}

bool saysSomething(const Bead& bead)
{
    const auto sources = bead.sourceEnd - bead.sourceBegin;
    const auto targets = bead.targetEnd - bead.targetBegin;
    return sources >= 1 && targets >= 1 && sources + targets <= 3;
}

bool hasLetter(std::string_view text)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    for (std::int32_t at = 0, size = static_cast<std::int32_t>(text.size()); at < size;) {
        UChar32 point = 0;
        U8_NEXT(bytes, at, size, point);
        if (point >= 0 && u_isalpha(point) != 0) {
            return true;
        }
    }
    return false;
}

std::set<std::string_view> wordsOf(std::string_view folded)
{
    std::set<std::string_view> words;
    while (!folded.empty()) {
        const auto end = std::min(folded.find(' '), folded.size());
        if (end >= 3) { // short ones are shared by chance
            words.insert(folded.substr(0, end));
        }
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return words;
}

// The same text, or most of its words again: left in the original language.
bool isUntranslated(std::string_view source, std::string_view target)
{
    const auto left = text::fold(source);
    const auto right = text::fold(target);
    if (left == right) {
        return true;
    }
    const auto ours = wordsOf(left);
    const auto theirs = wordsOf(right);
    const auto shared = std::count_if(ours.begin(), ours.end(), [&](auto word) { return theirs.contains(word); });
    return ours.size() >= 3 && static_cast<double>(shared) > kMaxShared * static_cast<double>(ours.size());
}

// Long enough to be sure, and in another of the languages.
bool isForeign(std::string_view sentence, text::Language language)
{
    if (sentence.size() < kMinGuessedBytes) {
        return false;
    }
    const auto guess = text::detectLanguage(sentence);
    return guess.language != text::Language::other && guess.language != language && guess.confidence >= kSure;
}

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string{text.substr(first, text.find_last_not_of(" \t\n") - first + 1)};
}

// ICU's rules know no language-dependent sentence ends for the three; the locale is given all the same.
std::unique_ptr<icu::BreakIterator> makeSentenceBreaks(text::Language language)
{
    UErrorCode status = U_ZERO_ERROR;
    const std::string code{text::codeOf(language)};
    std::unique_ptr<icu::BreakIterator> breaks{
        icu::BreakIterator::createSentenceInstance(icu::Locale{code.c_str()}, status)};
    if (U_FAILURE(status) || !breaks) {
        throw std::runtime_error("ICU has no sentence rules: is its data installed?");
    }
    return breaks;
}

} // namespace

AlignmentCounts& AlignmentCounts::operator+=(const AlignmentCounts& other)
{
    texts += other.texts;
    notParallel += other.notParallel;
    blocks += other.blocks;
    sentences += other.sentences;
    untranslated += other.untranslated;
    unequal += other.unequal;
    wordless += other.wordless;
    return *this;
}

std::vector<std::string> blocksOf(std::string_view text)
{
    std::vector<std::string> blocks;
    std::string block;
    const auto finish = [&] {
        if (auto whole = trimmed(block); !whole.empty()) {
            blocks.push_back(std::move(whole));
        }
        block.clear();
    };
    bool inTable = false;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool hasCells = line.find('\t') != std::string_view::npos;
        if (trimmed(line).empty() || hasCells || inTable) {
            finish();
        }
        inTable = hasCells;
        for (const char c : line) {
            if (c == '\t') {
                finish();
            } else {
                block += c;
            }
        }
        block += ' ';
    }
    finish();
    return blocks;
}

std::vector<std::string> sentencesOf(std::string_view block, text::Language language)
{
    const auto breaks = makeSentenceBreaks(language);
    const auto utf16 = icu::UnicodeString::fromUTF8({block.data(), static_cast<std::int32_t>(block.size())});
    breaks->setText(utf16);
    std::vector<std::string> sentences;
    std::int32_t begin = breaks->first();
    for (std::int32_t end = breaks->next(); end != icu::BreakIterator::DONE; begin = end, end = breaks->next()) {
        std::string piece;
        utf16.tempSubStringBetween(begin, end).toUTF8String(piece);
        if (auto sentence = trimmed(piece); !sentence.empty()) {
            sentences.push_back(std::move(sentence));
        }
    }
    return sentences;
}

std::vector<SentencePair> SentenceAligner::align(const std::vector<std::string>& sourceBlocks,
                                                 const std::vector<std::string>& targetBlocks)
{
    ++_counts.texts;
    const auto beads = beadsOf(sourceBlocks, targetBlocks);
    const auto all = sumOf(lengthsOf(sourceBlocks)) + sumOf(lengthsOf(targetBlocks));
    std::uint64_t aligned = 0;
    for (const auto& bead : beads) {
        if (saysSomething(bead) && bead.cost <= kMaxPairCost) {
            aligned += charsOf(joined(sourceBlocks, bead.sourceBegin, bead.sourceEnd)) +
                       charsOf(joined(targetBlocks, bead.targetBegin, bead.targetEnd));
        }
    }
    if (static_cast<double>(aligned) < kMinAligned * static_cast<double>(all) || beads.empty()) {
        ++_counts.notParallel;
        return {};
    }
    std::vector<SentencePair> pairs;
    for (const auto& bead : beads) {
        if (!saysSomething(bead)) {
            continue;
        }
        if (bead.cost > kMaxPairCost) {
            ++_counts.unequal;
            continue;
        }
        ++_counts.blocks;
        alignBlocks(joined(sourceBlocks, bead.sourceBegin, bead.sourceEnd),
                    joined(targetBlocks, bead.targetBegin, bead.targetEnd), pairs);
    }
    return pairs;
}

void SentenceAligner::alignBlocks(std::string_view source, std::string_view target, std::vector<SentencePair>& pairs)
{
    if (isUntranslated(source, target)) {
        ++_counts.untranslated;
        return;
    }
    const auto sourceSentences = sentencesOf(source, _source);
    const auto targetSentences = sentencesOf(target, _target);
    for (const auto& bead : beadsOf(sourceSentences, targetSentences)) {
        if (!saysSomething(bead)) {
            continue;
        }
        if (bead.cost > kMaxPairCost) {
            ++_counts.unequal;
            continue;
        }
        keep(joined(sourceSentences, bead.sourceBegin, bead.sourceEnd),
             joined(targetSentences, bead.targetBegin, bead.targetEnd), pairs);
    }
}

void SentenceAligner::keep(std::string source, std::string target, std::vector<SentencePair>& pairs)
{
    if (!hasLetter(source) || !hasLetter(target)) {
        ++_counts.wordless;
    } else if (source.size() > kMaxSentenceBytes || target.size() > kMaxSentenceBytes) {
        ++_counts.unequal;
    } else if (isUntranslated(source, target) || isForeign(source, _source) || isForeign(target, _target)) {
        ++_counts.untranslated;
    } else {
        ++_counts.sentences;
        pairs.push_back({std::move(source), std::move(target)});
    }
}

} // namespace acervo::lexicon
