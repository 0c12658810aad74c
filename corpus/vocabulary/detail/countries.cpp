#include "corpus/vocabulary/detail/countries.h"

#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/region.h>
#include <unicode/udisplaycontext.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace acervo::vocabulary {
namespace {

constexpr std::array<std::string_view, 3> kLanguages{"en", "fr", "es"};

struct FormerOrCommonName {
    std::string_view code;
    std::string_view language;
    std::string_view name;
};

// Names that documents use and ICU 72 does not know as display names.
constexpr std::array kOtherNames{
    FormerOrCommonName{"BO", "es", "Estado Plurinacional de Bolivia"},
    FormerOrCommonName{"CD", "en", "Democratic Republic of the Congo"},
    FormerOrCommonName{"CD", "en", "DRC"},
    FormerOrCommonName{"CD", "fr", "République démocratique du Congo"},
    FormerOrCommonName{"CD", "fr", "RDC"},
    FormerOrCommonName{"CD", "es", "RDC"},
    FormerOrCommonName{"CG", "en", "Republic of the Congo"},
    FormerOrCommonName{"CG", "fr", "République du Congo"},
    FormerOrCommonName{"CG", "es", "República del Congo"},
    FormerOrCommonName{"CI", "en", "Ivory Coast"},
    FormerOrCommonName{"CI", "es", "Costa de Marfil"},
    FormerOrCommonName{"CV", "en", "Cabo Verde"},
    FormerOrCommonName{"CV", "fr", "Cabo Verde"},
    FormerOrCommonName{"CZ", "en", "Czech Republic"},
    FormerOrCommonName{"CZ", "fr", "République tchèque"},
    FormerOrCommonName{"CZ", "es", "República Checa"},
    FormerOrCommonName{"GB", "en", "Great Britain"},
    FormerOrCommonName{"GB", "fr", "Grande-Bretagne"},
    FormerOrCommonName{"GB", "es", "Gran Bretaña"},
    FormerOrCommonName{"IR", "en", "Islamic Republic of Iran"},
    FormerOrCommonName{"KR", "en", "Republic of Korea"},
    FormerOrCommonName{"KR", "fr", "République de Corée"},
    FormerOrCommonName{"KR", "es", "República de Corea"},
    FormerOrCommonName{"MK", "en", "Macedonia"},
    FormerOrCommonName{"MK", "fr", "Macédoine"},
    FormerOrCommonName{"MM", "en", "Burma"},
    FormerOrCommonName{"MM", "fr", "Birmanie"},
    FormerOrCommonName{"MM", "es", "Birmania"},
    FormerOrCommonName{"RU", "en", "Russian Federation"},
    FormerOrCommonName{"RU", "fr", "Fédération de Russie"},
    FormerOrCommonName{"RU", "es", "Federación de Rusia"},
    FormerOrCommonName{"SZ", "en", "Swaziland"},
    FormerOrCommonName{"SZ", "fr", "Swaziland"},
    FormerOrCommonName{"SZ", "es", "Suazilandia"},
    FormerOrCommonName{"TL", "en", "East Timor"},
    FormerOrCommonName{"TR", "en", "Turkey"},
    FormerOrCommonName{"TR", "en", "Türkiye"},
    FormerOrCommonName{"TZ", "en", "United Republic of Tanzania"},
    FormerOrCommonName{"US", "en", "United States of America"},
    FormerOrCommonName{"US", "fr", "États-Unis d'Amérique"},
    FormerOrCommonName{"US", "es", "Estados Unidos de América"},
    FormerOrCommonName{"VN", "en", "Viet Nam"},
    FormerOrCommonName{"VN", "fr", "Viêt Nam"},
};

std::string utf8(const icu::UnicodeString& text)
{
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

using DisplayNames = std::unique_ptr<icu::LocaleDisplayNames>;

// ICU's own short forms: "UK", "Bosnia".
DisplayNames shortNames(const icu::Locale& reader)
{
    std::array<UDisplayContext, 1> contexts{UDISPCTX_LENGTH_SHORT};
    return DisplayNames(icu::LocaleDisplayNames::createInstance(reader, contexts.data(), 1));
}

void addAltLabel(Concept& country, std::string_view language, std::string_view name)
{
    auto& names = country.altLabels[std::string(language)];
    const auto label = country.labels.find(language);
    const bool isKnown = std::find(names.begin(), names.end(), name) != names.end();
    if (!isKnown && (label == country.labels.end() || label->second != name)) {
        names.emplace_back(name);
    }
}

// Codes ICU lists and the standard does not assign: reserved for parts of countries, or free for users.
// source  ISO 3166-1:2020, 7.5 and 8.1.3.
bool isAssigned(std::string_view code)
{
    constexpr std::array<std::string_view, 7> kReserved{"AC", "CP", "CQ", "DG", "EA", "IC", "TA"};
    const bool isReserved = std::find(kReserved.begin(), kReserved.end(), code) != kReserved.end();
    const bool isForUsers = code == "AA" || code == "ZZ" || code[0] == 'X' || (code[0] == 'Q' && code[1] >= 'M');
    return !isReserved && !isForUsers;
}

// "002", or "" when there is none by the United Nations: Antarctica has none, and ICU's "QO" is not theirs.
std::string regionOf(const std::string& country, URegionType type)
{
    UErrorCode status = U_ZERO_ERROR;
    const auto* place = icu::Region::getInstance(country.c_str(), status);
    const auto* region = U_SUCCESS(status) && place != nullptr ? place->getContainingRegion(type) : nullptr;
    const std::string code = region == nullptr ? "" : region->getRegionCode();
    return code == "QO" ? "" : code;
}

// Puts each country below its part of a continent, and that below the continent.
void addRegions(std::vector<Concept>& places)
{
    std::map<std::string, std::string> regions; // code -> code of the one around it
    for (auto& country : places) {
        country.broader = regionOf(country.notation, URGN_SUBCONTINENT);
        if (!country.broader.empty()) {
            const auto continent = regionOf(country.notation, URGN_CONTINENT);
            regions[country.broader] = continent;
            regions[continent] = "";
        }
    }
    const std::size_t countries = places.size();
    for (const auto& [code, around] : regions) {
        auto& region = places.emplace_back();
        region.notation = code;
        region.broader = around;
    }
    for (const auto language : kLanguages) {
        std::array<UDisplayContext, 1> contexts{UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU};
        const DisplayNames names{
            icu::LocaleDisplayNames::createInstance(icu::Locale(std::string(language).c_str()), contexts.data(), 1)};
        for (auto place = countries; place < places.size(); ++place) {
            icu::UnicodeString name;
            places[place].labels.emplace(language,
                                         utf8(names->regionDisplayName(places[place].notation.c_str(), name)));
        }
    }
}

} // namespace

std::vector<Concept> countryConcepts()
{
    std::vector<Concept> countries;
    for (const char* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
        if (isAssigned(*code)) {
            countries.emplace_back().notation = *code;
        }
    }
    std::sort(countries.begin(), countries.end(),
              [](const Concept& a, const Concept& b) { return a.notation < b.notation; });
    for (const auto language : kLanguages) {
        const icu::Locale reader(std::string(language).c_str());
        const auto brief = shortNames(reader);
        for (auto& country : countries) {
            const icu::Locale place("", country.notation.c_str());
            icu::UnicodeString name;
            country.labels.emplace(language, utf8(place.getDisplayCountry(reader, name)));
            const auto shortName = utf8(brief->regionDisplayName(country.notation.c_str(), name));
            if (shortName != "RU") { // the United Kingdom in French and Spanish, but the code of Russia
                addAltLabel(country, language, shortName);
            }
            if (language == "en") {
                addAltLabel(country, language, place.getISO3Country());
            }
        }
    }
    for (const auto& other : kOtherNames) {
        const auto country = std::find_if(countries.begin(), countries.end(),
                                          [&](const Concept& c) { return c.notation == other.code; });
        if (country != countries.end()) {
            addAltLabel(*country, other.language, other.name);
        }
    }
    addRegions(countries);
    return countries;
}

} // namespace acervo::vocabulary
