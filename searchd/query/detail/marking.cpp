#include "searchd/query/detail/marking.h"

#include "analyzers/text/normalise.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace acervo::query {

namespace {

// What may stand for a word, and of how many times the word itself it counts where it stands.
struct Stem {
    std::string text;
    double weight = 1.0;
    bool isMarked = true; // wherever it stands
};

// "municipios" tells little of "municipios insulares".
constexpr double kPartOfPhrase = 0.6;

// In any of the languages.
bool isFunctionWord(const std::string& stem)
{
    return std::ranges::any_of(text::kLanguages,
                               [&](text::Language language) { return text::isStopword(stem, language); });
}

std::vector<Stem> asTyped(const std::vector<std::string>& stems)
{
    std::vector<Stem> group;
    std::ranges::transform(stems, std::back_inserter(group), [](const auto& stem) { return Stem{stem}; });
    return group;
}

// What may stand for each word: its stems, and of what it is also searched as the words in their order. The square
// of its weight tells a rendering that is meant from one that is possible.
std::vector<std::vector<Stem>> groupsOf(const std::vector<Word>& words, const std::vector<Span>& spans)
{
    std::vector<std::vector<Stem>> groups;
    for (const auto& word : words) {
        groups.push_back(asTyped(word.stems));
    }
    for (const auto& span : spans) {
        for (const auto& choice : span.choices) {
            for (std::size_t i = 0; i < choice.stems.size(); ++i) {
                if (choice.stems.size() > 1 && isFunctionWord(choice.stems[i])) {
                    continue; // "de" of "droit de vote" tells nothing
                }
                const bool isWhole = choice.stems.size() == 1;
                const auto weight = choice.weight * choice.weight * (isWhole ? 1.0 : kPartOfPhrase);
                groups[span.first + std::min(i, span.count - 1)].push_back({choice.stems[i], weight, isWhole});
            }
        }
    }
    return groups;
}

std::vector<WeighedTerm> termsOf(const std::vector<Stem>& stems)
{
    std::vector<WeighedTerm> terms;
    for (const auto& [stem, weight, isMarked] : stems) {
        auto term = schema::wordTerm(schema::kStem, stem);
        if (const auto known = std::ranges::find(terms, term, &WeighedTerm::term); known != terms.end()) {
            known->weight = std::max(known->weight, weight);
        } else if (!term.empty()) {
            terms.push_back({std::move(term), weight});
        }
    }
    return terms;
}

void add(const std::vector<Stem>& stems, Marks& marks)
{
    for (const auto& stem : stems) {
        if (stem.isMarked) {
            marks.stems.insert(stem.text);
        }
    }
    auto group = termsOf(stems);
    if (std::ranges::find(marks.groups, group) == marks.groups.end()) {
        marks.groups.push_back(std::move(group));
    }
}

} // namespace

void mark(const Run& run, Marks& marks)
{
    for (const auto& stems : groupsOf(run.words, run.spans)) {
        add(stems, marks);
    }
    for (const auto& span : run.spans) {
        for (const auto& choice : span.choices) {
            if (choice.stems.size() > 1) {
                marks.phrases.insert(choice.stems);
            }
        }
    }
}

void mark(const std::vector<std::string>& stems, Marks& marks)
{
    add(asTyped(stems), marks);
}

} // namespace acervo::query
