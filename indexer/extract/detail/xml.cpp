#include "indexer/extract/detail/xml.h"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <cstring>
#include <mutex>

namespace acervo::extract::detail {

namespace {

// A prolog longer than this has no place in a document; it is where a document type declaration could hide.
constexpr std::size_t kMaxPrologBytes = 64 * 1024;

struct XmlReaderFree {
    void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};
using XmlReaderHandle = std::unique_ptr<xmlTextReader, XmlReaderFree>;

std::string_view viewOf(const xmlChar* text)
{
    return text == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(text)};
}

xmlTextReader* readerOf(void* reader)
{
    return static_cast<xmlTextReader*>(reader);
}

class MemorySource : public ByteSource {
public:
    explicit MemorySource(std::string_view bytes) : _rest(bytes) {}

    Result<std::size_t> read(char* buffer, std::size_t capacity) override
    {
        const auto count = std::min(capacity, _rest.size());
        std::memcpy(buffer, _rest.data(), count);
        _rest.remove_prefix(count);
        return count;
    }

private:
    std::string_view _rest;
};

// What libxml2 reads from: the prolog that was looked at first, then the source. Keeps the source's error.
struct Feed {
    ByteSource& source;
    std::string ahead = {};
    std::size_t aheadUsed = 0;
    std::optional<Error> error = {};
};

int readFeed(void* context, char* buffer, int capacity)
{
    auto& feed = *static_cast<Feed*>(context);
    if (capacity <= 0) {
        return 0;
    }
    if (feed.aheadUsed < feed.ahead.size()) {
        const auto count = std::min(static_cast<std::size_t>(capacity), feed.ahead.size() - feed.aheadUsed);
        std::memcpy(buffer, feed.ahead.data() + feed.aheadUsed, count);
        feed.aheadUsed += count;
        return static_cast<int>(count);
    }
    if (feed.error) {
        return -1;
    }
    const auto count = feed.source.read(buffer, static_cast<std::size_t>(capacity));
    if (!count) {
        feed.error = count.error();
        return -1;
    }
    return static_cast<int>(*count);
}

enum class Prolog { plain, declaresType, incomplete };

// Looks for a document type declaration before the root element, whatever the encoding: UTF-16 is read by dropping
// its NUL bytes, which is enough for ASCII mark-up.
Prolog inspectProlog(std::string_view raw)
{
    std::string text;
    text.reserve(raw.size());
    for (const char c : raw) {
        if (c != '\0') {
            text.push_back(c);
        }
    }
    std::size_t at = 0;
    while (true) {
        at = text.find('<', at);
        if (at == std::string::npos || at + 9 > text.size()) {
            return Prolog::incomplete;
        }
        const std::string_view rest = std::string_view{text}.substr(at);
        if (rest.starts_with("<!DOCTYPE")) {
            return Prolog::declaresType;
        }
        const bool comment = rest.starts_with("<!--");
        if (!comment && !rest.starts_with("<?")) {
            return Prolog::plain;
        }
        const auto end = rest.find(comment ? "-->" : "?>", comment ? 4 : 2);
        if (end == std::string::npos) {
            return Prolog::incomplete;
        }
        at += end;
    }
}

Result<void> refuseDocumentType(Feed& feed)
{
    const Error refused{ErrorCode::corruptInput, "the XML has a document type declaration, which is refused"};
    char buffer[4096];
    while (true) {
        const auto count = feed.source.read(buffer, sizeof buffer);
        if (!count) {
            feed.error = count.error(); // libxml2 still gets what came before
        } else {
            feed.ahead.append(buffer, *count);
        }
        const auto prolog = inspectProlog(feed.ahead);
        if (prolog == Prolog::declaresType) {
            return refused;
        }
        if (prolog == Prolog::plain || !count || *count == 0) {
            return {};
        }
        if (feed.ahead.size() > kMaxPrologBytes) {
            return Error{ErrorCode::resourceLimit, "the XML prolog is too long"};
        }
    }
}

void ignoreProblem(void* /*context*/, xmlErrorPtr /*error*/) {}

Result<void> visit(xmlTextReader* reader, const Limits& limits, XmlHandler& handler, Feed& feed)
{
    int skipBelow = -1; // depth of the element whose content is left out
    while (true) {
        if (handler.full()) {
            return {};
        }
        const int status = xmlTextReaderRead(reader);
        if (feed.error) {
            return *feed.error;
        }
        if (status == 0) {
            return {};
        }
        if (status < 0) {
            return Error{ErrorCode::corruptInput, "the XML is not well-formed or nested too deeply"};
        }
        const int depth = xmlTextReaderDepth(reader);
        const int type = xmlTextReaderNodeType(reader);
        if (depth > static_cast<int>(limits.maxDepth)) {
            return Error{ErrorCode::resourceLimit, "the XML is nested too deeply"};
        }
        if (type == XML_READER_TYPE_DOCUMENT_TYPE) {
            return Error{ErrorCode::corruptInput, "the XML has a document type declaration, which is refused"};
        }
        if (skipBelow >= 0 && depth > skipBelow) {
            continue;
        }
        if (type == XML_READER_TYPE_ELEMENT) {
            const bool empty = xmlTextReaderIsEmptyElement(reader) == 1;
            const auto decision = handler.startElement(XmlElement{reader});
            if (decision == Walk::stop) {
                return {};
            }
            if (empty) {
                handler.endElement(viewOf(xmlTextReaderConstLocalName(reader)));
            } else if (decision == Walk::skip) {
                skipBelow = depth;
            }
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            skipBelow = -1;
            handler.endElement(viewOf(xmlTextReaderConstLocalName(reader)));
        } else if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                   type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE) {
            handler.characters(viewOf(xmlTextReaderConstValue(reader)));
        }
    }
}

} // namespace

std::string_view XmlElement::name() const
{
    return viewOf(xmlTextReaderConstLocalName(readerOf(_reader)));
}

std::string_view XmlElement::namespaceUri() const
{
    return viewOf(xmlTextReaderConstNamespaceUri(readerOf(_reader)));
}

int XmlElement::depth() const
{
    return xmlTextReaderDepth(readerOf(_reader));
}

std::optional<std::string> XmlElement::attribute(std::string_view localName) const
{
    std::optional<std::string> found;
    auto* reader = readerOf(_reader);
    for (int more = xmlTextReaderMoveToFirstAttribute(reader); more == 1;
         more = xmlTextReaderMoveToNextAttribute(reader)) {
        if (viewOf(xmlTextReaderConstLocalName(reader)) != localName || xmlTextReaderIsNamespaceDecl(reader) == 1) {
            continue;
        }
        const bool plain = xmlTextReaderConstPrefix(reader) == nullptr;
        if (plain || !found) {
            found = std::string{viewOf(xmlTextReaderConstValue(reader))};
        }
        if (plain) {
            break;
        }
    }
    xmlTextReaderMoveToElement(reader);
    return found;
}

std::optional<std::string> XmlElement::attributeIn(std::string_view namespaceEnd, std::string_view localName) const
{
    std::optional<std::string> found;
    auto* reader = readerOf(_reader);
    for (int more = xmlTextReaderMoveToFirstAttribute(reader); more == 1 && !found;
         more = xmlTextReaderMoveToNextAttribute(reader)) {
        if (viewOf(xmlTextReaderConstLocalName(reader)) == localName &&
            viewOf(xmlTextReaderConstNamespaceUri(reader)).ends_with(namespaceEnd)) {
            found = std::string{viewOf(xmlTextReaderConstValue(reader))};
        }
    }
    xmlTextReaderMoveToElement(reader);
    return found;
}

Result<void> walkXml(ByteSource& source, const Limits& limits, XmlHandler& handler)
{
    static std::once_flag initialised;
    std::call_once(initialised, [] { xmlInitParser(); });

    Feed feed{.source = source};
    if (auto allowed = refuseDocumentType(feed); !allowed) {
        return allowed;
    }
    // Never NOENT, DTDLOAD, XINCLUDE or HUGE: they read files, and lift libxml2's own limits.
    const XmlReaderHandle reader{
        xmlReaderForIO(readFeed, nullptr, &feed, nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_COMPACT)};
    if (!reader) {
        return Error{ErrorCode::internal, "cannot create an XML reader"};
    }
    xmlTextReaderSetStructuredErrorHandler(reader.get(), ignoreProblem, nullptr);
    return visit(reader.get(), limits, handler, feed);
}

Result<void> walkXml(std::string_view bytes, const Limits& limits, XmlHandler& handler)
{
    MemorySource source{bytes};
    return walkXml(source, limits, handler);
}

Result<void> walkPart(const Archive& archive, std::string_view part, const Limits& limits, XmlHandler& handler)
{
    auto source = archive.openPart(part);
    if (!source) {
        return source.error();
    }
    if (auto walked = walkXml(**source, limits, handler); !walked) {
        return walked.error().within("read " + std::string{part});
    }
    return {};
}

} // namespace acervo::extract::detail
