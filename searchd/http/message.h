// A request as the routes see it and the answer they give: plain data, whatever carries it.
#pragma once

#include "analyzers/base/error.h"
#include "analyzers/text/language.h"
#include "corpus/catalogue/works.h"
#include "searchd/http/parameters.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace acervo::http {

struct Request {
    std::string method;                // as sent
    std::string path;                  // as sent, still percent-encoded, without the query
    std::vector<std::string> captures; // what stood for {id}, {n}, ... in the route's pattern, decoded
    Parameters parameters;
    std::string accept;                              // the header; compared, never sent back
    text::Language accepted = text::Language::other; // best of Accept-Language; other: none of ours
    std::string ifNoneMatch;                         // compared, never sent back
};

// A file that is sent as it is and removed when nobody needs it any more.
class BodyFile {
public:
    BodyFile(std::filesystem::path path, std::uint64_t bytes) : _path(std::move(path)), _bytes(bytes) {}
    BodyFile(const BodyFile&) = delete;
    BodyFile& operator=(const BodyFile&) = delete;
    BodyFile(BodyFile&&) = delete;
    BodyFile& operator=(BodyFile&&) = delete;
    ~BodyFile()
    {
        std::error_code ignored;
        std::filesystem::remove(_path, ignored);
    }
    const std::filesystem::path& path() const { return _path; }
    std::uint64_t bytes() const { return _bytes; }
    void setBytes(std::uint64_t bytes) { _bytes = bytes; }

private:
    std::filesystem::path _path;
    std::uint64_t _bytes;
};

struct Response {
    int status = 200;
    std::string contentType;
    std::string body;
    std::shared_ptr<const BodyFile> file; // sent instead of the body; shared with later answers and who replaces it
    std::vector<std::pair<std::string, std::string>> headers; // never with anything a request header held
};

// A work that may have been meant by an ID with a typing mistake.
struct NearWork {
    std::string citableId;
    std::string title;
    std::string language; // of the title
};

// Why there is no answer. The detail is sent when the code's traits say so, and logged when they do not.
struct Failure {
    ErrorCode code = ErrorCode::internal;
    std::string detail;
    std::string parameter;                         // the one that is wrong; "" when it is something else
    int status = 0;                                // 0: as the code's traits say
    std::vector<NearWork> nearest;                 // all of them the reader's to see
    std::optional<catalogue::Tombstone> tombstone; // of a withdrawn work

    Failure(ErrorCode why, std::string text, std::string wrongParameter = {}, int asStatus = 0)
        : code(why), detail(std::move(text)), parameter(std::move(wrongParameter)), status(asStatus)
    {
    }
    Failure(const Error& error) : code(error.code), detail(error.message) {}
    Failure(const Malformed& malformed)
        : code(ErrorCode::invalidArgument),
          detail("parameter \"" + malformed.parameter + "\" must be " + malformed.expected),
          parameter(malformed.parameter)
    {
    }
};

using Answer = std::variant<Response, Failure>;

} // namespace acervo::http
