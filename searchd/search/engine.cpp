#include "searchd/search/engine.h"

#include "corpus/identifier/citable_id.h"
#include "corpus/index/guarded.h"
#include "corpus/index/reader.h"
#include "searchd/query/plan.h"
#include "searchd/search/detail/answers.h"
#include "searchd/search/detail/cursor.h"
#include "searchd/search/detail/hints.h"
#include "searchd/search/detail/hit_builder.h"
#include "searchd/search/detail/ordering.h"
#include "searchd/search/detail/page_search.h"
#include "searchd/search/detail/similar.h"
#include "searchd/search/detail/snapshot.h"
#include "searchd/search/detail/snippet.h"
#include "searchd/search/detail/sought.h"
#include "searchd/search/detail/spelling.h"
#include "searchd/search/detail/subjects.h"
#include "searchd/search/detail/suggest.h"
#include "searchd/search/detail/year_histogram.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace acervo::search {

namespace {

constexpr int kAttempts = 3;                          // when the index changes underneath; see index::Reader::refresh
constexpr std::chrono::milliseconds kSpellingCpu{50}; // of each other spelling that is tried

// As the index knows the values.
void cutFilterValues(SearchRequest& request)
{
    for (const auto& info : schema::kFacets) {
        for (auto& value : request.filter(info.facet)) {
            value = schema::filterValue(info.facet, value);
        }
    }
}

} // namespace

struct Engine::State {
    // What an answer is made of, as it is now.
    struct Sources {
        const detail::Snapshot& snapshot;
        const lexicon::Lexicon* lexicon; // null: none
    };

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

    query::Asked asked(const SearchRequest& request, const lexicon::Lexicon* lexicon) const
    {
        query::Asked asked;
        asked.language = request.interfaceLanguage;
        asked.budget = options.budget;
        asked.translate = request.translate;
        asked.without = request.without;
        asked.lexicon = lexicon;
        asked.database = &reader.database();
        asked.resolveId = [this](std::string_view typed) { return meantId(typed); };
        return asked;
    }

    // Of what this reader can find by any ID or alias; else by the form alone, so that what is hidden is as unknown.
    Result<std::string> meantId(std::string_view typed) const
    {
        const auto known = catalogue.resolve(typed);
        if (!known) {
            return known.error();
        }
        return *known && reader.database().term_exists(schema::wordTerm(schema::kWork, **known))
                   ? Result<std::string>{**known}
                   : identifier::parse(typed, options.identifiers.prefix);
    }

    detail::Sought sought(const SearchRequest& request, const query::ParsedQuery& parsed, const Sources& sources,
                          std::chrono::milliseconds cpu)
    {
        return {planner.plan(parsed, asked(request, sources.lexicon)),
                request,
                {reader, sources.snapshot, options.ranking},
                cpu};
    }

    std::optional<DidYouMean> didYouMean(const SearchRequest& request, const query::ParsedQuery& parsed,
                                         const detail::Finding& found, const Sources& sources);
    Result<SearchAnswer> search(const SearchRequest& request);
    Result<SearchAnswer> search(const SearchRequest& request, detail::Page page, const Sources& sources);
    std::vector<std::string> foundAmong(const SearchRequest& request, const std::vector<std::string>& citableIds);

    EngineOptions options;
    index::Reader reader;
    catalogue::Catalogue catalogue;
    const vocabulary::Vocabularies& vocabularies;
    query::Planner planner;
    std::map<text::Language, text::Analyzer> analyzers;
    std::shared_ptr<SharedState> shared; // with the other engines of this reader class
};

std::optional<DidYouMean> Engine::State::didYouMean(const SearchRequest& request, const query::ParsedQuery& parsed,
                                                    const detail::Finding& found, const Sources& sources)
{
    const bool isFirstPage = request.page == 1 && request.cursor.empty();
    if (!request.spelling || !isFirstPage || request.size == 0 ||
        !detail::hasDoubtfulWord(reader.database(), analyzers, parsed)) {
        return std::nullopt;
    }
    const auto tryQuery = [&](const std::string& q) {
        auto other = sought(request, query::parse(q, options.budget), sources, kSpellingCpu);
        const auto tried = detail::find(other.plan, request, other.field);
        return detail::Finding{tried.counts.total, tried.asAsked};
    };
    auto proposed = index::guarded("propose another spelling", [&] {
        const auto hints = shared->hintsOf(reader, sources.snapshot, {vocabularies, sources.lexicon, analyzers});
        return detail::respelled({reader.database(), sources.snapshot, *hints, analyzers}, request, parsed, found,
                                 tryQuery);
    });
    return proposed ? std::move(*proposed) : std::nullopt; // an answer without a proposal is better than none
}

Result<SearchAnswer> Engine::State::search(const SearchRequest& request)
{
    const auto snapshot = shared->snapshotOf(reader);
    const auto lexicon = shared->lexiconOf(options.lexiconFile);
    const auto state = snapshot->key + ' ' + (lexicon ? lexicon->fingerprint() : "");
    const auto key = detail::keyOf(request, state);
    if (const auto known = shared->answers().find(key)) {
        return *known;
    }
    const auto listKey = detail::listKeyOf(request, state);
    detail::Page page{std::size_t{request.page - 1} * request.size, request.size};
    if (!request.cursor.empty()) {
        const auto offset = detail::offsetOf(request.cursor, listKey);
        if (!offset) {
            return offset.error();
        }
        page.offset = *offset;
    }
    auto answer = search(request, page, {*snapshot, lexicon.get()});
    if (answer) {
        if (const auto end = page.offset + answer->hits.size(); end < answer->total && !answer->hits.empty()) {
            answer->next = detail::cursorAt(end, listKey);
        }
        shared->answers().keep(key, *answer);
    }
    return answer;
}

Result<SearchAnswer> Engine::State::search(const SearchRequest& request, detail::Page page, const Sources& sources)
{
    const auto& snapshot = sources.snapshot;
    const auto parsed = query::parse(request.q, options.budget);
    auto wanted = sought(request, parsed, sources, options.budget.cpu);
    auto& plan = wanted.plan;

    SearchAnswer answer;
    answer.generation = reader.generation();
    auto found = detail::find(plan, request, wanted.field);
    if (!found.note.empty()) {
        plan.notes.push_back({found.note, {}});
    }
    auto& counts = found.counts;
    answer.notes = std::move(plan.notes);
    answer.expansions = std::move(plan.expansions);
    answer.total = counts.total;
    answer.didYouMean = didYouMean(request, parsed, {counts.total, found.asAsked}, sources);
    if (request.facets) {
        answer.facets = detail::facetCounts(snapshot.columns, counts, request);
    }
    if (request.size == 0 || counts.total == 0) {
        return answer;
    }
    // Without words nothing is more relevant than anything else: what is new comes first.
    const auto sort = plan.matchesAll && request.sort == Sort::relevance ? Sort::newest : request.sort;
    const detail::Ordering ordering{
        wanted.scorer, reader, snapshot, options.ranking, plan.marks, request.interfaceLanguage, sort};
    const detail::HitBuilder builder{
        {reader.database(), snapshot, catalogue, analyzers, options.ranking, plan.marks, request.snippets}};
    auto matches = detail::ordered(found, page, ordering);
    for (auto& match : matches) {
        if (request.sort == Sort::relevance) { // else the edition shown is the one that was sorted
            match.id = detail::inReadersLanguage(match.id, request.interfaceLanguage, snapshot, found.results);
        }
    }
    auto hits = builder.hits(matches);
    if (!hits) {
        return hits.error();
    }
    answer.hits = std::move(*hits);
    return answer;
}

std::vector<std::string> Engine::State::foundAmong(const SearchRequest& request,
                                                   const std::vector<std::string>& citableIds)
{
    const auto snapshot = shared->snapshotOf(reader);
    const auto lexicon = shared->lexiconOf(options.lexiconFile);
    auto wanted =
        sought(request, query::parse(request.q, options.budget), {*snapshot, lexicon.get()}, options.budget.cpu);
    const auto found = detail::find(wanted.plan, request, wanted.field);
    const auto& database = reader.database();
    std::vector<std::string> among;
    std::ranges::copy_if(citableIds, std::back_inserter(among), [&](const std::string& id) {
        const auto term = schema::wordTerm(schema::kWork, id);
        return std::any_of(database.postlist_begin(term), database.postlist_end(term),
                           [&](Xapian::docid edition) { return found.results.has(edition); });
    });
    return among;
}

Result<Engine> Engine::open(const EngineOptions& options, const access::Filter& reader,
                            const vocabulary::Vocabularies& vocabularies, std::shared_ptr<SharedState> shared)
{
    auto index = index::Reader::open(options.indexRoot, reader);
    if (!index) {
        return index.error();
    }
    auto catalogue = catalogue::Catalogue::open(options.catalogueFile, catalogue::Mode::readOnly, options.identifiers);
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
    cutFilterValues(cut);
    return _state->onPresentIndex("search", [&] { return _state->search(cut); });
}

Result<std::vector<std::string>> Engine::foundAmong(const SearchRequest& request,
                                                    const std::vector<std::string>& citableIds)
{
    auto cut = request;
    cutFilterValues(cut);
    return _state->onPresentIndex("search among works", [&]() -> Result<std::vector<std::string>> {
        return _state->foundAmong(cut, citableIds);
    });
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

Result<PageHits> Engine::pagesOf(std::int64_t editionId, const SearchRequest& request)
{
    return _state->onPresentIndex("search in a document", [&]() -> Result<PageHits> {
        const auto lexicon = _state->shared->lexiconOf(_state->options.lexiconFile);
        const auto parsed = query::parse(request.q, _state->options.budget);
        auto plan = _state->planner.plan(parsed, _state->asked(request, lexicon.get()));
        auto found = detail::pageHits({_state->reader.database(), _state->catalogue, _state->analyzers,
                                       _state->options.ranking, _state->options.budget.cpu},
                                      editionId, plan, request);
        if (found) {
            found->notes.insert(found->notes.begin(), plan.notes.begin(), plan.notes.end());
            found->expansions = std::move(plan.expansions);
            found->generation = _state->reader.generation();
        }
        return found;
    });
}

Result<std::vector<YearSpan>> Engine::yearHistogram(const SearchRequest& request, int interval)
{
    auto cut = request;
    cutFilterValues(cut);
    return _state->onPresentIndex("count years", [&]() -> Result<std::vector<YearSpan>> {
        const auto snapshot = _state->shared->snapshotOf(_state->reader);
        const auto lexicon = _state->shared->lexiconOf(_state->options.lexiconFile);
        auto wanted = _state->sought(cut, query::parse(cut.q, _state->options.budget), {*snapshot, lexicon.get()},
                                     _state->options.budget.cpu);
        return detail::yearHistogram(wanted.plan, cut, wanted.field, interval);
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
