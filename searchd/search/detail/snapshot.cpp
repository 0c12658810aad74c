#include "searchd/search/detail/snapshot.h"

namespace acervo::search {

std::shared_ptr<SharedState> makeSharedState()
{
    return std::make_shared<SharedState>();
}

std::shared_ptr<const detail::Snapshot> SharedState::snapshotOf(const index::Reader& reader)
{
    const auto key = reader.snapshot();
    const std::lock_guard lock{_mutex};
    if (!_latest || _latest->key != key) {
        auto snapshot = std::make_shared<detail::Snapshot>();
        snapshot->key = key;
        snapshot->columns = index::loadColumns(reader.database());
        snapshot->titleKeys.resize(snapshot->columns.lastDocid + 1);
        const auto slot = static_cast<Xapian::valueno>(schema::Slot::titleKey);
        for (auto it = reader.database().valuestream_begin(slot); it != reader.database().valuestream_end(slot); ++it) {
            snapshot->titleKeys[it.get_docid()] = *it;
        }
        snapshot->everything = detail::countWorks(snapshot->columns, snapshot->columns.workDocids,
                                                  detail::resolveFilters(snapshot->columns, SearchRequest{}));
        _latest = std::move(snapshot);
    }
    return _latest;
}

} // namespace acervo::search
