// The metadata of every work in one compressed file, made anew when something has changed.
#pragma once

#include "analyzers/base/result.h"
#include "searchd/http/message.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace acervo::http {

// threads  safe.
class BulkFile {
public:
    struct Made {
        std::shared_ptr<const BodyFile> file; // gzip; shared with the answers that are being sent
        std::string etag;                     // quoted; of the content
    };
    // Takes one line at a time, without its newline.
    using OnLine = std::function<void(const std::string&)>;
    // Gives every line.
    using Lines = std::function<Result<void>(const OnLine&)>;

    // The file as of `change`, the last change number of what it holds; an older one while a newer is being made, and
    // when making one took so long that making them all the time would be most of what this machine does.
    //
    // errors  busy (the first one is being made), ioFailure and diskFull (of the folder for temporary files), those of
    //         `lines`.
    Result<Made> of(std::int64_t change, const Lines& lines);

private:
    Result<void> make(std::int64_t change, const Lines& lines);

    std::mutex _making;
    std::mutex _mutex;
    Made _made;                                    // guarded by _mutex, as the rest
    std::int64_t _change = 0;                      // that _made holds
    std::chrono::steady_clock::time_point _madeAt; // when it was ready
    std::chrono::steady_clock::duration _took{};   // to make it
};

} // namespace acervo::http
