#include "analyzers/text/normalise.h"
#include "indexer/extract/detail/format.h"
#include "indexer/extract/detail/metadata.h"
#include "indexer/extract/detail/pdf_outline.h"
#include "indexer/extract/detail/text_builder.h"
#include "indexer/extract/detail/xmp.h"

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <poppler-toc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kMaxOutlineEntries = 5'000;
constexpr std::size_t kMaxTitleBytes = 250;
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

// The words in the largest type on the first page: what a reader takes for the title.
std::string largestWords(const poppler::page& page)
{
    constexpr double kSameSize = 0.06; // relative
    constexpr std::size_t kMinLetters = 8;
    const auto boxes = page.text_list(poppler::page::text_list_include_font);
    double largest = 0;
    for (const auto& box : boxes) {
        if (box.text().size() > 2) {
            largest = std::max(largest, box.get_font_size());
        }
    }
    std::string title;
    bool open = false;
    for (const auto& box : boxes) {
        const bool same = std::abs(box.get_font_size() - largest) <= largest * kSameSize;
        if (same && (open || title.empty())) {
            title += (title.empty() ? "" : " ") + utf8Of(box.text());
            open = true;
        } else if (!same) {
            open = false;
        }
    }
    title = flattened(text::clean(title));
    return title.size() >= kMinLetters && title.size() <= kMaxTitleBytes ? title : std::string{};
}

// Reading order: columns one after the other, each line by line.
std::string textOf(const poppler::page& page)
{
    auto text = utf8Of(page.text(poppler::rectf{}, poppler::page::non_raw_non_physical_layout));
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
                document.metadata.title = largestWords(*page);
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
