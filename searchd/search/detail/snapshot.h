// What is loaded once per state of the index and shared by all engines of a reader class.
#pragma once

#include "corpus/index/columns.h"
#include "corpus/index/reader.h"
#include "searchd/search/detail/facet_counter.h"
#include "searchd/search/engine.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace acervo::search::detail {

struct Snapshot {
    std::string key; // index::Reader::snapshot()
    index::Columns columns;
    std::vector<std::string> titleKeys; // folded titles, by docid
    Counts everything;                  // works by facet value, unfiltered
};

} // namespace acervo::search::detail

namespace acervo::search {

class SharedState {
public:
    // The snapshot of the reader's present state, loaded by the first who asks; the others wait for it.
    std::shared_ptr<const detail::Snapshot> snapshotOf(const index::Reader& reader);

private:
    std::mutex _mutex;
    std::shared_ptr<const detail::Snapshot> _latest; // guarded by _mutex; engines in the middle of a request share it
};

} // namespace acervo::search
