#include "corpus/cite/detail/xml_writer.h"

#include "corpus/cite/detail/facts.h"

#include <libxml/xmlwriter.h>

#include <new>
#include <stdexcept>

namespace acervo::cite::detail {

namespace {

const xmlChar* xml(const char* text)
{
    return reinterpret_cast<const xmlChar*>(text);
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

XmlWriter::XmlWriter(bool declaration) : _state(std::make_unique<State>())
{
    _state->buffer.reset(xmlBufferCreate());
    if (_state->buffer) {
        _state->writer.reset(xmlNewTextWriterMemory(_state->buffer.get(), 0));
    }
    if (!_state->writer) {
        throw std::bad_alloc{};
    }
    check(xmlTextWriterSetIndent(_state->writer.get(), 1));
    if (declaration) {
        check(xmlTextWriterStartDocument(_state->writer.get(), "1.0", "UTF-8", nullptr));
    }
}

XmlWriter::~XmlWriter() = default;

void XmlWriter::begin(const char* element, std::initializer_list<Attribute> attributes)
{
    check(xmlTextWriterStartElement(_state->writer.get(), xml(element)));
    for (const auto& [name, value] : attributes) {
        const auto clean = oneLine(value);
        if (!clean.empty()) {
            check(
                xmlTextWriterWriteAttribute(_state->writer.get(), xml(std::string{name}.c_str()), xml(clean.c_str())));
        }
    }
}

void XmlWriter::end()
{
    check(xmlTextWriterEndElement(_state->writer.get()));
}

void XmlWriter::element(const char* name, std::string_view text, std::initializer_list<Attribute> attributes)
{
    const auto clean = oneLine(text);
    if (clean.empty()) {
        return;
    }
    begin(name, attributes);
    check(xmlTextWriterWriteString(_state->writer.get(), xml(clean.c_str())));
    end();
}

std::string XmlWriter::finished()
{
    check(xmlTextWriterEndDocument(_state->writer.get()));
    check(xmlTextWriterFlush(_state->writer.get()));
    return reinterpret_cast<const char*>(xmlBufferContent(_state->buffer.get()));
}

} // namespace acervo::cite::detail
