#include "searchd/search/detail/subjects.h"

#include "analyzers/text/normalise.h"
#include "corpus/index/document_data.h"
#include "corpus/schema/fields.h"
#include "searchd/query/concepts.h"

#include <algorithm>
#include <cmath>

namespace acervo::search::detail {

namespace {

struct Weighed {
    std::string id;
    Xapian::termcount uses = 0; // in the edition that has it most
    double weight = 0.0;
};

std::map<std::string, Xapian::termcount> usesIn(const Xapian::Database& database,
                                                const std::vector<Xapian::docid>& editions)
{
    const auto prefix = schema::fieldTerm(schema::kConcept, "");
    std::map<std::string, Xapian::termcount> uses;
    for (const auto edition : editions) {
        auto term = database.termlist_begin(edition);
        const auto end = database.termlist_end(edition);
        for (term.skip_to(prefix); term != end && (*term).starts_with(prefix); ++term) {
            auto& most = uses[(*term).substr(prefix.size())];
            most = std::max(most, term.get_wdf());
        }
    }
    return uses;
}

std::string labelOf(const lexicon::ConceptInfo& info, text::Language language)
{
    const auto own = info.labels.find(text::codeOf(language));
    if (own != info.labels.end()) {
        return own->second;
    }
    return info.labels.empty() ? std::string{} : info.labels.begin()->second;
}

// As a reader would type it, where that means this concept, be it with others of the same name.
std::string queryFor(const SubjectSources& sources, const std::string& id, const std::string& label)
{
    const auto named = query::conceptsNamed(*sources.lexicon, label, sources.analyzers);
    const bool isPlain = label.find('"') == std::string::npos && std::ranges::find(named, id) != named.end();
    return "concept:\"" + (isPlain ? label : id) + "\"";
}

} // namespace

Subjects subjectsOf(const SubjectSources& sources, const std::string& citableId, text::Language language,
                    std::size_t limit)
{
    const auto& database = sources.database;
    const auto workTerm = schema::wordTerm(schema::kWork, citableId);
    const std::vector<Xapian::docid> editions(database.postlist_begin(workTerm), database.postlist_end(workTerm));
    Subjects subjects;
    for (const auto edition : editions) {
        const auto data = index::decode(database.get_document(edition).get_data());
        for (const auto& theme : data ? data->automaticThemes : std::vector<std::string>{}) {
            if (std::ranges::find(subjects.automaticThemes, theme) == subjects.automaticThemes.end()) {
                subjects.automaticThemes.push_back(theme);
            }
        }
    }
    if (sources.lexicon == nullptr) {
        return subjects;
    }
    std::vector<Weighed> weighed;
    for (const auto& [id, uses] : usesIn(database, editions)) {
        const double documents = database.get_termfreq(schema::fieldTerm(schema::kConcept, id));
        weighed.push_back({id, uses, uses * std::log(1.0 + database.get_doccount() / documents)});
    }
    std::ranges::stable_sort(weighed, std::greater<>{}, &Weighed::weight);
    for (auto& one : weighed) {
        if (subjects.concepts.size() == limit) {
            break;
        }
        const auto info = sources.lexicon->conceptInfo(one.id);
        auto label = info ? labelOf(*info, language) : std::string{};
        // Concepts of several sources with one name are one to a reader.
        const bool isShown = label.empty() || std::ranges::any_of(subjects.concepts, [&](const auto& other) {
                                 return text::fold(other.label) == text::fold(label);
                             });
        if (!isShown) {
            auto q = queryFor(sources, one.id, label);
            subjects.concepts.push_back({std::move(one.id), std::move(label), std::move(q), one.uses});
        }
    }
    return subjects;
}

} // namespace acervo::search::detail
