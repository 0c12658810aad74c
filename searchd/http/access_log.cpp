#include "searchd/http/access_log.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <ctime>

namespace acervo::http {

namespace {

std::string timeText(std::int64_t unixMilliseconds)
{
    const std::time_t seconds = unixMilliseconds / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[32];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    auto milliseconds = std::to_string(1000 + unixMilliseconds % 1000);
    return std::string{text, length} + "." + milliseconds.substr(1) + "Z";
}

} // namespace

AccessLog::~AccessLog()
{
    if (_descriptor > STDERR_FILENO) {
        ::close(_descriptor);
    }
}

Result<void> AccessLog::reopen()
{
    const std::lock_guard lock{_mutex};
    if (_file.empty()) {
        _descriptor = STDOUT_FILENO;
        return {};
    }
    const int opened = ::open(_file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (opened < 0) {
        return errorFromErrno(errno, "open the access log " + _file.string());
    }
    if (_descriptor > STDERR_FILENO) {
        ::close(_descriptor);
    }
    _descriptor = opened;
    return {};
}

void AccessLog::write(const AccessRecord& record)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto line = accessLine(record, std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
    const std::lock_guard lock{_mutex};
    if (_descriptor >= 0) {
        // A log that cannot be written (disk full) must not stop the answers.
        [[maybe_unused]] const auto written = ::write(_descriptor, line.data(), line.size());
    }
}

std::string accessLine(const AccessRecord& record, std::int64_t unixMilliseconds)
{
    nlohmann::ordered_json line{{"time", timeText(unixMilliseconds)},
                                {"method", record.method},
                                {"path", record.path},
                                {"status", record.status},
                                {"ms", std::round(record.milliseconds * 10.0) / 10.0},
                                {"bytes", record.bytes}};
    if (!record.problem.empty()) {
        line["problem"] = record.problem;
    }
    return line.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
}

} // namespace acervo::http
