#include "searchd/search/detail/suggest.h"

#include "analyzers/text/normalise.h"
#include "corpus/index/document_data.h"
#include "searchd/search/detail/text_words.h"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <string_view>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxTypedBytes = 128;
constexpr std::size_t kMaxTypedWords = 8;      // the first ones and the last decide
constexpr std::size_t kEnough = 3;             // entries found as typed; with fewer, typing mistakes are looked for
constexpr std::size_t kLettersForAnyFirst = 5; // in shorter words the first letter is right
constexpr std::size_t kLookAt = 400; // entries of a kind at most, of which several may be the same concept or work

// A set of entries, one bit each.
class EntrySet {
public:
    explicit EntrySet(std::size_t entries) : _bits((entries + 63) / 64, 0) {}

    void insert(std::uint32_t entry) { _bits[entry / 64] |= std::uint64_t{1} << entry % 64; }
    void keep(const EntrySet& other) { std::ranges::transform(_bits, other._bits, _bits.begin(), std::bit_and{}); }
    void remove(const EntrySet& other)
    {
        std::ranges::transform(_bits, other._bits, _bits.begin(), [](auto own, auto gone) { return own & ~gone; });
    }
    std::size_t size() const
    {
        std::size_t count = 0;
        for (const auto bits : _bits) {
            count += static_cast<std::size_t>(std::popcount(bits));
        }
        return count;
    }
    // Calls visit(entry), ascending, within [first, last), until it says no.
    template <class Visit>
    void forEach(std::uint32_t first, std::uint32_t last, Visit&& visit) const
    {
        for (auto entry = first; entry < last;) {
            const auto left = _bits[entry / 64] >> entry % 64;
            if (left == 0) {
                entry = (entry / 64 + 1) * 64;
                continue;
            }
            entry += static_cast<std::uint32_t>(std::countr_zero(left));
            if (entry >= last || !visit(entry)) {
                return;
            }
            ++entry;
        }
    }

private:
    std::vector<std::uint64_t> _bits;
};

enum class Mistakes : std::uint8_t { none, notInFirstLetter, any };

class Completer {
public:
    Completer(const SuggestSources& sources, text::Language language, std::size_t limit)
        : _sources(sources), _entries(sources.hints.suggestions), _language(language), _limit(limit)
    {
    }

    std::vector<Suggestion> complete(const std::vector<std::string_view>& typed)
    {
        _typed = &typed;
        const auto exact = holding(typed, Mistakes::none);
        collect(exact);
        auto found = exact.size();
        // Concepts of the lexicon are many: with a mistake in a short word some of them always match.
        _takesConcepts = found == 0;
        if (found < kEnough) {
            auto near = holding(typed, Mistakes::notInFirstLetter);
            near.remove(exact);
            collect(near);
            found += near.size();
        }
        if (found == 0) {
            collect(holding(typed, Mistakes::any));
        }
        return arranged();
    }

private:
    EntrySet holding(const std::vector<std::string_view>& typed, Mistakes mistakes) const
    {
        EntrySet all = holdingWord(typed.front(), mistakes);
        for (std::size_t i = 1; i < typed.size(); ++i) {
            all.keep(holdingWord(typed[i], mistakes));
        }
        return all;
    }

    EntrySet holdingWord(std::string_view typed, Mistakes mistakes) const
    {
        EntrySet holders{_entries.count()};
        const auto take = [&](WordRange words, unsigned) {
            for (auto at = _entries.starts[words.first]; at < _entries.starts[words.last]; ++at) {
                holders.insert(_entries.entries[at]);
            }
        };
        take(_entries.words.beginningWith(typed), 0);
        const auto forgiven = editsForgiven(typed.size());
        if (mistakes != Mistakes::none && forgiven > 0) {
            const auto first =
                mistakes == Mistakes::any && typed.size() >= kLettersForAnyFirst ? FirstLetter::any : FirstLetter::same;
            _entries.words.near(typed, {forgiven, Extent::beginning, first}, take);
        }
        return holders;
    }

    void collect(const EntrySet& found)
    {
        std::uint32_t begin = 0;
        const auto among = [&](std::size_t count, auto&& take) {
            const auto end = begin + static_cast<std::uint32_t>(count);
            std::size_t looked = 0;
            found.forEach(begin, end, [&](std::uint32_t entry) { return take(entry - begin) && ++looked < kLookAt; });
            begin = end;
        };
        among(_entries.labels.size(), [&](std::uint32_t i) { return takeLabel(_entries.labels[i]); });
        among(_entries.conceptLabels.size(),
              [&](std::uint32_t i) { return takeConceptLabel(_entries.conceptLabels[i]); });
        among(_entries.phrases.size(), [&](std::uint32_t i) { return takePhrase(_entries.phrases[i]); });
        among(_entries.people.size(), [&](std::uint32_t i) { return takePerson(_entries.people[i]); });
        among(_entries.titles.size(), [&](std::uint32_t i) { return takeTitle(_entries.titles[i]); });
    }

    bool takeLabel(const SuggestEntries::Label& label)
    {
        const auto count = worksWith(label.facet, label.notation);
        const std::string kind{schema::infoOf(label.facet).name};
        const auto* scheme = vocabulary::schemeOf(_sources.vocabularies, kind);
        if (count == 0 || scheme == nullptr) {
            return true;
        }
        takeLabelled({scheme->label(label.notation, text::codeOf(_language)), kind, label.notation, count, {}},
                     label.text, _concepts);
        return _concepts.size() < _limit;
    }

    // One that is called just what was typed, an acronym above all, comes before all others.
    bool takeConceptLabel(const SuggestEntries::ConceptLabel& label)
    {
        if (!_takesConcepts) {
            return false;
        }
        const auto& found = _entries.concepts[label.number];
        const bool stands = std::ranges::all_of(
            found.evidence, [&](const std::string& term) { return _sources.database.term_exists(term); });
        if (stands) {
            auto name = found.names.find(text::codeOf(_language));
            name = name == found.names.end() ? found.names.find(text::codeOf(text::Language::en)) : name;
            name = name == found.names.end() ? found.names.begin() : name;
            const auto& shown = name == found.names.end() ? label.text : name->second;
            takeLabelled({shown, "concept", shown, 0, {}}, label.text, isTyped(label.text) ? _named : _known);
        }
        return _known.size() < _limit;
    }

    bool isTyped(const std::string& label) const
    {
        const auto folded = text::fold(label);
        return std::ranges::equal(splitWords(folded), *_typed, {}, &TextWord::text);
    }

    // Once each; `matched` is the label that was found, when the one that is shown was not.
    void takeLabelled(Suggestion suggestion, const std::string& label, std::vector<Suggestion>& list)
    {
        const auto isSame = [&](const Suggestion& one) {
            return one.kind == suggestion.kind && one.value == suggestion.value;
        };
        if (label != suggestion.text) {
            suggestion.matched = label;
        }
        for (auto* known : {&_concepts, &_named, &_known}) {
            const auto same = std::ranges::find_if(*known, isSame);
            if (same == known->end()) {
                continue;
            }
            if (known == &_known && &list == &_named) { // its other name is the one that was typed
                known->erase(same);
                break;
            }
            if (suggestion.matched.empty()) {
                same->matched.clear(); // the label shown is found as well
            }
            return;
        }
        list.push_back(std::move(suggestion));
    }

    // Those of the reader's language before any others.
    bool takePhrase(const SuggestEntries::Phrase& phrase)
    {
        // The words must be there still; the hints may be older than the index.
        const auto folded = text::fold(phrase.text);
        const bool stands = std::ranges::all_of(splitWords(folded), [&](const TextWord& word) {
            return word.text.size() < 3 || _sources.database.term_exists(std::string{word.text});
        });
        if (stands) {
            auto& list = phrase.language == _language ? _phrases : _otherPhrases;
            list.push_back({phrase.text, "phrase", phrase.text, 0, {}});
        }
        return _phrases.size() < _limit;
    }

    bool takePerson(const SuggestEntries::Person& person)
    {
        const auto folded = text::fold(person.name);
        const bool stands = std::ranges::any_of(splitWords(folded), [&](const TextWord& word) {
            return _sources.database.term_exists(schema::fieldTerm(schema::kAuthor, word.text));
        });
        if (stands) {
            _people.push_back({person.name, "person", person.name, person.works, {}});
        }
        return _people.size() < _limit;
    }

    // Of a work's titles the one in the reader's language, else the first.
    bool takeTitle(Xapian::docid id)
    {
        const auto& columns = _sources.snapshot.columns;
        const auto work = id <= columns.lastDocid ? columns.workOf[id] : index::kNoWork;
        if (work == index::kNoWork) {
            return true;
        }
        const auto [known, isNew] = _works.try_emplace(work, _titles.size());
        if (isNew && _titles.size() == _limit) {
            _works.erase(known);
            return true; // an edition in the reader's language may follow for one of those
        }
        const auto& languages = columns.column(schema::Facet::language);
        const auto own = languages.of(id);
        const bool preferred = !own.empty() && languages.values[own.front()] == text::codeOf(_language);
        if (isNew) {
            _titles.push_back(id);
        } else if (preferred) {
            _titles[known->second] = id;
        }
        return true;
    }

    std::uint64_t worksWith(schema::Facet facet, const std::string& value) const
    {
        const auto& values = _sources.snapshot.columns.column(facet).values;
        const auto found = std::ranges::find(values, value);
        return found == values.end()
                   ? 0
                   : _sources.snapshot.everything
                         .byValue[static_cast<std::size_t>(facet)][static_cast<std::size_t>(found - values.begin())];
    }

    // Concepts, those of the vocabularies before others, take half of the places at most, phrases and people a quarter
    // each; what a kind leaves, titles take, and what they leave the others.
    std::vector<Suggestion> arranged()
    {
        std::vector<Suggestion> titles;
        for (const auto id : _titles) {
            if (auto data = index::decodeHead(_sources.database.get_document(id).get_data())) {
                titles.push_back({std::move(data->title), "title", std::move(data->citableId), 0, {}});
            }
        }
        std::ranges::move(_otherPhrases, std::back_inserter(_phrases));
        _concepts.insert(_concepts.begin(), std::make_move_iterator(_named.begin()),
                         std::make_move_iterator(_named.end()));
        std::ranges::move(_known, std::back_inserter(_concepts));
        const std::array kinds{&_concepts, &_phrases, &_people, &titles};
        std::array<std::size_t, 4> places{std::min(_concepts.size(), (_limit + 1) / 2),
                                          std::min(_phrases.size(), (_limit + 3) / 4),
                                          std::min(_people.size(), (_limit + 3) / 4), 0};
        auto left = _limit;
        for (const std::size_t kind : {0U, 1U, 2U}) {
            places[kind] = std::min(places[kind], left);
            left -= places[kind];
        }
        for (const std::size_t kind : {3U, 0U, 1U, 2U}) {
            const auto more = std::min(left, kinds[kind]->size() - places[kind]);
            places[kind] += more;
            left -= more;
        }
        std::vector<Suggestion> all;
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            std::move(kinds[kind]->begin(), kinds[kind]->begin() + static_cast<std::ptrdiff_t>(places[kind]),
                      std::back_inserter(all));
        }
        return all;
    }

    const SuggestSources& _sources;
    const SuggestEntries& _entries;
    text::Language _language;
    std::size_t _limit;
    const std::vector<std::string_view>* _typed = nullptr; // while completing
    bool _takesConcepts = true;                            // of the lexicon
    std::vector<Suggestion> _concepts;                     // of the vocabularies
    std::vector<Suggestion> _named;                        // of the lexicon: called what was typed
    std::vector<Suggestion> _known;                        // other concepts of the lexicon
    std::vector<Suggestion> _phrases;
    std::vector<Suggestion> _otherPhrases; // of other languages
    std::vector<Suggestion> _people;
    std::vector<Xapian::docid> _titles;
    std::map<std::uint32_t, std::size_t> _works; // place in _titles
};

} // namespace

std::vector<Suggestion> suggest(const SuggestSources& sources, const std::string& typed, text::Language language,
                                std::size_t limit)
{
    const auto folded = text::fold(text::truncateUtf8(typed, kMaxTypedBytes));
    std::vector<std::string_view> words;
    for (const auto& word : splitWords(folded)) {
        if (words.size() == kMaxTypedWords) {
            words.pop_back();
        }
        words.push_back(word.text);
    }
    if (words.empty() || limit == 0) {
        return {};
    }
    return Completer{sources, language, limit}.complete(words);
}

} // namespace acervo::search::detail
