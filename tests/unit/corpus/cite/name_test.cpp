#include "corpus/cite/detail/name.h"

#include <gtest/gtest.h>

namespace acervo::cite::detail {

namespace {

struct NameCase {
    std::string_view name;
    std::string_view written;
    std::string_view family;
    std::string_view given;
};
void PrintTo(const NameCase& c, std::ostream* out)
{
    *out << c.written;
}

class NameTable : public testing::TestWithParam<NameCase> {};

TEST_P(NameTable, isSplitOrAnOrganisation)
{
    const auto& row = GetParam();
    const auto name = nameOf(row.written);
    EXPECT_EQ(name.family, row.family);
    EXPECT_EQ(name.given, row.given);
    EXPECT_EQ(name.organisation, row.family.empty() ? row.written : "");
}

INSTANTIATE_TEST_SUITE_P(
    , NameTable,
    testing::Values(NameCase{"given_first", "Awa Ndiaye", "Ndiaye", "Awa"},
                    NameCase{"family_first", "Ndiaye, Awa Marie", "Ndiaye", "Awa Marie"},
                    NameCase{"capitals_last", "Awa Marie NDIAYE", "NDIAYE", "Awa Marie"},
                    NameCase{"capitals_first", "DIOP SARR Awa", "DIOP SARR", "Awa"},
                    NameCase{"particles", "Juan de la Cruz", "de la Cruz", "Juan"},
                    NameCase{"double_family_name", "Fernanda Ibáñez Roldán", "Ibáñez Roldán", "Fernanda"},
                    NameCase{"two_given_names", "Ana María López", "López", "Ana María"},
                    NameCase{"hyphens", "Rima Haddad-Khoury", "Haddad-Khoury", "Rima"},
                    NameCase{"apostrophe", "Niamh O’Brien", "O’Brien", "Niamh"},
                    NameCase{"initials", "J. R. Müller", "Müller", "J. R."},
                    NameCase{"organisation", "Forum of Regions", "", ""},
                    NameCase{"french_organisation", "Forum des régions", "", ""},
                    NameCase{"spanish_organisation", "Foro de Regiones", "", ""}, NameCase{"acronym", "UCLG", "", ""},
                    NameCase{"acronyms", "UCLG ASPAC", "", ""}, NameCase{"number", "Cities Team 21", "", ""},
                    NameCase{"organisation_with_comma", "Ministry of Cities, Department of Water", "", ""},
                    NameCase{"many_words", "Local Administrations Working Together Against Poverty Everywhere", "", ""},
                    NameCase{"comma_alone", ",", "", ""}, NameCase{"hostile", "Robert {Tables} \\end", "", ""}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Initials, areThoseOfEachGivenName)
{
    EXPECT_EQ(initialsOf("Awa Marie"), "A. M.");
    EXPECT_EQ(initialsOf("Jean-Pierre"), "J.-P.");
    EXPECT_EQ(initialsOf("Élodie"), "É.");
    EXPECT_EQ(initialsOf("J. R."), "J. R.");
    EXPECT_EQ(initialsOf(""), "");
}

} // namespace

} // namespace acervo::cite::detail
