#include "searchd/query/detail/weighing.h"

#include "corpus/schema/fields.h"
#include "searchd/query/detail/combine.h"

#include <algorithm>
#include <iterator>

namespace acervo::query {

namespace {

void addDistinct(std::vector<std::string>& list, const std::string& value)
{
    if (std::ranges::find(list, value) == list.end()) {
        list.push_back(value);
    }
}

Xapian::Query stemsOf(const std::vector<std::string>& stems)
{
    std::vector<Xapian::Query> terms;
    for (const auto& stem : stems) {
        if (const auto term = schema::wordTerm(schema::kStem, stem); !term.empty()) {
            terms.emplace_back(term);
        }
    }
    return terms.size() == 1 ? terms.front() : combine(Xapian::Query::OP_SYNONYM, terms);
}

Xapian::Query phraseOf(const std::vector<std::string>& stems)
{
    std::vector<std::string> terms;
    for (const auto& stem : stems) {
        terms.push_back(schema::wordTerm(schema::kStem, stem));
    }
    return {Xapian::Query::OP_PHRASE, terms.begin(), terms.end(), static_cast<Xapian::termcount>(terms.size())};
}

// The documents of oneOf(), without weights.
Xapian::Query matcherOf(const Word& word, const std::vector<Choice>& choices)
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

} // namespace

bool asksForMost(const Run& run)
{
    return run.words.size() > 1 && run.words.size() <= kFewWords;
}

Xapian::Query Weighing::oneOf(const Word& word, const std::vector<Choice>& choices) const
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

// What lets the word as typed come first: unstemmed; with its accents, if it has any; and a little, if it has none
// but the library knows it with, where it stands without.
std::vector<Xapian::Query> Weighing::exactForms(const text::Token& token) const
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
    } else if (_database != nullptr) {
        constexpr std::size_t kMostSpellings = 8;
        const auto prefix = schema::exactTerm(token.folded);
        std::vector<Xapian::Query> accented;
        const auto end = _database->allterms_end(prefix);
        for (auto term = _database->allterms_begin(prefix);
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

// A translation, less when it is seldom meant.
Xapian::Query Weighing::choiceOf(const Choice& choice) const
{
    return scaled(choice.stems.size() == 1 ? stemsOf(choice.stems) : phraseOf(choice.stems),
                  choice.weight >= _ranking.minorBelow ? 1.0 : _ranking.minorRendering);
}

// Each word, with what it alone is also searched as.
std::vector<Xapian::Query> Weighing::queriesOf(const Run& run) const
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

std::vector<Xapian::Query> Weighing::choicesOf(const Span& span) const
{
    std::vector<Xapian::Query> queries;
    for (const auto& choice : span.choices) {
        queries.push_back(choiceOf(choice));
    }
    return queries;
}

Xapian::Query Weighing::anyOf(const Run& run) const
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

Xapian::Query Weighing::mostOf(const Run& run) const
{
    const auto count = run.words.size();
    if (!asksForMost(run)) {
        return anyOf(run);
    }
    auto matching = *this;
    matching.aimAt(Purpose::match);
    auto words = matching.queriesOf(run);
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
    return _purpose == Purpose::match ? enough : Xapian::Query{Xapian::Query::OP_FILTER, anyOf(run), enough};
}

} // namespace acervo::query
