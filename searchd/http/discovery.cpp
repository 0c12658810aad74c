// Small texts that tell programs what this site is and where its doors are.
#include "corpus/cite/xml_writer.h"
#include "searchd/http/machine_routes.h"
#include "searchd/http/page_view.h"

namespace acervo::http {

// Every combination of filters is an address of its own: robots that follow them all find nothing new and cost much.
// Works, their pages and the plain list of works stay open to them.
Answer robots(const Services& services, const Request& request)
{
    std::string text = "User-agent: *\n";
    for (const auto language : text::kLanguages) {
        const auto base = "/" + std::string{text::codeOf(language)} + "/";
        text += "Disallow: " + base + "?\n" + "Disallow: " + base + "feed?\n";
    }
    text += "Disallow: /api/v1/search\nDisallow: /api/v1/facets\nDisallow: /api/v1/suggest\n\n";
    text += "Sitemap: " + services.baseUrl + "/sitemap.xml\n";
    return conditional(request, "text/plain; charset=utf-8", std::move(text));
}

// source  https://github.com/dewitt/opensearch, version 1.1
Answer openSearch(const Services& services, const Request& request)
{
    const auto language = pageLanguage(request);
    const auto base = services.baseUrl;
    const auto home = base + "/" + std::string{text::codeOf(language)} + "/";
    cite::XmlWriter page{cite::Declaration::yes};
    page.open("OpenSearchDescription", {{"xmlns", "http://a9.com/-/spec/opensearch/1.1/"}});
    page.element("ShortName", services.messages.text(language, "site.name"));
    page.element("Description", services.messages.text(language, "site.footer"));
    page.element("Url", "", {{"type", "text/html"}, {"method", "get"}, {"template", home + "?q={searchTerms}"}});
    page.element("Url", "", {{"type", "application/atom+xml"}, {"template", home + "feed?q={searchTerms}"}});
    page.element(
        "Url", "",
        {{"type", "application/opensearchdescription+xml"}, {"rel", "self"}, {"template", home + "opensearch.xml"}});
    page.element("Image", base + services.assets.url("icon.svg"), {{"type", "image/svg+xml"}});
    page.element("Language", text::codeOf(language));
    page.element("OutputEncoding", "UTF-8");
    page.element("InputEncoding", "UTF-8");
    page.close();
    return conditional(request, "application/opensearchdescription+xml", page.finished());
}

// source  https://llmstxt.org
Answer llmsText(const Services& services, const Request& request)
{
    Response response =
        conditional(request, "text/markdown; charset=utf-8",
                    services.templates.render("llms", text::Language::en,
                                              {{"base", services.baseUrl},
                                               {"sample_id", sampleId(services)},
                                               {"owner", services.messages.text(text::Language::en, "site.owner")}}));
    return response;
}

} // namespace acervo::http
