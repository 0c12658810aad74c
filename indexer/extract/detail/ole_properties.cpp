#include "indexer/extract/detail/ole_properties.h"

#include "indexer/extract/detail/codepage.h"
#include "indexer/extract/detail/little_endian.h"
#include "indexer/extract/detail/properties.h"

#include <gsf/gsf.h>

#include <algorithm>
#include <map>
#include <string>

namespace acervo::extract::detail {

namespace {

constexpr std::uint32_t kMaxProperties = 500;
constexpr std::uint32_t kCodePageId = 1;

enum : std::uint32_t { typeInt16 = 2, typeInt32 = 3, typeBytes = 30, typeWide = 31, typeTime = 64 };

using Names = std::map<std::uint32_t, std::string_view>;

const Names& namesOf(PropertySet set)
{
    static const Names kSummary{{2, "dc:title"},
                                {3, "dc:subject"},
                                {4, "dc:creator"},
                                {5, "meta:keyword"},
                                {6, "dc:description"},
                                {8, "meta:last-author"},
                                {11, "meta:print-date"},
                                {12, "dcterms:created"},
                                {13, "dcterms:modified"},
                                {14, "meta:page-count"},
                                {15, "meta:word-count"},
                                {16, "meta:character-count"},
                                {18, "extended-properties:Application"}};
    static const Names kDocumentSummary{{2, "cp:category"}, {14, "extended-properties:Manager"}, {15, "dc:publisher"}};
    return set == PropertySet::summary ? kSummary : kDocumentSummary;
}

std::string valueAt(std::string_view section, std::size_t at, int codePage, CodePages& codePages)
{
    const auto type = numberAt<std::uint32_t>(section, at);
    std::string text;
    if (type == typeBytes) {
        auto bytes = bytesAt(section, at + 8, numberAt<std::uint32_t>(section, at + 4));
        if (codePage == 1200) { // UTF-16, in spite of the type
            for (std::size_t i = 0; i + 1 < bytes.size() && numberAt<std::uint16_t>(bytes, i) != 0; i += 2) {
                appendCodePoint(text, numberAt<std::uint16_t>(bytes, i));
            }
            return text;
        }
        codePages.append(text, bytes.substr(0, bytes.find('\0')), codePage);
    } else if (type == typeWide) {
        const auto units = bytesAt(section, at + 8, std::size_t{numberAt<std::uint32_t>(section, at + 4)} * 2);
        for (std::size_t i = 0; i + 1 < units.size() && numberAt<std::uint16_t>(units, i) != 0; i += 2) {
            appendCodePoint(text, numberAt<std::uint16_t>(units, i));
        }
    } else if (type == typeTime) {
        text = dateFromFileTime(numberAt<std::uint64_t>(section, at + 4));
    } else if (type == typeInt32) {
        text = std::to_string(numberAt<std::int32_t>(section, at + 4));
    }
    return text;
}

} // namespace

void readOleProperties(std::string_view stream, PropertySet set, ExtractedDocument& document)
{
    constexpr std::size_t kFirstOffset = 44; // header of 28 bytes, then a FMTID of 16
    const auto start = littleEndianAt<std::uint32_t>(stream, kFirstOffset);
    if (!start || *start >= stream.size() || numberAt<std::uint16_t>(stream, 0) != 0xFFFE) {
        return;
    }
    const auto section = stream.substr(*start);
    const auto count = std::min(numberAt<std::uint32_t>(section, 4), kMaxProperties);
    const auto offsetOf = [&](std::uint32_t index) {
        return std::size_t{numberAt<std::uint32_t>(section, 8 + std::size_t{index} * 8 + 4)};
    };
    const auto idOf = [&](std::uint32_t index) { return numberAt<std::uint32_t>(section, 8 + std::size_t{index} * 8); };
    int codePage = 1252;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (idOf(i) == kCodePageId && numberAt<std::uint32_t>(section, offsetOf(i)) == typeInt16) {
            codePage = numberAt<std::uint16_t>(section, offsetOf(i) + 4);
        }
    }
    CodePages codePages;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (const auto name = namesOf(set).find(idOf(i)); name != namesOf(set).end()) {
            addProperty(document, name->second, valueAt(section, offsetOf(i), codePage, codePages));
        }
    }
}

void silenceGsf()
{
    static const auto before =
        g_log_set_default_handler([](const gchar*, GLogLevelFlags, const gchar*, gpointer) {}, nullptr);
    static_cast<void>(before);
}

} // namespace acervo::extract::detail
