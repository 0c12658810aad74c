#include "corpus/cite/cite.h"
#include "corpus/cite/detail/facts.h"

#include <nlohmann/json.hpp>

namespace acervo::cite {

namespace {

using nlohmann::ordered_json;

void add(ordered_json& node, const char* name, const std::string& value)
{
    if (!value.empty()) {
        node[name] = value;
    }
}

void add(ordered_json& node, const char* name, ordered_json list)
{
    if (!list.empty()) {
        node[name] = std::move(list);
    }
}

ordered_json authors(const model::Edition& edition)
{
    auto list = ordered_json::array();
    for (const auto& name : detail::authorsOf(edition)) {
        if (!name.organisation.empty()) {
            list.push_back({{"@type", "Organization"}, {"name", name.organisation}});
            continue;
        }
        ordered_json person{{"@type", "Person"},
                            {"name", name.given.empty() ? name.family : name.given + " " + name.family}};
        add(person, "givenName", name.given);
        add(person, "familyName", name.family);
        list.push_back(std::move(person));
    }
    return list;
}

ordered_json identifier(const char* kind, const std::string& value)
{
    return {{"@type", "PropertyValue"}, {"propertyID", kind}, {"value", value}};
}

// What belongs to one edition, whatever node carries it.
void describe(ordered_json& node, const Work& work, const model::Edition& edition)
{
    const auto& metadata = edition.metadata;
    add(node, "name", metadata.title.empty() ? edition.citableId : detail::oneLine(metadata.title));
    add(node, "alternativeHeadline", detail::oneLine(metadata.subtitle));
    add(node, "abstract", detail::oneLine(metadata.abstractText));
    add(node, "author", authors(edition));
    add(node, "encodingFormat", edition.mediaType);
    add(node, "version", std::to_string(edition.versionNumber));
    if (edition.pageCount > 0) {
        node["numberOfPages"] = edition.pageCount;
    }
    auto keywords = ordered_json::array();
    for (const auto& subject : detail::subjectsOf(work, edition)) {
        keywords.push_back(subject);
    }
    add(node, "keywords", std::move(keywords));
}

ordered_json editionNode(const Work& work, const model::Edition& edition)
{
    ordered_json node{{"@type", "Report"}, {"@id", editionUrl(work, edition)}, {"url", editionUrl(work, edition)}};
    describe(node, work, edition);
    add(node, "inLanguage", edition.metadata.language);
    node["translationOfWork"] = {{"@id", workUrl(work)}};
    return node;
}

// The same text within <script>: nothing in it ends the element or begins a comment.
std::string scriptSafe(const std::string& json)
{
    std::string safe;
    for (const char c : json) {
        safe += c == '<'   ? std::string{"\\u003c"}
                : c == '>' ? std::string{"\\u003e"}
                : c == '&' ? std::string{"\\u0026"}
                           : std::string{c};
    }
    return safe;
}

} // namespace

std::string jsonLd(const Work& work)
{
    const auto& edition = work.editions.front();
    const auto& metadata = edition.metadata;
    ordered_json node{
        {"@context", "https://schema.org"}, {"@type", "Report"}, {"@id", workUrl(work)}, {"url", workUrl(work)}};
    auto identifiers = ordered_json::array({identifier("citable ID", edition.citableId)});
    if (const auto doi = detail::doiOf(edition); !doi.empty()) {
        identifiers.push_back(identifier("DOI", doi));
        node["sameAs"] = detail::doiUrl(doi);
    }
    for (const auto& isbn : detail::distinct(work, [](const auto& one) { return one.metadata.isbn; })) {
        identifiers.push_back(identifier("ISBN", isbn));
    }
    node["identifier"] = std::move(identifiers);
    describe(node, work, edition);
    auto languages = ordered_json::array();
    for (const auto& language : detail::distinct(work, [](const auto& one) { return one.metadata.language; })) {
        languages.push_back(language);
    }
    add(node, "inLanguage", std::move(languages));
    if (detail::partsOf(metadata.date).year > 0) {
        node["datePublished"] = metadata.date;
    }
    node["publisher"] = {{"@type", "Organization"}, {"name", detail::labelIn(work.publisher, metadata.language)}};
    add(node, "genre", detail::labelIn(work.type, metadata.language));
    add(node, "reportNumber", detail::oneLine(metadata.number));
    if (!metadata.series.empty()) {
        node["isPartOf"] = {{"@type", "CreativeWorkSeries"}, {"name", detail::oneLine(metadata.series)}};
    }
    const auto license = licenseUrl(metadata.license);
    add(node, "license", license.empty() ? detail::oneLine(metadata.license) : license);
    auto places = ordered_json::array();
    for (const auto& place : work.places) {
        places.push_back({{"@type", "Country"}, {"name", detail::labelIn(place, metadata.language)}});
    }
    add(node, "spatialCoverage", std::move(places));
    if (work.editions.size() > 1) {
        auto translations = ordered_json::array();
        for (const auto& one : work.editions) {
            translations.push_back(editionNode(work, one));
        }
        node["workTranslation"] = std::move(translations);
    }
    return scriptSafe(node.dump(2, ' ', false, ordered_json::error_handler_t::replace)) + "\n";
}

} // namespace acervo::cite
