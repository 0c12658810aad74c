#include "indexer/extract/detail/codepage.h"

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace acervo::extract::detail {

namespace {

std::string nameOf(int codePage)
{
    switch (codePage) {
    case 932:
        return "windows-31j";
    case 936:
        return "GBK";
    case 949:
        return "windows-949";
    case 950:
        return "Big5";
    case 10000:
        return "macintosh";
    case 10006:
        return "x-mac-greek";
    case 10007:
        return "x-mac-cyrillic";
    case 10029:
        return "x-mac-centraleurroman";
    case 28591:
        return "ISO-8859-1";
    case 65001:
        return "UTF-8";
    default:
        break;
    }
    const bool windows = codePage == 874 || (codePage >= 1250 && codePage <= 1258);
    return (windows ? "windows-" : "ibm-") + std::to_string(codePage);
}

} // namespace

CodePages::CodePages() = default;
CodePages::~CodePages() = default;

void CodePages::Close::operator()(UConverter* converter) const
{
    ucnv_close(converter);
}

UConverter* CodePages::converter(int codePage)
{
    constexpr std::size_t kMaxOpen = 64;
    const auto found = _open.find(codePage);
    if (found != _open.end()) {
        return found->second.get();
    }
    if (_open.size() >= kMaxOpen) {
        return nullptr;
    }
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UConverter, Close> opened{ucnv_open(nameOf(codePage).c_str(), &status)};
    if (U_FAILURE(status)) {
        status = U_ZERO_ERROR;
        opened.reset(ucnv_open("windows-1252", &status));
    }
    return (_open[codePage] = std::move(opened)).get();
}

void CodePages::append(std::string& out, std::string_view bytes, int codePage)
{
    if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        out += bytes;
        return;
    }
    auto* from = converter(codePage);
    if (from == nullptr) {
        out += std::string(bytes.size(), '?');
        return;
    }
    constexpr std::size_t kPiece = 1 << 20;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
        const auto piece = bytes.substr(0, kPiece);
        // One byte gives at most one UTF-16 unit pair, which gives at most 4 bytes.
        std::string utf8(piece.size() * 4 + 16, '\0');
        UErrorCode status = U_ZERO_ERROR;
        const auto length = ucnv_toAlgorithmic(UCNV_UTF8, from, utf8.data(), static_cast<std::int32_t>(utf8.size()),
                                               piece.data(), static_cast<std::int32_t>(piece.size()), &status);
        if (U_SUCCESS(status)) {
            out.append(utf8, 0, static_cast<std::size_t>(length));
        }
    }
}

void appendCodePoint(std::string& out, char32_t codePoint)
{
    const bool valid = codePoint <= 0x10FFFF && (codePoint < 0xD800 || codePoint > 0xDFFF);
    const auto value = static_cast<UChar32>(valid ? codePoint : 0xFFFD);
    char buffer[U8_MAX_LENGTH];
    int length = 0;
    U8_APPEND_UNSAFE(buffer, length, value);
    out.append(buffer, static_cast<std::size_t>(length));
}

} // namespace acervo::extract::detail
