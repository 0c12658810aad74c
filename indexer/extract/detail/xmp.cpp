#include "indexer/extract/detail/xmp.h"

#include "indexer/extract/detail/text_builder.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlreader.h>

#include <array>
#include <memory>
#include <utility>

namespace acervo::extract::detail {
namespace {

constexpr std::size_t kMaxPacketBytes = 8U << 20;
constexpr std::size_t kMaxProperties = 2'000;
constexpr std::size_t kMaxValueBytes = 64 * 1024;
constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

struct ReaderFree {
    void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

std::string_view viewOf(const xmlChar* text)
{
    return text == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<const char*>(text)};
}

// Files choose their own prefixes; these are the ones everybody knows.
std::string prefixOf(std::string_view uri, std::string_view written)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kKnown{{
        {"http://purl.org/dc/elements/1.1/", "dc"},
        {"http://purl.org/dc/terms/", "dcterms"},
        {"http://ns.adobe.com/xap/1.0/", "xmp"},
        {"http://ns.adobe.com/xap/1.0/mm/", "xmpMM"},
        {"http://ns.adobe.com/xap/1.0/rights/", "xmpRights"},
        {"http://ns.adobe.com/xap/1.0/t/pg/", "xmpTPg"},
        {"http://ns.adobe.com/pdf/1.3/", "pdf"},
        {"http://ns.adobe.com/pdfx/1.3/", "pdfx"},
        {"http://ns.adobe.com/photoshop/1.0/", "photoshop"},
        {"http://www.aiim.org/pdfa/ns/id/", "pdfaid"},
        {"http://www.aiim.org/pdfua/ns/id/", "pdfuaid"},
        {"http://prismstandard.org/namespaces/basic/2.0/", "prism"},
        {"http://creativecommons.org/ns#", "cc"},
        {"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/", "Iptc4xmpCore"},
    }};
    for (const auto& [known, prefix] : kKnown) {
        if (uri == known) {
            return std::string{prefix};
        }
    }
    return std::string{written};
}

std::string nameOf(xmlTextReader* reader)
{
    const auto prefix =
        prefixOf(viewOf(xmlTextReaderConstNamespaceUri(reader)), viewOf(xmlTextReaderConstPrefix(reader)));
    const auto local = viewOf(xmlTextReaderConstLocalName(reader));
    return prefix.empty() ? std::string{local} : prefix + ':' + std::string{local};
}

bool isRdf(xmlTextReader* reader, std::string_view local)
{
    return viewOf(xmlTextReaderConstNamespaceUri(reader)) == kRdf &&
           viewOf(xmlTextReaderConstLocalName(reader)) == local;
}

// Properties are the children of rdf:Description elements that stand at the top; structures inside them are skipped
// but for the items of rdf:Alt, rdf:Bag and rdf:Seq.
class PacketReader {
public:
    XmpPacket read(std::string_view packet)
    {
        const std::unique_ptr<xmlTextReader, ReaderFree> reader{
            xmlReaderForMemory(packet.data(), static_cast<int>(packet.size()), nullptr, nullptr,
                               XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)};
        if (!reader) {
            _packet.damaged = true;
            return std::move(_packet);
        }
        int state = 0;
        while ((state = xmlTextReaderRead(reader.get())) == 1 && _packet.properties.size() < kMaxProperties) {
            switch (xmlTextReaderNodeType(reader.get())) {
            case XML_READER_TYPE_DOCUMENT_TYPE:
                _packet.damaged = true;
                return std::move(_packet);
            case XML_READER_TYPE_ELEMENT:
                start(reader.get());
                break;
            case XML_READER_TYPE_END_ELEMENT:
                end(xmlTextReaderDepth(reader.get()));
                break;
            case XML_READER_TYPE_TEXT:
            case XML_READER_TYPE_CDATA:
                if (_text.size() < kMaxValueBytes) {
                    _text += viewOf(xmlTextReaderConstValue(reader.get()));
                }
                break;
            default:
                break;
            }
        }
        _packet.damaged = state < 0;
        return std::move(_packet);
    }

private:
    void start(xmlTextReader* reader)
    {
        const auto depth = xmlTextReaderDepth(reader);
        const bool empty = xmlTextReaderIsEmptyElement(reader) == 1;
        if (_description < 0) {
            if (isRdf(reader, "Description")) {
                if (!empty) {
                    _description = depth;
                }
                readAttributes(reader);
            }
            return;
        }
        if (_property < 0 && depth == _description + 1) {
            _name = nameOf(reader);
            _text.clear();
            _language.clear();
            _hasItems = false;
            _structured = false;
            if (!empty) {
                _property = depth;
            }
        } else if (_property >= 0 && isRdf(reader, "li")) {
            _text.clear();
            _hasItems = true;
            const std::unique_ptr<xmlChar, decltype(xmlFree)> language{
                xmlTextReaderGetAttribute(reader, reinterpret_cast<const xmlChar*>("xml:lang")), xmlFree};
            _language = viewOf(language.get());
            _item = empty ? -1 : depth;
        } else if (_property >= 0 && !isRdf(reader, "Alt") && !isRdf(reader, "Bag") && !isRdf(reader, "Seq")) {
            _structured = true;
        }
    }

    void end(int depth)
    {
        if (depth == _item) {
            addUnlessStructured(_language);
            _text.clear();
            _item = -1;
        } else if (depth == _property) {
            if (!_hasItems) {
                addUnlessStructured({});
            }
            _property = -1;
        } else if (depth == _description) {
            _description = -1;
        }
    }

    // The short form: <rdf:Description pdf:Producer="...">.
    void readAttributes(xmlTextReader* reader)
    {
        while (xmlTextReaderMoveToNextAttribute(reader) == 1) {
            const auto uri = viewOf(xmlTextReaderConstNamespaceUri(reader));
            if (!uri.empty() && uri != kRdf && uri != "http://www.w3.org/2000/xmlns/" &&
                uri != "http://www.w3.org/XML/1998/namespace") {
                add(nameOf(reader), viewOf(xmlTextReaderConstValue(reader)), {});
            }
        }
        xmlTextReaderMoveToElement(reader);
    }

    void addUnlessStructured(const std::string& language)
    {
        if (!_structured) {
            add(_name, _text, language);
        }
    }

    void add(std::string name, std::string_view value, std::string language)
    {
        if (auto text = flattened(value.substr(0, kMaxValueBytes)); !text.empty()) {
            _packet.properties.push_back({std::move(name), std::move(text), std::move(language)});
        }
    }

    XmpPacket _packet;
    int _description = -1; // depths of what is open; -1 when nothing is
    int _property = -1;
    int _item = -1;
    std::string _name;
    std::string _text;
    std::string _language;
    bool _hasItems = false;
    bool _structured = false; // the property holds a structure: its texts together mean nothing
};

} // namespace

XmpPacket readXmp(std::string_view packet)
{
    if (packet.size() > kMaxPacketBytes || packet.find("<!DOCTYPE") != std::string_view::npos) {
        XmpPacket refused;
        refused.damaged = true;
        return refused;
    }
    // Some writers pad the packet with zero bytes.
    packet = packet.substr(0, packet.find_last_not_of('\0') + 1);
    return PacketReader{}.read(packet);
}

std::string valueOf(const XmpPacket& packet, std::string_view name)
{
    const XmpProperty* first = nullptr;
    for (const auto& property : packet.properties) {
        if (property.name == name) {
            if (property.language == "x-default") {
                return property.value;
            }
            first = first == nullptr ? &property : first;
        }
    }
    return first == nullptr ? std::string{} : first->value;
}

std::vector<std::string> valuesOf(const XmpPacket& packet, std::string_view name)
{
    std::vector<std::string> values;
    for (const auto& property : packet.properties) {
        if (property.name == name) {
            values.push_back(property.value);
        }
    }
    return values;
}

} // namespace acervo::extract::detail
