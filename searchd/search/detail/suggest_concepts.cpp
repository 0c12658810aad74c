#include "searchd/search/detail/suggest_concepts.h"

#include "corpus/schema/fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxLabels = 24; // of a concept
constexpr int kMaxSteps = 200;         // towards a document that has all words of a label

bool isHousehold(lexicon::Origin origin)
{
    return origin == lexicon::Origin::staff || origin == lexicon::Origin::glossary;
}

std::string keyOf(text::Language language, const std::vector<text::Token>& tokens)
{
    std::string key{text::codeOf(language)};
    for (const auto& token : tokens) {
        key += ' ' + token.stem;
    }
    return key;
}

// Of the words that say something; none when a label has no others.
std::vector<std::string> stemTerms(const std::vector<text::Token>& tokens, text::Language language)
{
    std::vector<std::string> terms;
    for (const auto& token : tokens) {
        if (!text::isStopword(token.folded, language)) {
            terms.push_back(schema::wordTerm(schema::kStem, token.stem));
        }
    }
    std::ranges::sort(terms);
    const auto repeated = std::ranges::unique(terms);
    terms.erase(repeated.begin(), repeated.end());
    return terms;
}

// Whether some document has all the terms, as far as kMaxSteps tell. `terms`: the rarest first.
bool standTogether(const Xapian::Database& database, const std::vector<std::string>& terms)
{
    std::vector<std::pair<Xapian::PostingIterator, Xapian::PostingIterator>> lists;
    for (const auto& term : terms) {
        lists.emplace_back(database.postlist_begin(term), database.postlist_end(term));
    }
    Xapian::docid wanted = 1;
    for (int step = 0; step < kMaxSteps; ++step) {
        bool all = true;
        for (auto& [posting, end] : lists) {
            posting.skip_to(wanted);
            if (posting == end) {
                return false;
            }
            all = all && *posting == wanted;
            wanted = *posting;
        }
        if (all) {
            return true;
        }
    }
    return false;
}

class Reader {
public:
    Reader(const Xapian::Database& database, const lexicon::Lexicon& lexicon, const Analyzers& analyzers)
        : _database(database), _lexicon(lexicon), _analyzers(analyzers)
    {
    }

    KnownConcept read(const lexicon::ConceptInfo& info) const
    {
        KnownConcept known;
        known.names = info.labels;
        for (const auto& [code, name] : info.labels) {
            const auto language = text::languageOf(code);
            add(known, language, name, _analyzers.at(language).analyze(name));
        }
        for (const auto& [code, name] : info.labels) {
            addAlternatives(known, info.id, text::languageOf(code), name);
        }
        return known;
    }

private:
    void add(KnownConcept& known, text::Language language, const std::string& label,
             const std::vector<text::Token>& tokens) const
    {
        auto key = keyOf(language, tokens);
        const bool isKnown = std::ranges::find(known.labels, key, &ConceptLabel::key) != known.labels.end();
        if (tokens.empty() || isKnown || known.labels.size() == kMaxLabels) {
            return;
        }
        known.labels.push_back({language, label, std::move(key)});
        if (known.evidence.empty()) {
            findEvidence(known, stemTerms(tokens, language));
        }
    }

    // A concept tells its preferred labels only. What else it is called are the renderings of those that lead back to
    // it: acronyms, synonyms.
    void addAlternatives(KnownConcept& known, const std::string& id, text::Language language,
                         const std::string& name) const
    {
        const auto tokens = _analyzers.at(language).analyze(name);
        const auto match = _lexicon.longestMatch(tokens, language);
        if (match.tokens < tokens.size()) {
            return; // longer than a phrase of the lexicon may be
        }
        for (const auto& rendering : match.renderings) {
            const auto analyzer = _analyzers.find(rendering.language);
            if (rendering.origin > lexicon::Origin::thesaurus || analyzer == _analyzers.end()) {
                continue;
            }
            const auto words = analyzer->second.analyze(rendering.text);
            if (std::ranges::find(known.labels, keyOf(rendering.language, words), &ConceptLabel::key) !=
                known.labels.end()) {
                continue;
            }
            const auto back = _lexicon.longestMatch(words, rendering.language);
            if (back.tokens == words.size() && std::ranges::find(back.concepts, id) != back.concepts.end()) {
                add(known, rendering.language, rendering.text, words);
            }
        }
    }

    void findEvidence(KnownConcept& known, std::vector<std::string> terms) const
    {
        std::vector<std::pair<Xapian::doccount, std::string>> counted;
        for (auto& term : terms) {
            const auto documents = term.empty() ? 0 : _database.get_termfreq(term);
            if (documents == 0) {
                return;
            }
            counted.emplace_back(documents, std::move(term));
        }
        std::ranges::sort(counted);
        terms.clear();
        for (auto& [documents, term] : counted) {
            terms.push_back(std::move(term));
        }
        if (!terms.empty() && (terms.size() == 1 || standTogether(_database, terms))) {
            known.documents = counted.front().first;
            known.evidence = std::move(terms);
        }
    }

    const Xapian::Database& _database;
    const lexicon::Lexicon& _lexicon;
    const Analyzers& _analyzers;
};

} // namespace

std::string labelKey(text::Language language, std::string_view label, const Analyzers& analyzers)
{
    return keyOf(language, analyzers.at(language).analyze(label));
}

std::vector<KnownConcept> readConcepts(const Xapian::Database& database, const lexicon::Lexicon* lexicon,
                                       const Analyzers& analyzers)
{
    std::vector<KnownConcept> concepts;
    if (lexicon == nullptr) {
        return concepts;
    }
    const Reader reader{database, *lexicon, analyzers};
    for (const bool household : {true, false}) {
        for (std::size_t place = 0; place < lexicon->conceptCount() && concepts.size() < kMaxConceptsRead; ++place) {
            const auto info = lexicon->conceptAt(place);
            if (info.origin <= lexicon::Origin::thesaurus && isHousehold(info.origin) == household) {
                concepts.push_back(reader.read(info));
            }
        }
    }
    return concepts;
}

} // namespace acervo::search::detail
