#include "corpus/cite/xml_writer.h"
#include "searchd/http/machine_routes.h"
#include "searchd/oai/datestamp.h"

namespace acervo::http {

namespace {

// A file may hold 50,000 addresses and 50 MB (https://www.sitemaps.org/protocol.html); each work has three addresses.
constexpr std::size_t kWorksInPart = 1000;
constexpr std::string_view kNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
constexpr std::string_view kFirst = "first.xml";
constexpr std::string_view kEnding = ".xml";

Response xml(const Request& request, cite::XmlWriter& page)
{
    return conditional(request, "application/xml; charset=utf-8", page.finished());
}

} // namespace

Answer sitemapIndex(const Services& services, const Request& request)
{
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto parts = readers->catalogue().everyWork(services.readers.filter(), kWorksInPart);
    if (!parts) {
        return Failure{parts.error()};
    }
    const auto base = services.baseUrl + "/sitemaps/";
    cite::XmlWriter page{cite::Declaration::yes};
    page.open("sitemapindex", {{"xmlns", std::string{kNamespace}}});
    const auto add = [&](const std::string& name) {
        page.open("sitemap");
        page.element("loc", base + name);
        page.close();
    };
    add(std::string{kFirst});
    for (const auto& last : *parts) {
        add(percentEncode(last) + std::string{kEnding});
    }
    page.close();
    return xml(request, page);
}

Answer sitemap(const Services& services, const Request& request)
{
    auto after = request.captures[0];
    if (!after.ends_with(kEnding)) {
        return Failure{ErrorCode::notFound, "there is no such part of the sitemap"};
    }
    after.resize(after == kFirst ? 0 : after.size() - kEnding.size());
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto works = readers->catalogue().worksAfter(services.readers.filter(), after, kWorksInPart);
    if (!works) {
        return Failure{works.error()};
    }
    const auto base = services.baseUrl;
    cite::XmlWriter page{cite::Declaration::yes};
    page.open("urlset", {{"xmlns", std::string{kNamespace}}, {"xmlns:xhtml", "http://www.w3.org/1999/xhtml"}});
    for (const auto& work : *works) {
        for (const auto language : text::kLanguages) {
            page.open("url");
            page.element("loc", base + documentUrl(language, work.citableId));
            page.element("lastmod", oai::formatDatestamp(work.changedAt));
            for (const auto other : text::kLanguages) {
                page.element("xhtml:link", "",
                             {{"rel", "alternate"},
                              {"hreflang", std::string{text::codeOf(other)}},
                              {"href", base + documentUrl(other, work.citableId)}});
            }
            page.close();
        }
    }
    page.close();
    return xml(request, page);
}

} // namespace acervo::http
