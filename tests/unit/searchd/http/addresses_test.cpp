#include "searchd/http/addresses.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace acervo::http {
namespace {

struct AddressCase {
    std::string_view name;
    std::string_view rest;
    std::string_view id;
    std::string_view language;
    int version; // 0: none
    std::string_view page;
};
void PrintTo(const AddressCase& c, std::ostream* out)
{
    *out << c.rest;
}

class AddressTable : public testing::TestWithParam<AddressCase> {};

TEST_P(AddressTable, isReadFromItsEnd)
{
    const auto& row = GetParam();
    const auto read = readIdAddress(row.rest);
    ASSERT_TRUE(std::holds_alternative<IdAddress>(read));
    const auto& address = std::get<IdAddress>(read);
    EXPECT_EQ(address.id, row.id);
    EXPECT_EQ(address.language, row.language);
    EXPECT_EQ(address.version.value_or(0), row.version);
    EXPECT_EQ(address.page, row.page);
}

INSTANTIATE_TEST_SUITE_P(, AddressTable,
                         testing::Values(AddressCase{"id_alone", "UCLG-2021-0042-T", "UCLG-2021-0042-T", "", 0, ""},
                                         AddressCase{"spaces", "uclg%202021%2042%20t", "uclg 2021 42 t", "", 0, ""},
                                         AddressCase{"language", "X/fr", "X", "fr", 0, ""},
                                         AddressCase{"version", "X;v=2", "X", "", 2, ""},
                                         AddressCase{"version_of_edition", "X/fr;v=12", "X", "fr", 12, ""},
                                         AddressCase{"version_before_language", "X;v=3/fr", "X", "fr", 3, ""},
                                         AddressCase{"page", "X/p/iv", "X", "", 0, "iv"},
                                         AddressCase{"page_with_slash", "X/fr;v=1/p/12%2F13", "X", "fr", 1, "12/13"},
                                         AddressCase{"doi", "10.1000/182", "10.1000/182", "", 0, ""},
                                         AddressCase{"old_address", "https://www.uclg.org/en/report.pdf/es/p/3",
                                                     "https://www.uclg.org/en/report.pdf", "es", 0, "3"},
                                         AddressCase{"p_without_page", "X/p/", "X/p/", "", 0, ""},
                                         AddressCase{"language_alone", "fr", "fr", "", 0, ""},
                                         AddressCase{"slash_first", "/fr", "/fr", "", 0, ""},
                                         AddressCase{"p_first", "/p/1", "/p/1", "", 0, ""}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(Address, aVersionIsANumberFromOne)
{
    for (const auto* rest : {"X;v=", "X;v=0", "X;v=-1", "X;v=two", "X;v=1x", "X/fr;v=99999999999"}) {
        const auto read = readIdAddress(rest);
        ASSERT_TRUE(std::holds_alternative<Failure>(read)) << rest;
        EXPECT_EQ(std::get<Failure>(read).code, ErrorCode::invalidArgument);
        EXPECT_EQ(std::get<Failure>(read).parameter, "v");
    }
    EXPECT_TRUE(std::holds_alternative<Failure>(readIdAddress("X%ff")));
    EXPECT_TRUE(std::holds_alternative<Failure>(readIdAddress("X/p/%2")));
}

std::vector<model::Page> labelled(const std::vector<std::string>& labels)
{
    std::vector<model::Page> pages;
    for (const auto& label : labels) {
        pages.push_back({static_cast<std::uint32_t>(pages.size() + 1), label, "", "", ""});
    }
    return pages;
}

TEST(PageNamed, takesThePrintedLabelBeforeTheNumber)
{
    const auto pages = labelled({"i", "ii", "1", "2", "A–3"});
    const auto number = [&](std::string_view name) {
        const auto* page = pageNamed(pages, name);
        return page == nullptr ? 0U : page->number;
    };
    EXPECT_EQ(number("ii"), 2U);
    EXPECT_EQ(number("II"), 2U);
    EXPECT_EQ(number("1"), 3U);
    EXPECT_EQ(number("4"), 4U); // no such label
    EXPECT_EQ(number("n1"), 1U);
    EXPECT_EQ(number("a–3"), 5U);
    for (const auto* name : {"", "6", "0", "n", "n6", "-1", "1 ", "4294967297"}) {
        EXPECT_EQ(number(name), 0U) << name;
    }
}

// Labels repeat, are missing, and look like numbers of other pages; every page has a name that leads back to it.
TEST(NameOf, leadsBackToThePage)
{
    const auto pages = labelled({"1", "2", "1", "", "n1", "2", "7", "", "VI", "vi"});
    for (const auto& page : pages) {
        EXPECT_EQ(pageNamed(pages, nameOf(page, pages)), &page) << nameOf(page, pages);
    }
    EXPECT_EQ(nameOf(pages[0], pages), "1");
    EXPECT_EQ(nameOf(pages[2], pages), "3");
    EXPECT_EQ(nameOf(pages[9], pages), "vi");
}

} // namespace
} // namespace acervo::http
