#include "searchd/search/detail/page_finder.h"

#include "corpus/schema/fields.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace acervo::search::detail {

namespace {

constexpr std::size_t kMaxBegunWords = 100; // of one document, for one "prefix*"

// Terms with positions: those of the query's words, and those of the document's words that begin as asked.
std::set<std::string> positionalTerms(const Xapian::Database& database, Xapian::docid id, const query::Marks& marks,
                                      const std::map<text::Language, text::Analyzer>& analyzers)
{
    std::set<std::string> terms{marks.positionalTerms.begin(), marks.positionalTerms.end()};
    for (const auto& prefix : marks.prefixes) {
        auto word = database.termlist_begin(id);
        word.skip_to(prefix);
        for (std::size_t n = 0; n < kMaxBegunWords && word != database.termlist_end(id); ++n, ++word) {
            const auto folded = *word;
            if (!folded.starts_with(prefix)) {
                break;
            }
            for (const auto& [language, analyzer] : analyzers) {
                terms.insert(schema::wordTerm(schema::kStem, analyzer.stem(folded)));
            }
        }
    }
    terms.erase("");
    return terms;
}

} // namespace

std::vector<FoundPage> findPages(const Xapian::Database& database, Xapian::docid id, const index::DocumentData& data,
                                 const query::Marks& marks, const std::map<text::Language, text::Analyzer>& analyzers,
                                 std::size_t limit)
{
    std::vector<double> scores(data.pages.size(), 0.0);
    const auto documents = static_cast<double>(database.get_doccount());
    for (const auto& term : positionalTerms(database, id, marks, analyzers)) {
        std::vector<std::uint32_t> occurrences(data.pages.size(), 0);
        std::size_t page = 0;
        for (auto it = database.positionlist_begin(id, term); it != database.positionlist_end(id, term); ++it) {
            const auto position = *it;
            if (data.pages.empty() || position < data.pages.front().firstPosition) {
                continue; // a word of the title
            }
            while (page + 1 < data.pages.size() && data.pages[page + 1].firstPosition <= position) {
                ++page;
            }
            ++occurrences[page];
        }
        const auto idf = std::log(1.0 + documents / (1.0 + static_cast<double>(database.get_termfreq(term))));
        for (std::size_t i = 0; i < occurrences.size(); ++i) {
            const auto count = static_cast<double>(occurrences[i]);
            scores[i] += idf * count / (count + 1.2);
        }
    }
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
