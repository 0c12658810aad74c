#include "analyzers/text/normalise.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/metadata.h"
#include "indexer/extract/detail/pdf_outline.h"
#include "indexer/extract/detail/pdf_title.h"
#include "indexer/extract/detail/text_builder.h"
#include "indexer/extract/detail/xmp.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <poppler-toc.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kMaxOutlineEntries = 5'000;
constexpr std::size_t kMinAbstractBytes = 60; // shorter subjects are labels, not abstracts

std::string utf8Of(const poppler::ustring& text)
{
    const auto bytes = text.to_utf8();
    return {bytes.begin(), bytes.end()};
}

void silencePoppler()
{
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
}

// "2009-04-28T10:11:12Z"; "" when unknown.
std::string isoTime(std::time_t time)
{
    std::tm parts{};
    if (time == static_cast<std::time_t>(-1) || time == 0 || gmtime_r(&time, &parts) == nullptr) {
        return {};
    }
    std::array<char, 32> buffer{};
    const auto size = std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {buffer.data(), size};
}

using Document = std::unique_ptr<poppler::document>;

Result<Document> open(std::string_view bytes)
{
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        return Error{ErrorCode::resourceLimit, "a PDF file of more than 2 GB"};
    }
    silencePoppler();
    Document document{poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size()))};
    if (document && document->is_locked()) {
        return Error{ErrorCode::encrypted, "the PDF is encrypted: it needs a password"};
    }
    if (!document) {
        if (bytes.find("/Encrypt") != std::string_view::npos) {
            return Error{ErrorCode::encrypted, "the PDF is encrypted in a way that is not read"};
        }
        return Error{ErrorCode::corruptInput, "not a readable PDF"};
    }
    // ISO 32000-2, 7.6.7: the visible pages are only a cover for an attachment that is encrypted.
    if (bytes.find("/EncryptedPayload") != std::string_view::npos && document->has_embedded_files()) {
        return Error{ErrorCode::encrypted, "the PDF is a cover around an encrypted document"};
    }
    return document;
}

class PropertyReader {
public:
    PropertyReader(const poppler::document& pdf, ExtractedDocument& document) : _pdf(pdf), _document(document) {}

    void read()
    {
        readXmpPacket();
        readInformation();
        fillMetadata();
    }

private:
    void add(std::string key, const std::string& value)
    {
        if (auto text = flattened(text::clean(value)); !text.empty()) {
            _document.properties.emplace(std::move(key), std::move(text));
        }
    }

    void readXmpPacket()
    {
        const auto packet = _pdf.metadata();
        _document.properties.emplace("pdf:hasXMP", packet.empty() ? "false" : "true");
        _document.properties.emplace("pdf:encrypted", _pdf.is_encrypted() ? "true" : "false");
        if (packet.empty()) {
            return;
        }
        // poppler-cpp 22.12 takes the packet for a PDF text string and widens each byte to a character; a packet in
        // UTF-16 is decoded. Pdf.readsXmp tells.
        const bool bytes = std::all_of(packet.begin(), packet.end(), [](unsigned short c) { return c < 0x100; });
        _xmp = readXmp(bytes ? packet.to_latin1() : utf8Of(packet));
        if (_xmp.damaged) {
            _document.warnings.emplace_back("the XMP metadata is damaged; what could be read was kept");
        }
        for (const auto& property : _xmp.properties) {
            add(property.name, property.value);
        }
    }

    void readInformation()
    {
        constexpr std::array<std::pair<const char*, const char*>, 6> kNames{{{"Title", "title"},
                                                                             {"Author", "author"},
                                                                             {"Subject", "subject"},
                                                                             {"Keywords", "keywords"},
                                                                             {"Creator", "creator_tool"},
                                                                             {"Producer", "producer"}}};
        for (const auto& key : _pdf.info_keys()) {
            const auto* known =
                std::find_if(kNames.begin(), kNames.end(), [&](const auto& name) { return key == name.first; });
            if (known != kNames.end()) {
                add(std::string{"pdf:docinfo:"} + known->second, utf8Of(_pdf.info_key(key)));
            } else if (key != "CreationDate" && key != "ModDate" && key != "Trapped") {
                add("custom:" + text::clean(key), utf8Of(_pdf.info_key(key)));
            }
        }
        _created = isoTime(_pdf.get_creation_date_t());
        add("dcterms:created", _created);
        add("dcterms:modified", isoTime(_pdf.get_modification_date_t()));
    }

    std::string information(const poppler::ustring& value) const { return flattened(text::clean(utf8Of(value))); }

    void fillMetadata()
    {
        auto& metadata = _document.metadata;
        const auto title = information(_pdf.get_title());
        const auto author = information(_pdf.get_author());
        const auto subject = information(_pdf.get_subject());
        const auto keywords = information(_pdf.get_keywords());

        for (const auto& candidate : {valueOf(_xmp, "dc:title"), title}) {
            if (metadata.title.empty() && !isAccidentalTitle(candidate)) {
                metadata.title = text::clean(candidate);
            }
        }
        metadata.authors = valuesOf(_xmp, "dc:creator");
        if (metadata.authors.empty()) {
            metadata.authors = splitList(author, ";");
        }
        std::erase_if(metadata.authors, [](const std::string& name) { return isAccidentalAuthor(name); });
        metadata.abstractText = valueOf(_xmp, "dc:description");
        if (metadata.abstractText.empty()) {
            metadata.abstractText = subject;
        }
        if (metadata.abstractText.size() < kMinAbstractBytes) {
            metadata.abstractText.clear();
        }
        metadata.keywords = valuesOf(_xmp, "dc:subject");
        if (metadata.keywords.empty()) {
            metadata.keywords = splitList(keywords, ",;");
        }
        metadata.language = languageCode(valueOf(_xmp, "dc:language"));
        metadata.license = valueOf(_xmp, "cc:license");
        metadata.doi = valueOf(_xmp, "prism:doi");
        metadata.isbn = valueOf(_xmp, "prism:isbn");
        metadata.date = partialDate(valueOf(_xmp, "dc:date"));
        if (metadata.date.empty()) {
            metadata.date = partialDate(_created);
        }

        const auto addMissing = [this](const char* key, const std::string& value) {
            if (_document.properties.count(key) == 0) {
                add(key, value);
            }
        };
        int major = 0;
        int minor = 0;
        _pdf.get_pdf_version(&major, &minor);
        add("dc:format", "application/pdf; version=" + std::to_string(major) + '.' + std::to_string(minor));
        addMissing("dc:title", title);
        addMissing("dc:creator", author);
        addMissing("dc:description", subject);
        if (_document.properties.count("dc:subject") == 0) {
            add("dc:subject", subject);
            add("dc:subject", keywords);
        }
        add("meta:keyword", keywords);
    }

    const poppler::document& _pdf;
    ExtractedDocument& _document;
    XmpPacket _xmp;
    std::string _created;
};

// Share of words of one letter, in per cent; high when a text is set letter by letter.
std::size_t singleLetterShare(std::string_view text)
{
    constexpr std::size_t kMinWords = 12;
    std::size_t words = 0;
    std::size_t singles = 0;
    std::size_t length = 0;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\t' || c == '\f') {
            words += length > 0 ? 1 : 0;
            singles += length == 1 ? 1 : 0;
            length = 0;
        } else {
            length += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1 : 0;
        }
    }
    return words < kMinWords ? 0 : singles * 100 / words;
}

// Reading order: columns one after the other, each line by line.
std::string textOf(const poppler::page& page)
{
    constexpr std::size_t kSpacedOut = 40; // per cent
    auto text = utf8Of(page.text(poppler::rectf{}, poppler::page::non_raw_non_physical_layout));
    if (const auto share = singleLetterShare(text); share > kSpacedOut) {
        // Letters set far apart look like words; the order of drawing keeps them together.
        if (auto drawn = utf8Of(page.text(poppler::rectf{}, poppler::page::raw_order_layout));
            singleLetterShare(drawn) * 2 < share) {
            text = std::move(drawn);
        }
    }
    text.erase(text.find_last_not_of(" \t\r\n\f") + 1);
    return text;
}

struct Unread {
    std::size_t damaged = 0;
    std::size_t empty = 0;
};

Unread readPages(const poppler::document& pdf, ExtractedDocument& document, const Limits& limits)
{
    Unread unread;
    const auto pages = std::max(pdf.pages(), 0);
    for (int i = 0; i < pages; ++i) {
        const std::unique_ptr<poppler::page> page{pdf.create_page(i)};
        model::Page result;
        if (page) {
            result.label = flattened(utf8Of(page->label()));
            result.text = textOf(*page);
            unread.empty += result.text.empty() ? 1 : 0;
            if (i == 0 && document.metadata.title.empty()) {
                const std::unique_ptr<poppler::page> next{pages > 1 ? pdf.create_page(1) : nullptr};
                document.metadata.title = visibleTitle(*page, text::clean(result.text), next.get());
            }
        } else {
            ++unread.damaged;
        }
        if (!addPage(document, std::move(result), limits)) {
            break;
        }
    }
    return unread;
}

// Flattens the outline without recursion; poppler itself bounds neither its depth nor its length.
std::vector<model::OutlineEntry> outlineOf(const poppler::document& pdf)
{
    std::vector<model::OutlineEntry> outline;
    const std::unique_ptr<poppler::toc> contents{pdf.create_toc()};
    if (!contents || contents->root() == nullptr) {
        return outline;
    }
    std::vector<std::pair<const poppler::toc_item*, std::uint32_t>> stack;
    const auto pushChildren = [&stack](const poppler::toc_item* item, std::uint32_t level) {
        const auto children = item->children();
        for (auto child = children.rbegin(); child != children.rend(); ++child) {
            stack.emplace_back(*child, level);
        }
    };
    pushChildren(contents->root(), 1);
    while (!stack.empty() && outline.size() < kMaxOutlineEntries) {
        const auto [item, level] = stack.back();
        stack.pop_back();
        if (auto title = flattened(text::clean(utf8Of(item->title()))); !title.empty()) {
            outline.push_back({std::min(level, 6U), std::move(title), 0});
        }
        pushChildren(item, level + 1);
    }
    return outline;
}

} // namespace

Result<ExtractedDocument> readPdf(std::string_view bytes, const Limits& limits)
{
    const auto pdf = open(bytes);
    if (!pdf) {
        return pdf.error();
    }
    ExtractedDocument document;
    document.mediaType = "application/pdf";
    PropertyReader{**pdf, document}.read();
    const auto unread = readPages(**pdf, document, limits);
    if (document.pages.empty()) {
        return Error{ErrorCode::corruptInput, "the PDF has no pages"};
    }
    document.outline = outlineOf(**pdf);
    placeOutline(document);
    if (unread.damaged > 0) {
        document.warnings.push_back(std::to_string(unread.damaged) + " pages are damaged and were not read");
    }
    if (unread.empty > 0) {
        document.warnings.push_back(std::to_string(unread.empty) + " of " + std::to_string(document.pages.size()) +
                                    " pages have no text: scanned?");
    }
    return document;
}

} // namespace acervo::extract::detail
