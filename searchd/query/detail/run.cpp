#include "searchd/query/detail/run.h"

#include "searchd/query/detail/marking.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace acervo::query {

RunReader::RunReader(const Reading& reading, Plan& plan)
    : _reading(reading), _expander(reading.asked, reading.words, reading.leading), _plan(plan)
{
}

const Run& RunReader::read(const std::string& text, const std::string& asTyped)
{
    const auto [entry, isNew] = _runs.try_emplace(text + '\n' + asTyped);
    if (isNew) {
        entry->second = readAnew(text, asTyped);
        _wordsRead += entry->second.words.size();
        _plan.marks.areTranslated = !_plan.expansions.empty();
        mark(entry->second, _plan.marks);
    }
    return entry->second;
}

Run RunReader::readAnew(const std::string& text, const std::string& asTyped)
{
    auto words = _reading.words.read(text, _reading.leading);
    auto spans = _expander.expand(words, _plan.expansions);
    for (const auto& joined : _reading.words.compounds(text, _reading.leading)) {
        spans.push_back({joined.token, joined.count, {{{joined.stem}, 1.0}}});
    }
    std::ranges::stable_sort(spans, {}, &Span::first);
    std::ranges::move(_reading.words.read(asTyped, _reading.leading), std::back_inserter(words));
    const bool onlyStopwords = std::ranges::all_of(words, &Word::isStopword);
    Run run;
    std::vector<std::size_t> place; // of each word among those that stay
    for (auto& word : words) {
        place.push_back(run.words.size());
        if (onlyStopwords || !word.isStopword) {
            run.words.push_back(std::move(word));
        }
    }
    keepToBudget(run.words, _reading);
    place.push_back(run.words.size());
    for (const auto& span : spans) {
        const auto first = place[span.first];
        const auto count = place[span.first + span.count] - first;
        if (count > 0 && first + count <= run.words.size()) {
            run.spans.push_back({first, count, span.choices});
        }
    }
    return run;
}

} // namespace acervo::query
