#include "corpus/index/detail/batch_queue.h"

#include <utility>

namespace acervo::index::detail {

bool BatchQueue::push(EditionBatch batch)
{
    std::unique_lock lock{_mutex};
    _changed.wait(lock, [&] { return _abandoned || _memory == 0 || _memory + batch.memory <= _mostMemory; });
    if (_abandoned) {
        return false;
    }
    _memory += batch.memory;
    _waiting.push_back(std::move(batch));
    _changed.notify_all();
    return true;
}

void BatchQueue::finish()
{
    const std::lock_guard lock{_mutex};
    _finished = true;
    _changed.notify_all();
}

std::optional<EditionBatch> BatchQueue::pop()
{
    std::unique_lock lock{_mutex};
    _changed.wait(lock, [&] { return _abandoned || _finished || !_waiting.empty(); });
    if (_abandoned || _waiting.empty()) {
        return std::nullopt;
    }
    auto batch = std::move(_waiting.front());
    _waiting.pop_front();
    return batch;
}

void BatchQueue::done(std::uint64_t memory)
{
    const std::lock_guard lock{_mutex};
    _memory -= memory;
    _changed.notify_all();
}

void BatchQueue::abandon()
{
    const std::lock_guard lock{_mutex};
    _abandoned = true;
    _waiting.clear();
    _changed.notify_all();
}

} // namespace acervo::index::detail
