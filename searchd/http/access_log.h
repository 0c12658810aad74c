// One JSON line for each request, to a file that can be rotated or to standard output.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>

namespace acervo::http {

struct AccessRecord {
    std::string method;
    std::string path; // without the query: what people search for is theirs
    int status = 0;
    double milliseconds = 0.0;
    std::uint64_t bytes = 0; // of the body sent
    std::string problem;     // for operators, when something went wrong; "" else
};

// threads  safe.
class AccessLog {
public:
    // file  "" writes to standard output.
    explicit AccessLog(std::filesystem::path file) : _file(std::move(file)) {}
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;
    AccessLog(AccessLog&&) = delete;
    AccessLog& operator=(AccessLog&&) = delete;
    ~AccessLog();

    // Opens the file, again when it was open: after it was moved away. The old one stays in use on error.
    Result<void> reopen();
    void write(const AccessRecord& record);

private:
    const std::filesystem::path _file;
    std::mutex _mutex;
    int _descriptor = -1; // guarded by _mutex
};

// The line, with its newline; bytes that are not UTF-8 become U+FFFD.
std::string accessLine(const AccessRecord& record, std::int64_t unixMilliseconds);

} // namespace acervo::http
