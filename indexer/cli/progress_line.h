// Shows how far a long job is: one line that is redrawn on a terminal, a plain line every few seconds otherwise.
#pragma once

#include "indexer/pipeline/run.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace acervo::cli {

class ProgressLine {
public:
    // unit  what `done` counts ("documents"); bytes are shown as MB.
    explicit ProgressLine(std::string unit);

    void show(const pipeline::Progress& progress);
    void showIndexing(std::uint64_t documents);
    void finish(); // leaves the cursor on a fresh line

private:
    bool due(bool last);
    void print(const std::string& line);

    using Clock = std::chrono::steady_clock;
    std::string _unit;
    bool _onTerminal;
    std::size_t _width = 0;
    Clock::time_point _started = Clock::now();
    Clock::time_point _lastShown;
    bool _shown = false;
};

} // namespace acervo::cli
