#include "searchd/http/bulk_file.h"

#include <Poco/DeflatingStream.h>
#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

namespace acervo::http {

namespace {

constexpr int kRestFactor = 10; // a file is made at most a tenth of the time
constexpr int kCompression = 6;

// An empty file in gzip: Poco 1.11 writes nothing at all of it (BulkFile.holdsEveryLine tells when it does).
constexpr std::string_view kNothing{"\x1F\x8B\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0", 20};

// An empty file of its own.
Result<std::filesystem::path> newFile()
{
    std::error_code failed;
    auto pattern = (std::filesystem::temp_directory_path(failed) / "acervo-works-XXXXXX").string();
    const int descriptor = failed ? -1 : ::mkstemp(pattern.data());
    if (descriptor < 0) {
        return Error{ErrorCode::ioFailure, "cannot make a temporary file: " + std::system_category().message(errno)};
    }
    ::close(descriptor);
    return std::filesystem::path{pattern};
}

} // namespace

Result<void> BulkFile::make(std::int64_t change, const Lines& lines)
{
    const auto began = std::chrono::steady_clock::now();
    const auto path = newFile();
    if (!path) {
        return path.error();
    }
    auto file = std::make_shared<BodyFile>(*path, 0); // removes it when something fails
    std::ofstream out{*path, std::ios::binary};
    Poco::DeflatingOutputStream packed{out, Poco::DeflatingStreamBuf::STREAM_GZIP, kCompression};
    Poco::SHA1Engine hash; // names content, guards nothing
    const auto written = lines([&](const std::string& line) {
        packed << line << '\n';
        hash.update(line);
        hash.update('\n');
    });
    if (!written) {
        return written.error();
    }
    packed.close();
    if (out.tellp() == std::ofstream::pos_type{0}) {
        out.write(kNothing.data(), kNothing.size());
    }
    out.close();
    if (!packed || !out) {
        return Error{ErrorCode::diskFull, "cannot write " + path->string()};
    }
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(*path, failed);
    file->setBytes(failed ? 0 : bytes);
    const auto ended = std::chrono::steady_clock::now();
    const std::lock_guard lock{_mutex};
    _made = {std::move(file), '"' + Poco::DigestEngine::digestToHex(hash.digest()) + '"'};
    _change = change;
    _madeAt = ended;
    _took = ended - began;
    return {};
}

Result<BulkFile::Made> BulkFile::of(std::int64_t change, const Lines& lines)
{
    const auto isGood = [&] {
        const std::lock_guard lock{_mutex};
        return _made.file && (_change == change || std::chrono::steady_clock::now() < _madeAt + kRestFactor * _took);
    };
    if (!isGood()) {
        const std::unique_lock making{_making, std::try_to_lock};
        // Somebody may have been faster.
        if (making.owns_lock() && !isGood()) {
            if (const auto made = make(change, lines); !made) {
                return made.error().within("make the file of all works");
            }
        }
    }
    const std::lock_guard lock{_mutex};
    if (!_made.file) {
        return Error{ErrorCode::busy, "the file of all works is being made"};
    }
    return _made;
}

} // namespace acervo::http
