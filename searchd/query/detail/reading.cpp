#include "searchd/query/detail/reading.h"

#include "corpus/schema/fields.h"
#include "searchd/query/detail/combine.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace acervo::query {

void say(std::vector<Note>& notes, const std::string& code, std::vector<std::string> arguments)
{
    const bool said =
        std::ranges::any_of(notes, [&](const Note& old) { return old.code == code && old.arguments == arguments; });
    if (!said) {
        notes.push_back({code, std::move(arguments)});
    }
}

void keepToBudget(std::vector<Word>& words, const Reading& reading)
{
    const auto most = reading.asked.budget.maxTerms;
    if (words.size() > most) {
        words.resize(most);
        say(reading.notes, "tooManyTerms", {std::to_string(most)});
    }
}

bool isLongEnough(std::string_view beginning, const Budget& budget)
{
    const auto letters =
        std::ranges::count_if(beginning, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
    return static_cast<std::size_t>(letters) >= budget.minWildcardLetters;
}

Tree beginningWith(const std::string& term, const Budget& budget)
{
    Tree beginning;
    beginning.kind = Tree::Kind::beginning;
    beginning.term = term;
    beginning.most = budget.maxWildcardExpansion;
    return beginning;
}

Tree phraseIn(std::string_view prefix, const std::string& text, const Reading& reading)
{
    const auto& budget = reading.asked.budget;
    std::set<std::vector<std::string>> variants;
    for (const auto& [language, analyzer] : reading.words.analyzers()) {
        std::vector<std::string> terms;
        for (const auto& token : analyzer.analyze(text)) {
            terms.push_back(prefix == schema::kStem ? schema::wordTerm(prefix, token.stem)
                                                    : schema::fieldTerm(prefix, token.stem));
        }
        if (terms.size() > budget.maxTerms) {
            terms.resize(budget.maxTerms);
            say(reading.notes, "tooManyTerms", {std::to_string(budget.maxTerms)});
        }
        if (!terms.empty() && std::ranges::none_of(terms, &std::string::empty)) {
            variants.insert(std::move(terms));
        }
    }
    if (variants.empty()) {
        return matchNothing();
    }
    std::vector<Tree> queries;
    for (const auto& terms : variants) {
        std::vector<Tree> words;
        std::ranges::transform(terms, std::back_inserter(words), lookFor);
        queries.push_back(combine(Tree::Kind::phrase, std::move(words)));
    }
    return combine(Tree::Kind::any, queries);
}

} // namespace acervo::query
