#include "searchd/http/citations.h"
#include "searchd/http/machine_routes.h"
#include "searchd/http/public_url.h"
#include "searchd/oai/provider.h"

#include <algorithm>
#include <ctime>

namespace acervo::http {

namespace {

constexpr std::string_view kDataCiteOai = "http://schema.datacite.org/oai/oai-1.1/";

cite::Work workOf(const Services& services, const catalogue::WorkRecord& record)
{
    auto editions = record.editions;
    std::ranges::stable_sort(editions, {},
                             [](const auto& edition) { return text::languageOf(edition.metadata.language); });
    // Other languages are numbered first, and come last.
    std::ranges::stable_partition(editions, [](const auto& edition) {
        return text::languageOf(edition.metadata.language) != text::Language::other;
    });
    return citedWork(services, std::move(editions), 0);
}

// source  https://schema.datacite.org/oai/oai-1.1/oai.xsd
std::string oaiDataCite(const cite::Work& work)
{
    return "<oai_datacite xmlns=\"" + std::string{kDataCiteOai} + "\" xsi:schemaLocation=\"" +
           std::string{kDataCiteOai} + " " + std::string{kDataCiteOai} +
           "oai.xsd\">\n<schemaVersion>4.5</schemaVersion>\n<datacentreSymbol>ACERVO</datacentreSymbol>\n<payload>\n" +
           cite::dataCite(work, cite::Declaration::no) + "</payload>\n</oai_datacite>\n";
}

oai::Settings settingsOf(const Services& services)
{
    oai::Settings settings;
    settings.baseUrl = absoluteUrl(services, "/oai");
    settings.repositoryName = services.messages.text(text::Language::en, "site.name") + ", " +
                              services.messages.text(text::Language::en, "site.owner");
    settings.identifierDomain = publicHost(services.baseUrl);
    settings.sampleId = sampleId(services);
    settings.adminEmail = services.config.search.contact.empty() ? "postmaster@" + settings.identifierDomain
                                                                 : services.config.search.contact;
    settings.formats = {
        {"oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/",
         [&services](const auto& record) { return cite::dublinCore(workOf(services, record), cite::Declaration::no); }},
        {"oai_datacite", std::string{kDataCiteOai} + "oai.xsd", std::string{kDataCiteOai},
         [&services](const auto& record) { return oaiDataCite(workOf(services, record)); }},
    };
    return settings;
}

} // namespace

Answer oaiPmh(const Services& services, const Request& request)
{
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto settings = settingsOf(services);
    const oai::Provider provider{settings, services.readers.filter(), readers->catalogue(), services.vocabularies};
    auto answered = provider.answer(request.parameters, static_cast<std::int64_t>(std::time(nullptr)));
    if (!answered) {
        return Failure{answered.error()};
    }
    Response response;
    response.contentType = "text/xml; charset=utf-8";
    response.body = std::move(*answered);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

} // namespace acervo::http
