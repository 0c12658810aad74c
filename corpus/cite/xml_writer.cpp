#include "corpus/cite/xml_writer.h"

#include <libxml/xmlwriter.h>

#include <new>
#include <stdexcept>

namespace acervo::cite {

namespace {

const xmlChar* xml(const std::string& text)
{
    return reinterpret_cast<const xmlChar*>(text.c_str());
}

// Without what XML 1.0 refuses: control characters but tab and line ends, U+FFFE and U+FFFF.
std::string allowed(std::string_view text)
{
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto letter = static_cast<unsigned char>(text[i]);
        const auto three = text.substr(i, 3);
        if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
            i += 2;
        } else if (letter >= ' ' || letter == '\t' || letter == '\n' || letter == '\r') {
            kept += text[i];
        }
    }
    return kept;
}

struct BufferFree {
    void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};
struct WriterFree {
    void operator()(xmlTextWriter* writer) const { xmlFreeTextWriter(writer); }
};

// Writing to memory fails for want of memory, and when the calls do not nest.
void check(int status)
{
    if (status < 0) {
        throw std::logic_error("libxml2 could not write XML");
    }
}

} // namespace

struct XmlWriter::State {
    std::unique_ptr<xmlBuffer, BufferFree> buffer;
    std::unique_ptr<xmlTextWriter, WriterFree> writer; // goes before its buffer
};

XmlWriter::XmlWriter(Declaration declaration) : _state(std::make_unique<State>())
{
    _state->buffer.reset(xmlBufferCreate());
    if (_state->buffer) {
        _state->writer.reset(xmlNewTextWriterMemory(_state->buffer.get(), 0));
    }
    if (!_state->writer) {
        throw std::bad_alloc{};
    }
    check(xmlTextWriterSetIndent(_state->writer.get(), 1));
    if (declaration == Declaration::yes) {
        check(xmlTextWriterStartDocument(_state->writer.get(), "1.0", "UTF-8", nullptr));
    }
}

XmlWriter::~XmlWriter() = default;

void XmlWriter::open(std::string_view name, const Attributes& attributes)
{
    check(xmlTextWriterStartElement(_state->writer.get(), xml(std::string{name})));
    for (const auto& [attribute, value] : attributes) {
        check(xmlTextWriterWriteAttribute(_state->writer.get(), xml(std::string{attribute}), xml(allowed(value))));
    }
}

void XmlWriter::close()
{
    check(xmlTextWriterEndElement(_state->writer.get()));
}

void XmlWriter::element(std::string_view name, std::string_view text, const Attributes& attributes)
{
    open(name, attributes);
    if (!text.empty()) {
        check(xmlTextWriterWriteString(_state->writer.get(), xml(allowed(text))));
    }
    close();
}

void XmlWriter::raw(const std::string& text)
{
    check(xmlTextWriterWriteRaw(_state->writer.get(), xml(text)));
}

std::string XmlWriter::finished()
{
    check(xmlTextWriterEndDocument(_state->writer.get()));
    check(xmlTextWriterFlush(_state->writer.get()));
    return reinterpret_cast<const char*>(xmlBufferContent(_state->buffer.get()));
}

} // namespace acervo::cite
