#include "searchd/query/parse.h"

#include "analyzers/text/normalise.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace acervo::query {

namespace {

enum class TokenKind : std::uint8_t { word, phrase, open, close, minus, field, andOperator, orOperator, notOperator };

struct Token {
    TokenKind kind;
    std::string text;
};

// Field names as typed, folded, and what they mean.
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kFieldNames{{
    {"title", "title"},     {"titre", "title"},      {"titulo", "title"}, {"author", "author"},
    {"auteur", "author"},   {"autor", "author"},     {"id", "id"},        {"section", "section"},
    {"seccion", "section"}, {"type", "type"},        {"tipo", "type"},    {"theme", "theme"},
    {"tema", "theme"},      {"year", "year"},        {"annee", "year"},   {"ano", "year"},
    {"country", "country"}, {"pays", "country"},     {"pais", "country"}, {"language", "language"},
    {"langue", "language"}, {"idioma", "language"},  {"sdg", "sdg"},      {"odd", "sdg"},
    {"concept", "concept"}, {"concepto", "concept"},
}};

std::optional<std::string_view> fieldNamed(std::string_view typed)
{
    const auto folded = text::fold(typed);
    for (const auto& [name, field] : kFieldNames) {
        if (name == folded) {
            return field;
        }
    }
    return folded == "ods" ? std::optional<std::string_view>{"sdg"} : std::nullopt;
}

// Quotation marks of the three languages, and spaces that keyboards and PDFs produce.
constexpr std::array<std::string_view, 6> kQuotes{"\"",           "\xe2\x80\x9c", "\xe2\x80\x9d",
                                                  "\xe2\x80\x9e", "\xc2\xab",     "\xc2\xbb"};
constexpr std::array<std::string_view, 8> kSpaces{" ",        "\t",           "\n",           "\r",
                                                  "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89", "\xe3\x80\x80"};

template <std::size_t n>
std::size_t lengthOfAny(std::string_view text, const std::array<std::string_view, n>& candidates)
{
    for (const auto candidate : candidates) {
        if (text.starts_with(candidate)) {
            return candidate.size();
        }
    }
    return 0;
}

bool isBlank(std::string_view text)
{
    while (const auto space = lengthOfAny(text, kSpaces)) {
        text.remove_prefix(space);
    }
    return text.empty();
}

// A title pasted in capitals: its "AND" is a word. A few acronyms with an operator between are none.
bool isAllCapitals(std::string_view text)
{
    constexpr std::ptrdiff_t kMostOperands = 6; // spaces of "SDG OR ODD OR ODS"
    return std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; }) &&
           std::ranges::count(text, ' ') > kMostOperands;
}

class Lexer {
public:
    Lexer(std::string_view text, const Budget& budget, std::vector<Note>& notes)
        : _rest(text), _budget(budget), _notes(notes)
    {
    }

    std::vector<Token> tokens()
    {
        _operatorsByName = !isAllCapitals(_rest);
        while (!_rest.empty()) {
            if (const auto space = lengthOfAny(_rest, kSpaces); space > 0) {
                _rest.remove_prefix(space);
                _afterSpace = true;
                continue;
            }
            const bool opens = _rest.front() == '(';
            next(_afterSpace);
            _afterSpace = opens; // "(-a)": a sign may stand there as after a space
        }
        return std::move(_tokens);
    }

private:
    // signHere  whether "-" and "+" are signs rather than part of a word.
    void next(bool signHere)
    {
        if (lengthOfAny(_rest, kQuotes) > 0) {
            phrase();
        } else if (_rest.front() == '(' || _rest.front() == ')') {
            addOperator(_rest.front() == '(' ? TokenKind::open : TokenKind::close, std::string{_rest.front()});
            _rest.remove_prefix(1);
        } else if (_rest.front() == '-' && signHere) {
            _rest.remove_prefix(1);
            // A dash between spaces, as in titles, excludes nothing.
            if (!_rest.empty() && lengthOfAny(_rest, kSpaces) == 0) {
                addOperator(TokenKind::minus, "-");
            }
        } else if (_rest.front() == '+' && signHere) {
            _rest.remove_prefix(1); // "+word": every word counts already
        } else {
            word();
        }
    }

    void phrase()
    {
        _rest.remove_prefix(lengthOfAny(_rest, kQuotes));
        std::size_t end = 0;
        while (end < _rest.size() && lengthOfAny(_rest.substr(end), kQuotes) == 0) {
            ++end;
        }
        if (end == _rest.size()) {
            _notes.push_back({"unbalancedQuote", {}});
        }
        std::string text{_rest.substr(0, end)};
        _rest.remove_prefix(end);
        _rest.remove_prefix(lengthOfAny(_rest, kQuotes));
        if (isBlank(text)) {
            return;
        }
        if (++_phrases > _budget.maxPhrases) {
            noteOnce("tooManyPhrases", std::to_string(_budget.maxPhrases));
            _tokens.push_back({TokenKind::word, std::move(text)});
            return;
        }
        _tokens.push_back({TokenKind::phrase, std::move(text)});
    }

    void word()
    {
        std::size_t end = 0;
        while (end < _rest.size() && _rest[end] != '(' && _rest[end] != ')' &&
               lengthOfAny(_rest.substr(end), kSpaces) == 0 && lengthOfAny(_rest.substr(end), kQuotes) == 0) {
            ++end;
            if (_rest[end - 1] == ':' && fieldHere(_rest.substr(0, end - 1))) {
                _rest.remove_prefix(end);
                return;
            }
        }
        const std::string text{_rest.substr(0, end)};
        _rest.remove_prefix(end);
        if (text == "AND" && _operatorsByName) {
            addOperator(TokenKind::andOperator, text);
        } else if (text == "OR" && _operatorsByName) {
            addOperator(TokenKind::orOperator, text);
        } else if (text == "NOT" && _operatorsByName) {
            addOperator(TokenKind::notOperator, text);
        } else if (++_words <= _budget.maxTerms) {
            _tokens.push_back({TokenKind::word, text});
        } else {
            noteOnce("tooManyTerms", std::to_string(_budget.maxTerms));
        }
    }

    bool fieldHere(std::string_view name)
    {
        const auto field = fieldNamed(name);
        if (field) {
            _tokens.push_back({TokenKind::field, std::string{*field}});
        }
        return field.has_value();
    }

    void addOperator(TokenKind kind, const std::string& text)
    {
        if (++_operators > _budget.maxOperators) {
            noteOnce("tooManyOperators", std::to_string(_budget.maxOperators));
            return;
        }
        _tokens.push_back({kind, text});
    }

    void noteOnce(const std::string& code, const std::string& argument)
    {
        if (std::ranges::find(_notes, code, &Note::code) == _notes.end()) {
            _notes.push_back({code, {argument}});
        }
    }

    std::string_view _rest;
    const Budget& _budget;
    std::vector<Note>& _notes;
    std::vector<Token> _tokens;
    bool _afterSpace = true;
    bool _operatorsByName = true;
    std::size_t _phrases = 0;
    std::size_t _words = 0;
    std::size_t _operators = 0;
};

// Recursive descent; its depth is bounded by Budget::maxOperators, since only "(" descends.
class Parser {
public:
    Parser(std::vector<Token> tokens, const Budget& budget, std::vector<Note>& notes)
        : _tokens(std::move(tokens)), _budget(budget), _notes(notes)
    {
    }

    Node parse()
    {
        auto root = sequence();
        while (!atEnd()) {
            _notes.push_back({"unbalancedParenthesis", {}});
            ++_next;
            auto more = sequence();
            std::ranges::move(more.children, std::back_inserter(root.children));
        }
        return root;
    }

private:
    bool atEnd() const { return _next >= _tokens.size(); }
    bool at(TokenKind kind) const { return !atEnd() && _tokens[_next].kind == kind; }
    bool take(TokenKind kind)
    {
        const bool here = at(kind);
        _next += here ? 1 : 0;
        return here;
    }

    Node sequence()
    {
        Node node;
        while (!atEnd() && !at(TokenKind::close)) {
            auto part = alternatives();
            if (part && isRemark(*part)) {
                std::ranges::move(part->children, std::back_inserter(node.children));
            } else if (part) {
                node.children.push_back(std::move(*part));
            }
        }
        return node;
    }

    // Bare words in parentheses, as in running text, are words like the others; what is in parentheses with an operator
    // is a group.
    static bool isRemark(const Node& node)
    {
        return node.kind == NodeKind::sequence && !node.negated &&
               std::ranges::all_of(node.children, [](const Node& child) {
                   return child.kind == NodeKind::word && child.field.empty() && !child.negated;
               });
    }

    std::optional<Node> alternatives() { return chain(TokenKind::orOperator, NodeKind::any, &Parser::conjunction); }
    std::optional<Node> conjunction() { return chain(TokenKind::andOperator, NodeKind::all, &Parser::unit); }

    // part (operator part)*
    std::optional<Node> chain(TokenKind separator, NodeKind kind, std::optional<Node> (Parser::*part)())
    {
        auto first = (this->*part)();
        if (!at(separator)) {
            return first;
        }
        Node node{kind, {}, {}, false, {}};
        if (first) {
            node.children.push_back(std::move(*first));
        } else {
            dangling();
        }
        while (take(separator)) {
            if (auto another = (this->*part)()) {
                node.children.push_back(std::move(*another));
            } else {
                _notes.push_back({"danglingOperator", {separator == TokenKind::orOperator ? "OR" : "AND"}});
            }
        }
        if (node.children.empty()) {
            return std::nullopt;
        }
        if (node.children.size() == 1) {
            return std::move(node.children.front());
        }
        return node;
    }

    void dangling() { _notes.push_back({"danglingOperator", {_tokens[_next].text}}); }

    // Nothing when an operator or the end stands where a word should; the caller then moves on.
    std::optional<Node> unit()
    {
        if (at(TokenKind::minus) || at(TokenKind::notOperator)) {
            const auto& sign = _tokens[_next++];
            auto negated = unit();
            if (!negated) {
                _notes.push_back({"danglingOperator", {sign.text}});
                return std::nullopt;
            }
            negated->negated = !negated->negated;
            return negated;
        }
        if (take(TokenKind::open)) {
            auto inner = sequence();
            if (!take(TokenKind::close)) {
                _notes.push_back({"unbalancedParenthesis", {}});
            }
            if (inner.children.empty()) {
                return std::nullopt;
            }
            return inner;
        }
        if (at(TokenKind::field)) {
            return field();
        }
        if (at(TokenKind::word) || at(TokenKind::phrase)) {
            return leaf();
        }
        if (at(TokenKind::andOperator) || at(TokenKind::orOperator)) {
            if (_next == 0 || _tokens[_next - 1].kind == TokenKind::open) {
                dangling();
                ++_next;
                return unit();
            }
        }
        return std::nullopt;
    }

    std::optional<Node> field()
    {
        const auto name = _tokens[_next++].text;
        if (!at(TokenKind::word) && !at(TokenKind::phrase)) {
            _notes.push_back({"danglingOperator", {name + ":"}});
            return std::nullopt;
        }
        auto value = leaf();
        value.field = name;
        return value;
    }

    Node leaf()
    {
        auto& token = _tokens[_next++];
        if (token.kind == TokenKind::phrase) {
            return {NodeKind::phrase, std::move(token.text), {}, false, {}};
        }
        if (token.text.size() > 1 && token.text.ends_with('*')) {
            return prefix(token.text.substr(0, token.text.find_last_not_of('*') + 1));
        }
        return {NodeKind::word, std::move(token.text), {}, false, {}};
    }

    Node prefix(std::string stemText)
    {
        const auto letters = static_cast<std::size_t>(
            std::ranges::count_if(stemText, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
        if (letters < _budget.minWildcardLetters) {
            _notes.push_back({"wildcardTooShort", {stemText}});
            return {NodeKind::word, std::move(stemText), {}, false, {}};
        }
        if (++_wildcards > _budget.maxWildcards) {
            if (_wildcards == _budget.maxWildcards + 1) { // said once
                _notes.push_back({"tooManyWildcards", {std::to_string(_budget.maxWildcards)}});
            }
            return {NodeKind::word, std::move(stemText), {}, false, {}};
        }
        return {NodeKind::prefix, std::move(stemText), {}, false, {}};
    }

    std::vector<Token> _tokens;
    const Budget& _budget;
    std::vector<Note>& _notes;
    std::size_t _next = 0;
    std::size_t _wildcards = 0;
};

} // namespace

ParsedQuery parse(std::string_view q, const Budget& budget)
{
    ParsedQuery parsed;
    const auto kept = text::truncateUtf8(q, budget.maxBytes);
    if (kept.size() < q.size()) {
        parsed.notes.push_back({"queryTooLong", {std::to_string(budget.maxBytes)}});
    }
    auto tokens = Lexer{kept, budget, parsed.notes}.tokens();
    parsed.root = Parser{std::move(tokens), budget, parsed.notes}.parse();
    return parsed;
}

} // namespace acervo::query
