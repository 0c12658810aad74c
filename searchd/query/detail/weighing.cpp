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

Tree stemsOf(const std::vector<std::string>& stems)
{
    std::vector<Tree> terms;
    for (const auto& stem : stems) {
        if (const auto term = schema::wordTerm(schema::kStem, stem); !term.empty()) {
            terms.push_back(lookFor(term));
        }
    }
    return combine(Tree::Kind::synonym, terms);
}

Tree phraseOf(const std::vector<std::string>& stems)
{
    std::vector<Tree> terms;
    for (const auto& stem : stems) {
        terms.push_back(lookFor(schema::wordTerm(schema::kStem, stem)));
    }
    return combine(Tree::Kind::phrase, std::move(terms));
}

// The documents of oneOf(), without weights.
Tree matcherOf(const Word& word, const std::vector<Choice>& choices)
{
    std::vector<Tree> any;
    for (const auto& stem : word.stems) {
        any.push_back(stemsOf({stem}));
    }
    for (const auto& choice : choices) {
        any.push_back(choice.stems.size() == 1 ? stemsOf(choice.stems) : phraseOf(choice.stems));
    }
    return combine(Tree::Kind::any, any);
}

} // namespace

bool asksForMost(const Run& run)
{
    return run.words.size() > 1 && run.words.size() <= kFewWords;
}

Tree Weighing::oneOf(const Word& word, const std::vector<Choice>& choices) const
{
    if (_purpose == Purpose::match) {
        return matcherOf(word, choices);
    }
    std::vector<std::string> major = word.stems;
    std::vector<std::string> minor;
    std::vector<Tree> best;
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
    auto query = best.size() == 1 ? best.front() : combine(Tree::Kind::best, best);
    if (const auto exact = exactForms(word.token); !exact.empty()) {
        query = combine(Tree::Kind::maybe, {query, combine(Tree::Kind::any, exact)});
    }
    return query;
}

// What lets the word as typed come first: unstemmed; with its accents, if it has any; and a little, if it has none
// but the library knows it with, where it stands without.
std::vector<Tree> Weighing::exactForms(const text::Token& token) const
{
    std::vector<Tree> forms;
    const auto folded = schema::wordTerm("", token.folded);
    if (folded.empty()) {
        return forms;
    }
    forms.push_back(scaled(lookFor(folded), _ranking.exactForm));
    if (token.exact != token.folded) {
        if (const auto accented = schema::exactTerm(token.folded, token.exact); !accented.empty()) {
            forms.push_back(scaled(lookFor(accented), _ranking.spelling));
        }
    } else if (_database != nullptr) {
        constexpr std::size_t kMostSpellings = 8;
        const auto prefix = schema::exactTerm(token.folded);
        std::vector<Tree> accented;
        const auto end = _database->allterms_end(prefix);
        for (auto term = _database->allterms_begin(prefix);
             !prefix.empty() && term != end && accented.size() < kMostSpellings; ++term) {
            accented.push_back(lookFor(*term));
        }
        if (!accented.empty()) {
            forms.push_back(
                scaled(combine(Tree::Kind::without, {lookFor(folded), combine(Tree::Kind::any, accented)}),
                       _ranking.spelling));
        }
    }
    return forms;
}

// A translation, less when it is seldom meant.
Tree Weighing::choiceOf(const Choice& choice) const
{
    return scaled(choice.stems.size() == 1 ? stemsOf(choice.stems) : phraseOf(choice.stems),
                  choice.weight >= _ranking.minorBelow ? 1.0 : _ranking.minorRendering);
}

// Each word, with what it alone is also searched as.
std::vector<Tree> Weighing::queriesOf(const Run& run) const
{
    std::vector<std::vector<Choice>> choices(run.words.size());
    for (const auto& span : run.spans) {
        if (span.count == 1) {
            std::ranges::copy(span.choices, std::back_inserter(choices[span.first]));
        }
    }
    std::vector<Tree> queries;
    for (std::size_t i = 0; i < run.words.size(); ++i) {
        queries.push_back(oneOf(run.words[i], choices[i]));
    }
    return queries;
}

std::vector<Tree> Weighing::choicesOf(const Span& span) const
{
    std::vector<Tree> queries;
    for (const auto& choice : span.choices) {
        queries.push_back(choiceOf(choice));
    }
    return queries;
}

Tree Weighing::anyOf(const Run& run) const
{
    auto words = queriesOf(run);
    if (_purpose == Purpose::match) {
        for (const auto& span : run.spans) {
            std::ranges::move(choicesOf(span), std::back_inserter(words));
        }
        return combine(Tree::Kind::any, words);
    }
    std::vector<Tree> parts;
    std::size_t next = 0;
    for (const auto& span : run.spans) {
        if (span.count < 2 || span.first < next) {
            continue;
        }
        parts.insert(parts.end(), words.begin() + static_cast<std::ptrdiff_t>(next),
                     words.begin() + static_cast<std::ptrdiff_t>(span.first));
        next = span.first + span.count;
        auto best = choicesOf(span);
        best.push_back(combine(Tree::Kind::any, {words.begin() + static_cast<std::ptrdiff_t>(span.first),
                                                      words.begin() + static_cast<std::ptrdiff_t>(next)}));
        parts.push_back(combine(Tree::Kind::best, best));
    }
    parts.insert(parts.end(), words.begin() + static_cast<std::ptrdiff_t>(next), words.end());
    return combine(Tree::Kind::any, parts);
}

Tree Weighing::mostOf(const Run& run) const
{
    const auto count = run.words.size();
    if (_purpose == Purpose::rank || !asksForMost(run)) {
        return anyOf(run);
    }
    auto words = queriesOf(run);
    for (const auto& span : run.spans) {
        for (std::size_t i = span.first; span.count > 1 && i < span.first + span.count; ++i) {
            auto either = choicesOf(span);
            either.push_back(words[i]);
            words[i] = combine(Tree::Kind::any, either);
        }
    }
    std::vector<Tree> choices;
    for (std::size_t leftOut = 0; leftOut < count && count > 2; ++leftOut) {
        auto kept = words;
        kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(leftOut));
        choices.push_back(combine(Tree::Kind::all, kept));
    }
    return count == 2 ? combine(Tree::Kind::all, words) : combine(Tree::Kind::any, choices);
}

} // namespace acervo::query
