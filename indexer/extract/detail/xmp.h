// Reads the XMP packet that PDF files carry: properties by their usual prefixed names ("dc:title").
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace acervo::extract::detail {

struct XmpProperty {
    std::string name;     // "dc:title", "xmp:CreatorTool"
    std::string value;    // one item of a list
    std::string language; // xml:lang of an alternative; "" when none
};

struct XmpPacket {
    std::vector<XmpProperty> properties; // in document order
    bool damaged = false;                // what could be read before the damage is there
};

// packet  the whole XMP stream, in UTF-8 or UTF-16. A packet with a document type declaration is refused (damaged).
// source  ISO 16684-1
XmpPacket readXmp(std::string_view packet);

// The value whose language is "x-default", else the first; "" when there is none.
std::string valueOf(const XmpPacket& packet, std::string_view name);
std::vector<std::string> valuesOf(const XmpPacket& packet, std::string_view name);

} // namespace acervo::extract::detail
