#include "searchd/search/detail/page_finder.h"

#include "corpus/schema/fields.h"
#include "searchd/search/detail/occurrences.h"

#include <algorithm>
#include <set>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxBegunWords = 100; // of one document, for one "prefix*"

// The query's words, and those of the document's words that begin as asked.
std::vector<std::vector<query::WeighedTerm>> groupsOf(const Xapian::Database& database, Xapian::docid id,
                                                      const query::Marks& marks,
                                                      const std::map<text::Language, text::Analyzer>& analyzers)
{
    auto groups = marks.groups;
    for (const auto& prefix : marks.prefixes) {
        std::set<std::string> begun;
        auto word = database.termlist_begin(id);
        word.skip_to(prefix);
        for (std::size_t n = 0; n < kMaxBegunWords && word != database.termlist_end(id); ++n, ++word) {
            const auto folded = *word;
            if (!folded.starts_with(prefix)) {
                break;
            }
            for (const auto& [language, analyzer] : analyzers) {
                begun.insert(schema::wordTerm(schema::kStem, analyzer.stem(folded)));
            }
        }
        begun.erase("");
        auto& group = groups.emplace_back();
        std::ranges::transform(begun, std::back_inserter(group), [](const auto& term) {
            return query::WeighedTerm{term, 1.0};
        });
    }
    return groups;
}

} // namespace

std::vector<FoundPage> findPages(const Xapian::Database& database, Xapian::docid id, const index::DocumentData& data,
                                 const query::Marks& marks, const query::Ranking& ranking,
                                 const std::map<text::Language, text::Analyzer>& analyzers, std::size_t limit)
{
    const auto groups = groupsOf(database, id, marks, analyzers);
    const auto occurrences = occurrencesOf(database, {id}, groups);
    const auto scores = scorePassages(occurrences.front(), data, weightsOf(database, groups), ranking).pages;
    std::vector<FoundPage> found;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (scores[i] > 0.0) {
            found.push_back({data.pages[i].number, data.pages[i].label, scores[i]});
        }
    }
    std::ranges::stable_sort(found, std::greater{}, &FoundPage::score);
    if (found.size() > limit) {
        found.resize(limit);
    }
    if (found.empty() && !data.pages.empty()) {
        found.push_back({data.pages.front().number, data.pages.front().label, 0.0});
    }
    return found;
}

} // namespace acervo::search::detail
