#include "searchd/http/services.h"

#include "corpus/identifier/citable_id.h"

namespace acervo::http {

std::string facetLabel(const Services& services, schema::Facet facet, const std::string& value, text::Language language)
{
    if (facet == schema::Facet::language) {
        auto name = languageName(value, language);
        return name.empty() ? value : name;
    }
    const auto* scheme = vocabulary::schemeOf(services.vocabularies, schema::infoOf(facet).name);
    if (scheme == nullptr) {
        return value;
    }
    auto label = scheme->label(value, text::codeOf(language));
    return facet == schema::Facet::sdg && label != value ? value + ". " + label : label;
}

std::string noteText(const Services& services, const query::Note& note, text::Language language)
{
    std::vector<Argument> arguments;
    for (std::size_t i = 0; i < note.arguments.size(); ++i) {
        auto value = note.arguments[i];
        if (note.code == "unknownValue" && i == 0) {
            value = services.messages.text(language, "facet." + value);
        }
        arguments.emplace_back(std::to_string(i), std::move(value));
    }
    return services.messages.text(language, "note." + note.code, arguments);
}

std::string documentUrl(text::Language interfaceLanguage, const std::string& citableId, const Parameters& parameters)
{
    return "/" + std::string{text::codeOf(interfaceLanguage)} + "/documents/" + percentEncode(citableId) +
           buildQuery(parameters);
}

std::string sampleId(const Services& services)
{
    return identifier::format(services.config.identifierPrefix, 2021, 42);
}

std::string absoluteUrl(const Services& services, const std::string& path)
{
    return services.baseUrl + path;
}

} // namespace acervo::http
