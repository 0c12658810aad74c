// XML of metadata: every text is one line, and what says nothing is left out.
#pragma once

#include "corpus/cite/xml_writer.h"

#include <initializer_list>
#include <string_view>

namespace acervo::cite::detail {

struct Attribute {
    std::string_view name;
    std::string_view value; // "": the attribute is left out
};

class XmlLines {
public:
    explicit XmlLines(Declaration declaration) : _xml(declaration) {}

    void begin(std::string_view element, std::initializer_list<Attribute> attributes = {});
    void end() { _xml.close(); }
    // An element with text; left out when the text is empty.
    void element(std::string_view name, std::string_view text, std::initializer_list<Attribute> attributes = {});

    std::string finished() { return _xml.finished(); }

private:
    XmlWriter _xml;
};

} // namespace acervo::cite::detail
