#include "corpus/cite/cite.h"
#include "corpus/cite/detail/facts.h"
#include "corpus/cite/detail/xml_lines.h"

#include <ctime>

namespace acervo::cite {

namespace {

using detail::XmlLines;

int yearOf(std::int64_t seconds)
{
    const auto time = static_cast<std::time_t>(seconds);
    std::tm parts{};
    return gmtime_r(&time, &parts) != nullptr ? parts.tm_year + 1900 : 0;
}

// Mandatory, four digits. The kernel defines it as the year when the resource was made publicly available: where the
// document names none, that is the year the library took it.
std::string publicationYear(const model::Edition& edition)
{
    const auto year = detail::partsOf(edition.metadata.date).year;
    auto digits = std::to_string(year > 0 ? year : yearOf(edition.indexedAt));
    return digits.size() >= 4 ? digits : std::string(4 - digits.size(), '0') + digits;
}

void addCreator(XmlLines& xml, const detail::Name& name)
{
    xml.begin("creator");
    if (!name.organisation.empty()) {
        xml.element("creatorName", name.organisation, {{"nameType", "Organizational"}});
    } else {
        xml.element("creatorName", name.given.empty() ? name.family : name.family + ", " + name.given,
                    {{"nameType", "Personal"}});
        xml.element("givenName", name.given);
        xml.element("familyName", name.family);
    }
    xml.end();
}

// At least one is mandatory: the organisation stands for authors who are not named.
void addCreators(XmlLines& xml, const Work& work)
{
    const auto& edition = work.editions.front();
    xml.begin("creators");
    const auto names = detail::authorsOf(edition);
    for (const auto& name : names) {
        addCreator(xml, name);
    }
    if (names.empty()) {
        addCreator(xml, {"", "", detail::labelIn(work.publisher, edition.metadata.language)});
    }
    xml.end();
}

void addTitles(XmlLines& xml, const Work& work)
{
    xml.begin("titles");
    for (const auto& edition : work.editions) {
        const bool isFirst = &edition == &work.editions.front();
        const auto& metadata = edition.metadata;
        const auto written = detail::oneLine(metadata.title);
        const auto title = written.empty() ? edition.citableId : written;
        if (isFirst) {
            xml.element("title", title, {{"xml:lang", metadata.language}});
            xml.element("title", metadata.subtitle, {{"xml:lang", metadata.language}, {"titleType", "Subtitle"}});
        } else {
            xml.element("title", detail::titleOf(edition),
                        {{"xml:lang", metadata.language}, {"titleType", "TranslatedTitle"}});
        }
    }
    xml.end();
}

void addSubjects(XmlLines& xml, const Work& work)
{
    xml.begin("subjects");
    for (const auto& labels : work.subjects) {
        for (const auto& [language, label] : labels) {
            xml.element("subject", label, {{"xml:lang", language}});
        }
    }
    for (const auto& edition : work.editions) {
        for (const auto& keyword : edition.metadata.keywords) {
            xml.element("subject", keyword, {{"xml:lang", edition.metadata.language}});
        }
    }
    xml.end();
}

// The record's own identifier is the DOI where there is one, else the lasting address.
void addIdentifier(XmlLines& xml, const Work& work)
{
    const auto doi = detail::doiOf(work.editions.front());
    xml.element("identifier", doi.empty() ? workUrl(work) : doi, {{"identifierType", doi.empty() ? "URL" : "DOI"}});
}

void addOtherIdentifiers(XmlLines& xml, const Work& work)
{
    xml.begin("alternateIdentifiers");
    xml.element("alternateIdentifier", work.editions.front().citableId, {{"alternateIdentifierType", "Citable ID"}});
    if (!detail::doiOf(work.editions.front()).empty()) {
        xml.element("alternateIdentifier", workUrl(work), {{"alternateIdentifierType", "URL"}});
    }
    for (const auto& isbn : detail::distinct(work, [](const auto& one) { return one.metadata.isbn; })) {
        xml.element("alternateIdentifier", isbn, {{"alternateIdentifierType", "ISBN"}});
    }
    xml.end();
    xml.begin("relatedIdentifiers");
    for (const auto& edition : work.editions) {
        if (!edition.metadata.language.empty()) {
            xml.element("relatedIdentifier", editionUrl(work, edition),
                        {{"relatedIdentifierType", "URL"}, {"relationType", "HasVersion"}});
        }
    }
    xml.end();
}

void addRights(XmlLines& xml, const Work& work)
{
    xml.begin("rightsList");
    for (const auto& license : detail::distinct(work, [](const auto& one) { return one.metadata.license; })) {
        const auto url = licenseUrl(license);
        xml.element("rights", license, {{"rightsURI", url}});
    }
    xml.end();
}

void addForms(XmlLines& xml, const Work& work)
{
    const auto& edition = work.editions.front();
    xml.begin("sizes");
    xml.element("size", edition.pageCount > 0 ? std::to_string(edition.pageCount) + " pages" : "");
    xml.end();
    xml.begin("formats");
    for (const auto& format : detail::distinct(work, [](const auto& one) { return one.mediaType; })) {
        xml.element("format", format);
    }
    xml.end();
    xml.element("version", std::to_string(edition.versionNumber));
    addRights(xml, work);
    xml.begin("descriptions");
    for (const auto& one : work.editions) {
        xml.element("description", one.metadata.abstractText,
                    {{"xml:lang", one.metadata.language}, {"descriptionType", "Abstract"}});
    }
    const auto& metadata = edition.metadata;
    if (!metadata.series.empty()) {
        xml.element("description", metadata.series + (metadata.number.empty() ? "" : ", " + metadata.number),
                    {{"descriptionType", "SeriesInformation"}});
    }
    xml.end();
    xml.begin("geoLocations");
    for (const auto& place : work.places) {
        xml.begin("geoLocation");
        xml.element("geoLocationPlace", detail::labelIn(place, "en"));
        xml.end();
    }
    xml.end();
}

} // namespace

std::string dataCite(const Work& work, Declaration declaration)
{
    const auto& edition = work.editions.front();
    const auto& metadata = edition.metadata;
    XmlLines xml{declaration};
    xml.begin("resource", {{"xmlns", "http://datacite.org/schema/kernel-4"},
                           {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                           {"xsi:schemaLocation", "http://datacite.org/schema/kernel-4 "
                                                  "https://schema.datacite.org/meta/kernel-4.5/metadata.xsd"}});
    addIdentifier(xml, work);
    addCreators(xml, work);
    addTitles(xml, work);
    xml.element("publisher", detail::labelIn(work.publisher, metadata.language), {{"xml:lang", metadata.language}});
    xml.element("publicationYear", publicationYear(edition));
    xml.element("resourceType", work.type.empty() ? "Report" : detail::labelIn(work.type, "en"),
                {{"resourceTypeGeneral", "Report"}});
    addSubjects(xml, work);
    xml.begin("dates");
    xml.element("date", detail::partsOf(metadata.date).year > 0 ? metadata.date : "", {{"dateType", "Issued"}});
    xml.end();
    xml.element("language", metadata.language);
    addOtherIdentifiers(xml, work);
    addForms(xml, work);
    return xml.finished();
}

} // namespace acervo::cite
