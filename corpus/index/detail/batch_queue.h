// Hands batches of editions from the thread that reads them to those that index them, not more at a time than memory
// is meant for.
#pragma once

#include "corpus/model/document.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace acervo::index::detail {

struct BatchEntry {
    model::Edition edition;
    std::vector<model::Page> pages;
};

struct EditionBatch {
    std::size_t number = 0; // from 0, in the order of the changes
    std::vector<BatchEntry> entries;
    std::uint64_t memory = 0; // bytes that the batch takes until it is indexed, estimated
};

// threads  safe; one pushes, any number pop.
class BatchQueue {
public:
    // mostMemory  of all batches that were pushed and are not done; a batch that needs more comes alone.
    explicit BatchQueue(std::uint64_t mostMemory) : _mostMemory(mostMemory) {}

    // Waits for room. False when nobody takes any more.
    bool push(EditionBatch batch);
    void finish(); // no more will be pushed

    // Waits for a batch; none after the last.
    std::optional<EditionBatch> pop();
    void done(std::uint64_t memory); // a batch that was popped is indexed
    void abandon();                  // what was pushed is dropped, and nothing is taken any more

private:
    const std::uint64_t _mostMemory;
    std::mutex _mutex;
    std::condition_variable _changed;
    std::deque<EditionBatch> _waiting; // these by _mutex
    std::uint64_t _memory = 0;
    bool _finished = false;
    bool _abandoned = false;
};

} // namespace acervo::index::detail
