#include "searchd/search/detail/hints.h"

#include "searchd/search/detail/suggest_entries.h"

#include <algorithm>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxSpellingWords = 500'000;
constexpr std::size_t kMaxWordBytes = 64;

bool isLatin(std::string_view word)
{
    return std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

// In how many documents a word must stand to be among the `most` most frequent.
std::uint32_t leastOfTheMost(std::vector<std::uint32_t> documents, std::size_t most)
{
    if (documents.size() <= most) {
        return 0;
    }
    const auto cut = documents.begin() + static_cast<std::ptrdiff_t>(most);
    std::ranges::nth_element(documents, cut, std::greater{});
    return *cut + 1;
}

// Terms without prefix are the folded words of texts; those of small Latin letters lie together.
SpellingWords readWords(const Xapian::Database& database)
{
    SpellingWords read;
    auto term = database.allterms_begin();
    for (term.skip_to("a"); term != database.allterms_end(); ++term) {
        const auto word = *term;
        if (word >= "{") {
            break;
        }
        if (word.size() >= SpellingWords::kMinLetters && word.size() <= kMaxWordBytes && isLatin(word)) {
            read.words.append(word);
            read.documents.push_back(term.get_termfreq());
        }
    }
    if (const auto least = leastOfTheMost(read.documents, kMaxSpellingWords); least > 0) {
        SpellingWords kept;
        for (std::uint32_t word = 0; word < read.words.size(); ++word) {
            if (read.documents[word] >= least) {
                kept.words.append(read.words.at(word));
                kept.documents.push_back(read.documents[word]);
            }
        }
        read = std::move(kept);
    }
    read.words.shrink();
    read.documents.shrink_to_fit();
    return read;
}

template <class Value>
std::size_t bytesOf(const std::vector<Value>& values)
{
    return values.capacity() * sizeof(Value);
}

} // namespace

std::size_t Hints::bytes() const
{
    constexpr std::size_t kInline = 15; // characters a std::string holds without an allocation
    constexpr std::size_t kMapNode = 32 + 2 * sizeof(std::string);
    std::size_t texts = 0;
    const auto add = [&](const std::string& text) { texts += text.size() > kInline ? text.capacity() + 16 : 0; };
    for (const auto& label : suggestions.labels) {
        add(label.notation);
        add(label.text);
    }
    for (const auto& one : suggestions.concepts) {
        for (const auto& [code, name] : one.names) {
            texts += kMapNode;
            add(name);
        }
        texts += bytesOf(one.evidence);
        std::ranges::for_each(one.evidence, add);
    }
    std::ranges::for_each(suggestions.conceptLabels, add, &SuggestEntries::ConceptLabel::text);
    std::ranges::for_each(suggestions.phrases, add, &SuggestEntries::Phrase::text);
    std::ranges::for_each(suggestions.people, add, &SuggestEntries::Person::name);
    std::ranges::for_each(spelling.accented, add, &SpellingWords::Accented::exact);
    return texts + suggestions.words.bytes() + bytesOf(suggestions.labels) + bytesOf(suggestions.concepts) +
           bytesOf(suggestions.conceptLabels) + bytesOf(suggestions.phrases) + bytesOf(suggestions.people) +
           bytesOf(suggestions.titles) + bytesOf(suggestions.starts) + bytesOf(suggestions.entries) +
           spelling.words.bytes() + bytesOf(spelling.documents) + spelling.ofTheField.capacity() / 8 +
           bytesOf(spelling.accented);
}

std::string hintsKey(const Snapshot& snapshot, const lexicon::Lexicon* lexicon)
{
    return snapshot.key + '\n' + (lexicon == nullptr ? "" : lexicon->fingerprint());
}

Hints makeHints(const Xapian::Database& database, const Snapshot& snapshot, const HintSources& sources)
{
    const auto began = std::chrono::steady_clock::now();
    Hints hints;
    hints.key = hintsKey(snapshot, sources.lexicon);
    hints.generation = snapshot.generation;
    hints.spelling = readWords(database);
    SuggestGatherer gatherer{database, snapshot, sources};
    hints.spelling.ofTheField = gatherer.ofTheField(hints.spelling.words);
    hints.spelling.accented = gatherer.accented(hints.spelling.words);
    hints.suggestions = gatherer.take();
    hints.made = std::chrono::steady_clock::now();
    hints.cost = hints.made - began;
    return hints;
}

} // namespace acervo::search::detail
