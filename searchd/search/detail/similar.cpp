#include "searchd/search/detail/similar.h"

#include "analyzers/text/analyzer.h"
#include "corpus/index/document_data.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxTerms = 30;    // of an edition
constexpr std::size_t kMaxWeighed = 150; // of an edition: the most often used, whose frequency is looked up
constexpr std::size_t kMaxEditions = 6;
constexpr double kMaxShareOfLibrary = 0.25;    // a word in more documents than that marks nothing out
constexpr Xapian::doccount kSmallLibrary = 40; // where shares say nothing
constexpr double kLeastLikeness = 0.15;        // a share of the work's own score
constexpr double kLeastOfBest = 0.5;           // a share of the best one's: long reports are a little like everything
constexpr Xapian::termcount kMaxUses = 20;     // more say no more
constexpr std::size_t kMaxTranslated = 30;     // stems with a translation, for a language that the work does not have
constexpr std::size_t kMaxRenderings = 2;      // of a stem in a language
constexpr double kLeastRendering = 0.3;        // what is less likely meant is left out
constexpr double kTranslated = 0.9;            // all translations of a language weigh so much of what was translated,
constexpr double kMostMadeUp = 1.5;            // but each not so many times what it would by itself

struct Term {
    std::string term;
    Xapian::termcount uses = 0;
    double weight = 0.0;
    bool elsewhere = false; // in a document of another work as well
};

// Z + stem without a further prefix, of letters.
bool isStemOfAWord(const std::string& term)
{
    return term.size() >= schema::kStem.size() + 3 && term.starts_with(schema::kStem) &&
           std::ranges::none_of(term.substr(schema::kStem.size()),
                                [](char c) { return c == ':' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

bool standsElsewhere(const Xapian::Database& database, const std::string& term, const std::vector<Xapian::docid>& own)
{
    const auto end = database.postlist_end(term);
    return std::any_of(database.postlist_begin(term), end,
                       [&](Xapian::docid id) { return std::ranges::find(own, id) == own.end(); });
}

double scaleOf(const Term& term)
{
    return 1.0 + std::log(std::min(term.uses, kMaxUses));
}

bool isCommon(const Xapian::Database& database, Xapian::doccount frequency)
{
    const double documents = database.get_doccount();
    return documents > kSmallLibrary && frequency > kMaxShareOfLibrary * documents;
}

// The most telling first; kMaxWeighed at most.
std::vector<Term> tellingTerms(const Xapian::Database& database, Xapian::docid id,
                               const std::vector<Xapian::docid>& own)
{
    std::vector<Term> terms;
    auto term = database.termlist_begin(id);
    const auto end = database.termlist_end(id);
    for (term.skip_to(std::string{schema::kStem}); term != end && (*term).starts_with(schema::kStem); ++term) {
        const auto name = *term;
        const auto stem = std::string_view{name}.substr(schema::kStem.size());
        if (isStemOfAWord(name) && std::ranges::none_of(text::kLanguages, [&](text::Language language) {
                return text::isStopword(stem, language);
            })) {
            terms.push_back({name, term.get_wdf()});
        }
    }
    const auto weighed = std::min(terms.size(), kMaxWeighed);
    std::ranges::partial_sort(terms, terms.begin() + static_cast<std::ptrdiff_t>(weighed), std::greater{}, &Term::uses);
    terms.resize(weighed);
    const double documents = database.get_doccount();
    std::erase_if(terms, [&](Term& one) {
        const auto frequency = database.get_termfreq(one.term);
        one.elsewhere = standsElsewhere(database, one.term, own);
        one.weight = scaleOf(one) * std::log(1.0 + documents / frequency);
        return isCommon(database, frequency);
    });
    std::ranges::sort(terms, std::greater{}, &Term::weight);
    return terms;
}

enum class Terms : std::uint8_t { any, elsewhere };

// Of the most telling terms.
Xapian::Query queryOf(const std::vector<Term>& terms, Terms which)
{
    std::vector<Xapian::Query> queries;
    for (const auto& one : terms) {
        if (queries.size() == kMaxTerms) {
            break;
        }
        if (which == Terms::elsewhere && !one.elsewhere) {
            continue;
        }
        queries.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query{one.term}, scaleOf(one));
    }
    return {Xapian::Query::OP_OR, queries.begin(), queries.end()};
}

// Finds the words of an edition that its stems were cut from; of several the one it uses most. By term.
std::map<std::string, std::string> wordsOf(const Xapian::Database& database, Xapian::docid id,
                                           const std::vector<Term>& terms, const text::Analyzer& analyzer)
{
    constexpr std::size_t kSame = 3; // letters that a word and its stem have in common
    std::set<std::string> beginnings;
    std::map<std::string, std::pair<Xapian::termcount, std::string>> words;
    for (const auto& one : terms) {
        beginnings.insert(one.term.substr(schema::kStem.size(), kSame));
        words.emplace(one.term, std::pair{Xapian::termcount{0}, one.term.substr(schema::kStem.size())});
    }
    const auto end = database.termlist_end(id);
    auto term = database.termlist_begin(id);
    for (term.skip_to("a"); term != end; ++term) {
        const auto folded = *term;
        if (!beginnings.contains(folded.substr(0, kSame))) {
            continue;
        }
        const auto known = words.find(schema::wordTerm(schema::kStem, analyzer.stem(folded)));
        if (known != words.end() && term.get_wdf() > known->second.first) {
            known->second = {term.get_wdf(), folded};
        }
    }
    std::map<std::string, std::string> usual;
    for (auto& [stem, word] : words) {
        usual.emplace(stem, std::move(word.second));
    }
    return usual;
}

// Says the telling stems of a work's editions in the languages it does not have.
class Translator {
public:
    Translator(const SimilarSources& sources, const std::vector<Xapian::docid>& own) : _sources(sources)
    {
        for (const auto language : text::kLanguages) {
            const bool has = std::ranges::any_of(own, [&](Xapian::docid id) { return languageOf(id) == language; });
            if (!has && sources.lexicon != nullptr) {
                _missing.push_back(language);
            }
        }
    }

    // terms  the most telling first.
    void add(Xapian::docid id, const std::vector<Term>& terms)
    {
        const auto language = languageOf(id);
        if (_missing.empty() || language == text::Language::other) {
            return;
        }
        const auto words = wordsOf(_sources.database, id, terms, _sources.analyzers.at(language));
        std::ranges::for_each(terms, [&](const Term& one) { _own.insert(one.term); });
        const auto most = std::min(terms.size(), kMaxTerms);
        double weight = 0.0;
        for (const auto& one : std::span{terms}.first(most)) {
            weight += one.weight;
            const auto stem = one.term.substr(schema::kStem.size());
            const text::Token token{{}, 1, words.at(one.term), words.at(one.term), stem};
            const auto match = _sources.lexicon->longestMatch({&token, 1}, language);
            for (const auto target : _missing) {
                translate(one, match, target);
            }
        }
        _weight = std::max(_weight, weight);
    }

    // Of what was added; one part a language.
    std::vector<Xapian::Query> queries()
    {
        std::vector<Xapian::Query> parts;
        for (auto& [language, byStem] : _translated) {
            std::vector<Translated> terms;
            for (auto& [stem, translated] : byStem) {
                terms.push_back(std::move(translated));
            }
            std::ranges::stable_sort(terms, std::greater{}, &Translated::weight);
            terms.resize(std::min(terms.size(), kMaxTranslated));
            double kept = 0.0;
            std::vector<Xapian::Query> queries;
            for (const auto& one : terms) {
                kept += one.weight;
                queries.push_back(one.query);
            }
            parts.emplace_back(Xapian::Query::OP_SCALE_WEIGHT,
                               Xapian::Query{Xapian::Query::OP_OR, queries.begin(), queries.end()},
                               kTranslated * std::min(_weight / kept, kMostMadeUp));
        }
        return parts;
    }

private:
    struct Translated {
        double weight = 0.0;
        Xapian::Query query;
    };

    text::Language languageOf(Xapian::docid id) const
    {
        const auto& column = _sources.snapshot.columns.column(schema::Facet::language);
        if (id > _sources.snapshot.columns.lastDocid || column.of(id).empty()) {
            return text::Language::other;
        }
        return text::languageOf(column.values[column.of(id).front()]);
    }

    // Single words only. Where the translation has the same stem ("participation") there is nothing to add.
    void translate(const Term& term, const lexicon::Match& match, text::Language target)
    {
        std::vector<Xapian::Query> renderings;
        std::string best;
        Translated translated;
        const double documents = _sources.database.get_doccount();
        for (const auto& rendering : match.renderings) {
            if (rendering.language != target || rendering.stems.size() != 1 || rendering.weight < kLeastRendering ||
                renderings.size() == kMaxRenderings) {
                continue;
            }
            const auto name = schema::wordTerm(schema::kStem, rendering.stems.front());
            const auto frequency = name.empty() ? 0 : _sources.database.get_termfreq(name);
            if (frequency == 0 || isCommon(_sources.database, frequency) || _own.contains(name)) {
                continue;
            }
            best = best.empty() ? name : best;
            const double scale = scaleOf(term) * rendering.weight;
            renderings.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query{name}, scale);
            translated.weight = std::max(translated.weight, scale * std::log(1.0 + documents / frequency));
        }
        if (!renderings.empty()) {
            translated.query = {Xapian::Query::OP_MAX, renderings.begin(), renderings.end()};
            auto& known = _translated[target][best]; // another stem, or another edition, may come to the same
            if (known.weight < translated.weight) {
                known = std::move(translated);
            }
        }
    }

    const SimilarSources& _sources;
    std::vector<text::Language> _missing;
    std::set<std::string> _own; // terms that are looked for anyway
    double _weight = 0.0;       // of an edition's terms that were to be translated, the most
    std::map<text::Language, std::map<std::string, Translated>> _translated; // by language and likeliest stem
};

// Of a work's editions the one in the reader's language, else the one that was found.
Xapian::docid editionFor(const Snapshot& snapshot, Xapian::docid found, text::Language language,
                         std::vector<std::string>& languages)
{
    const auto& column = snapshot.columns.column(schema::Facet::language);
    auto shown = found;
    for (const auto id : snapshot.columns.documentsOf(snapshot.columns.workOf[found])) {
        for (const auto value : column.of(id)) {
            languages.push_back(column.values[value]);
            shown = column.values[value] == text::codeOf(language) ? id : shown;
        }
    }
    std::ranges::sort(languages);
    const auto repeated = std::ranges::unique(languages);
    languages.erase(repeated.begin(), repeated.end());
    return shown;
}

// The best of a work's editions.
double scoreOf(const Xapian::Database& database, const Xapian::Query& query, const Xapian::Query& work)
{
    Xapian::Enquire enquire{database};
    enquire.set_query({Xapian::Query::OP_FILTER, query, work});
    const auto matches = enquire.get_mset(0, 1);
    return matches.empty() ? 0.0 : matches.begin().get_weight();
}

} // namespace

std::vector<SimilarWork> similarWorks(const SimilarSources& sources, const std::string& citableId,
                                      text::Language language, std::size_t limit)
{
    const auto& database = sources.database;
    const auto workTerm = schema::wordTerm(schema::kWork, citableId);
    if (workTerm.empty()) {
        return {}; // longer than any ID
    }
    const std::vector<Xapian::docid> own(database.postlist_begin(workTerm), database.postlist_end(workTerm));
    std::vector<Xapian::Query> parts;
    std::vector<Xapian::Query> itself; // what the work's own score is measured by
    Translator translator{sources, own};
    for (const auto id : own) {
        if (parts.size() < kMaxEditions) {
            const auto terms = tellingTerms(database, id, own);
            parts.push_back(queryOf(terms, Terms::elsewhere));
            itself.push_back(queryOf(terms, Terms::any));
            translator.add(id, terms);
        }
    }
    std::vector<SimilarWork> similar;
    if (parts.empty() || limit == 0) {
        return similar;
    }
    double whole = 0.0;
    if (const auto translated = translator.queries(); !translated.empty()) {
        parts.insert(parts.end(), translated.begin(), translated.end());
        whole = scoreOf(database, {Xapian::Query::OP_OR, itself.begin(), itself.end()}, Xapian::Query{workTerm});
    }
    Xapian::Enquire enquire{database};
    enquire.set_query(Xapian::Query{Xapian::Query::OP_OR, parts.begin(), parts.end()});
    enquire.set_collapse_key(static_cast<Xapian::valueno>(schema::Slot::work));
    const auto matches = enquire.get_mset(0, static_cast<Xapian::doccount>(limit + 1)); // the work itself among them
    whole = std::max(whole, matches.empty() ? 0.0 : matches.get_max_attained());
    for (auto match = matches.begin(); match != matches.end() && similar.size() < limit; ++match) {
        const double likeness = match.get_weight() / whole;
        if (likeness < kLeastLikeness || (!similar.empty() && likeness < kLeastOfBest * similar.front().likeness) ||
            *match > sources.snapshot.columns.lastDocid) {
            break;
        }
        std::vector<std::string> languages;
        const auto shown = editionFor(sources.snapshot, *match, language, languages);
        auto data = index::decodeHead(database.get_document(shown).get_data());
        if (data && data->citableId != citableId) {
            similar.push_back({std::move(data->citableId), std::move(data->title), std::move(data->language),
                               std::move(data->type), std::move(data->section), std::move(data->date),
                               std::move(data->authors), std::move(languages), likeness});
        }
    }
    return similar;
}

} // namespace acervo::search::detail
