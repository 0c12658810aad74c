// Writes XML with libxml2: elements nest, text is escaped, nothing that XML 1.0 refuses gets in.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace acervo::cite {

enum class Declaration : std::uint8_t { no, yes }; // <?xml ...?>: not when the XML becomes part of other XML

// Elements one by one; what is opened is closed in order.
class XmlWriter {
public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    explicit XmlWriter(Declaration declaration);
    ~XmlWriter();
    XmlWriter(const XmlWriter&) = delete;
    XmlWriter& operator=(const XmlWriter&) = delete;
    XmlWriter(XmlWriter&&) = delete;
    XmlWriter& operator=(XmlWriter&&) = delete;

    void open(std::string_view name, const Attributes& attributes = {});
    void close();
    void element(std::string_view name, std::string_view text, const Attributes& attributes = {});
    void raw(const std::string& xml); // already XML

    std::string finished(); // closes what is open

private:
    struct State;
    std::unique_ptr<State> _state;
};

} // namespace acervo::cite
