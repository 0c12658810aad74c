#include "searchd/query/plan.h"

#include "analyzers/text/detect.h"
#include "analyzers/text/normalise.h"
#include "corpus/identifier/citable_id.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace acervo::query {

namespace {

// How much the word exactly as typed (folded, unstemmed) adds to its stem.
constexpr double kExactFormWeight = 0.3;
// A query's own language is believed from this confidence on; below it the interface's counts.
constexpr double kSureOfLanguage = 0.85;

// One word of the query with its forms in all languages.
struct Word {
    std::string folded;
    std::vector<std::string> stems; // distinct, the leading language's first
    bool isStopword = false;
};

void addDistinct(std::vector<std::string>& list, const std::string& value)
{
    if (!value.empty() && std::ranges::find(list, value) == list.end()) {
        list.push_back(value);
    }
}

Xapian::Query combine(Xapian::Query::op op, const std::vector<Xapian::Query>& queries)
{
    return {op, queries.begin(), queries.end()};
}

Xapian::Query matchNothing()
{
    return {};
}

// Not Xapian::Query::MatchAll: that shared static crashed when two threads used it (1.4.22).
Xapian::Query matchEverything()
{
    return Xapian::Query{std::string{}};
}

void collectText(const Node& node, std::string& text)
{
    if (node.kind == NodeKind::word || node.kind == NodeKind::phrase) {
        text += node.text;
        text += ' ';
    }
    for (const auto& child : node.children) {
        collectText(child, text);
    }
}

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

struct YearRange {
    int from = 0;
    int to = 0;
};

// "2019", "2015-2019", "2015..2019"
std::optional<YearRange> parseYears(std::string_view text)
{
    const auto number = [](std::string_view digits) -> std::optional<int> {
        int value = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const bool good = problem == std::errc{} && end == digits.data() + digits.size() && digits.size() == 4;
        return good ? std::optional{value} : std::nullopt;
    };
    const auto from = number(text.substr(0, 4));
    if (!from) {
        return std::nullopt;
    }
    if (text.size() == 4) {
        return YearRange{*from, *from};
    }
    const auto rest = text.substr(4);
    const auto dash = rest.starts_with("..") ? 2U : rest.starts_with("-") ? 1U : 0U;
    const auto to = dash > 0 ? number(rest.substr(dash)) : std::nullopt;
    return to ? std::optional{YearRange{*from, *to}} : std::nullopt;
}

} // namespace

class Planner::Builder {
public:
    Builder(const Planner& planner, text::Language leading, const Budget& budget, Plan& plan)
        : _planner(planner), _leading(leading), _budget(budget), _plan(plan)
    {
    }

    Xapian::Query sequence(const Node& node, bool relaxed)
    {
        std::vector<Xapian::Query> required;
        std::vector<Xapian::Query> excluded;
        std::vector<Word> words;
        for (const auto& child : node.children) {
            const bool isText = child.field.empty() && !child.negated;
            if (child.negated) {
                if (auto query = positive(child, relaxed, Marking::off)) {
                    excluded.push_back(*query);
                }
            } else if (isText && (child.kind == NodeKind::word || (relaxed && child.kind == NodeKind::phrase))) {
                takeWords(child.text, words);
            } else if (auto query = positive(child, relaxed, Marking::on)) {
                _plan.canRelax = _plan.canRelax || (isText && child.kind == NodeKind::phrase);
                required.push_back(*query);
            }
        }
        if (std::ranges::any_of(words, [](const Word& word) { return !word.isStopword; })) {
            std::erase_if(words, &Word::isStopword);
        }
        keepToBudget(words);
        for (const auto& word : words) {
            mark(word);
        }
        return combined(required, words, excluded, relaxed);
    }

private:
    enum class Marking : bool { off, on };

    // Strict: everything required, and most of the words. Relaxed: the words only rank where something is required.
    Xapian::Query combined(std::vector<Xapian::Query>& required, const std::vector<Word>& words,
                           const std::vector<Xapian::Query>& excluded, bool relaxed)
    {
        Xapian::Query query;
        if (!words.empty() && !required.empty() && relaxed) {
            query = {Xapian::Query::OP_AND_MAYBE, combine(Xapian::Query::OP_AND, required), anyOf(words)};
        } else if (!words.empty() && !required.empty()) {
            _plan.canRelax = true;
            required.push_back(mostOf(words));
            query = combine(Xapian::Query::OP_AND, required);
        } else if (!required.empty()) {
            query = combine(Xapian::Query::OP_AND, required);
        } else if (!words.empty()) {
            query = relaxed ? anyOf(words) : mostOf(words);
        } else if (!excluded.empty()) {
            query = matchEverything();
        } else {
            return matchNothing();
        }
        if (!excluded.empty()) {
            query = {Xapian::Query::OP_AND_NOT, query, combine(Xapian::Query::OP_OR, excluded)};
        }
        return query;
    }

    void takeWords(const std::string& text, std::vector<Word>& words)
    {
        auto typed = wordsOf(text);
        if (typed.empty()) {
            note("nothingToSearch", {text});
        }
        std::ranges::move(typed, std::back_inserter(words));
    }

    // What a node asks for, its own negation left aside; nothing when it asks for nothing that can be searched.
    std::optional<Xapian::Query> positive(const Node& node, bool relaxed, Marking marking)
    {
        switch (node.kind) {
        case NodeKind::sequence: {
            auto query = sequence(node, relaxed);
            return query.empty() ? std::nullopt : std::optional{query};
        }
        case NodeKind::all:
        case NodeKind::any:
            return combination(node, relaxed);
        case NodeKind::prefix:
            return node.field.empty() ? prefix(node, marking) : fieldPrefix(node);
        case NodeKind::word:
        case NodeKind::phrase:
            break;
        }
        if (node.field.empty()) {
            return words(node, marking);
        }
        return field(node);
    }

    std::optional<Xapian::Query> combination(const Node& node, bool relaxed)
    {
        std::vector<Xapian::Query> wanted;
        std::vector<Xapian::Query> unwanted;
        for (const auto& child : node.children) {
            if (auto query = positive(child, relaxed, child.negated ? Marking::off : Marking::on)) {
                (child.negated ? unwanted : wanted).push_back(*query);
            }
        }
        if (node.kind == NodeKind::any) {
            for (const auto& query : unwanted) {
                wanted.emplace_back(Xapian::Query::OP_AND_NOT, matchEverything(), query);
            }
            unwanted.clear();
        }
        if (wanted.empty() && unwanted.empty()) {
            return std::nullopt;
        }
        auto query = wanted.empty()
                         ? matchEverything()
                         : combine(node.kind == NodeKind::any ? Xapian::Query::OP_OR : Xapian::Query::OP_AND, wanted);
        if (!unwanted.empty()) {
            query = {Xapian::Query::OP_AND_NOT, query, combine(Xapian::Query::OP_OR, unwanted)};
        }
        return query;
    }

    std::optional<Xapian::Query> prefix(const Node& node, Marking marking)
    {
        // Cut like any text ("l'urbani*", "sub-nat*"): the last word is the beginning, those before it are whole.
        auto whole = wordsOf(node.text);
        if (whole.empty()) {
            note("nothingToSearch", {node.text});
            return std::nullopt;
        }
        const auto folded = whole.back().folded;
        if (characters(folded) < _budget.minWildcardLetters) {
            note("wildcardTooShort", {folded});
            return words(node, marking);
        }
        whole.pop_back();
        keepToBudget(whole);
        if (marking == Marking::on) {
            _plan.marks.prefixes.insert(folded);
            std::ranges::for_each(whole, [&](const Word& word) { mark(word); });
        }
        std::vector<Xapian::Query> parts{{Xapian::Query::OP_WILDCARD, folded,
                                          static_cast<Xapian::termcount>(_budget.maxWildcardExpansion),
                                          Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM}};
        std::ranges::transform(whole, std::back_inserter(parts), oneOf);
        return combine(Xapian::Query::OP_AND, parts);
    }

    std::optional<Xapian::Query> fieldPrefix(const Node& node)
    {
        if (node.field != "title" && node.field != "author") {
            return field(node);
        }
        const auto folded = text::fold(node.text);
        if (characters(folded) < _budget.minWildcardLetters) { // of combining marks nothing is left
            return field(node);
        }
        const auto prefixed = schema::fieldTerm(node.field == "title" ? schema::kTitleStem : schema::kAuthor, folded);
        return Xapian::Query{Xapian::Query::OP_WILDCARD, prefixed,
                             static_cast<Xapian::termcount>(_budget.maxWildcardExpansion),
                             Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM};
    }

    std::optional<Xapian::Query> words(const Node& node, Marking marking)
    {
        const auto typed = wordsOf(node.text);
        if (typed.empty()) {
            note("nothingToSearch", {node.text});
            return std::nullopt;
        }
        if (marking == Marking::on) {
            for (const auto& word : typed) {
                mark(word);
            }
        }
        if (typed.size() == 1) {
            return oneOf(typed.front());
        }
        return phrase(node.text, schema::kStem);
    }

    // The words in this order, by their stems, in each language's own cut; the prefix may name a field.
    std::optional<Xapian::Query> phrase(const std::string& text, std::string_view prefix)
    {
        std::set<std::vector<std::string>> variants;
        for (const auto& [language, analyzer] : _planner._analyzers) {
            std::vector<std::string> terms;
            for (const auto& token : analyzer.analyze(text)) {
                terms.push_back(prefix == schema::kStem ? schema::wordTerm(prefix, token.stem)
                                                        : schema::fieldTerm(prefix, token.stem));
            }
            if (terms.size() > _budget.maxTerms) {
                terms.resize(_budget.maxTerms);
                note("tooManyTerms", {std::to_string(_budget.maxTerms)});
            }
            if (!terms.empty() && std::ranges::none_of(terms, &std::string::empty)) {
                variants.insert(std::move(terms));
            }
        }
        if (variants.empty()) {
            return std::nullopt;
        }
        std::vector<Xapian::Query> queries;
        for (const auto& terms : variants) {
            queries.emplace_back(Xapian::Query::OP_PHRASE, terms.begin(), terms.end(),
                                 static_cast<Xapian::termcount>(terms.size()));
        }
        return combine(Xapian::Query::OP_OR, queries);
    }

    std::optional<Xapian::Query> field(const Node& node)
    {
        if (node.field == "title") {
            const auto title = phrase(node.text, schema::kTitleStem);
            return title ? title : nothingToSearch(node.text);
        }
        if (node.field == "author") {
            const auto names = author(node.text);
            return names ? names : nothingToSearch(node.text);
        }
        if (node.field == "id") {
            return citableId(node.text);
        }
        if (node.field == "year") {
            return years(node.text);
        }
        return facetValue(*schema::facetNamed(node.field), node.text);
    }

    std::optional<Xapian::Query> author(const std::string& text)
    {
        std::vector<Xapian::Query> names;
        for (const auto& token : _planner._analyzers.at(text::Language::other).analyze(text)) {
            names.emplace_back(schema::fieldTerm(schema::kAuthor, token.folded));
        }
        if (names.empty()) {
            return std::nullopt;
        }
        return combine(Xapian::Query::OP_AND, names);
    }

    std::optional<Xapian::Query> citableId(const std::string& typed)
    {
        const auto id = identifier::parse(typed);
        if (!id) {
            note("badId", {typed});
            return matchNothingButAsked();
        }
        return Xapian::Query{schema::wordTerm(schema::kWork, *id)};
    }

    std::optional<Xapian::Query> years(const std::string& typed)
    {
        const auto range = parseYears(typed);
        if (!range || range->from > range->to) {
            note("badYear", {typed});
            return matchNothingButAsked();
        }
        return Xapian::Query{Xapian::Query::OP_VALUE_RANGE, static_cast<Xapian::valueno>(schema::Slot::year),
                             std::to_string(range->from), std::to_string(range->to)};
    }

    std::optional<Xapian::Query> facetValue(schema::Facet facet, const std::string& typed)
    {
        std::string value = typed;
        if (const auto* scheme = vocabulary::schemeOf(_planner._vocabularies, schema::infoOf(facet).name);
            scheme != nullptr) {
            if (scheme->find(typed) == nullptr) {
                if (const auto* labelled = scheme->findByLabel(typed); labelled != nullptr) {
                    value = labelled->notation;
                } else {
                    note("unknownValue", {std::string{schema::infoOf(facet).name}, typed});
                }
            }
        }
        return Xapian::Query{schema::filterTerm(facet, value)};
    }

    Xapian::Query nothingToSearch(const std::string& typed)
    {
        note("nothingToSearch", {typed});
        return matchNothingButAsked();
    }

    // One "word" of the parser may hold many: "a/b/c/d".
    void keepToBudget(std::vector<Word>& words)
    {
        if (words.size() > _budget.maxTerms) {
            words.resize(_budget.maxTerms);
            note("tooManyTerms", {std::to_string(_budget.maxTerms)});
        }
    }

    // A filter that was asked for and cannot be understood must not become "no filter".
    static Xapian::Query matchNothingButAsked()
    {
        return {Xapian::Query::OP_AND_NOT, matchEverything(), matchEverything()};
    }

    // The leading language cuts; the stems the other languages give to the same bytes join the group.
    std::vector<Word> wordsOf(const std::string& text)
    {
        std::vector<Word> words;
        std::vector<text::ByteSpan> spans;
        for (const auto& token : _planner._analyzers.at(_leading).analyze(text)) {
            Word word;
            word.folded = token.folded;
            word.isStopword = text::isStopword(token.folded, _leading);
            addDistinct(word.stems, token.stem);
            words.push_back(std::move(word));
            spans.push_back(token.span);
        }
        for (const auto& [language, analyzer] : _planner._analyzers) {
            if (language == _leading) {
                continue;
            }
            std::size_t i = 0;
            for (const auto& token : analyzer.analyze(text)) {
                while (i < spans.size() && spans[i].end <= token.span.begin) {
                    ++i;
                }
                if (i < spans.size() && token.span.begin < spans[i].end) {
                    addDistinct(words[i].stems, token.stem);
                }
            }
        }
        return words;
    }

    static Xapian::Query oneOf(const Word& word)
    {
        std::vector<Xapian::Query> stems;
        for (const auto& stem : word.stems) {
            if (const auto term = schema::wordTerm(schema::kStem, stem); !term.empty()) {
                stems.emplace_back(term);
            }
        }
        auto query = stems.size() == 1 ? stems.front() : combine(Xapian::Query::OP_SYNONYM, stems);
        if (const auto exact = schema::wordTerm("", word.folded); !exact.empty()) {
            query = {Xapian::Query::OP_AND_MAYBE, query,
                     Xapian::Query{Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query{exact}, kExactFormWeight}};
        }
        return query;
    }

    static Xapian::Query anyOf(const std::vector<Word>& words)
    {
        std::vector<Xapian::Query> queries;
        std::ranges::transform(words, std::back_inserter(queries), oneOf);
        return combine(Xapian::Query::OP_OR, queries);
    }

    // All of one or two words; all but one of three or four; any of more.
    Xapian::Query mostOf(const std::vector<Word>& words)
    {
        const auto count = words.size();
        if (count == 1 || count > 4) {
            return anyOf(words);
        }
        _plan.canRelax = true;
        std::vector<Xapian::Query> queries;
        std::ranges::transform(words, std::back_inserter(queries), oneOf);
        if (count == 2) {
            return combine(Xapian::Query::OP_AND, queries);
        }
        std::vector<Xapian::Query> choices;
        for (std::size_t leftOut = 0; leftOut < count; ++leftOut) {
            auto kept = queries;
            kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(leftOut));
            choices.push_back(combine(Xapian::Query::OP_AND, kept));
        }
        return {Xapian::Query::OP_FILTER, combine(Xapian::Query::OP_OR, queries),
                combine(Xapian::Query::OP_OR, choices)};
    }

    void mark(const Word& word)
    {
        for (const auto& stem : word.stems) {
            if (_plan.marks.stems.insert(stem).second) {
                if (auto term = schema::wordTerm(schema::kStem, stem); !term.empty()) {
                    _plan.marks.positionalTerms.push_back(std::move(term));
                }
            }
        }
    }

    // Both plans, strict and relaxed, walk the same tree: each note is said once.
    void note(const std::string& code, std::vector<std::string> arguments)
    {
        const bool said = std::ranges::any_of(
            _plan.notes, [&](const Note& old) { return old.code == code && old.arguments == arguments; });
        if (!said) {
            _plan.notes.push_back({code, std::move(arguments)});
        }
    }

    const Planner& _planner;
    text::Language _leading;
    const Budget& _budget;
    Plan& _plan;
};

Planner::Planner(const vocabulary::Vocabularies& vocabularies) : _vocabularies(vocabularies)
{
    for (const auto language : {text::Language::other, text::Language::en, text::Language::fr, text::Language::es}) {
        _analyzers.emplace(language, text::Analyzer{language});
    }
}

Plan Planner::plan(const ParsedQuery& parsed, text::Language language, const Budget& budget)
{
    std::string typed;
    collectText(parsed.root, typed);
    if (const auto guess = text::detectLanguage(typed);
        guess.language != text::Language::other && guess.confidence >= kSureOfLanguage) {
        language = guess.language;
    }
    if (language == text::Language::other) {
        language = text::Language::en;
    }
    Plan plan;
    plan.notes = parsed.notes;
    Builder builder{*this, language, budget, plan};
    plan.strict = builder.sequence(parsed.root, false);
    plan.relaxed = plan.canRelax ? builder.sequence(parsed.root, true) : plan.strict;
    if (plan.strict.empty()) {
        plan.matchesAll = true;
        plan.strict = matchEverything();
        plan.relaxed = plan.strict;
    }
    return plan;
}

} // namespace acervo::query
