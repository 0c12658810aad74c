#include "analyzers/text/normalise.h"

#include "analyzers/text/detail/fold_table.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace acervo::text {

namespace {

// Unicode's stream-safe bound (UAX #15, D4): more marks in a row than any language uses would make sorting them
// quadratic, so a combining grapheme joiner is put between.
constexpr int kMaxMarksInARow = 30;
constexpr const char* kGraphemeJoiner = "\xCD\x8F"; // U+034F

bool isControl(UChar32 point)
{
    return (point < 0x20 && point != '\t' && point != '\n') || (point >= 0x7F && point <= 0x9F);
}

void append(std::string& out, UChar32 point)
{
    char bytes[U8_MAX_LENGTH];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, point);
    out.append(bytes, static_cast<std::size_t>(size));
}

// Bytes from `at` on that are ASCII, eight at a time.
std::size_t asciiRun(std::string_view bytes, std::size_t at)
{
    const std::size_t first = at;
    while (at + sizeof(std::uint64_t) <= bytes.size()) {
        std::uint64_t block = 0;
        std::memcpy(&block, bytes.data() + at, sizeof block);
        if ((block & 0x8080808080808080U) != 0) {
            break;
        }
        at += sizeof block;
    }
    return at - first;
}

// Well-formed, line ends unified, controls blanked; not yet NFC.
std::string repaired(std::string_view bytes, bool& mayNeedComposing)
{
    std::string out;
    out.reserve(bytes.size());
    std::size_t at = 0;
    int marks = 0;
    while (at < bytes.size()) {
        UChar32 point = 0;
        // U8_NEXT counts in 32 bits and never reads more than four bytes: give it a window.
        const auto* window = reinterpret_cast<const std::uint8_t*>(bytes.data() + at);
        const auto length = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size() - at, U8_MAX_LENGTH));
        std::int32_t used = 0;
        U8_NEXT_OR_FFFD(window, used, length, point);
        at += static_cast<std::size_t>(used);
        if (point == '\r') {
            at += at < bytes.size() && bytes[at] == '\n' ? 1 : 0;
            point = '\n';
        } else if (isControl(point)) {
            point = ' ';
        }
        if (point >= 0x300) {
            mayNeedComposing = true;
            marks = u_getCombiningClass(point) != 0 ? marks + 1 : 0;
            if (marks > kMaxMarksInARow) {
                out += kGraphemeJoiner;
                marks = 1;
            }
        } else {
            marks = 0;
        }
        append(out, point);
    }
    return out;
}

} // namespace

std::string clean(std::string_view bytes)
{
    bool mayNeedComposing = false;
    std::string text = repaired(bytes, mayNeedComposing);
    if (!mayNeedComposing) {
        return text;
    }
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    const icu::StringPiece piece{text.data(), static_cast<std::int32_t>(text.size())};
    if (U_FAILURE(status) || nfc->isNormalizedUTF8(piece, status)) {
        return text;
    }
    std::string composed;
    composed.reserve(text.size());
    icu::StringByteSink<std::string> sink(&composed);
    nfc->normalizeUTF8(0, piece, sink, nullptr, status);
    return U_FAILURE(status) ? text : composed;
}

bool isValidUtf8(std::string_view bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        at += asciiRun(bytes, at);
        if (at == bytes.size()) {
            break;
        }
        const auto* window = reinterpret_cast<const std::uint8_t*>(bytes.data() + at);
        const auto length = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size() - at, U8_MAX_LENGTH));
        std::int32_t used = 0;
        UChar32 point = 0;
        U8_NEXT(window, used, length, point);
        if (point < 0) {
            return false;
        }
        at += static_cast<std::size_t>(used);
    }
    return true;
}

std::string fold(std::string_view text)
{
    return detail::FoldTable::latin().folded(text);
}

std::string_view truncateUtf8(std::string_view text, std::size_t maxBytes)
{
    if (text.size() <= maxBytes) {
        return text;
    }
    std::size_t end = maxBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

} // namespace acervo::text
