#include "corpus/cite/cite.h"
#include "corpus/cite/detail/facts.h"
#include "corpus/cite/detail/xml_lines.h"

#include <set>
#include <tuple>

namespace acervo::cite {

namespace {

using detail::XmlLines;

std::string written(const detail::Name& name)
{
    return !name.organisation.empty() ? name.organisation
           : name.given.empty()       ? name.family
                                      : name.family + ", " + name.given;
}

void addNames(XmlLines& xml, const char* element, const vocabulary::Labels& labels)
{
    for (const auto& [language, label] : labels) {
        xml.element(element, label, {{"xml:lang", language}});
    }
}

void addEditions(XmlLines& xml, const Work& work)
{
    std::set<std::string> creators;
    for (const auto& edition : work.editions) {
        xml.element("dc:title", detail::titleOf(edition), {{"xml:lang", edition.metadata.language}});
    }
    for (const auto& edition : work.editions) {
        for (const auto& name : detail::authorsOf(edition)) {
            if (creators.insert(written(name)).second) {
                xml.element("dc:creator", written(name));
            }
        }
    }
    for (const auto& labels : work.subjects) {
        addNames(xml, "dc:subject", labels);
    }
    for (const auto& edition : work.editions) {
        for (const auto& keyword : edition.metadata.keywords) {
            xml.element("dc:subject", keyword, {{"xml:lang", edition.metadata.language}});
        }
    }
    for (const auto& edition : work.editions) {
        xml.element("dc:description", edition.metadata.abstractText, {{"xml:lang", edition.metadata.language}});
    }
}

void addIdentifiers(XmlLines& xml, const Work& work)
{
    xml.element("dc:identifier", workUrl(work));
    xml.element("dc:identifier", work.editions.front().citableId);
    for (const auto& doi : detail::distinct(work, [](const auto& one) { return detail::doiOf(one); })) {
        xml.element("dc:identifier", "doi:" + doi);
    }
    for (const auto& isbn : detail::distinct(work, [](const auto& one) { return one.metadata.isbn; })) {
        xml.element("dc:identifier", "ISBN " + isbn);
    }
}

} // namespace

std::string dublinCore(const Work& work, Declaration declaration)
{
    XmlLines xml{declaration};
    xml.begin("oai_dc:dc", {{"xmlns:oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/"},
                            {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                            {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                            {"xsi:schemaLocation", "http://www.openarchives.org/OAI/2.0/oai_dc/ "
                                                   "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"}});
    addEditions(xml, work);
    addNames(xml, "dc:publisher", work.publisher);
    for (const auto& date : detail::distinct(work, [](const auto& one) { return one.metadata.date; })) {
        xml.element("dc:date", date);
    }
    addNames(xml, "dc:type", work.type);
    for (const auto& format : detail::distinct(work, [](const auto& one) { return one.mediaType; })) {
        xml.element("dc:format", format);
    }
    addIdentifiers(xml, work);
    for (const auto& language : detail::distinct(work, [](const auto& one) { return one.metadata.language; })) {
        xml.element("dc:language", language);
    }
    for (const auto& series : detail::distinct(work, [](const auto& one) {
             const auto& [name, number] = std::tie(one.metadata.series, one.metadata.number);
             return name.empty() || number.empty() ? name : name + ", " + number;
         })) {
        xml.element("dc:relation", series);
    }
    for (const auto& place : work.places) {
        addNames(xml, "dc:coverage", place);
    }
    for (const auto& license : detail::distinct(work, [](const auto& one) { return one.metadata.license; })) {
        xml.element("dc:rights", license);
    }
    return xml.finished();
}

} // namespace acervo::cite
