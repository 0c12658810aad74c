// What is loaded once per state of the index and shared by all engines of a reader class.
#pragma once

#include "analyzers/lexicon/lexicon.h"
#include "corpus/index/columns.h"
#include "corpus/index/reader.h"
#include "searchd/search/detail/answers.h"
#include "searchd/search/detail/facet_counter.h"
#include "searchd/search/detail/postings.h"
#include "searchd/search/engine.h"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace acervo::search::detail {

struct Snapshot {
    std::string key; // index::Reader::snapshot()
    std::string generation;
    index::Columns columns;
    Counts everything; // works by facet value, unfiltered
    std::unique_ptr<PostingsCache> postings = std::make_unique<PostingsCache>();

    // Of the reader whose state this is; loaded by the first who asks.
    const std::vector<std::uint32_t>& titleOrder(const index::Reader& reader) const;

private:
    mutable std::once_flag _titlesLoaded;
    mutable std::vector<std::uint32_t> _titleOrder;
};

struct Hints;
struct HintSources;

} // namespace acervo::search::detail

namespace acervo::search {

class SharedState {
public:
    explicit SharedState(std::size_t answers) : _answers(answers) {}

    detail::Answers& answers() { return _answers; }

    // The snapshot of the reader's present state, loaded by the first who asks; the others wait for it.
    std::shared_ptr<const detail::Snapshot> snapshotOf(const index::Reader& reader);

    // The hints of that state, made by the first who asks. In a large index they cost a second or more: while they are
    // made anew after a commit or with another lexicon, and for ten times as long as that took, the ones before serve;
    // never those of another generation. What they name is looked up in the present index before it is shown.
    std::shared_ptr<const detail::Hints> hintsOf(const index::Reader& reader, const detail::Snapshot& snapshot,
                                                 const detail::HintSources& sources);

    // The lexicon as it lies in `file` now: a new one is taken up when it is there. Null when there is none that can be
    // read; who starts the daemon says so.
    std::shared_ptr<const lexicon::Lexicon> lexiconOf(const std::filesystem::path& file);

private:
    bool mayServe(const detail::Snapshot& snapshot,
                  const std::string& hintsKey) const; // the hints there are; _hintsMutex held

    detail::Answers _answers;
    std::mutex _mutex;
    std::shared_ptr<const lexicon::Lexicon> _lexicon; // guarded by _mutex; engines in the middle of a request share it
    std::filesystem::file_time_type _lexiconTime{};   // guarded by _mutex
    std::shared_ptr<const detail::Snapshot> _latest;  // guarded by _mutex; engines in the middle of a request share it

    std::mutex _hintsMutex;
    std::condition_variable _hintsMade;
    bool _making = false;                        // guarded by _hintsMutex
    std::shared_ptr<const detail::Hints> _hints; // guarded by _hintsMutex; engines in a request share them
};

} // namespace acervo::search
