#include "searchd/search/detail/suggest_entries.h"

#include "analyzers/text/normalise.h"
#include "corpus/index/document_data.h"

#include <algorithm>
#include <unordered_map>

namespace acervo::search::detail {

namespace {

constexpr std::uint32_t kFewWorks = 3;           // a phrase of fewer works is none
constexpr std::uint32_t kWorksForOneMore = 2000; // in a large library it takes more
constexpr std::size_t kMaxWordsOfEntry = 48;
constexpr std::size_t kMaxNameBytes = 120;

} // namespace

SuggestGatherer::SuggestGatherer(const Xapian::Database& database, const Snapshot& snapshot, const HintSources& sources)
    : _snapshot(snapshot), _sources(sources)
{
    readLabels(sources.vocabularies);
    keepConcepts(readConcepts(database, sources.lexicon, sources.analyzers));
    std::ranges::sort(_fieldWords);
    const auto repeated = std::ranges::unique(_fieldWords);
    _fieldWords.erase(repeated.begin(), repeated.end());
    readDocuments(database);
    orderTitles();
    keepPeople();
    keepPhrases();
    indexWords();
}

std::vector<std::uint32_t> SuggestGatherer::wordsOf(const std::vector<TextWord>& text, text::Language language)
{
    std::vector<std::uint32_t> numbers;
    for (const auto& word : text) {
        if (numbers.size() == kMaxWordsOfEntry) {
            break;
        }
        numbers.push_back(_table.numberOf(word.text));
        _uses.resize(_table.size());
        ++_uses[numbers.back()][static_cast<std::size_t>(language)];
    }
    return numbers;
}

void SuggestGatherer::readLabel(const std::string& label, text::Language language)
{
    for (const auto number : wordsOf(splitWords(label), language)) {
        _fieldWords.push_back(_table.at(number).folded);
    }
}

// Labels of the concepts that works have, most works first; the words of all the others count as words of the field.
void SuggestGatherer::readLabels(const vocabulary::Vocabularies& vocabularies)
{
    std::vector<std::pair<std::uint32_t, SuggestEntries::Label>> counted;
    for (const auto& info : schema::kFacets) {
        const auto* scheme = vocabulary::schemeOf(vocabularies, info.name);
        if (scheme == nullptr) {
            continue;
        }
        const auto facet = static_cast<std::size_t>(info.facet);
        std::unordered_map<std::string_view, std::uint32_t> works;
        const auto& values = _snapshot.columns.facets[facet].values;
        for (std::size_t value = 0; value < values.size(); ++value) {
            works.emplace(values[value], _snapshot.everything.byValue[facet][value]);
        }
        for (const auto& item : scheme->concepts()) {
            const auto known = works.find(item.notation);
            const auto count = known == works.end() ? 0 : known->second;
            const auto take = [&](const std::string& code, const std::string& label) {
                readLabel(label, text::languageOf(code));
                if (count > 0) {
                    counted.push_back({count, {info.facet, item.notation, label}});
                }
            };
            for (const auto& [code, label] : item.labels) {
                take(code, label);
            }
            for (const auto& [code, labels] : item.altLabels) {
                std::ranges::for_each(labels, [&, &code = code](const std::string& label) { take(code, label); });
            }
        }
    }
    std::ranges::stable_sort(counted, std::greater{}, [](const auto& one) { return one.first; });
    for (auto& [count, label] : counted) {
        _entries.labels.push_back(std::move(label));
    }
}

// Those with evidence, the most frequent first, each name once: not what a vocabulary suggests already, nor what a more
// trusted source names so. The words of all count as words of the field.
void SuggestGatherer::keepConcepts(std::vector<KnownConcept> concepts)
{
    std::unordered_set<std::string> taken;
    for (const auto& label : _entries.labels) {
        taken.insert(text::fold(label.text));
    }
    std::vector<KnownConcept> kept;
    for (auto& known : concepts) {
        for (const auto& label : known.labels) {
            readLabel(label.text, label.language);
        }
        std::vector<std::string> names;
        for (const auto& [code, name] : known.names) {
            names.push_back(text::fold(name));
        }
        if (known.evidence.empty() ||
            std::ranges::any_of(names, [&](const std::string& name) { return taken.contains(name); })) {
            continue;
        }
        taken.insert(names.begin(), names.end());
        kept.push_back(std::move(known));
    }
    std::ranges::stable_sort(kept, std::greater{}, &KnownConcept::documents);
    for (auto& known : kept) {
        const auto number = static_cast<std::uint32_t>(_entries.concepts.size());
        for (auto& label : known.labels) {
            _conceptKeys.insert(std::move(label.key));
            _entries.conceptLabels.push_back({number, std::move(label.text)});
        }
        _entries.concepts.push_back({std::move(known.names), std::move(known.evidence)});
    }
}

void SuggestGatherer::addPerson(const std::string& name, std::uint32_t work)
{
    auto folded = text::fold(name);
    if (folded.empty() || name.size() > kMaxNameBytes) {
        return;
    }
    auto& seen = _people[std::move(folded)];
    if (seen.name.empty()) {
        seen.name = name;
    }
    if (seen.works.empty() || seen.works.back() != work) {
        seen.works.push_back(work);
    }
}

void SuggestGatherer::readDocuments(const Xapian::Database& database)
{
    const auto& columns = _snapshot.columns;
    const auto& years = columns.column(schema::Facet::year);
    for (Xapian::docid id = 1; id <= columns.lastDocid; ++id) {
        if (columns.workOf[id] == index::kNoWork) {
            continue;
        }
        const auto data = index::decodeHead(database.get_document(id, Xapian::DOC_ASSUME_VALID).get_data());
        if (!data) {
            continue; // a hit of it will say so
        }
        const auto language = text::languageOf(data->language);
        const auto title = splitWords(data->title);
        const auto year = years.of(id);
        _titles.push_back({id, year.empty() ? std::string_view{} : std::string_view{years.values[year.front()]},
                           wordsOf(title, language)});
        for (const auto& text : {data->title, data->abstractText}) {
            if (_phraseText + text.size() <= kMaxPhraseText) {
                _phraseText += text.size();
                _phrases.add(splitWords(text), language, columns.workOf[id]);
            }
        }
        for (const auto& author : data->authors) {
            addPerson(author, columns.workOf[id]);
        }
    }
}

void SuggestGatherer::orderTitles()
{
    std::ranges::stable_sort(_titles, std::greater{}, &Title::year);
    _titles.resize(std::min(_titles.size(), kMaxTitles));
    for (const auto& title : _titles) {
        _entries.titles.push_back(title.id);
    }
}

void SuggestGatherer::keepPeople()
{
    for (auto& [folded, seen] : _people) {
        std::ranges::sort(seen.works);
        const auto repeated = std::ranges::unique(seen.works);
        const auto works = seen.works.size() - repeated.size();
        _entries.people.push_back({std::move(seen.name), static_cast<std::uint32_t>(works)});
    }
    _people.clear();
    std::ranges::stable_sort(_entries.people, std::greater{}, &SuggestEntries::Person::works);
    _entries.people.resize(std::min(_entries.people.size(), kMaxPeople));
}

void SuggestGatherer::keepPhrases()
{
    const auto minWorks = kFewWorks + _snapshot.columns.workCount / kWorksForOneMore;
    for (auto& phrase : _phrases.frequent(minWorks, kMaxPhrases)) {
        if (!_conceptKeys.contains(labelKey(phrase.language, phrase.text, _sources.analyzers))) {
            _entries.phrases.push_back({std::move(phrase.text), phrase.language});
        }
    }
}

// The words of all entries, sorted, and for each the entries that hold it.
void SuggestGatherer::indexWords()
{
    std::vector<std::pair<std::uint32_t, std::uint32_t>> held; // word form, entry
    std::uint32_t entry = 0;
    const auto hold = [&](const std::string& text) {
        for (const auto& word : splitWords(text)) {
            held.emplace_back(_table.numberOf(word.text), entry);
        }
        ++entry;
    };
    std::ranges::for_each(_entries.labels, hold, &SuggestEntries::Label::text);
    std::ranges::for_each(_entries.conceptLabels, hold, &SuggestEntries::ConceptLabel::text);
    std::ranges::for_each(_entries.phrases, hold, &SuggestEntries::Phrase::text);
    std::ranges::for_each(_entries.people, hold, &SuggestEntries::Person::name);
    for (auto& title : _titles) {
        for (const auto word : title.words) {
            held.emplace_back(word, entry);
        }
        ++entry;
    }
    _titles.clear();
    _uses.resize(_table.size());

    std::vector<std::uint32_t> forms(_table.size());
    for (std::uint32_t form = 0; form < forms.size(); ++form) {
        forms[form] = form;
    }
    std::ranges::sort(forms, {}, [&](std::uint32_t form) -> const std::string& { return _table.at(form).folded; });
    std::vector<std::uint32_t> wordOf(forms.size());
    for (const auto form : forms) {
        const auto& folded = _table.at(form).folded;
        if (_entries.words.size() == 0 ||
            _entries.words.at(static_cast<std::uint32_t>(_entries.words.size() - 1)) != folded) {
            _entries.words.append(folded);
        }
        wordOf[form] = static_cast<std::uint32_t>(_entries.words.size() - 1);
    }
    for (auto& [word, ignored] : held) {
        word = wordOf[word];
    }
    std::ranges::sort(held);
    const auto repeated = std::ranges::unique(held);
    held.erase(repeated.begin(), repeated.end());
    _entries.starts.assign(_entries.words.size() + 1, 0);
    for (const auto& [word, ignored] : held) {
        ++_entries.starts[word + 1];
    }
    for (std::size_t word = 1; word < _entries.starts.size(); ++word) {
        _entries.starts[word] += _entries.starts[word - 1];
    }
    _entries.entries.reserve(held.size());
    for (const auto& [ignored, holder] : held) {
        _entries.entries.push_back(holder);
    }
    _entries.words.shrink();
}

SuggestEntries SuggestGatherer::take()
{
    return std::move(_entries);
}

std::vector<bool> SuggestGatherer::ofTheField(const WordList& words) const
{
    std::vector<bool> marked(words.size(), false);
    for (const auto& word : _fieldWords) {
        if (const auto number = words.find(word)) {
            marked[*number] = true;
        }
    }
    return marked;
}

std::vector<SpellingWords::Accented> SuggestGatherer::accented(const WordList& words) const
{
    // By word and language: the uses of each way to write it, the plain one among them.
    std::map<std::pair<std::uint32_t, std::size_t>, std::map<std::string_view, std::uint32_t>> written;
    std::map<std::string_view, std::uint32_t> numbers; // of the words that have accents somewhere
    for (std::uint32_t form = 0; form < _table.size(); ++form) {
        const auto& [folded, exact, shown] = _table.at(form);
        if (exact != folded) {
            if (const auto number = words.find(folded)) {
                numbers.emplace(folded, *number);
            }
        }
    }
    for (std::uint32_t form = 0; form < _uses.size(); ++form) {
        const auto number = numbers.find(_table.at(form).folded);
        for (std::size_t language = 0; number != numbers.end() && language < _uses[form].size(); ++language) {
            if (_uses[form][language] > 0) {
                written[{number->second, language}][_table.at(form).exact] += _uses[form][language];
            }
        }
    }
    std::vector<SpellingWords::Accented> kept;
    for (const auto& [key, ways] : written) {
        const auto usual = std::ranges::max_element(ways, {}, [](const auto& way) { return way.second; });
        kept.push_back({key.first, static_cast<text::Language>(key.second), std::string{usual->first}});
    }
    return kept;
}

} // namespace acervo::search::detail
