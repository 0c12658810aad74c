#include "indexer/cli/progress_line.h"

#include "analyzers/text/normalise.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace acervo::cli {

namespace {

constexpr std::chrono::milliseconds kTerminalInterval{100};
constexpr std::chrono::seconds kPlainInterval{5};

std::string durationText(double seconds)
{
    const auto whole = std::lround(seconds);
    if (whole < 60) {
        return std::to_string(whole) + " s";
    }
    if (whole < 3600) {
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    }
    return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::size_t terminalWidth()
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col - 1U : 79U;
}

} // namespace

ProgressLine::ProgressLine(std::string unit) : _unit(std::move(unit)), _onTerminal(::isatty(STDERR_FILENO) == 1)
{
    _width = terminalWidth();
}

bool ProgressLine::due(bool last)
{
    const auto now = Clock::now();
    if (!last &&
        now - _lastShown < (_onTerminal ? Clock::duration{kTerminalInterval} : Clock::duration{kPlainInterval})) {
        return false;
    }
    if (!_onTerminal && now - _started < kPlainInterval) {
        return false; // a short job needs no progress in a log
    }
    _lastShown = now;
    return true;
}

void ProgressLine::show(const pipeline::Progress& progress)
{
    if (!due(progress.done == progress.total)) {
        return;
    }
    const auto seconds = std::chrono::duration<double>(Clock::now() - _started).count();
    const auto done = static_cast<double>(progress.done);
    const auto rate = seconds > 0 ? done / seconds : 0.0;
    const auto left = rate > 0 ? (static_cast<double>(progress.total) - done) / rate : 0.0;
    const bool inBytes = _unit == "bytes";
    const double scale = inBytes ? 1e6 : 1.0;
    char numbers[128];
    std::snprintf(numbers, sizeof numbers, inBytes ? "%.0f of %.0f MB, %.1f MB/s, " : "%.0f of %.0f, %.1f/s, ",
                  done / scale, static_cast<double>(progress.total) / scale, rate / scale);
    print(numbers + (progress.done < progress.total ? durationText(left) + " left  " : "done  ") + progress.current);
}

void ProgressLine::showIndexing(std::uint64_t documents)
{
    if (due(false)) {
        print("writing the index: " + std::to_string(documents) + " documents");
    }
}

void ProgressLine::print(const std::string& line)
{
    std::string shown{_onTerminal ? text::truncateUtf8(line, _width) : std::string_view{line}};
    std::ranges::replace_if(
        shown, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    if (_onTerminal) {
        std::fprintf(stderr, "\r\x1b[K%s", shown.c_str());
    } else {
        std::fprintf(stderr, "%s\n", shown.c_str());
    }
    std::fflush(stderr);
    _shown = true;
}

void ProgressLine::finish()
{
    if (_onTerminal && _shown) {
        std::fprintf(stderr, "\r\x1b[K");
    }
}

} // namespace acervo::cli
