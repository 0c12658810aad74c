// The messages between pool and worker as bytes: whatever arrives is checked, neither side trusts the other's lengths.
#pragma once

#include "analyzers/base/result.h"
#include "indexer/extract/extractor.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace acervo::worker::detail {

struct Request {
    std::string fileName;
    extract::Limits limits;
    std::uint64_t cpuSeconds = 0;
    std::uint64_t maxFileBytes = 0;
};

// Encoding: integers little-endian, strings and lists with a 64-bit count in front, fields in the order of the
// structs. Both ends come from one build, so there is no version.
std::string encode(const Request& request);
std::string encode(const Result<extract::ExtractedDocument>& reply);

// errors  corruptInput when the bytes are not one whole message.
Result<Request> decodeRequest(std::string_view bytes);

// The reply in it, which may itself be an error; nullopt when the bytes are not one whole message (the worker is then
// not to be used again). Strings come out as valid UTF-8 whatever the bytes were, pages are numbered 1..n.
std::optional<Result<extract::ExtractedDocument>> decodeReply(std::string_view bytes);

} // namespace acervo::worker::detail
