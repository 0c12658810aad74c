#include "corpus/catalogue/detail/compress.h"

#include <zstd.h>

#include <new>

namespace acervo::catalogue::detail {
namespace {

constexpr int kLevel = 3;
constexpr std::size_t kMinBytes = 64;                         // below, a frame's header costs more than it saves
constexpr std::int64_t kMaxTextBytes = std::int64_t{1} << 30; // SQLite holds no larger value

struct FreeCompressor {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDecompressor {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

Error damaged(std::string_view what)
{
    return {ErrorCode::corruptInput, "a stored page text is damaged: " + std::string{what}};
}

} // namespace

struct TextPacker::Contexts {
    std::unique_ptr<ZSTD_CCtx, FreeCompressor> compressor;
    std::unique_ptr<ZSTD_DCtx, FreeDecompressor> decompressor;
    std::string buffer;
};

TextPacker::TextPacker() : _contexts(std::make_unique<Contexts>()) {}
TextPacker::TextPacker(TextPacker&&) noexcept = default;
TextPacker& TextPacker::operator=(TextPacker&&) noexcept = default;
TextPacker::~TextPacker() = default;

Packed TextPacker::pack(std::string_view text)
{
    if (text.size() < kMinBytes) {
        return {Codec::plain, text};
    }
    if (!_contexts->compressor) {
        _contexts->compressor.reset(ZSTD_createCCtx());
        if (!_contexts->compressor) {
            throw std::bad_alloc();
        }
    }
    auto& buffer = _contexts->buffer;
    buffer.resize(ZSTD_compressBound(text.size()));
    const auto size =
        ZSTD_compressCCtx(_contexts->compressor.get(), buffer.data(), buffer.size(), text.data(), text.size(), kLevel);
    if (ZSTD_isError(size) != 0 || size >= text.size()) {
        return {Codec::plain, text};
    }
    return {Codec::zstd, std::string_view{buffer}.substr(0, size)};
}

Result<std::string> TextPacker::unpack(std::int64_t codec, std::string_view bytes, std::int64_t textBytes)
{
    if (textBytes < 0 || textBytes > kMaxTextBytes) {
        return damaged("impossible length");
    }
    const auto expected = static_cast<std::size_t>(textBytes);
    if (codec == static_cast<std::int64_t>(Codec::plain)) {
        return bytes.size() == expected ? Result<std::string>{std::string{bytes}}
                                        : Result<std::string>{damaged("wrong length")};
    }
    if (codec != static_cast<std::int64_t>(Codec::zstd)) {
        return damaged("unknown codec");
    }
    // Checked before the allocation: a damaged row must not ask for a gigabyte.
    if (ZSTD_getFrameContentSize(bytes.data(), bytes.size()) != expected) {
        return damaged("wrong length");
    }
    if (!_contexts->decompressor) {
        _contexts->decompressor.reset(ZSTD_createDCtx());
        if (!_contexts->decompressor) {
            throw std::bad_alloc();
        }
    }
    std::string text(expected, '\0');
    const auto size =
        ZSTD_decompressDCtx(_contexts->decompressor.get(), text.data(), text.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0 || size != expected) {
        return damaged(ZSTD_isError(size) != 0 ? ZSTD_getErrorName(size) : "wrong length");
    }
    return text;
}

} // namespace acervo::catalogue::detail
