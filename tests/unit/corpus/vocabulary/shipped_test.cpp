// Holds the vocabularies that come with Acervo to what the other rooms rely on.
#include "corpus/vocabulary/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::vocabulary {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::NotNull;

// Loaded once: the files are read-only and the test is about their content.
const Vocabularies& shipped()
{
    static const Vocabularies all = [] {
        auto loaded = load(ACERVO_SOURCE_DIR "/corpus/vocabulary");
        return loaded.value();
    }();
    return all;
}

std::vector<std::string> notations(const std::vector<const Concept*>& concepts)
{
    std::vector<std::string> result;
    std::transform(concepts.begin(), concepts.end(), std::back_inserter(result),
                   [](const Concept* entry) { return entry->notation; });
    return result;
}

std::map<std::size_t, std::size_t> conceptsByDepth(const Scheme& scheme)
{
    std::map<std::size_t, std::size_t> depths;
    for (const auto& entry : scheme.concepts()) {
        ++depths[scheme.ancestors(entry.notation).size() + 1];
    }
    return depths;
}

TEST(Shipped, hasTheTenSections)
{
    std::vector<std::string> found;
    for (const auto& entry : shipped().sections.concepts()) {
        found.push_back(entry.notation);
    }
    EXPECT_THAT(found, ElementsAre("world", "africa", "aspac", "eurasia", "europe", "mewa", "latin-america",
                                   "north-america", "metropolis", "regions"));
}

TEST(Shipped, hasTypesOnThreeLevels)
{
    const auto depths = conceptsByDepth(shipped().types);
    ASSERT_EQ(depths.size(), 3U);
    EXPECT_EQ(depths.at(1), 3U);
    EXPECT_EQ(depths.at(2), 15U);
    EXPECT_GE(depths.at(3), 30U);
}

TEST(Shipped, hasThemesOnTwoToThreeLevels)
{
    EXPECT_GE(shipped().themes.concepts().size(), 120U);
    EXPECT_EQ(conceptsByDepth(shipped().themes).size(), 3U);
    for (const auto& entry : shipped().themes.concepts()) {
        EXPECT_TRUE(!entry.broader.empty() || !entry.narrower.empty()) << entry.notation << " stands alone";
    }
}

TEST(Shipped, hasTheSeventeenGoalsInOrder)
{
    const auto& goals = shipped().sdgs.concepts();
    ASSERT_EQ(goals.size(), 17U);
    for (std::size_t i = 0; i < goals.size(); ++i) {
        EXPECT_EQ(goals[i].notation, std::to_string(i + 1));
    }
}

TEST(Shipped, hasTheCountriesOfTheStandard)
{
    const auto& countries = shipped().countries;
    const auto isCountry = [](const Concept& place) { return place.notation.size() == 2; };
    EXPECT_EQ(std::ranges::count_if(countries.concepts(), isCountry),
              249); // ISO 3166-1, officially assigned, since 2011
    EXPECT_EQ(countries.label("SN", "fr"), "Sénégal");
    EXPECT_EQ(countries.label("DE", "es"), "Alemania");
    EXPECT_EQ(countries.find("XK"), nullptr);
}

TEST(Shipped, putsCountriesBelowTheirRegions)
{
    const auto& countries = shipped().countries;
    const auto regionsOf = [&](const char* country) {
        std::vector<std::string> codes;
        for (const auto* region : countries.ancestors(country)) {
            codes.push_back(region->notation);
        }
        return codes;
    };
    using testing::ElementsAre;
    EXPECT_THAT(regionsOf("SN"), ElementsAre("011", "002"));
    EXPECT_THAT(regionsOf("MX"), ElementsAre("013", "019"));
    EXPECT_THAT(regionsOf("FJ"), ElementsAre("054", "009"));
    EXPECT_THAT(regionsOf("AQ"), testing::IsEmpty());
    EXPECT_EQ(countries.label("002", "es"), "África");
    EXPECT_EQ(countries.label("011", "fr"), "Afrique occidentale");
    EXPECT_EQ(countries.findByLabel("afrique")->notation, "002");
    EXPECT_EQ(countries.descendants("002").size(), 65U); // five parts, sixty countries and territories of UN M49
}

TEST(Shipped, labelsEveryConceptInThreeLanguagesAndOwnWords)
{
    const auto& all = shipped();
    for (const auto* scheme : {&all.sections, &all.types, &all.themes, &all.countries, &all.sdgs}) {
        for (const auto& entry : scheme->concepts()) {
            for (const auto* language : {"en", "fr", "es"}) {
                const auto label = entry.labels.find(language);
                ASSERT_NE(label, entry.labels.end()) << entry.notation << " in " << language;
                EXPECT_FALSE(label->second.empty());
                EXPECT_NE(label->second, entry.notation);
            }
        }
    }
}

TEST(Shipped, meansOneConceptByEachLabel)
{
    const auto& all = shipped();
    for (const auto* scheme : {&all.sections, &all.types, &all.themes, &all.countries, &all.sdgs}) {
        for (const auto& entry : scheme->concepts()) {
            std::set<std::string> labels;
            for (const auto& [language, label] : entry.labels) {
                labels.insert(label);
            }
            for (const auto& [language, alternatives] : entry.altLabels) {
                labels.insert(alternatives.begin(), alternatives.end());
            }
            for (const auto& label : labels) {
                const auto* found = scheme->findByLabel(label);
                ASSERT_THAT(found, NotNull()) << label;
                EXPECT_EQ(found->notation, entry.notation) << label;
            }
        }
    }
}

TEST(Shipped, knowsTheCoreNotations)
{
    const auto& all = shipped();
    for (const auto* type :
         {"annual-report", "thematic-report", "country-report", "conference-report", "progress-report", "policy-brief",
          "case-study", "working-paper", "data-note", "legal-analysis", "position-paper", "declaration", "resolution",
          "statement", "contribution"}) {
        EXPECT_EQ(all.types.ancestors(type).size(), 1U) << type;
    }
    for (const auto* theme : {"local-finance", "fiscal-equalisation", "right-to-housing", "care-systems",
                              "sdg-localisation", "small-municipalities", "monitoring-and-evaluation", "peace"}) {
        EXPECT_THAT(all.themes.find(theme), NotNull()) << theme;
    }
}

TEST(Shipped, putsNarrowerThemesBelowBroaderOnes)
{
    const auto& themes = shipped().themes;
    EXPECT_THAT(notations(themes.ancestors("property-tax")), ElementsAre("own-source-revenue", "local-finance"));
    EXPECT_THAT(notations(themes.descendants("migration")), ElementsAre("refugees", "migrant-integration"));
    EXPECT_THAT(themes.descendants("property-tax"), IsEmpty());
}

struct LookupCase {
    std::string_view name;
    const Scheme Vocabularies::*scheme;
    std::string_view label;
    std::string_view notation;
};
void PrintTo(const LookupCase& c, std::ostream* out)
{
    *out << c.label;
}

class ShippedLookup : public testing::TestWithParam<LookupCase> {};

TEST_P(ShippedLookup, findsTheConcept)
{
    const auto& [name, scheme, label, notation] = GetParam();
    const auto* found = (shipped().*scheme).findByLabel(label);
    ASSERT_THAT(found, NotNull());
    EXPECT_EQ(found->notation, notation);
}

INSTANTIATE_TEST_SUITE_P(
    , ShippedLookup,
    testing::Values(
        LookupCase{"french_label", &Vocabularies::themes, "Finances locales", "local-finance"},
        LookupCase{"spanish_label_in_lower_case", &Vocabularies::themes, "finanzas locales", "local-finance"},
        LookupCase{"accents_left_out", &Vocabularies::themes, "egalite de genre", "gender-equality"},
        LookupCase{"accents_decomposed", &Vocabularies::themes, "E\xCC\x81galite\xCC\x81 de genre", "gender-equality"},
        LookupCase{"capitals_with_accents", &Vocabularies::themes, "CAMBIO CLIMÁTICO", "climate-change"},
        LookupCase{"notation", &Vocabularies::themes, "right-to-housing", "right-to-housing"},
        LookupCase{"american_spelling", &Vocabularies::themes, "Decentralization", "decentralisation"},
        LookupCase{"acronym_ess", &Vocabularies::themes, "ESS", "social-economy"},
        LookupCase{"acronym_vlr", &Vocabularies::themes, "VLR", "voluntary-local-reviews"},
        LookupCase{"localisation_des_odd", &Vocabularies::themes, "localisation des ODD", "sdg-localisation"},
        LookupCase{"localizacion_de_los_ods", &Vocabularies::themes, "Localización de los ODS", "sdg-localisation"},
        LookupCase{"section_cglu", &Vocabularies::sections, "cglu", "world"},
        LookupCase{"section_cglu_afrique", &Vocabularies::sections, "CGLU-Afrique", "africa"},
        LookupCase{"section_cglu_africa", &Vocabularies::sections, "CGLU África", "africa"},
        LookupCase{"section_ccre", &Vocabularies::sections, "CCRE", "europe"},
        LookupCase{"section_cmre", &Vocabularies::sections, "cmre", "europe"},
        LookupCase{"type_in_spanish", &Vocabularies::types, "Estudio de caso", "case-study"},
        LookupCase{"type_acronym", &Vocabularies::types, "PV", "minutes"},
        LookupCase{"goal_with_acronym", &Vocabularies::sdgs, "ODD 11", "11"},
        LookupCase{"goal_without_space", &Vocabularies::sdgs, "ods5", "5"},
        LookupCase{"goal_by_number", &Vocabularies::sdgs, "16", "16"},
        LookupCase{"country_in_french", &Vocabularies::countries, "allemagne", "DE"},
        LookupCase{"country_lower_case_code", &Vocabularies::countries, "sn", "SN"},
        LookupCase{"country_alpha_3", &Vocabularies::countries, "SEN", "SN"},
        LookupCase{"country_straight_apostrophe", &Vocabularies::countries, "Cote d'Ivoire", "CI"},
        LookupCase{"country_common_name", &Vocabularies::countries, "Ivory Coast", "CI"},
        LookupCase{"country_short_name", &Vocabularies::countries, "UK", "GB"}),
    [](const auto& row) { return std::string{row.param.name}; });

} // namespace
} // namespace acervo::vocabulary
