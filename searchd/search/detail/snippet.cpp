#include "searchd/search/detail/snippet.h"

#include "analyzers/text/normalise.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>

namespace acervo::search::detail {

namespace {

bool matches(const text::Token& token, const query::Marks& marks)
{
    if (marks.stems.contains(token.stem)) {
        return true;
    }
    return std::ranges::any_of(marks.prefixes,
                               [&](const std::string& prefix) { return token.folded.starts_with(prefix); });
}

// How many tokens from the first on are one of the phrases; the longest counts.
std::size_t phraseAt(std::span<const text::Token> tokens, const query::Marks& marks)
{
    std::size_t longest = 0;
    if (marks.phrases.empty()) {
        return longest;
    }
    // Phrases that begin with this word stand side by side, the word alone before them.
    for (auto phrase = marks.phrases.lower_bound({tokens.front().stem});
         phrase != marks.phrases.end() && phrase->front() == tokens.front().stem; ++phrase) {
        const bool stands = phrase->size() <= tokens.size() &&
                            std::ranges::equal(*phrase, tokens.first(phrase->size()), {}, {}, &text::Token::stem);
        longest = stands ? std::max(longest, phrase->size()) : longest;
    }
    return longest;
}

std::vector<text::Token> markedTokens(std::string_view text, const text::Analyzer& analyzer, const query::Marks& marks)
{
    const auto tokens = analyzer.analyze(text);
    std::vector<text::Token> marked;
    std::size_t phraseEnd = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        phraseEnd = std::max(phraseEnd, i + phraseAt(std::span{tokens}.subspan(i), marks));
        if (i < phraseEnd || matches(tokens[i], marks)) {
            marked.push_back(tokens[i]);
        }
    }
    return marked;
}

struct Window {
    std::size_t begin = 0; // bytes of the page
    std::size_t end = 0;
    std::size_t matchBegin = 0; // the first match inside; the window may not start after it
};

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// The window of about kSnippetBytes around the matches with the most different words, then the most words.
Window bestWindow(std::string_view text, const std::vector<text::Token>& found)
{
    if (found.empty()) {
        return {0, std::min(text.size(), kSnippetBytes), 0};
    }
    std::size_t bestFirst = 0;
    std::size_t bestLast = 0;
    std::size_t bestScore = 0;
    std::map<std::string_view, std::size_t> inside;
    std::size_t first = 0;
    for (std::size_t last = 0; last < found.size(); ++last) {
        ++inside[found[last].stem];
        while (found[last].span.end - found[first].span.begin > kSnippetBytes && first < last) {
            if (--inside[found[first].stem] == 0) {
                inside.erase(found[first].stem);
            }
            ++first;
        }
        const auto score = inside.size() * 100 + std::min<std::size_t>(last - first, 50);
        if (score > bestScore) {
            bestScore = score;
            bestFirst = first;
            bestLast = last;
        }
    }
    const std::size_t matchBegin = found[bestFirst].span.begin;
    const std::size_t matchEnd = found[bestLast].span.end;
    const auto used = matchEnd - matchBegin;
    const auto spare = used < kSnippetBytes ? kSnippetBytes - used : 0;
    Window window;
    window.matchBegin = matchBegin;
    window.begin = matchBegin > spare / 3 ? matchBegin - spare / 3 : 0;
    window.end = std::min(text.size(), std::max(matchEnd, window.begin + kSnippetBytes));
    return window;
}

// Moves both ends to white space, so that no word is cut; a text without spaces is cut at characters.
Window toWords(std::string_view text, Window window)
{
    constexpr std::size_t kReach = 40;
    if (window.begin > 0) {
        auto begin = window.begin;
        while (begin < window.matchBegin && begin < window.begin + kReach && !isSpace(text[begin])) {
            ++begin;
        }
        window.begin = begin;
    }
    if (window.end < text.size()) {
        auto end = window.end;
        while (end < text.size() && end < window.end + kReach && !isSpace(text[end])) {
            ++end;
        }
        window.end = end;
    }
    const auto inCharacter = [&](std::size_t i) {
        return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xc0U) == 0x80U;
    };
    while (inCharacter(window.begin)) {
        ++window.begin;
    }
    while (inCharacter(window.end)) {
        ++window.end;
    }
    return window;
}

} // namespace

std::vector<text::ByteSpan> findMarks(std::string_view text, const text::Analyzer& analyzer, const query::Marks& marks)
{
    std::vector<text::ByteSpan> spans;
    if (!marks.stems.empty() || !marks.prefixes.empty()) {
        std::ranges::transform(markedTokens(text, analyzer, marks), std::back_inserter(spans), &text::Token::span);
    }
    return spans;
}

Snippet cutSnippet(std::string_view text, const text::Analyzer& analyzer, const query::Marks& marks)
{
    text = text::truncateUtf8(text, kMaxScannedBytes);
    const auto tokens = markedTokens(text, analyzer, marks);
    const auto window = toWords(text, bestWindow(text, tokens));

    Snippet snippet;
    snippet.text = window.begin > 0 ? "\xe2\x80\xa6" : "";
    auto token = tokens.begin();
    bool pendingSpace = false;
    const auto appendSpace = [&] {
        if (pendingSpace && !snippet.text.empty()) {
            snippet.text += ' ';
        }
        pendingSpace = false;
    };
    std::uint32_t markBegin = 0;
    bool inMark = false;
    for (auto i = window.begin; i < window.end; ++i) {
        while (!inMark && token != tokens.end() && token->span.begin < i) {
            ++token;
        }
        if (isSpace(text[i])) {
            pendingSpace = true;
        } else {
            appendSpace();
        }
        if (!inMark && token != tokens.end() && token->span.begin == i && token->span.end <= window.end) {
            markBegin = static_cast<std::uint32_t>(snippet.text.size());
            inMark = true;
        }
        if (!isSpace(text[i])) {
            snippet.text += text[i];
        }
        if (inMark && token->span.end == i + 1) {
            snippet.marks.push_back({markBegin, static_cast<std::uint32_t>(snippet.text.size())});
            inMark = false;
            ++token;
        }
    }
    if (window.end < text.size()) {
        snippet.text += "\xe2\x80\xa6";
    }
    return snippet;
}

} // namespace acervo::search::detail
