#include "analyzers/text/analyzer.h"

#include "analyzers/text/detail/fold_table.h"
#include "analyzers/text/detail/prepared_text.h"
#include "analyzers/text/detail/word_rules.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>
#include <xapian.h>

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <unordered_map>

namespace acervo::text {

namespace {

// Text is analysed in pieces of about this many bytes: working memory stays small, and so does the harm that one
// monstrous word can do to the break iterator.
constexpr std::size_t kChunkBytes = std::size_t{64} << 10U;

// Stems remembered per analyser; a language's running text has fewer.
constexpr std::size_t kMaxCachedStems = 50'000;

bool isAsciiWordChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Where to end the piece that begins at `begin`: at a space between two plain words when there is one, else at any
// white space, else at a character boundary.
std::size_t chunkEnd(std::string_view text, std::size_t begin)
{
    if (text.size() - begin <= kChunkBytes) {
        return text.size();
    }
    const std::size_t limit = begin + kChunkBytes;
    for (std::size_t at = limit; at > begin + kChunkBytes / 2; --at) {
        const bool space = text[at] == ' ' || text[at] == '\n';
        if (space && isAsciiWordChar(text[at - 1]) && isAsciiWordChar(text[at + 1 < text.size() ? at + 1 : at])) {
            return at + 1;
        }
    }
    const std::size_t space = text.substr(begin, kChunkBytes).find_last_of(" \n");
    if (space != std::string_view::npos && space > kChunkBytes / 2) {
        return begin + space + 1;
    }
    std::size_t end = limit;
    while (end > limit - 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return end;
}

std::size_t charsOf(std::u16string_view word)
{
    return word.size() -
           static_cast<std::size_t>(std::ranges::count_if(word, [](char16_t u) { return U16_IS_TRAIL(u); }));
}

const char* snowballName(Language language)
{
    switch (language) {
    case Language::en:
        return "english";
    case Language::fr:
        return "french";
    case Language::es:
        return "spanish";
    case Language::other:
        break;
    }
    return "none";
}

std::unique_ptr<icu::BreakIterator> wordBreaks()
{
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> breaks{icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status)};
    if (U_FAILURE(status)) {
        throw std::logic_error("ICU break iterator data is missing");
    }
    return breaks;
}

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

} // namespace

struct Analyzer::Rules {
    explicit Rules(Language l) : language(l), breaks(wordBreaks()), stemmer(snowballName(l)) {}

    void analyzeChunk(std::string_view chunk, std::uint32_t offset, std::vector<Token>& tokens);
    void addWord(std::size_t begin, std::size_t end, std::vector<Token>& tokens);
    std::u16string_view coreWord(std::u16string_view word, detail::WordPart& part);
    const std::string& stemOf(const std::string& folded);
    std::string stem(std::string_view folded) const;

    Language language;
    std::unique_ptr<icu::BreakIterator> breaks;
    Xapian::Stem stemmer;
    std::unordered_map<std::string, std::string, StringHash, std::equal_to<>> stems;

    // Scratch space of one analyze(), kept to save allocations.
    detail::PreparedText prepared;
    icu::UnicodeString window; // alias of prepared.units(); the break iterator keeps a pointer to it
    detail::FoldedWord folded;
    std::u16string dotless;
    std::uint32_t position = 0;
};

void Analyzer::Rules::analyzeChunk(std::string_view chunk, std::uint32_t offset, std::vector<Token>& tokens)
{
    prepared.assign(chunk, offset);
    const std::u16string& units = prepared.units();
    window.setTo(false, units.data(), static_cast<std::int32_t>(units.size()));
    breaks->setText(window);
    std::int32_t begin = breaks->first();
    for (std::int32_t end = breaks->next(); end != icu::BreakIterator::DONE; end = breaks->next()) {
        if (breaks->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
            addWord(static_cast<std::size_t>(begin), static_cast<std::size_t>(end), tokens);
        }
        begin = end;
    }
}

// The part of `word` that counts, as text and as units within `word`.
std::u16string_view Analyzer::Rules::coreWord(std::u16string_view word, detail::WordPart& part)
{
    if (word.find_first_of(u"'.\u00B7\u2027") == std::u16string_view::npos) {
        part = {0, word.size()};
        return word;
    }
    part = detail::coreOf(word, language);
    std::u16string_view core = word.substr(part.begin, part.end - part.begin);
    if (language == Language::fr) {
        core = core.substr(0, detail::inclusiveEnding(core));
    }
    if (detail::isDottedAcronym(core)) {
        dotless.assign(core);
        std::erase(dotless, u'.');
        return dotless;
    }
    return core;
}

void Analyzer::Rules::addWord(std::size_t begin, std::size_t end, std::vector<Token>& tokens)
{
    ++position;
    const std::u16string_view word{prepared.units().data() + begin, end - begin};
    if (charsOf(word) > kMaxTokenChars) {
        return;
    }
    detail::WordPart part;
    detail::FoldTable::latin().fold(coreWord(word, part), folded);
    if (folded.folded.empty()) {
        --position; // marks and invisible characters alone are no word
        return;
    }
    if (std::max(folded.exact.size(), folded.folded.size()) > kMaxTokenBytes) {
        return;
    }
    // Two words out of one composed cluster would share bytes; the first keeps them.
    const std::uint32_t free = tokens.empty() ? 0 : tokens.back().span.end;
    const ByteSpan span{std::max(prepared.beginOf(begin + part.begin), free), prepared.endOf(begin + part.end - 1)};
    if (span.begin >= span.end) {
        return;
    }
    tokens.push_back({span, position, folded.exact, folded.folded, stemOf(folded.folded)});
}

const std::string& Analyzer::Rules::stemOf(const std::string& word)
{
    if (const auto known = stems.find(word); known != stems.end()) {
        return known->second;
    }
    if (stems.size() >= kMaxCachedStems) {
        stems.clear();
    }
    return stems.emplace(word, stem(word)).first->second;
}

std::string Analyzer::Rules::stem(std::string_view word) const
{
    const bool plain = word.empty() || (word.front() >= '0' && word.front() <= '9') || word.size() > kMaxTokenBytes;
    if (plain || language == Language::other) {
        return std::string{word};
    }
    if (language == Language::es && (word.ends_with("acion") || word.ends_with("ucion"))) {
        // The Spanish stemmer knows this ending by its accent only; without it "participacion" would not meet
        // "participaciones", which needs none.
        std::string accented{word.substr(0, word.size() - 2)};
        return detail::FoldTable::latin().folded(stemmer(accented + "\u00F3n"));
    }
    return stemmer(std::string{word});
}

Analyzer::Analyzer(Language language) : _rules(std::make_unique<Rules>(language)) {}
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;
Analyzer::~Analyzer() = default;

Language Analyzer::language() const
{
    return _rules->language;
}

std::vector<Token> Analyzer::analyze(std::string_view text) const
{
    std::vector<Token> tokens;
    tokens.reserve(text.size() / 7); // bytes per word and its space in our three languages
    _rules->position = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = chunkEnd(text, at);
        _rules->analyzeChunk(text.substr(at, end - at), static_cast<std::uint32_t>(at), tokens);
        at = end;
    }
    return tokens;
}

std::string Analyzer::stem(std::string_view folded) const
{
    return _rules->stem(folded);
}

} // namespace acervo::text
