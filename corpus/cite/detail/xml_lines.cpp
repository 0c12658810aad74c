#include "corpus/cite/detail/xml_lines.h"

#include "corpus/cite/detail/facts.h"

namespace acervo::cite::detail {

namespace {

XmlWriter::Attributes spoken(std::initializer_list<Attribute> attributes)
{
    XmlWriter::Attributes kept;
    for (const auto& [name, value] : attributes) {
        if (auto line = oneLine(value); !line.empty()) {
            kept.emplace_back(name, std::move(line));
        }
    }
    return kept;
}

} // namespace

void XmlLines::begin(std::string_view element, std::initializer_list<Attribute> attributes)
{
    _xml.open(element, spoken(attributes));
}

void XmlLines::element(std::string_view name, std::string_view text, std::initializer_list<Attribute> attributes)
{
    if (const auto line = oneLine(text); !line.empty()) {
        _xml.element(name, line, spoken(attributes));
    }
}

} // namespace acervo::cite::detail
