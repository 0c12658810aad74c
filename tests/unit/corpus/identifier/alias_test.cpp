#include "corpus/identifier/alias.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace acervo::identifier {
namespace {

struct AliasCase {
    std::string_view name;
    std::string_view written;
    std::string_view scheme; // "" when it is none
    std::string_view value;
};
void PrintTo(const AliasCase& c, std::ostream* out)
{
    *out << c.written;
}

class AliasTable : public testing::TestWithParam<AliasCase> {};

TEST_P(AliasTable, hasOneForm)
{
    const auto& row = GetParam();
    const auto alias = readAlias(row.written);
    if (row.scheme.empty()) {
        EXPECT_FALSE(alias) << alias->scheme << " " << alias->value;
        return;
    }
    ASSERT_TRUE(alias);
    EXPECT_EQ(alias->scheme, row.scheme);
    EXPECT_EQ(alias->value, row.value);
}

INSTANTIATE_TEST_SUITE_P(
    , AliasTable,
    testing::Values(AliasCase{"isbn13", "978-92-1-132640-6", "isbn", "9789211326406"},
                    AliasCase{"isbn13_named", "ISBN 978 92 1 132640 6", "isbn", "9789211326406"},
                    AliasCase{"isbn10_becomes_13", "0-306-40615-2", "isbn", "9780306406157"},
                    AliasCase{"isbn10_with_x", "ISBN: 080442957x", "isbn", "9780804429573"},
                    AliasCase{"isbn_with_wrong_digit", "978-92-1-132640-7", "", ""},
                    AliasCase{"doi", "10.1000/182", "doi", "10.1000/182"},
                    AliasCase{"doi_address", "https://doi.org/10.1000/ABC-1", "doi", "10.1000/abc-1"},
                    AliasCase{"doi_named", "DOI: 10.1000/182", "doi", "10.1000/182"},
                    AliasCase{"handle", "hdl:20.500.12345/7", "handle", "20.500.12345/7"},
                    AliasCase{"handle_address", "http://hdl.handle.net/20.500.12345/7", "handle", "20.500.12345/7"},
                    AliasCase{"url", "HTTP://WWW.Uclg.org/En/Report.pdf#page=2", "url", "uclg.org/En/Report.pdf"},
                    AliasCase{"url_slash", "https://uclg.org/en/", "url", "uclg.org/en"},
                    AliasCase{"url_query", "https://uclg.org?id=7", "url", "uclg.org?id=7"},
                    AliasCase{"url_port", "https://uclg.org:443/a", "url", "uclg.org/a"},
                    AliasCase{"series", "Études de l’Observatoire, n° 12", "number", "etudes de l observatoire n 12"},
                    AliasCase{"report_number", "GOLD-VI/2022", "number", "gold vi 2022"},
                    AliasCase{"number_alone", "12", "", ""}, AliasCase{"empty", "", "", ""},
                    AliasCase{"spaces", "  \t ", "", ""}, AliasCase{"punctuation", "--/--", "", ""}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Alias, ofASeriesNeedsANumber)
{
    EXPECT_EQ(seriesAlias("Policy Papers", "12")->value, "policy papers 12");
    EXPECT_EQ(seriesAlias("Policy Papers", "12"), readAlias("POLICY PAPERS 12"));
    EXPECT_FALSE(seriesAlias("Policy Papers", ""));
    EXPECT_FALSE(seriesAlias("", "12"));
    EXPECT_FALSE(readAlias(std::string(5'000, 'a')));
}

} // namespace
} // namespace acervo::identifier
