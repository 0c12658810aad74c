// Writes XML with libxml2: elements nest, text is escaped, nothing that XML 1.0 refuses gets in.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace acervo::cite::detail {

struct Attribute {
    std::string_view name;
    std::string_view value; // "": the attribute is left out
};

class XmlWriter {
public:
    explicit XmlWriter(bool declaration);
    ~XmlWriter();
    XmlWriter(const XmlWriter&) = delete;
    XmlWriter& operator=(const XmlWriter&) = delete;
    XmlWriter(XmlWriter&&) = delete;
    XmlWriter& operator=(XmlWriter&&) = delete;

    void begin(const char* element, std::initializer_list<Attribute> attributes = {});
    void end();
    // An element with text; left out when the text is empty.
    void element(const char* name, std::string_view text, std::initializer_list<Attribute> attributes = {});

    std::string finished(); // ends what is open

private:
    struct State;
    std::unique_ptr<State> _state;
};

} // namespace acervo::cite::detail
