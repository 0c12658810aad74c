// Walks through an XML document from outside without building it, loading anything else, or trusting its depth.
#pragma once

#include "analyzers/base/result.h"
#include "indexer/extract/detail/archive.h"
#include "indexer/extract/extractor.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace acervo::extract::detail {

// The element that a walk has just entered; valid during the call only.
class XmlElement {
public:
    explicit XmlElement(void* reader) : _reader(reader) {}

    std::string_view name() const;         // without prefix
    std::string_view namespaceUri() const; // "" when none
    int depth() const;                     // 0 for the root

    // The attribute of this local name. Without a prefix when there is one such, otherwise whatever its namespace.
    std::optional<std::string> attribute(std::string_view localName) const;
    // The attribute of this local name whose namespace ends in `namespaceEnd` ("/relationships").
    std::optional<std::string> attributeIn(std::string_view namespaceEnd, std::string_view localName) const;

private:
    void* _reader; // xmlTextReader
};

enum class Walk {
    into, // go on with the children
    skip, // leave out this element's content; endElement is called all the same
    stop, // the rest is of no interest
};

class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual Walk startElement(const XmlElement& element) = 0;
    virtual void endElement(std::string_view /*name*/) {}
    virtual void characters(std::string_view /*text*/) {} // valid UTF-8
    virtual bool full() const { return false; }           // true ends the walk early, without an error
};

// errors    corruptInput: not well-formed, or with a document type declaration (office formats have none, and entities
//           live there); resourceLimit: nested deeper than limits.maxDepth; the source's own errors. What came before
//           the error has been handed over.
Result<void> walkXml(ByteSource& source, const Limits& limits, XmlHandler& handler);
Result<void> walkXml(std::string_view bytes, const Limits& limits, XmlHandler& handler);
Result<void> walkPart(const Archive& archive, std::string_view part, const Limits& limits, XmlHandler& handler);

} // namespace acervo::extract::detail
