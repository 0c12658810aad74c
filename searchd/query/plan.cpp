#include "searchd/query/plan.h"

#include "analyzers/text/detect.h"
#include "analyzers/text/normalise.h"
#include "corpus/identifier/citable_id.h"
#include "corpus/schema/fields.h"
#include "searchd/query/concepts.h"
#include "searchd/query/detail/expander.h"
#include "searchd/query/detail/words.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace acervo::query {

namespace {

// A query's own language is believed from this confidence on; below it the interface's counts.
constexpr double kSureOfLanguage = 0.85;

// Words side by side, and what some of them together are also searched as.
struct Run {
    std::vector<Word> words; // function words left aside when others remain
    std::vector<Span> spans; // over `words`
};

// What may stand for a word, and of how many times the word itself it counts where it stands.
struct Stem {
    std::string text;
    double weight = 1.0;
};

void addDistinct(std::vector<std::string>& list, const std::string& value)
{
    if (std::ranges::find(list, value) == list.end()) {
        list.push_back(value);
    }
}

// In any of the languages.
bool isFunctionWord(const std::string& stem)
{
    return std::ranges::any_of(text::kLanguages,
                               [&](text::Language language) { return text::isStopword(stem, language); });
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

constexpr std::size_t kFewWords = 4; // more are running text: any of them may match

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
    // The same documents with weights and without: the latter are found at a fraction of the cost.
    enum class Purpose : bool { match, rank };

    Builder(const Planner& planner, const Asked& asked, text::Language leading, Plan& plan)
        : _ranking(planner._ranking),
          _vocabularies(planner._vocabularies),
          _reader(*planner._words),
          _asked(asked),
          _leading(leading),
          _budget(asked.budget),
          _expander(asked, *planner._words, leading),
          _plan(plan)
    {
    }

    // Whether something in quotation marks is meant to the letter: not in running text, which quotes.
    bool insists() const { return _hasPhrase && _bareWords <= kFewWords; }

    void aimAt(Purpose purpose) { _purpose = purpose; }

    Xapian::Query sequence(const Node& node, bool relaxed)
    {
        std::vector<Xapian::Query> required;
        std::vector<Xapian::Query> excluded;
        std::string bare;   // words side by side, together: phrases of the lexicon may span several
        std::string quoted; // words of a phrase that need not stand together any more; meant as typed
        for (const auto& child : node.children) {
            const bool isText = child.field.empty() && !child.negated;
            if (child.negated) {
                if (auto query = positive(child, relaxed, Marking::off)) {
                    excluded.push_back(*query);
                }
            } else if (isText && (child.kind == NodeKind::word || (relaxed && child.kind == NodeKind::phrase))) {
                if (_reader.read(child.text, _leading).empty()) {
                    note("nothingToSearch", {child.text});
                }
                (child.kind == NodeKind::word ? bare : quoted) += child.text + ' ';
            } else if (auto query = positive(child, relaxed, Marking::on)) {
                if (isText && child.kind == NodeKind::phrase) {
                    _plan.canRelax = true;
                    _hasPhrase = true;
                }
                required.push_back(*query);
            }
        }
        return combined(required, runOf(bare, quoted), excluded, relaxed);
    }

private:
    enum class Marking : bool { off, on };

    // Strict: everything required, and most of the words. Relaxed: the words only rank where something is required.
    Xapian::Query combined(std::vector<Xapian::Query>& required, const Run& run,
                           const std::vector<Xapian::Query>& excluded, bool relaxed)
    {
        Xapian::Query query;
        if (!run.words.empty() && !required.empty() && relaxed) {
            query = {Xapian::Query::OP_AND_MAYBE, combine(Xapian::Query::OP_AND, required), anyOf(run)};
        } else if (!run.words.empty() && !required.empty()) {
            _plan.canRelax = true;
            required.push_back(mostOf(run));
            query = combine(Xapian::Query::OP_AND, required);
        } else if (!required.empty()) {
            query = combine(Xapian::Query::OP_AND, required);
        } else if (!run.words.empty()) {
            query = relaxed ? anyOf(run) : mostOf(run);
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

    // Strict and relaxed plans walk the same words: they are read, expanded and marked once.
    const Run& runOf(const std::string& text, const std::string& asTyped = {})
    {
        const auto [entry, isNew] = _runs.try_emplace(text + '\n' + asTyped);
        auto& run = entry->second;
        if (!isNew) {
            return run;
        }
        auto words = _reader.read(text, _leading);
        auto spans = _expander.expand(words, _plan.expansions);
        for (const auto& joined : _reader.compounds(text, _leading)) {
            spans.push_back({joined.token, joined.count, {{{joined.stem}, 1.0}}});
        }
        std::ranges::stable_sort(spans, {}, &Span::first);
        std::ranges::move(_reader.read(asTyped, _leading), std::back_inserter(words));
        const bool onlyStopwords = std::ranges::all_of(words, &Word::isStopword);
        std::vector<std::size_t> place; // of each word among those that stay
        for (auto& word : words) {
            place.push_back(run.words.size());
            if (onlyStopwords || !word.isStopword) {
                run.words.push_back(std::move(word));
            }
        }
        keepToBudget(run.words);
        _bareWords += run.words.size();
        place.push_back(run.words.size());
        for (const auto& span : spans) {
            const auto first = place[span.first];
            const auto count = place[span.first + span.count] - first;
            if (count > 0 && first + count <= run.words.size()) {
                run.spans.push_back({first, count, span.choices});
            }
        }
        mark(run);
        return run;
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
        auto whole = _reader.read(node.text, _leading);
        if (whole.empty()) {
            note("nothingToSearch", {node.text});
            return std::nullopt;
        }
        const auto folded = whole.back().token.folded;
        if (characters(folded) < _budget.minWildcardLetters) {
            note("wildcardTooShort", {folded});
            return words(node, marking);
        }
        whole.pop_back();
        keepToBudget(whole);
        if (marking == Marking::on) {
            _plan.marks.prefixes.insert(folded);
            std::ranges::for_each(whole, [&](const Word& word) { mark(word.stems); });
        }
        std::vector<Xapian::Query> parts{{Xapian::Query::OP_WILDCARD, folded,
                                          static_cast<Xapian::termcount>(_budget.maxWildcardExpansion),
                                          Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM}};
        for (const auto& word : whole) {
            parts.push_back(oneOf(word, {}));
        }
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

    // A word that an operator stands beside, and a phrase. What is excluded is meant as typed.
    std::optional<Xapian::Query> words(const Node& node, Marking marking)
    {
        const auto typed = _reader.read(node.text, _leading);
        if (typed.empty()) {
            note("nothingToSearch", {node.text});
            return std::nullopt;
        }
        if (node.kind == NodeKind::word && typed.size() == 1 && marking == Marking::on) {
            return anyOf(runOf(node.text));
        }
        if (marking == Marking::on) {
            std::ranges::for_each(typed, [&](const Word& word) { mark(word.stems); });
        }
        if (typed.size() == 1) {
            return oneOf(typed.front(), {});
        }
        return phrase(node.text, schema::kStem);
    }

    // The words in this order, by their stems, in each language's own cut; the prefix may name a field.
    std::optional<Xapian::Query> phrase(const std::string& text, std::string_view prefix)
    {
        std::set<std::vector<std::string>> variants;
        for (const auto& [language, analyzer] : _reader.analyzers()) {
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
        if (node.field == "concept") {
            return concepts(node.text);
        }
        return facetValue(*schema::facetNamed(node.field), node.text);
    }

    std::optional<Xapian::Query> author(const std::string& text)
    {
        std::vector<Xapian::Query> names;
        for (const auto& token : _reader.analyzers().at(text::Language::other).analyze(text)) {
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

    // By its id, or by any of its labels in any language; a label that several concepts have means any of them.
    Xapian::Query concepts(const std::string& typed)
    {
        auto ids = _asked.lexicon == nullptr ? std::vector<std::string>{}
                                             : conceptsNamed(*_asked.lexicon, typed, _reader.analyzers());
        if (ids.empty()) {
            note("unknownValue", {"concept", typed});
            ids.push_back(typed);
        }
        std::vector<Xapian::Query> terms;
        for (const auto& id : ids) {
            if (const auto term = schema::fieldTerm(schema::kConcept, id); !term.empty()) {
                terms.emplace_back(term);
            }
        }
        return terms.empty() ? matchNothingButAsked() : combine(Xapian::Query::OP_OR, terms);
    }

    std::optional<Xapian::Query> facetValue(schema::Facet facet, const std::string& typed)
    {
        std::string value = typed;
        if (const auto* scheme = vocabulary::schemeOf(_vocabularies, schema::infoOf(facet).name); scheme != nullptr) {
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

    static Xapian::Query stemsOf(const std::vector<std::string>& stems)
    {
        std::vector<Xapian::Query> terms;
        for (const auto& stem : stems) {
            if (const auto term = schema::wordTerm(schema::kStem, stem); !term.empty()) {
                terms.emplace_back(term);
            }
        }
        return terms.size() == 1 ? terms.front() : combine(Xapian::Query::OP_SYNONYM, terms);
    }

    static Xapian::Query phraseOf(const std::vector<std::string>& stems)
    {
        std::vector<std::string> terms;
        for (const auto& stem : stems) {
            terms.push_back(schema::wordTerm(schema::kStem, stem));
        }
        return {Xapian::Query::OP_PHRASE, terms.begin(), terms.end(), static_cast<Xapian::termcount>(terms.size())};
    }

    // A word and the words it is also searched as count as one word, whichever of them a text has; those that are
    // seldom meant count less. Its translations of several words count as what their words bring together, if that is
    // more.
    Xapian::Query oneOf(const Word& word, const std::vector<Choice>& choices) const
    {
        if (_purpose == Purpose::match) {
            return matcherOf(word, choices);
        }
        std::vector<std::string> major = word.stems;
        std::vector<std::string> minor;
        std::vector<Xapian::Query> best;
        for (const auto& choice : choices) {
            if (choice.stems.size() > 1) {
                best.push_back(choiceOf(choice));
            } else {
                addDistinct(choice.weight >= _ranking.minorBelow ? major : minor, choice.stems.front());
            }
        }
        best.insert(best.begin(), stemsOf(major));
        if (!minor.empty()) {
            best.push_back(scaled(stemsOf(minor), _ranking.minorRendering));
        }
        auto query = best.size() == 1 ? best.front() : combine(Xapian::Query::OP_MAX, best);
        if (const auto exact = exactForms(word.token); !exact.empty()) {
            query = {Xapian::Query::OP_AND_MAYBE, query, combine(Xapian::Query::OP_OR, exact)};
        }
        return query;
    }

    // The documents of oneOf(), without weights.
    static Xapian::Query matcherOf(const Word& word, const std::vector<Choice>& choices)
    {
        std::vector<Xapian::Query> any;
        for (const auto& stem : word.stems) {
            any.push_back(stemsOf({stem}));
        }
        for (const auto& choice : choices) {
            any.push_back(choice.stems.size() == 1 ? stemsOf(choice.stems) : phraseOf(choice.stems));
        }
        return combine(Xapian::Query::OP_OR, any);
    }

    // What lets the word as typed come first: unstemmed; with its accents, if it has any; and a little, if it has none
    // but the library knows it with, where it stands without.
    std::vector<Xapian::Query> exactForms(const text::Token& token) const
    {
        std::vector<Xapian::Query> forms;
        const auto folded = schema::wordTerm("", token.folded);
        if (folded.empty()) {
            return forms;
        }
        forms.push_back(scaled(Xapian::Query{folded}, _ranking.exactForm));
        if (token.exact != token.folded) {
            if (const auto accented = schema::exactTerm(token.folded, token.exact); !accented.empty()) {
                forms.push_back(scaled(Xapian::Query{accented}, _ranking.spelling));
            }
        } else if (_asked.database != nullptr) {
            constexpr std::size_t kMostSpellings = 8;
            const auto prefix = schema::exactTerm(token.folded);
            std::vector<Xapian::Query> accented;
            const auto end = _asked.database->allterms_end(prefix);
            for (auto term = _asked.database->allterms_begin(prefix);
                 !prefix.empty() && term != end && accented.size() < kMostSpellings; ++term) {
                accented.emplace_back(*term);
            }
            if (!accented.empty()) {
                forms.push_back(
                    scaled({Xapian::Query::OP_AND_NOT, Xapian::Query{folded}, combine(Xapian::Query::OP_OR, accented)},
                           _ranking.spelling));
            }
        }
        return forms;
    }

    static Xapian::Query scaled(const Xapian::Query& query, double share)
    {
        return share == 1.0 ? query : Xapian::Query{Xapian::Query::OP_SCALE_WEIGHT, query, share};
    }

    // A translation, less when it is seldom meant.
    Xapian::Query choiceOf(const Choice& choice) const
    {
        return scaled(choice.stems.size() == 1 ? stemsOf(choice.stems) : phraseOf(choice.stems),
                      choice.weight >= _ranking.minorBelow ? 1.0 : _ranking.minorRendering);
    }

    // Each word, with what it alone is also searched as.
    std::vector<Xapian::Query> queriesOf(const Run& run) const
    {
        std::vector<std::vector<Choice>> choices(run.words.size());
        for (const auto& span : run.spans) {
            if (span.count == 1) {
                std::ranges::copy(span.choices, std::back_inserter(choices[span.first]));
            }
        }
        std::vector<Xapian::Query> queries;
        for (std::size_t i = 0; i < run.words.size(); ++i) {
            queries.push_back(oneOf(run.words[i], choices[i]));
        }
        return queries;
    }

    std::vector<Xapian::Query> choicesOf(const Span& span) const
    {
        std::vector<Xapian::Query> queries;
        for (const auto& choice : span.choices) {
            queries.push_back(choiceOf(choice));
        }
        return queries;
    }

    // Any of the words. Of a phrase of the lexicon either its words count or one of its translations, whichever is
    // more.
    Xapian::Query anyOf(const Run& run) const
    {
        auto words = queriesOf(run);
        if (_purpose == Purpose::match) {
            for (const auto& span : run.spans) {
                std::ranges::move(choicesOf(span), std::back_inserter(words));
            }
            return combine(Xapian::Query::OP_OR, words);
        }
        std::vector<Xapian::Query> parts;
        std::size_t next = 0;
        for (const auto& span : run.spans) {
            if (span.count < 2 || span.first < next) {
                continue;
            }
            parts.insert(parts.end(), words.begin() + static_cast<std::ptrdiff_t>(next),
                         words.begin() + static_cast<std::ptrdiff_t>(span.first));
            next = span.first + span.count;
            auto best = choicesOf(span);
            best.push_back(combine(Xapian::Query::OP_OR, {words.begin() + static_cast<std::ptrdiff_t>(span.first),
                                                          words.begin() + static_cast<std::ptrdiff_t>(next)}));
            parts.push_back(combine(Xapian::Query::OP_MAX, best));
        }
        parts.insert(parts.end(), words.begin() + static_cast<std::ptrdiff_t>(next), words.end());
        return combine(Xapian::Query::OP_OR, parts);
    }

    // All of one or two words; all but one of three or four; any of more. A translation of a phrase stands for each of
    // its words.
    Xapian::Query mostOf(const Run& run)
    {
        const auto count = run.words.size();
        if (count == 1 || count > kFewWords) {
            return anyOf(run);
        }
        _plan.canRelax = true;
        const auto purpose = std::exchange(_purpose, Purpose::match);
        auto words = queriesOf(run);
        for (const auto& span : run.spans) {
            for (std::size_t i = span.first; span.count > 1 && i < span.first + span.count; ++i) {
                auto either = choicesOf(span);
                either.push_back(words[i]);
                words[i] = combine(Xapian::Query::OP_OR, either);
            }
        }
        std::vector<Xapian::Query> choices;
        for (std::size_t leftOut = 0; leftOut < count && count > 2; ++leftOut) {
            auto kept = words;
            kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(leftOut));
            choices.push_back(combine(Xapian::Query::OP_AND, kept));
        }
        const auto enough = count == 2 ? combine(Xapian::Query::OP_AND, words) : combine(Xapian::Query::OP_OR, choices);
        _purpose = purpose;
        return purpose == Purpose::match ? enough : Xapian::Query{Xapian::Query::OP_FILTER, anyOf(run), enough};
    }

    // What may stand for each word: its stems, and of what it is also searched as the words in their order. The square
    // of its weight tells a rendering that is meant from one that is possible.
    static std::vector<std::vector<Stem>> groupsOf(const std::vector<Word>& words, const std::vector<Span>& spans)
    {
        std::vector<std::vector<Stem>> groups;
        for (const auto& word : words) {
            auto& group = groups.emplace_back();
            std::ranges::transform(word.stems, std::back_inserter(group), [](const auto& stem) {
                return Stem{stem, 1.0};
            });
        }
        for (const auto& span : spans) {
            for (const auto& choice : span.choices) {
                for (std::size_t i = 0; i < choice.stems.size(); ++i) {
                    if (choice.stems.size() > 1 && isFunctionWord(choice.stems[i])) {
                        continue; // "de" of "droit de vote" tells nothing
                    }
                    groups[span.first + std::min(i, span.count - 1)].push_back(
                        {choice.stems[i], choice.weight * choice.weight});
                }
            }
        }
        return groups;
    }

    static std::vector<WeighedTerm> termsOf(const std::vector<Stem>& stems)
    {
        std::vector<WeighedTerm> terms;
        for (const auto& [stem, weight] : stems) {
            auto term = schema::wordTerm(schema::kStem, stem);
            if (const auto known = std::ranges::find(terms, term, &WeighedTerm::term); known != terms.end()) {
                known->weight = std::max(known->weight, weight);
            } else if (!term.empty()) {
                terms.push_back({std::move(term), weight});
            }
        }
        return terms;
    }

    void mark(const Run& run)
    {
        _plan.marks.areTranslated = !_plan.expansions.empty();

        for (const auto& stems : groupsOf(run.words, run.spans)) {
            mark(stems);
        }
    }

    void mark(const std::vector<std::string>& stems)
    {
        std::vector<Stem> group;
        std::ranges::transform(stems, std::back_inserter(group), [](const auto& stem) { return Stem{stem, 1.0}; });
        mark(group);
    }

    void mark(const std::vector<Stem>& stems)
    {
        std::ranges::transform(stems, std::inserter(_plan.marks.stems, _plan.marks.stems.end()), &Stem::text);
        auto group = termsOf(stems);
        if (std::ranges::find(_plan.marks.groups, group) == _plan.marks.groups.end()) {
            _plan.marks.groups.push_back(std::move(group));
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

    const Ranking& _ranking;
    const vocabulary::Vocabularies& _vocabularies;
    const WordReader& _reader;
    const Asked& _asked;
    text::Language _leading;
    const Budget& _budget;
    Expander _expander;
    Plan& _plan;
    std::map<std::string, Run> _runs; // by text
    Purpose _purpose = Purpose::rank;
    bool _hasPhrase = false;
    std::size_t _bareWords = 0; // of the query as a whole
};

Planner::Planner(const vocabulary::Vocabularies& vocabularies, const Ranking& ranking)
    : _vocabularies(vocabularies), _ranking(ranking), _words(std::make_unique<WordReader>())
{
}
Planner::Planner(Planner&&) noexcept = default;
Planner::~Planner() = default;

Plan Planner::plan(const ParsedQuery& parsed, const Asked& asked)
{
    std::string typed;
    collectText(parsed.root, typed);
    auto leading = asked.language == text::Language::other ? text::Language::en : asked.language;
    if (const auto guess = text::detectLanguage(typed);
        guess.language != text::Language::other && guess.confidence >= kSureOfLanguage) {
        leading = guess.language;
    }
    Plan plan;
    plan.notes = parsed.notes;
    Builder builder{*this, asked, leading, plan};
    plan.strict = builder.sequence(parsed.root, false);
    plan.relaxesWhenFew = plan.canRelax && !builder.insists();
    plan.relaxed = plan.canRelax ? builder.sequence(parsed.root, true) : plan.strict;
    builder.aimAt(Builder::Purpose::match);
    plan.strictMatch = builder.sequence(parsed.root, false);
    plan.relaxedMatch = plan.canRelax ? builder.sequence(parsed.root, true) : plan.strictMatch;
    if (plan.strict.empty()) {
        plan.matchesAll = true;
        plan.strict = matchEverything();
        plan.relaxed = plan.strict;
    }
    return plan;
}

} // namespace acervo::query
