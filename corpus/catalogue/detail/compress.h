// Page texts as they are kept: compressed one by one, so that each can be read alone.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace acervo::catalogue::detail {

// Numbers are written to disk (page.codec): never renumber, only append.
enum class Codec : std::uint8_t {
    plain = 0, // the text itself
    zstd = 1,  // one zstd frame
};

struct Packed {
    Codec codec = Codec::plain;
    std::string_view bytes; // valid until the next pack(), or as long as the text given
};

// threads  one per thread.
class TextPacker {
public:
    TextPacker();
    TextPacker(TextPacker&&) noexcept;
    TextPacker& operator=(TextPacker&&) noexcept;
    TextPacker(const TextPacker&) = delete;
    TextPacker& operator=(const TextPacker&) = delete;
    ~TextPacker();

    Packed pack(std::string_view text);

    // errors  corruptInput when the bytes do not give exactly textBytes bytes.
    Result<std::string> unpack(std::int64_t codec, std::string_view bytes, std::int64_t textBytes);

private:
    struct Contexts;
    std::unique_ptr<Contexts> _contexts;
};

} // namespace acervo::catalogue::detail
