#include "searchd/search/engine.h"

#include "analyzers/text/normalise.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/index/document_data.h"
#include "corpus/index/guarded.h"
#include "corpus/index/reader.h"
#include "searchd/query/plan.h"
#include "searchd/search/detail/deadline.h"
#include "searchd/search/detail/facet_counter.h"
#include "searchd/search/detail/hints.h"
#include "searchd/search/detail/page_finder.h"
#include "searchd/search/detail/reranker.h"
#include "searchd/search/detail/similar.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/detail/snippet.h"
#include "searchd/search/detail/spelling.h"
#include "searchd/search/detail/subjects.h"
#include "searchd/search/detail/suggest.h"

#include <algorithm>
#include <map>

namespace acervo::search {

namespace {

constexpr int kAttempts = 3; // when the index changes underneath; see index::Reader::refresh
constexpr std::size_t kSnippetPages = 2;
constexpr std::chrono::milliseconds kSpellingCpu{50}; // of each other spelling that is tried

// Collects every docid the matcher looks at; with check_at_least = all documents that is every match. Over combined
// databases Xapian 1.4.22 tells a spy the docid within the part, so each part is matched by itself; see FacetProperty.
class DocidCollector : public Xapian::MatchSpy {
public:
    void operator()(const Xapian::Document& document, double) override { docids.push_back(document.get_docid()); }

    std::vector<Xapian::docid> docids;
};

// Years are compared as texts.
std::string fourDigits(int year)
{
    auto digits = std::to_string(std::clamp(year, 0, 9999));
    return std::string(4 - digits.size(), '0') + digits;
}

Xapian::Query filterQuery(const SearchRequest& request)
{
    std::vector<Xapian::Query> filters;
    for (const auto& info : schema::kFacets) {
        std::vector<Xapian::Query> values;
        for (const auto& value : request.filter(info.facet)) {
            values.emplace_back(schema::filterTerm(info.facet, value));
        }
        if (!values.empty()) {
            filters.emplace_back(Xapian::Query::OP_OR, values.begin(), values.end());
        }
    }
    if (request.yearFrom || request.yearTo) {
        filters.emplace_back(Xapian::Query::OP_VALUE_RANGE, static_cast<Xapian::valueno>(schema::Slot::year),
                             fourDigits(request.yearFrom.value_or(0)), fourDigits(request.yearTo.value_or(9999)));
    }
    return {Xapian::Query::OP_AND, filters.begin(), filters.end()};
}

// The same documents; those that `preferred` finds weigh so much more.
Xapian::Query prefer(const Xapian::Query& query, const Xapian::Query& preferred, double weight)
{
    const Xapian::Query more{(new Xapian::FixedWeightPostingSource{weight})->release()};
    return {Xapian::Query::OP_AND_MAYBE, query, Xapian::Query{Xapian::Query::OP_FILTER, more, preferred}};
}

// A little weight for editions in the reader's language: of a work's languages the one he reads is shown, and a work he
// can read comes before an equal one that he cannot.
Xapian::Query preferLanguage(const Xapian::Query& query, text::Language language, double weight)
{
    return prefer(query, Xapian::Query{schema::filterTerm(schema::Facet::language, text::codeOf(language))}, weight);
}

bool isFiltered(const SearchRequest& request)
{
    return request.yearFrom || request.yearTo ||
           std::ranges::any_of(request.filters, [](const auto& values) { return !values.empty(); });
}

} // namespace

struct Engine::State {
    State(EngineOptions givenOptions, index::Reader givenReader, catalogue::Catalogue givenCatalogue,
          const vocabulary::Vocabularies& givenVocabularies, std::shared_ptr<SharedState> givenShared)
        : options(std::move(givenOptions)),
          reader(std::move(givenReader)),
          catalogue(std::move(givenCatalogue)),
          vocabularies(givenVocabularies),
          planner(givenVocabularies, options.ranking),
          shared(std::move(givenShared))
    {
        for (const auto language :
             {text::Language::other, text::Language::en, text::Language::fr, text::Language::es}) {
            analyzers.emplace(language, text::Analyzer{language});
        }
    }

    const text::Analyzer& analyzerFor(std::string_view language) const
    {
        return analyzers.at(text::languageOf(language));
    }

    // Runs `work` on the present index; again, when the index changed so much meanwhile that what it reads is gone.
    template <class Work>
    auto onPresentIndex(std::string_view doing, Work&& work) -> std::invoke_result_t<Work>
    {
        for (int attempt = 1;; ++attempt) {
            if (auto refreshed = reader.refresh(); !refreshed) {
                return refreshed.error();
            }
            auto result = index::guarded(doing, work);
            if (result || result.error().code != ErrorCode::conflict || attempt == kAttempts) {
                return result;
            }
        }
    }

    Xapian::Query withDeadline(const Xapian::Query& query, std::chrono::milliseconds cpu) const
    {
        return {Xapian::Query::OP_FILTER, query, Xapian::Query{(new detail::DeadlineSource{cpu})->release()}};
    }

    std::vector<Xapian::docid> matching(const Xapian::Query& query) { return matching(query, options.budget.cpu); }

    std::vector<Xapian::docid> matching(const Xapian::Query& query, std::chrono::milliseconds cpu)
    {
        const auto limited = withDeadline(query, cpu);
        const auto& parts = reader.parts();
        std::vector<Xapian::docid> matched;
        for (std::size_t part = 0; part < parts.size(); ++part) {
            Xapian::Enquire enquire{parts[part]};
            enquire.set_query(limited);
            enquire.set_weighting_scheme(Xapian::BoolWeight{});
            enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
            DocidCollector collector;
            enquire.add_matchspy(&collector);
            (void)enquire.get_mset(0, 1, parts[part].get_doccount());
            for (const auto id : collector.docids) {
                matched.push_back(static_cast<Xapian::docid>((id - 1) * parts.size() + part + 1));
            }
        }
        return matched;
    }

    // The documents of the page asked for, best first.
    std::vector<detail::Ranked> ranked(const Xapian::Query& query, const SearchRequest& request, Sort sort,
                                       const query::Marks& marks)
    {
        Xapian::Enquire enquire{reader.database()};
        enquire.set_query(withDeadline(
            preferLanguage(query, request.interfaceLanguage, options.ranking.readersLanguage), options.budget.cpu));
        const auto& ranking = options.ranking;
        enquire.set_weighting_scheme(Xapian::BM25Weight{ranking.k1, 0.0, 1.0, ranking.b, ranking.minLength});
        enquire.set_collapse_key(static_cast<Xapian::valueno>(schema::Slot::work));
        Xapian::MultiValueKeyMaker key;
        const auto published = static_cast<Xapian::valueno>(schema::Slot::published);
        switch (sort) {
        case Sort::relevance:
            break;
        case Sort::newest:
            enquire.set_sort_by_value_then_relevance(published, true);
            break;
        case Sort::oldest:
            key.add_value(published, false, "99999999");
            enquire.set_sort_by_key_then_relevance(&key, false);
            break;
        case Sort::title:
            enquire.set_sort_by_value_then_relevance(static_cast<Xapian::valueno>(schema::Slot::titleKey), false);
            break;
        }
        // All matches are weighed: pruned as soon as a page is full, Xapian 1.4.22 adds the weights in another order on
        // each page, and works that are equal but for rounding came twice or never (FacetProperty, seed 2).
        const auto all = reader.database().get_doccount();
        const auto offset = (request.page - 1) * request.size;
        if (sort != Sort::relevance || offset >= ranking.reranked) {
            return detail::inOrder(enquire.get_mset(offset, request.size, all));
        }
        const auto needed =
            std::max<Xapian::doccount>(offset + request.size, static_cast<Xapian::doccount>(ranking.reranked));
        auto best = detail::rerank(reader.database(), enquire.get_mset(0, needed, all),
                                   {marks, ranking, text::codeOf(request.interfaceLanguage)});
        best.erase(best.begin(),
                   best.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(offset, best.size())));
        best.resize(std::min<std::size_t>(best.size(), request.size));
        return best;
    }

    query::Asked asked(const SearchRequest& request, const lexicon::Lexicon* lexicon) const
    {
        query::Asked asked;
        asked.language = request.interfaceLanguage;
        asked.budget = options.budget;
        asked.translate = request.translate;
        asked.without = request.without;
        asked.lexicon = lexicon;
        asked.database = &reader.database();
        return asked;
    }

    // Where and how long to look.
    struct Field {
        const detail::ColumnFilters& filters;
        const detail::Snapshot& snapshot;
        std::chrono::milliseconds cpu;
    };

    struct Found {
        Xapian::Query query;
        std::vector<Xapian::docid> matched; // whatever the filters
        detail::Counts counts;
        bool asAsked = false; // something has most of the words and passes the filters
        std::string note;     // code; "" when there is nothing to say
    };

    // As asked, or with fewer of the words where that finds too little.
    Found find(const query::Plan& plan, const SearchRequest& request, const Field& field)
    {
        const auto& columns = field.snapshot.columns;
        Found found;
        found.query = plan.strict;
        found.matched = plan.matchesAll ? columns.workDocids : matching(plan.strictMatch, field.cpu);
        found.counts = detail::countWorks(columns, found.matched, field.filters);
        found.asAsked = found.counts.total > 0;
        const auto works = detail::distinctWorks(columns, found.matched);
        // Decided whatever the filters, so that a number beside a facet's value is what a click on it gives. By
        // relevance only: in any other order works with one of the words would stand among those with all.
        const bool few = works < options.ranking.enough && plan.relaxesWhenFew && request.sort == Sort::relevance;
        if (!plan.canRelax || (found.asAsked && !few)) {
            return found;
        }
        auto any = matching(plan.relaxedMatch, field.cpu);
        auto relaxed = detail::countWorks(columns, any, field.filters);
        const bool isMore = few ? detail::distinctWorks(columns, any) > works : relaxed.total > 0;
        if (isMore) {
            found.query = prefer(plan.relaxed, plan.strictMatch, options.ranking.mostWords);
            found.matched = std::move(any);
            found.note = few && works > 0 ? "someWordsToo" : "allWordsRelaxed";
        }
        // With nothing found, the ways out.
        found.counts = few ? std::move(relaxed) : detail::afterRelaxing(found.counts, std::move(relaxed));
        return found;
    }

    // The edition of the same work in the reader's language, if that is a result too.
    template <class IsResult>
    static Xapian::docid inReadersLanguage(Xapian::docid id, text::Language language, const detail::Snapshot& snapshot,
                                           IsResult&& isResult)
    {
        const auto& columns = snapshot.columns;
        if (id >= columns.workOf.size() || columns.workOf[id] == index::kNoWork) {
            return id;
        }
        const auto& languages = columns.column(schema::Facet::language);
        for (const auto edition : columns.documentsOf(columns.workOf[id])) {
            const bool isRead = std::ranges::any_of(languages.of(edition), [&](std::uint32_t value) {
                return languages.values[value] == text::codeOf(language);
            });
            if (isRead && isResult(edition)) {
                return edition;
            }
        }
        return id;
    }

    std::optional<DidYouMean> didYouMean(const SearchRequest& request, const query::ParsedQuery& parsed,
                                         const detail::Finding& found, const detail::Snapshot& snapshot,
                                         const lexicon::Lexicon* lexicon);
    Result<SearchAnswer> search(const SearchRequest& request);
    Result<Hit> hit(const detail::Ranked& ranked, const SearchRequest& request, const query::Marks& marks,
                    const detail::Snapshot& snapshot);
    Result<std::vector<Snippet>> snippets(Xapian::docid id, const index::DocumentData& data, const query::Marks& marks);

    EngineOptions options;
    index::Reader reader;
    catalogue::Catalogue catalogue;
    const vocabulary::Vocabularies& vocabularies;
    query::Planner planner;
    std::map<text::Language, text::Analyzer> analyzers;
    std::shared_ptr<SharedState> shared; // with the other engines of this reader class
};

namespace {

std::vector<FacetCounts> facetCounts(const detail::Snapshot& snapshot, const detail::Counts& counts,
                                     const SearchRequest& request)
{
    std::vector<FacetCounts> facets;
    for (const auto& info : schema::kFacets) {
        const auto facet = static_cast<std::size_t>(info.facet);
        const auto& names = snapshot.columns.facets[facet].values;
        const auto& wanted = request.filters[facet];
        FacetCounts shown{info.facet, {}};
        for (std::size_t value = 0; value < names.size(); ++value) {
            const bool selected = std::ranges::find(wanted, names[value]) != wanted.end();
            if (counts.byValue[facet][value] > 0 || selected) {
                shown.values.push_back({names[value], counts.byValue[facet][value], selected});
            }
        }
        for (const auto& value : wanted) {
            if (std::ranges::find(names, value) == names.end()) {
                shown.values.push_back({value, 0, true});
            }
        }
        std::ranges::sort(shown.values, [&](const FacetValue& a, const FacetValue& b) {
            if (info.facet == schema::Facet::year) {
                return a.value > b.value;
            }
            return a.count != b.count ? a.count > b.count : a.value < b.value;
        });
        facets.push_back(std::move(shown));
    }
    return facets;
}

} // namespace

std::optional<DidYouMean> Engine::State::didYouMean(const SearchRequest& request, const query::ParsedQuery& parsed,
                                                    const detail::Finding& found, const detail::Snapshot& snapshot,
                                                    const lexicon::Lexicon* lexicon)
{
    if (!request.spelling || request.page > 1 || request.size == 0 ||
        !detail::hasDoubtfulWord(reader.database(), analyzers, parsed)) {
        return std::nullopt;
    }
    const auto filters = detail::resolveFilters(snapshot.columns, request);
    const auto tryQuery = [&](const std::string& q) {
        const auto plan = planner.plan(query::parse(q, options.budget), asked(request, lexicon));
        const auto tried = find(plan, request, {filters, snapshot, kSpellingCpu});
        return detail::Finding{tried.counts.total, tried.asAsked};
    };
    auto proposed = index::guarded("propose another spelling", [&] {
        const auto hints = shared->hintsOf(reader, snapshot, {vocabularies, lexicon, analyzers});
        return detail::respelled({reader.database(), snapshot, *hints, analyzers}, request, parsed, found, tryQuery);
    });
    return proposed ? std::move(*proposed) : std::nullopt; // an answer without a proposal is better than none
}

Result<SearchAnswer> Engine::State::search(const SearchRequest& request)
{
    const auto snapshot = shared->snapshotOf(reader);
    const auto parsed = query::parse(request.q, options.budget);
    const auto lexicon = shared->lexiconOf(options.lexiconFile);
    auto plan = planner.plan(parsed, asked(request, lexicon.get()));

    SearchAnswer answer;
    answer.generation = reader.generation();
    const auto filters = detail::resolveFilters(snapshot->columns, request);
    auto found = find(plan, request, {filters, *snapshot, options.budget.cpu});
    if (!found.note.empty()) {
        plan.notes.push_back({found.note, {}});
    }
    auto& counts = found.counts;
    answer.notes = std::move(plan.notes);
    answer.expansions = std::move(plan.expansions);
    answer.total = counts.total;
    answer.didYouMean = didYouMean(request, parsed, {counts.total, found.asAsked}, *snapshot, lexicon.get());
    if (request.facets) {
        answer.facets = facetCounts(*snapshot, counts, request);
    }
    if (request.size == 0 || counts.total == 0) {
        return answer;
    }
    if (isFiltered(request)) {
        found.query = {Xapian::Query::OP_FILTER, found.query, filterQuery(request)};
    }
    // Without words nothing is more relevant than anything else: what is new comes first.
    const auto sort = plan.matchesAll && request.sort == Sort::relevance ? Sort::newest : request.sort;
    std::ranges::sort(found.matched);
    for (auto match : ranked(found.query, request, sort, plan.marks)) {
        // Sorted by date or title the edition shown is the one that was sorted.
        match.id = request.sort != Sort::relevance
                       ? match.id
                       : inReadersLanguage(match.id, request.interfaceLanguage, *snapshot, [&](Xapian::docid edition) {
                             return std::ranges::binary_search(found.matched, edition) &&
                                    detail::passes(snapshot->columns, filters, edition);
                         });
        auto shown = hit(match, request, plan.marks, *snapshot);
        if (!shown) {
            return shown.error();
        }
        answer.hits.push_back(std::move(*shown));
    }
    return answer;
}

Result<Hit> Engine::State::hit(const detail::Ranked& ranked, const SearchRequest& request, const query::Marks& marks,
                               const detail::Snapshot& snapshot)
{
    auto data = index::decode(reader.database().get_document(ranked.id).get_data());
    if (!data) {
        return data.error();
    }
    Hit hit;
    hit.score = ranked.score;
    hit.titleMarks = detail::findMarks(data->title, analyzerFor(data->language), marks);
    if (ranked.id < snapshot.columns.workOf.size()) {
        const auto& languages = snapshot.columns.column(schema::Facet::language);
        for (const auto id : snapshot.columns.documentsOf(snapshot.columns.workOf[ranked.id])) {
            for (const auto value : languages.of(id)) {
                hit.languages.push_back(languages.values[value]);
            }
        }
        std::ranges::sort(hit.languages);
        const auto repeated = std::ranges::unique(hit.languages);
        hit.languages.erase(repeated.begin(), repeated.end());
    }
    if (request.snippets) {
        auto cut = snippets(ranked.id, *data, marks);
        if (!cut) {
            return cut.error();
        }
        hit.snippets = std::move(*cut);
    }
    hit.citableId = std::move(data->citableId);
    hit.editionId = data->editionId;
    hit.title = std::move(data->title);
    hit.language = std::move(data->language);
    hit.type = std::move(data->type);
    hit.section = std::move(data->section);
    hit.date = std::move(data->date);
    hit.authors = std::move(data->authors);
    hit.mediaType = std::move(data->mediaType);
    hit.pageCount = data->pageCount;
    return hit;
}

Result<std::vector<Snippet>> Engine::State::snippets(Xapian::docid id, const index::DocumentData& data,
                                                     const query::Marks& marks)
{
    std::vector<Snippet> cut;
    for (const auto& found :
         detail::findPages(reader.database(), id, data, marks, options.ranking, analyzers, kSnippetPages)) {
        const auto page = catalogue.page(data.versionId, found.number);
        if (!page) {
            return page.error();
        }
        if (*page) {
            auto snippet = detail::cutSnippet((*page)->text, analyzerFor((*page)->language), marks);
            if (snippet.marks.empty() && !cut.empty()) {
                continue;
            }
            snippet.page = found.number;
            snippet.label = found.label;
            snippet.language = (*page)->language;
            cut.push_back(std::move(snippet));
        }
    }
    const bool anyMark = std::ranges::any_of(cut, [](const Snippet& snippet) { return !snippet.marks.empty(); });
    if (!anyMark && !data.abstractText.empty()) {
        auto snippet = detail::cutSnippet(data.abstractText, analyzerFor(data.language), marks);
        snippet.language = data.language;
        cut.assign(1, std::move(snippet));
    }
    return cut;
}

Result<Engine> Engine::open(const EngineOptions& options, const access::Filter& reader,
                            const vocabulary::Vocabularies& vocabularies, std::shared_ptr<SharedState> shared)
{
    auto index = index::Reader::open(options.indexRoot, reader);
    if (!index) {
        return index.error();
    }
    auto catalogue = catalogue::Catalogue::open(options.catalogueFile, catalogue::Mode::readOnly);
    if (!catalogue) {
        return catalogue.error();
    }
    return Engine{
        std::make_unique<State>(options, std::move(*index), std::move(*catalogue), vocabularies, std::move(shared))};
}

Engine::Engine(std::unique_ptr<State> state) : _state(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<SearchAnswer> Engine::search(const SearchRequest& request)
{
    if (request.page == 0 || request.size > kMaxPageSize ||
        (request.page - 1) * std::uint64_t{request.size} > kMaxOffset) {
        return Error{ErrorCode::invalidArgument, "page or size out of range: at most the first " +
                                                     std::to_string(kMaxOffset) + " results can be paged through"};
    }
    auto cut = request;
    for (const auto& info : schema::kFacets) {
        for (auto& value : cut.filter(info.facet)) {
            value = schema::filterValue(info.facet, value);
        }
    }
    return _state->onPresentIndex("search", [&] { return _state->search(cut); });
}

Result<std::vector<Suggestion>> Engine::suggest(const std::string& typed, text::Language language, std::size_t limit)
{
    return _state->onPresentIndex("suggest", [&]() -> Result<std::vector<Suggestion>> {
        const auto snapshot = _state->shared->snapshotOf(_state->reader);
        const auto lexicon = _state->shared->lexiconOf(_state->options.lexiconFile);
        const auto hints = _state->shared->hintsOf(_state->reader, *snapshot,
                                                   {_state->vocabularies, lexicon.get(), _state->analyzers});
        return detail::suggest({_state->reader.database(), *snapshot, *hints, _state->vocabularies}, typed, language,
                               limit);
    });
}

Result<std::vector<SimilarWork>> Engine::similar(const std::string& citableId, text::Language language,
                                                 std::size_t limit)
{
    return _state->onPresentIndex("find similar works", [&]() -> Result<std::vector<SimilarWork>> {
        const auto snapshot = _state->shared->snapshotOf(_state->reader);
        const auto lexicon = _state->shared->lexiconOf(_state->options.lexiconFile);
        return detail::similarWorks({_state->reader.database(), *snapshot, lexicon.get(), _state->analyzers}, citableId,
                                    language, limit);
    });
}

Result<Subjects> Engine::subjects(const std::string& citableId, text::Language language, std::size_t limit)
{
    return _state->onPresentIndex("find the subjects of a work", [&]() -> Result<Subjects> {
        const auto lexicon = _state->shared->lexiconOf(_state->options.lexiconFile);
        return detail::subjectsOf({_state->reader.database(), lexicon.get(), _state->analyzers}, citableId, language,
                                  limit);
    });
}

Result<MarkedText> Engine::mark(std::string text, text::Language textLanguage, const SearchRequest& request)
{
    return _state->onPresentIndex("mark words", [&]() -> Result<MarkedText> {
        const auto lexicon = _state->shared->lexiconOf(_state->options.lexiconFile);
        const auto parsed = query::parse(request.q, _state->options.budget);
        const auto plan = _state->planner.plan(parsed, _state->asked(request, lexicon.get()));
        auto marks = detail::findMarks(text, _state->analyzers.at(textLanguage), plan.marks);
        return MarkedText{std::move(text), std::move(marks)};
    });
}

Result<std::uint64_t> Engine::documentCount()
{
    return _state->onPresentIndex("count documents", [&]() -> Result<std::uint64_t> {
        return std::uint64_t{_state->reader.database().get_doccount()};
    });
}

Result<std::string> Engine::generation()
{
    if (auto refreshed = _state->reader.refresh(); !refreshed) {
        return refreshed.error();
    }
    return _state->reader.generation();
}

} // namespace acervo::search
