#include "searchd/oai/datestamp.h"

#include <gtest/gtest.h>

#include <ostream>

namespace acervo::oai {
namespace {

TEST(Datestamps, areWrittenInUtc)
{
    EXPECT_EQ(formatDatestamp(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(formatDatestamp(1'709'251'199), "2024-02-29T23:59:59Z");
}

TEST(Datestamps, areReadAsWritten)
{
    for (const std::int64_t seconds : {0LL, 1'709'251'199LL, 4'102'444'800LL}) {
        const auto read = parseDatestamp(formatDatestamp(seconds));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->seconds, seconds);
        EXPECT_EQ(read->granularity, Granularity::second);
    }
    const auto day = parseDatestamp("2024-02-29");
    ASSERT_TRUE(day);
    EXPECT_EQ(day->granularity, Granularity::day);
    EXPECT_EQ(formatDatestamp(day->seconds), "2024-02-29T00:00:00Z");
}

struct WrongDate {
    std::string_view name;
    std::string_view text;
};
void PrintTo(const WrongDate& one, std::ostream* out)
{
    *out << one.text;
}

class WrongDates : public testing::TestWithParam<WrongDate> {};

TEST_P(WrongDates, areRefused)
{
    EXPECT_FALSE(parseDatestamp(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(, WrongDates,
                         testing::Values(WrongDate{"empty", ""}, WrongDate{"year", "2024"},
                                         WrongDate{"no_such_day", "2023-02-29"}, WrongDate{"month_13", "2024-13-01"},
                                         WrongDate{"fraction", "2024-02-29T10:00:00.5Z"},
                                         WrongDate{"zone", "2024-02-29T10:00:00+1"},
                                         WrongDate{"hour_24", "2024-02-29T24:00:00Z"},
                                         WrongDate{"letters", "2024-ab-29"}, WrongDate{"space", "2024-02-29 10:00:00Z"},
                                         WrongDate{"sign", "+024-02-29"}),
                         [](const auto& row) { return std::string{row.param.name}; });

} // namespace
} // namespace acervo::oai
