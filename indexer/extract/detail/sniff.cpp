#include "indexer/extract/detail/sniff.h"

#include "indexer/extract/detail/ole_properties.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace acervo::extract::detail {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kPdfHeaderWindow = 1024; // where readers look for "%PDF-"; ISO 32000-1, annex H
constexpr std::size_t kMarkupWindow = 64 * 1024;
constexpr std::size_t kTextWindow = 64 * 1024;
constexpr std::size_t kMaxEntryNames = 2'000;
constexpr std::size_t kMaxAppleEntries = 64;

constexpr std::string_view kOoxml = "application/vnd.openxmlformats-officedocument.";

std::string lowered(std::string_view text)
{
    std::string result{text};
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return result;
}

std::string extensionOf(std::string_view fileName)
{
    const auto dot = fileName.rfind('.');
    return dot == std::string_view::npos ? std::string{} : lowered(fileName.substr(dot + 1));
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at, std::size_t width)
{
    std::uint32_t value = 0;
    for (std::size_t i = width; i-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, std::size_t width)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return value;
}

// What a file's name alone promises.
struct Promise {
    std::string_view extension;
    Kind kind;
    std::string_view mediaType;
    enum class Container : std::uint8_t { none, zip, ole } container;
};

constexpr std::array kPromises{
    Promise{"pdf", Kind::pdf, "application/pdf", Promise::Container::none},
    Promise{"html", Kind::html, "text/html", Promise::Container::none},
    Promise{"htm", Kind::html, "text/html", Promise::Container::none},
    Promise{"xhtml", Kind::html, "application/xhtml+xml", Promise::Container::none},
    Promise{"md", Kind::markdown, "text/markdown", Promise::Container::none},
    Promise{"markdown", Kind::markdown, "text/markdown", Promise::Container::none},
    Promise{"txt", Kind::plainText, "text/plain", Promise::Container::none},
    Promise{"text", Kind::plainText, "text/plain", Promise::Container::none},
    Promise{"docx", Kind::wordprocessing, "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Promise::Container::zip},
    Promise{"docm", Kind::wordprocessing, "application/vnd.ms-word.document.macroEnabled.12", Promise::Container::zip},
    Promise{"dotx", Kind::wordprocessing, "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            Promise::Container::zip},
    Promise{"dotm", Kind::wordprocessing, "application/vnd.ms-word.template.macroEnabled.12", Promise::Container::zip},
    Promise{"pptx", Kind::presentation, "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Promise::Container::zip},
    Promise{"pptm", Kind::presentation, "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
            Promise::Container::zip},
    Promise{"ppsx", Kind::presentation, "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
            Promise::Container::zip},
    Promise{"potx", Kind::presentation, "application/vnd.openxmlformats-officedocument.presentationml.template",
            Promise::Container::zip},
    Promise{"xlsx", Kind::spreadsheet, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Promise::Container::zip},
    Promise{"xlsm", Kind::spreadsheet, "application/vnd.ms-excel.sheet.macroEnabled.12", Promise::Container::zip},
    Promise{"xltx", Kind::spreadsheet, "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
            Promise::Container::zip},
    Promise{"odt", Kind::openDocument, "application/vnd.oasis.opendocument.text", Promise::Container::zip},
    Promise{"odp", Kind::openDocument, "application/vnd.oasis.opendocument.presentation", Promise::Container::zip},
    Promise{"ods", Kind::openDocument, "application/vnd.oasis.opendocument.spreadsheet", Promise::Container::zip},
    Promise{"ott", Kind::openDocument, "application/vnd.oasis.opendocument.text-template", Promise::Container::zip},
    Promise{"otp", Kind::openDocument, "application/vnd.oasis.opendocument.presentation-template",
            Promise::Container::zip},
    Promise{"ots", Kind::openDocument, "application/vnd.oasis.opendocument.spreadsheet-template",
            Promise::Container::zip},
    Promise{"epub", Kind::epub, "application/epub+zip", Promise::Container::zip},
    Promise{"rtf", Kind::rtf, "application/rtf", Promise::Container::none},
    Promise{"doc", Kind::legacyWord, "application/msword", Promise::Container::ole},
};

const Promise* promiseOf(std::string_view extension)
{
    const auto* found = std::find_if(kPromises.begin(), kPromises.end(),
                                     [&](const Promise& promise) { return promise.extension == extension; });
    return found == kPromises.end() ? nullptr : found;
}

Sniffed kept(const Promise& promise)
{
    return {promise.kind, std::string{promise.mediaType}};
}

Error unsupported(std::string_view what)
{
    return {ErrorCode::unsupported, std::string{what} + " is not a format that is read"};
}

// --- ZIP ----------------------------------------------------------------------------------------------------------

struct ZipGlance {
    std::vector<std::string_view> names;
    std::string_view mimetype; // content of a first, stored entry "mimetype"

    bool has(std::string_view name) const { return std::find(names.begin(), names.end(), name) != names.end(); }
    bool hasBelow(std::string_view folder) const
    {
        return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return name.starts_with(folder); });
    }
};

constexpr std::string_view kLocalHeader = "PK\x03\x04"sv;
constexpr std::string_view kCentralHeader = "PK\x01\x02"sv;
constexpr std::string_view kEndHeader = "PK\x05\x06"sv;

std::vector<std::string_view> centralNames(std::string_view bytes)
{
    std::vector<std::string_view> names;
    const auto end = bytes.rfind(kEndHeader);
    if (end == std::string_view::npos || bytes.size() - end < 22) {
        return names;
    }
    std::size_t at = littleEndian(bytes, end + 16, 4);
    while (names.size() < kMaxEntryNames && at < bytes.size() && bytes.size() - at >= 46 &&
           bytes.substr(at, 4) == kCentralHeader) {
        const std::size_t nameLength = littleEndian(bytes, at + 28, 2);
        names.push_back(bytes.substr(at + 46, nameLength));
        at += 46 + nameLength + littleEndian(bytes, at + 30, 2) + littleEndian(bytes, at + 32, 2);
    }
    return names;
}

// For archives whose end is missing.
std::vector<std::string_view> localNames(std::string_view bytes)
{
    std::vector<std::string_view> names;
    for (auto at = bytes.find(kLocalHeader);
         at != std::string_view::npos && names.size() < kMaxEntryNames && bytes.size() - at >= 30;
         at = bytes.find(kLocalHeader, at + kLocalHeader.size())) {
        names.push_back(bytes.substr(at + 30, littleEndian(bytes, at + 26, 2)));
    }
    return names;
}

ZipGlance glanceAtZip(std::string_view bytes)
{
    ZipGlance glance{centralNames(bytes), {}};
    if (glance.names.empty()) {
        glance.names = localNames(bytes);
    }
    if (bytes.size() > 38 && bytes.starts_with(kLocalHeader) && bytes.substr(30, 8) == "mimetype") {
        const auto content = bytes.substr(std::min(bytes.size(), 38 + std::size_t{littleEndian(bytes, 28, 2)}), 100);
        glance.mimetype = content.substr(0, content.find("PK"sv));
        const std::size_t size = littleEndian(bytes, 22, 4);
        if (size > 0) {
            glance.mimetype = glance.mimetype.substr(0, size);
        }
    }
    return glance;
}

Result<Sniffed> sniffZip(std::string_view bytes, const Promise* promise)
{
    const auto glance = glanceAtZip(bytes);
    if (glance.mimetype.starts_with("application/epub+zip")) {
        return Sniffed{Kind::epub, "application/epub+zip"};
    }
    if (glance.mimetype.starts_with("application/vnd.oasis.opendocument.")) {
        auto mediaType = std::string{glance.mimetype};
        mediaType.erase(mediaType.find_last_not_of(" \r\n\t") + 1);
        return Sniffed{Kind::openDocument, std::move(mediaType)};
    }
    if (glance.has("xl/workbook.bin")) {
        return unsupported("a binary Excel workbook (XLSB)");
    }
    if (glance.has("word/document.xml")) {
        return Sniffed{Kind::wordprocessing, std::string{kOoxml} + "wordprocessingml.document"};
    }
    if (glance.has("ppt/presentation.xml")) {
        return Sniffed{Kind::presentation, std::string{kOoxml} + "presentationml.presentation"};
    }
    if (glance.has("xl/workbook.xml")) {
        return Sniffed{Kind::spreadsheet, std::string{kOoxml} + "spreadsheetml.sheet"};
    }
    if (glance.has("META-INF/container.xml")) {
        return Sniffed{Kind::epub, "application/epub+zip"};
    }
    const bool named = promise != nullptr && promise->container == Promise::Container::zip;
    if (glance.has("content.xml") && (glance.has("META-INF/manifest.xml") || glance.has("styles.xml"))) {
        return named && promise->kind == Kind::openDocument
                   ? kept(*promise)
                   : Sniffed{Kind::openDocument, "application/vnd.oasis.opendocument.text"};
    }
    if (glance.hasBelow("word/")) {
        return Sniffed{Kind::wordprocessing, std::string{kOoxml} + "wordprocessingml.document"};
    }
    if (glance.hasBelow("ppt/")) {
        return Sniffed{Kind::presentation, std::string{kOoxml} + "presentationml.presentation"};
    }
    if (glance.hasBelow("xl/")) {
        return Sniffed{Kind::spreadsheet, std::string{kOoxml} + "spreadsheetml.sheet"};
    }
    if (named) {
        return kept(*promise);
    }
    if (glance.hasBelow("visio/")) {
        return unsupported("a Visio drawing");
    }
    if (glance.has("index.xml") || glance.has("Index/Document.iwa") || glance.has("index.apxl")) {
        return unsupported("an Apple iWork document");
    }
    return unsupported("a ZIP archive");
}

// --- OLE2 ---------------------------------------------------------------------------------------------------------

struct GObjectUnref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GObject = std::unique_ptr<T, GObjectUnref>;

bool hasStream(GsfInfile* file, const char* name)
{
    const GObject<GsfInput> child{gsf_infile_child_by_name(file, name)};
    return child != nullptr;
}

Result<Sniffed> sniffOle(std::string_view bytes, const Promise* promise)
{
    silenceGsf();
    const GObject<GsfInput> input{gsf_input_memory_new(reinterpret_cast<const guint8*>(bytes.data()),
                                                       static_cast<gsf_off_t>(bytes.size()), FALSE)};
    const GObject<GsfInfile> file{input ? gsf_infile_msole_new(input.get(), nullptr) : nullptr};
    if (!file) {
        if (promise != nullptr && promise->container != Promise::Container::none) {
            return kept(*promise);
        }
        return Error{ErrorCode::corruptInput, "a damaged OLE2 compound file"};
    }
    if (hasStream(file.get(), "EncryptedPackage") || hasStream(file.get(), "EncryptedSummary")) {
        return Error{ErrorCode::encrypted, "the office file is encrypted: it needs a password"};
    }
    if (hasStream(file.get(), "WordDocument")) {
        return Sniffed{Kind::legacyWord, "application/msword"};
    }
    if (hasStream(file.get(), "Workbook") || hasStream(file.get(), "Book")) {
        return unsupported("a legacy Excel workbook (XLS)");
    }
    if (hasStream(file.get(), "PowerPoint Document")) {
        return unsupported("a legacy PowerPoint presentation (PPT)");
    }
    if (hasStream(file.get(), "VisioDocument")) {
        return unsupported("a legacy Visio drawing");
    }
    if (promise != nullptr && promise->container == Promise::Container::ole) {
        return kept(*promise);
    }
    return unsupported("this kind of OLE2 compound file");
}

// --- text ---------------------------------------------------------------------------------------------------------

bool hasByteOrderMark(std::string_view bytes)
{
    return bytes.starts_with("\xEF\xBB\xBF"sv) || bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv);
}

// Bytes that a text in no charset would hold often: C0 controls other than white space, in a share too high to be
// accidents. UTF-16 and UTF-32 are let through: their zero bytes stand in regular places.
bool looksBinary(std::string_view bytes)
{
    const auto window = bytes.substr(0, kTextWindow);
    if (hasByteOrderMark(window)) {
        return false;
    }
    std::size_t controls = 0;
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < window.size(); ++i) {
        const auto c = static_cast<unsigned char>(window[i]);
        if (c == 0) {
            ++zeros[i % 2];
        } else if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B && c != 0x05 &&
                   c != 0x15) { // 0x05 and 0x15 are tab and newline in EBCDIC
            ++controls;
        }
    }
    const auto few = std::min(zeros[0], zeros[1]);
    const auto many = std::max(zeros[0], zeros[1]);
    if (many * 5 > window.size() && few * 20 < window.size()) { // UTF-16 without a mark
        return controls * 10 > window.size();
    }
    return (controls + few + many) * 10 > window.size();
}

struct Magic {
    std::string_view prefix;
    std::string_view what;
};
constexpr std::array kForeign{
    Magic{"\x89PNG"sv, "a PNG image"},
    Magic{"\xFF\xD8\xFF"sv, "a JPEG image"},
    Magic{"GIF8"sv, "a GIF image"},
    Magic{"\x1F\x8B"sv, "a gzip archive"},
    Magic{"\x1F\x9D"sv, "a compress (.Z) archive"},
    Magic{"7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive"},
    Magic{"Rar!\x1A\x07"sv, "a RAR archive"},
    Magic{"BZh"sv, "a bzip2 archive"},
    Magic{"\xFD"
          "7zXZ"sv,
          "an xz archive"},
    Magic{"\x7F"
          "ELF"sv,
          "a program"},
    Magic{"MZ\x90"sv, "a program"},
    Magic{"%!PS"sv, "a PostScript file"},
};

// Lower-case ASCII of the first bytes, with the zero bytes of UTF-16 left out.
std::string markupHead(std::string_view bytes)
{
    auto head = lowered(bytes.substr(0, kMarkupWindow));
    std::erase(head, '\0');
    for (const auto mark : {"\xEF\xBB\xBF"sv, "\xFF\xFE"sv, "\xFE\xFF"sv}) {
        if (head.starts_with(mark)) {
            head.erase(0, mark.size());
            break;
        }
    }
    head.erase(0, std::min(head.size(), head.find_first_not_of(" \t\r\n\f")));
    return head;
}

bool startsLikeHtml(std::string_view head)
{
    constexpr std::array kStarts{"<!doctype html"sv, "<html"sv,  "<head"sv, "<body"sv, "<title"sv, "<meta"sv,
                                 "<script"sv,        "<style"sv, "<h1"sv,   "<div"sv,  "<p>"sv,    "<p "sv,
                                 "<table"sv};
    return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return head.starts_with(start); });
}

Result<Sniffed> sniffText(std::string_view bytes, const Promise* promise)
{
    const auto head = markupHead(bytes);
    const bool namedHtml = promise != nullptr && promise->kind == Kind::html;
    if (namedHtml) {
        return kept(*promise);
    }
    const bool namedText = promise != nullptr && (promise->kind == Kind::plainText || promise->kind == Kind::markdown);
    if (!namedText) {
        if (head.starts_with("<?xml") || head.starts_with("<!--") || head.starts_with("<!doctype")) {
            if (head.find("<html") != std::string::npos || head.find("<!doctype html") != std::string::npos) {
                return Sniffed{Kind::html, "text/html"};
            }
            return unsupported(head.find("<svg") != std::string::npos ? "an SVG drawing" : "this kind of XML");
        }
        if (startsLikeHtml(head)) {
            return Sniffed{Kind::html, "text/html"};
        }
        if (head.starts_with("<svg")) {
            return unsupported("an SVG drawing");
        }
        if (head.starts_with("<!") ||
            (head.size() > 1 && head[0] == '<' && std::isalpha(static_cast<unsigned char>(head[1])) != 0)) {
            return unsupported("this kind of XML");
        }
    }
    if (promise != nullptr && namedText) {
        return kept(*promise);
    }
    // A ".doc" that is really text is common enough to be read as such.
    if (promise != nullptr && promise->kind != Kind::legacyWord) {
        return Error{ErrorCode::corruptInput,
                     "named ." + std::string{promise->extension} + " but its content is something else"};
    }
    return Sniffed{Kind::plainText, "text/plain"};
}

} // namespace

Result<Sniffed> sniff(std::string_view bytes, std::string_view fileName)
{
    if (bytes.empty()) {
        return Error{ErrorCode::corruptInput, "the file is empty"};
    }
    const auto* promise = promiseOf(extensionOf(fileName));
    if (bytes.starts_with(kLocalHeader) || bytes.starts_with(kEndHeader)) {
        return sniffZip(bytes, promise);
    }
    if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) {
        return sniffOle(bytes, promise);
    }
    const auto start = bytes.substr(0, kPdfHeaderWindow);
    if (start.find("{\\rtf") < 16) {
        return Sniffed{Kind::rtf, "application/rtf"};
    }
    const auto pdfHeader = start.find("%PDF-");
    if (pdfHeader != std::string_view::npos &&
        (pdfHeader < 16 || looksBinary(bytes) || (promise != nullptr && promise->kind == Kind::pdf))) {
        return Sniffed{Kind::pdf, "application/pdf"};
    }
    for (const auto& magic : kForeign) {
        if (bytes.starts_with(magic.prefix)) {
            return unsupported(magic.what);
        }
    }
    if (promise != nullptr && promise->kind == Kind::pdf) {
        return kept(*promise); // damaged at the start: let its reader say so
    }
    const bool namedText = promise != nullptr && (promise->kind == Kind::plainText || promise->kind == Kind::html ||
                                                  promise->kind == Kind::markdown);
    if (!namedText && looksBinary(bytes)) {
        if (promise != nullptr) {
            return Error{ErrorCode::corruptInput,
                         "named ." + std::string{promise->extension} + " but its content is something else"};
        }
        return unsupported("an unknown binary file");
    }
    return sniffText(bytes, promise);
}

std::string_view unwrapAppleSingle(std::string_view bytes)
{
    constexpr std::size_t kHeader = 26;
    constexpr std::size_t kEntry = 12;
    constexpr std::uint32_t kDataFork = 1;
    if (!bytes.starts_with("\x00\x05\x16\x00"sv) || bytes.size() < kHeader) {
        return bytes;
    }
    const std::size_t entries = std::min<std::size_t>(bigEndian(bytes, 24, 2), kMaxAppleEntries);
    for (std::size_t i = 0; i < entries && kHeader + (i + 1) * kEntry <= bytes.size(); ++i) {
        const auto at = kHeader + i * kEntry;
        const std::size_t offset = bigEndian(bytes, at + 4, 4);
        if (bigEndian(bytes, at, 4) == kDataFork && offset < bytes.size()) {
            return bytes.substr(offset, bigEndian(bytes, at + 8, 4));
        }
    }
    return bytes;
}

} // namespace acervo::extract::detail
