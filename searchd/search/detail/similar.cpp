#include "searchd/search/detail/similar.h"

#include "analyzers/text/analyzer.h"
#include "corpus/index/document_data.h"
#include "corpus/schema/fields.h"

#include <algorithm>
#include <cmath>
#include <string_view>

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

struct Term {
    std::string term;
    Xapian::termcount uses = 0;
    double weight = 0.0;
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
            terms.push_back({name, term.get_wdf(), 0.0});
        }
    }
    const auto weighed = std::min(terms.size(), kMaxWeighed);
    std::ranges::partial_sort(terms, terms.begin() + static_cast<std::ptrdiff_t>(weighed), std::greater{}, &Term::uses);
    terms.resize(weighed);
    const double documents = database.get_doccount();
    for (auto& one : terms) {
        const auto frequency = database.get_termfreq(one.term);
        const bool common = documents > kSmallLibrary && frequency > kMaxShareOfLibrary * documents;
        if (!common && standsElsewhere(database, one.term, own)) {
            one.weight = (1.0 + std::log(std::min(one.uses, kMaxUses))) * std::log(1.0 + documents / frequency);
        }
    }
    std::erase_if(terms, [](const Term& one) { return one.weight <= 0.0; });
    std::ranges::sort(terms, std::greater{}, &Term::weight);
    terms.resize(std::min(terms.size(), kMaxTerms));
    return terms;
}

Xapian::Query queryOf(const std::vector<Term>& terms)
{
    std::vector<Xapian::Query> queries;
    for (const auto& one : terms) {
        queries.emplace_back(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query{one.term},
                             1.0 + std::log(std::min(one.uses, kMaxUses)));
    }
    return {Xapian::Query::OP_OR, queries.begin(), queries.end()};
}

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

} // namespace

std::vector<SimilarWork> similarWorks(const SimilarSources& sources, const std::string& citableId,
                                      text::Language language, std::size_t limit)
{
    const auto& database = sources.database;
    const auto workTerm = schema::wordTerm(schema::kWork, citableId);
    std::vector<Xapian::Query> parts;
    const std::vector<Xapian::docid> own(database.postlist_begin(workTerm), database.postlist_end(workTerm));
    for (const auto id : own) {
        if (parts.size() < kMaxEditions) {
            parts.push_back(queryOf(tellingTerms(database, id, own)));
        }
    }
    std::vector<SimilarWork> similar;
    if (parts.empty() || limit == 0) {
        return similar;
    }
    Xapian::Enquire enquire{database};
    enquire.set_query(Xapian::Query{Xapian::Query::OP_OR, parts.begin(), parts.end()});
    enquire.set_collapse_key(static_cast<Xapian::valueno>(schema::Slot::work));
    const auto matches = enquire.get_mset(0, static_cast<Xapian::doccount>(limit + 1)); // the work itself among them
    const double whole = matches.empty() ? 0.0 : matches.get_max_attained();
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
