#include "searchd/http/signposting.h"

#include "corpus/cite/cite.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace acervo::http {

namespace {

class Links {
public:
    void add(const std::string& target, std::string_view relation, std::string_view attributes = {})
    {
        _text += (_text.empty() ? "<" : ", <") + target + ">;rel=\"" + std::string{relation} + '"';
        _text += attributes;
    }
    const std::string& text() const { return _text; }

private:
    std::string _text;
};

// An address that cannot end the header's link; a licence may be anything that somebody wrote.
bool isAddress(std::string_view text)
{
    constexpr std::size_t kMaxAddressBytes = 500;
    const bool isWeb = text.starts_with("https://") || text.starts_with("http://");
    return isWeb && text.size() <= kMaxAddressBytes && std::ranges::all_of(text, [](char letter) {
               return letter > ' ' && letter <= '~' &&
                      std::string_view{"<>\"\\^`{}|"}.find(letter) == std::string_view::npos;
           });
}

} // namespace

void addSignposts(Response& response, const Services& services, const Signposted& work)
{
    const auto id = percentEncode(work.citableId);
    const auto described = absoluteUrl(services, "/api/v1/documents/" + id);
    Links links;
    links.add(absoluteUrl(services, "/id/" + id), "cite-as");
    links.add("https://schema.org/AboutPage", "type");
    links.add("https://schema.org/Report", "type");
    links.add(described, "describedby", ";type=\"application/json\"");
    for (const auto& format : cite::formats()) {
        if (format.ofWork != nullptr) {
            links.add(described + "/citation?format=" + std::string{format.name}, "describedby",
                      ";type=\"" + std::string{format.mediaType} + '"');
        }
    }
    if (const auto license = cite::licenseUrl(work.license); isAddress(license)) {
        links.add(license, "license");
    }
    response.headers.emplace_back("Link", links.text());
}

} // namespace acervo::http
