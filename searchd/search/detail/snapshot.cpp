#include "searchd/search/detail/snapshot.h"

#include "searchd/search/detail/hints.h"

namespace acervo::search {

const std::vector<std::uint32_t>& detail::Snapshot::titleOrder(const index::Reader& reader) const
{
    std::call_once(_titlesLoaded,
                   [&] { _titleOrder = index::loadTitleOrder(reader.database(), columns.lastDocid); });
    return _titleOrder;
}

namespace {

constexpr Xapian::docid kFewDocuments = 2000; // their hints cost little and are never let grow old
constexpr int kRest = 10;                     // at most a tenth of the time goes into making hints

} // namespace

std::shared_ptr<SharedState> makeSharedState(std::size_t answers)
{
    return std::make_shared<SharedState>(answers);
}

std::shared_ptr<const detail::Snapshot> SharedState::snapshotOf(const index::Reader& reader)
{
    const auto key = reader.snapshot();
    const std::lock_guard lock{_mutex};
    if (!_latest || _latest->key != key) {
        auto snapshot = std::make_shared<detail::Snapshot>();
        snapshot->key = key;
        snapshot->generation = reader.generation();
        snapshot->columns = index::loadColumns(reader.database());
        snapshot->everything = detail::countWorks(snapshot->columns, snapshot->columns.documents, {});
        _latest = std::move(snapshot);
    }
    return _latest;
}

bool SharedState::mayServe(const detail::Snapshot& snapshot, const std::string& hintsKey) const
{
    if (!_hints || _hints->generation != snapshot.generation) {
        return false;
    }
    return _hints->key == hintsKey ||
           (snapshot.columns.lastDocid > kFewDocuments &&
            (_making || std::chrono::steady_clock::now() < _hints->made + kRest * _hints->cost));
}

std::shared_ptr<const detail::Hints> SharedState::hintsOf(const index::Reader& reader, const detail::Snapshot& snapshot,
                                                          const detail::HintSources& sources)
{
    const auto key = detail::hintsKey(snapshot, sources.lexicon);
    std::unique_lock lock{_hintsMutex};
    _hintsMade.wait(lock, [&] { return mayServe(snapshot, key) || !_making; });
    if (mayServe(snapshot, key)) {
        return _hints;
    }
    _making = true;
    lock.unlock();
    // Whatever ends the making, those who wait go on.
    struct Maker {
        SharedState& shared;
        std::shared_ptr<const detail::Hints> made = nullptr;
        ~Maker()
        {
            {
                const std::lock_guard again{shared._hintsMutex};
                shared._making = false;
                if (made) {
                    shared._hints = made;
                }
            }
            shared._hintsMade.notify_all();
        }
    };
    Maker maker{*this};
    maker.made = std::make_shared<detail::Hints>(detail::makeHints(reader.database(), snapshot, sources));
    return maker.made;
}

std::shared_ptr<const lexicon::Lexicon> SharedState::lexiconOf(const std::filesystem::path& file)
{
    std::error_code absent;
    const auto time = file.empty() ? std::filesystem::file_time_type{} : std::filesystem::last_write_time(file, absent);
    const std::lock_guard lock{_mutex};
    if (file.empty() || absent) {
        _lexicon.reset();
        _lexiconTime = {};
    } else if (time != _lexiconTime) {
        auto opened = lexicon::Lexicon::open(file);
        _lexicon = opened ? std::make_shared<const lexicon::Lexicon>(std::move(*opened)) : nullptr;
        _lexiconTime = time;
    }
    return _lexicon;
}

} // namespace acervo::search
