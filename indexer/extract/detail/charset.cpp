#include "indexer/extract/detail/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>

namespace acervo::extract::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kDeclarationWindow = 512 * 1024; // pages with long comments before their declaration exist
constexpr std::size_t kDetectionWindow = 256 * 1024;

struct DetectorClose {
    void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};
struct ConverterClose {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

std::string lowered(std::string_view text)
{
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return result;
}

std::optional<std::string> convert(std::string_view bytes, const std::string& charset)
{
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, ConverterClose> converter{ucnv_open(charset.c_str(), &status)};
    if (U_FAILURE(status) || bytes.size() > static_cast<std::size_t>(INT32_MAX) / 4) {
        return std::nullopt;
    }
    const icu::UnicodeString text{bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status};
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

struct Utf8Census {
    std::size_t good = 0; // well-formed sequences of two bytes and more
    std::size_t bad = 0;  // bytes that belong to none
};

Utf8Census countUtf8(std::string_view bytes)
{
    Utf8Census census;
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    const auto size = static_cast<std::int64_t>(bytes.size());
    for (std::int64_t i = 0; i < size;) {
        if (data[i] < 0x80) {
            ++i;
            continue;
        }
        UChar32 c = 0;
        const auto window = static_cast<std::int32_t>(std::min<std::int64_t>(size - i, 4));
        std::int32_t used = 0;
        U8_NEXT(data + i, used, window, c);
        if (c < 0) {
            ++census.bad;
        } else {
            ++census.good;
        }
        i += used;
    }
    return census;
}

// UTF-16 without a mark: in Latin text every other byte is zero.
const char* utf16Without(std::string_view bytes)
{
    const auto window = bytes.substr(0, 4096);
    if (window.size() < 4) {
        return nullptr;
    }
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < window.size(); ++i) {
        if (window[i] == '\0') {
            ++zeros[i % 2];
        }
    }
    const auto half = window.size() / 2;
    if (zeros[1] * 10 > half * 6 && zeros[0] * 20 < half) {
        return "UTF-16LE";
    }
    if (zeros[0] * 10 > half * 6 && zeros[1] * 20 < half) {
        return "UTF-16BE";
    }
    return nullptr;
}

// Latin EBCDIC, which ICU's detector does not know: the space is 0x40, letters and digits stand above 0x80.
bool looksEbcdic(std::string_view bytes)
{
    const auto window = bytes.substr(0, kDetectionWindow);
    std::size_t spaces = 0;
    std::size_t known = 0;
    std::size_t asciiSpaces = 0;
    for (const char raw : window) {
        const auto c = static_cast<unsigned char>(raw);
        const auto low = c & 0x0FU;
        const bool lower = (c >= 0x81 && c <= 0x89) || (c >= 0x91 && c <= 0x99) || (c >= 0xA2 && c <= 0xA9);
        const bool upper = (c >= 0xC1 && c <= 0xC9) || (c >= 0xD1 && c <= 0xD9) || (c >= 0xE2 && c <= 0xE9);
        const bool digit = c >= 0xF0 && low <= 9;
        const bool other = c == 0x05 || c == 0x0D || c == 0x15 || c == 0x25 || c == 0x4B || c == 0x6B || c == 0x60 ||
                           c == 0x61 || c == 0x7A || c == 0x7D || c == 0x4D || c == 0x5D;
        spaces += c == 0x40 ? 1 : 0;
        asciiSpaces += c == 0x20 ? 1 : 0;
        known += lower || upper || digit || other || c == 0x40 ? 1 : 0;
    }
    return spaces * 20 > window.size() && asciiSpaces * 100 < window.size() && known * 10 > window.size() * 9;
}

// What "charset=" or "encoding=" names inside the first <meta> or XML declaration that has one.
std::string declaredCharset(std::string_view bytes)
{
    const auto head = lowered(bytes.substr(0, kDeclarationWindow));
    const auto valueAfter = [&head](std::size_t at) {
        const auto from = head.find_first_not_of(" \t\r\n='\"", at);
        if (from == std::string::npos) {
            return std::string{};
        }
        return head.substr(from, head.find_first_of(" \t\r\n'\";>/?", from) - from);
    };
    if (const auto start = head.find_first_not_of(" \t\r\n");
        head.compare(std::min(start, head.size()), 5, "<?xml") == 0) {
        const auto end = head.find("?>");
        const auto encoding = head.find("encoding");
        if (encoding < end) {
            return valueAfter(encoding + 8);
        }
    }
    for (auto meta = head.find("<meta"); meta != std::string::npos; meta = head.find("<meta", meta + 5)) {
        const auto end = head.find('>', meta);
        const auto charset = head.find("charset", meta);
        if (charset < end) {
            return valueAfter(charset + 7);
        }
    }
    return {};
}

// Labels that browsers read as windows-1252 (WHATWG Encoding standard), and declarations that cannot be true of bytes
// in which the declaration itself was legible.
std::string effectiveCharset(const std::string& declared)
{
    if (declared == "iso-8859-1" || declared == "latin1" || declared == "latin-1" || declared == "iso8859-1" ||
        declared == "us-ascii" || declared == "ascii" || declared == "cp1252") {
        return "windows-1252";
    }
    if (declared.starts_with("utf-16") || declared.starts_with("utf-32") || declared == "unicode") {
        return "UTF-8";
    }
    return declared;
}

std::string canonicalName(const std::string& charset)
{
    UErrorCode status = U_ZERO_ERROR;
    const char* name = ucnv_getStandardName(charset.c_str(), "MIME", &status);
    if (U_SUCCESS(status) && name != nullptr) {
        return name;
    }
    status = U_ZERO_ERROR;
    name = ucnv_getStandardName(charset.c_str(), "IANA", &status);
    return U_SUCCESS(status) && name != nullptr ? std::string{name} : charset;
}

std::string detectedCharset(std::string_view bytes, Markup markup)
{
    constexpr std::int32_t kClearLead = 15; // of 100: below it, the charset of our three languages is the better guess
    constexpr std::int32_t kSure = 50;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UCharsetDetector, DetectorClose> detector{ucsdet_open(&status)};
    if (U_FAILURE(status)) {
        return "windows-1252";
    }
    const auto window = bytes.substr(0, kDetectionWindow);
    ucsdet_setText(detector.get(), window.data(), static_cast<std::int32_t>(window.size()), &status);
    ucsdet_enableInputFilter(detector.get(), markup == Markup::html ? 1 : 0);
    std::int32_t count = 0;
    const auto* const* matches = ucsdet_detectAll(detector.get(), &count, &status);
    if (U_FAILURE(status) || count == 0) {
        return "windows-1252";
    }
    const auto best = std::string{ucsdet_getName(matches[0], &status)};
    const auto confidence = ucsdet_getConfidence(matches[0], &status);
    for (std::int32_t i = 0; i < count; ++i) {
        const auto name = std::string{ucsdet_getName(matches[i], &status)};
        if ((name == "ISO-8859-1" || name == "windows-1252") &&
            ucsdet_getConfidence(matches[i], &status) + kClearLead > confidence) {
            return "windows-1252";
        }
    }
    // Short texts are mistaken for Central European or Turkish.
    const bool neighbour =
        best == "ISO-8859-2" || best == "windows-1250" || best == "ISO-8859-9" || best == "windows-1254";
    return neighbour && confidence < kSure ? std::string{"windows-1252"} : best;
}

std::string withoutMark(std::string utf8)
{
    if (utf8.starts_with("\xEF\xBB\xBF"sv)) {
        utf8.erase(0, 3);
    }
    return utf8;
}

} // namespace

Decoded decode(std::string_view bytes, Markup markup)
{
    if (bytes.starts_with("\xEF\xBB\xBF"sv)) {
        return {withoutMark(std::string{bytes}), "UTF-8"};
    }
    const char* wide = nullptr;
    if (bytes.starts_with("\xFF\xFE\0\0"sv)) {
        wide = "UTF-32LE";
    } else if (bytes.starts_with("\0\0\xFE\xFF"sv)) {
        wide = "UTF-32BE";
    } else if (bytes.starts_with("\xFF\xFE"sv)) {
        wide = "UTF-16LE";
    } else if (bytes.starts_with("\xFE\xFF"sv)) {
        wide = "UTF-16BE";
    } else {
        wide = utf16Without(bytes);
    }
    if (wide != nullptr) {
        if (auto utf8 = convert(bytes, wide)) {
            return {withoutMark(std::move(*utf8)), wide};
        }
    }
    const auto census = countUtf8(bytes);
    const auto declared = markup == Markup::html ? declaredCharset(bytes) : std::string{};
    if (census.bad == 0 && census.good > 0) {
        return {std::string{bytes}, "UTF-8"};
    }
    if (!declared.empty()) {
        const auto charset = effectiveCharset(declared);
        if (auto utf8 = convert(bytes, charset)) {
            return {withoutMark(std::move(*utf8)), canonicalName(charset)};
        }
    }
    if (census.bad == 0) {
        return {std::string{bytes}, "UTF-8"};
    }
    if (markup == Markup::none && looksEbcdic(bytes)) {
        if (auto utf8 = convert(bytes, "ibm-500")) {
            return {std::move(*utf8), "IBM500"};
        }
    }
    if (census.good * 2 >= census.bad) { // other charsets hardly ever make valid sequences

        return {std::string{bytes}, "UTF-8"};
    }
    const auto charset = detectedCharset(bytes, markup);
    if (auto utf8 = convert(bytes, charset)) {
        return {withoutMark(std::move(*utf8)), canonicalName(charset)};
    }
    return {std::string{bytes}, "UTF-8"};
}

} // namespace acervo::extract::detail
