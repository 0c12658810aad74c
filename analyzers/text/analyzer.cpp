#include "analyzers/text/analyzer.h"

#include "analyzers/text/detail/compounds.h"
#include "analyzers/text/detail/fold_table.h"
#include "analyzers/text/detail/prepared_text.h"
#include "analyzers/text/detail/stemmer.h"
#include "analyzers/text/detail/word_rules.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

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

std::string profileOf(Language language)
{
    const std::string_view code = codeOf(language);
    return std::string{code.empty() ? "other" : code} + "/" + std::to_string(kAnalyzerVersion);
}

struct Analyzer::Rules {
    explicit Rules(Language l) : language(l), breaks(wordBreaks()), stemmer(l) {}

    void analyze(std::string_view text, std::vector<Token>& tokens, detail::CompoundFinder* compounds);
    void analyzeChunk(std::string_view chunk, std::uint32_t offset, std::vector<Token>& tokens);
    void addWord(std::size_t begin, std::size_t end, std::vector<Token>& tokens);
    void addHalves(detail::WordPart word, std::size_t token);
    std::u16string_view coreWord(std::u16string_view word, detail::WordPart& part);
    const std::string& stemOf(const std::string& folded);
    std::string stem(std::string_view folded) const;

    Language language;
    std::unique_ptr<icu::BreakIterator> breaks;
    detail::Stemmer stemmer;
    std::unordered_map<std::string, std::string, StringHash, std::equal_to<>> stems;

    // Scratch space of one analyze(), kept to save allocations.
    detail::PreparedText prepared;
    icu::UnicodeString window; // alias of prepared.units(); the break iterator keeps a pointer to it
    detail::FoldedWord folded;
    std::u16string dotless;
    std::uint32_t position = 0;
    std::size_t nextJoin = 0;                    // index into prepared.joins()
    detail::CompoundFinder* compounds = nullptr; // nullptr when nobody asked for them
};

void Analyzer::Rules::analyze(std::string_view text, std::vector<Token>& tokens, detail::CompoundFinder* finder)
{
    tokens.reserve(text.size() / 7); // bytes per word and its space in our three languages
    position = 0;
    compounds = finder;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = chunkEnd(text, at);
        analyzeChunk(text.substr(at, end - at), static_cast<std::uint32_t>(at), tokens);
        at = end;
    }
    compounds = nullptr;
}

void Analyzer::Rules::analyzeChunk(std::string_view chunk, std::uint32_t offset, std::vector<Token>& tokens)
{
    prepared.assign(chunk, offset);
    const std::u16string& units = prepared.units();
    window.setTo(false, units.data(), static_cast<std::int32_t>(units.size()));
    breaks->setText(window);
    nextJoin = 0;
    auto begin = static_cast<std::size_t>(breaks->first());
    for (std::int32_t next = breaks->next(); next != icu::BreakIterator::DONE; next = breaks->next()) {
        const auto end = static_cast<std::size_t>(next);
        if (breaks->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
            const std::size_t before = tokens.size();
            addWord(begin, end, tokens);
            if (compounds != nullptr) {
                compounds->addWord(tokens, tokens.size() > before);
            }
        } else if (compounds != nullptr) {
            compounds->addGap({units.data() + begin, end - begin}, tokens);
        }
        begin = end;
    }
    if (compounds != nullptr) {
        compounds->addGap(u"\n", tokens);
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
    if (compounds != nullptr && !prepared.joins().empty()) {
        addHalves({begin + part.begin, begin + part.end}, tokens.size() - 1);
    }
}

// Tells of a word that was put together over a line end; `word` is in units of the prepared text.
void Analyzer::Rules::addHalves(detail::WordPart word, std::size_t token)
{
    const auto& joins = prepared.joins();
    while (nextJoin < joins.size() && joins[nextJoin] <= word.begin) {
        ++nextJoin;
    }
    if (nextJoin == joins.size() || joins[nextJoin] >= word.end) {
        return;
    }
    const std::size_t join = joins[nextJoin];
    const auto foldedPart = [&](std::size_t first, std::size_t last) {
        detail::FoldTable::latin().fold({prepared.units().data() + first, last - first}, folded);
        return folded.folded;
    };
    compounds->addHalves(token, foldedPart(word.begin, join), foldedPart(join, word.end));
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
    return word.size() > kMaxTokenBytes ? std::string{word} : stemmer.stem(word);
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
    _rules->analyze(text, tokens, nullptr);
    return tokens;
}

Analysis Analyzer::analyzeWithCompounds(std::string_view text) const
{
    Analysis analysis;
    detail::CompoundFinder finder{_rules->language};
    _rules->analyze(text, analysis.tokens, &finder);
    analysis.compounds = finder.take(analysis.tokens);
    for (CompoundForm& form : analysis.compounds) {
        form.stem = _rules->stem(form.folded);
    }
    return analysis;
}

std::string Analyzer::stem(std::string_view folded) const
{
    return _rules->stem(folded);
}

} // namespace acervo::text
