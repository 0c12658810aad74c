// Answers searches: run, count facets exactly, find the pages, cut the snippets. Knows no HTTP.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/text/analyzer.h"
#include "corpus/access/filter.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/schema/fields.h"
#include "corpus/vocabulary/vocabulary.h"
#include "searchd/query/budget.h"
#include "searchd/query/expansion.h"
#include "searchd/query/note.h"
#include "searchd/query/ranking.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace acervo::search {

enum class Sort : std::uint8_t { relevance, newest, oldest, title };

inline constexpr std::uint32_t kMaxPageSize = 100;
inline constexpr std::uint32_t kMaxOffset = 10'000;

struct SearchRequest {
    std::string q;                                                     // as typed, valid UTF-8
    std::array<std::vector<std::string>, schema::kFacetCount> filters; // by Facet: values, any of which may match
    std::optional<int> yearFrom;                                       // inclusive
    std::optional<int> yearTo;
    Sort sort = Sort::relevance;
    std::uint32_t page = 1;  // from 1
    std::uint32_t size = 10; // 1..kMaxPageSize; 0 answers counts only
    std::string cursor;      // SearchAnswer::next of the page before, in place of `page`; "": none
    text::Language interfaceLanguage = text::Language::en;
    query::Translate translate = query::Translate::yes; // search in the other languages and for synonyms too
    std::set<std::string> without;                      // ids of query::Alternative that the reader switched off
    bool facets = true;
    bool snippets = true;
    bool spelling = true; // propose another spelling where words are doubtful

    std::vector<std::string>& filter(schema::Facet facet) { return filters[static_cast<std::size_t>(facet)]; }
    const std::vector<std::string>& filter(schema::Facet facet) const
    {
        return filters[static_cast<std::size_t>(facet)];
    }
};

// Text and where to mark it; the layer that shows it escapes, then marks.
struct Snippet {
    std::uint32_t page = 0;            // 0: from the metadata (abstract), not from a page
    std::string label;                 // printed page label
    std::string language;              // ISO 639-1 of the text; "" unknown
    std::string text;                  // plain
    std::vector<text::ByteSpan> marks; // into `text`, ascending, not overlapping
};

struct Hit {
    std::string citableId;
    std::int64_t editionId = 0;
    std::string title;
    std::vector<text::ByteSpan> titleMarks;
    std::string language;               // of the edition shown
    std::vector<std::string> languages; // of all editions this reader may see, in the order en, es, fr, others
    std::string type;                   // notation or as written
    std::string section;
    std::string date; // PartialDate
    std::vector<std::string> authors;
    std::string mediaType;
    std::uint32_t pageCount = 0;
    double score = 0.0;
    std::vector<Snippet> snippets;
};

struct FacetValue {
    std::string value;
    std::uint64_t count = 0; // distinct works: equals the results when this value alone is chosen in its facet
    bool selected = false;
};

struct FacetCounts {
    schema::Facet facet;
    std::vector<FacetValue> values; // count descending (year: newest first), selected ones always present
};

// Another spelling of the query, which finds more under the same filters.
struct DidYouMean {
    std::string text;
    std::vector<text::ByteSpan> changed; // the words in `text` that are not as typed
};

struct SearchAnswer {
    std::uint64_t total = 0; // distinct works
    std::vector<Hit> hits;
    std::vector<FacetCounts> facets;
    std::vector<query::Expansion> expansions; // what words were also searched as, in their order
    std::vector<query::Note> notes;
    std::optional<DidYouMean> didYouMean; // on the first page of results only
    std::string next;                     // cursor of the page that follows, however deep; "" when this is the last
    std::string generation;
};

// A bar of the histogram: works of the years from `first` to `last`.
struct YearSpan {
    int first = 0;
    int last = 0;
    std::uint64_t count = 0; // distinct works: equals the results when these years are chosen
};

struct PageHit {
    Snippet snippet; // of the page
    double score = 0.0;
};

// Where a query is answered within one edition.
struct PageHits {
    std::uint64_t total = 0;   // pages
    std::vector<PageHit> hits; // of the part asked for, as the pages follow each other
    std::vector<query::Expansion> expansions;
    std::vector<query::Note> notes;
    std::string generation;
};

struct Suggestion {
    std::string text;
    std::string kind;        // "title", "person", "phrase", "concept" (of the lexicon) or a facet's name
    std::string value;       // citable ID, name, phrase, words to search for, or the facet value
    std::uint64_t count = 0; // works with the value or by the person; 0 for the others
    std::string matched;     // of a facet value or a concept: the label that was typed, when it is not `text`
};

struct SimilarWork {
    std::string citableId;
    std::string title;
    std::string language; // of the edition shown: the reader's, where there is one
    std::string type;
    std::string section;
    std::string date;
    std::vector<std::string> authors;
    std::vector<std::string> languages; // of all editions this reader may see
    double likeness = 0.0;              // 0..1: its score as a share of the work's own
};

struct WorkConcept {
    std::string id;
    std::string label; // in the reader's language, else in another
    std::string q;     // the search for works with this concept
    std::uint32_t uses = 0;
};

// What the index found a work to be about.
struct Subjects {
    std::vector<WorkConcept> concepts;        // the most telling first
    std::vector<std::string> automaticThemes; // notations; none where people gave themes
};

// A passage page of one edition with its marks, for the page view.
struct MarkedText {
    std::string text;
    std::vector<text::ByteSpan> marks;
};

struct EngineOptions {
    std::filesystem::path indexRoot;
    std::filesystem::path catalogueFile;
    std::filesystem::path lexiconFile; // "" or not there: nothing is translated
    query::Budget budget;
    query::Ranking ranking;
    catalogue::IdentifierRules identifiers; // what IDs look like
    std::size_t keptAnswers = 1000;         // for makeSharedState()
};

// Facet columns of the index as it stands, loaded once for all engines of one reader class: make one per process and
// per access::Filter. Shared by the engines that use it.
// threads  safe.
class SharedState;
// answers  so many of the answers to searches are kept for who asks the same; 0: none.
std::shared_ptr<SharedState> makeSharedState(std::size_t answers = 0);

// threads  one Engine per thread; each owns its database handle, catalogue reader and analysers.
// errors   indexUnavailable (none built yet, or of another schema or analyser: reindex), timeout, ioFailure.
class Engine {
public:
    static Result<Engine> open(const EngineOptions& options, const access::Filter& reader,
                               const vocabulary::Vocabularies& vocabularies, std::shared_ptr<SharedState> shared);
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    // errors  also invalidArgument: page or size out of range, or a cursor of another search or state of the index.
    Result<SearchAnswer> search(const SearchRequest& request);
    Result<std::vector<Suggestion>> suggest(const std::string& typed, text::Language language, std::size_t limit);
    // Of these works, in their order, those that the search finds; its order and paging do not matter.
    Result<std::vector<std::string>> foundAmong(const SearchRequest& request,
                                                const std::vector<std::string>& citableIds);
    // Works that share the words that mark this one out, in any language; the most alike first, the work itself left
    // out. Empty when this reader's index does not hold the work.
    Result<std::vector<SimilarWork>> similar(const std::string& citableId, text::Language language, std::size_t limit);
    // Only from editions that this reader may see. Empty when his index does not hold the work.
    Result<Subjects> subjects(const std::string& citableId, text::Language language, std::size_t limit);
    // The pages of an edition that the words of the request find, `size` of them from `page` on, by the rules that
    // works are found by: words side by side stand on the same page, unless no page has most of them. Its filters and
    // order do not matter. None when the reader's index does not hold the edition, or nothing is asked.
    Result<PageHits> pagesOf(std::int64_t editionId, const SearchRequest& request);
    // Works by spans of so many years (from 1), under the request's words and all of its filters but the years; the
    // first span and the last have works, those between may have none.
    Result<std::vector<YearSpan>> yearHistogram(const SearchRequest& request, int interval);
    // Marks in `text` what the words of the request would match; its filters, order and paging do not matter.
    Result<MarkedText> mark(std::string text, text::Language textLanguage, const SearchRequest& request);
    Result<std::uint64_t> documentCount();
    Result<std::string> generation();

private:
    struct State;
    explicit Engine(std::unique_ptr<State> state);
    std::unique_ptr<State> _state;
};

} // namespace acervo::search
