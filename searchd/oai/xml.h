// Writes XML text that is always well-formed, whatever the texts put into it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::oai {

// Escaped for text and for attributes in double quotes. Characters that XML 1.0 cannot hold are left out.
std::string escapeXml(std::string_view text);

// Elements one by one; what is opened must be closed in order.
class XmlWriter {
public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    void open(std::string_view name, const Attributes& attributes = {});
    void close();
    void element(std::string_view name, std::string_view text, const Attributes& attributes = {});
    void raw(std::string_view xml) { _text += xml; } // already XML

    std::string take() { return std::move(_text); }

private:
    void tag(std::string_view name, const Attributes& attributes);

    std::string _text;
    std::vector<std::string> _opened;
};

} // namespace acervo::oai
