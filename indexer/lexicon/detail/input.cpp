#include "indexer/lexicon/detail/input.h"

#include "analyzers/text/normalise.h"

#include <sys/stat.h>
#include <zlib.h>

#include <cerrno>
#include <memory>

namespace acervo::lexicon {

namespace {

struct GzipClose {
    void operator()(gzFile file) const { ::gzclose(file); }
};
using Gzip = std::unique_ptr<gzFile_s, GzipClose>;

} // namespace

Result<std::string> readBytes(const std::filesystem::path& file)
{
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) {
        return errorFromErrno(errno, "read " + file.string());
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::invalidArgument, file.string() + " is no file"};
    }
    errno = 0;
    const Gzip in{::gzopen(file.c_str(), "rb")}; // reads files that are not gzip as they are
    if (!in) {
        return errorFromErrno(errno != 0 ? errno : ENOMEM, "read " + file.string());
    }
    std::string content;
    std::string buffer(1U << 18U, '\0');
    for (;;) {
        const auto read = ::gzread(in.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
        if (read < 0) {
            int code = 0;
            const std::string why = ::gzerror(in.get(), &code);
            return code == Z_ERRNO ? errorFromErrno(errno, "read " + file.string())
                                   : Error{ErrorCode::corruptInput, file.string() + " is broken gzip: " + why};
        }
        if (read == 0) {
            break;
        }
        content.append(buffer, 0, static_cast<std::size_t>(read));
        if (content.size() > kMaxInputBytes) {
            return Error{ErrorCode::resourceLimit,
                         file.string() + " holds more than " + std::to_string(kMaxInputBytes >> 20U) + " MB"};
        }
    }
    int code = Z_OK;
    ::gzerror(in.get(), &code);
    if (code != Z_OK && code != Z_STREAM_END) {
        return Error{ErrorCode::corruptInput, file.string() + " is broken gzip: it ends too early"};
    }
    return content;
}

Result<std::string> readText(const std::filesystem::path& file)
{
    const auto bytes = readBytes(file);
    if (!bytes) {
        return bytes.error();
    }
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    auto text = text::clean(*bytes);
    if (text.starts_with(kByteOrderMark)) {
        text.erase(0, kByteOrderMark.size());
    }
    return text;
}

bool Lines::next(std::string_view& line)
{
    if (_rest.empty()) {
        return false;
    }
    const auto end = _rest.find('\n');
    line = _rest.substr(0, end);
    _rest.remove_prefix(end == std::string_view::npos ? _rest.size() : end + 1);
    ++_number;
    return true;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::string_view trim(std::string_view text)
{
    constexpr std::string_view kSpaces = " \t\r\n";
    const auto begin = text.find_first_not_of(kSpaces);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kSpaces) - begin + 1);
}

} // namespace acervo::lexicon
