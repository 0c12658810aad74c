#include "searchd/oai/resumption.h"

#include <gtest/gtest.h>

namespace acervo::oai {
namespace {

TEST(Resumption, tokensHoldTheWholeRequest)
{
    const ListRequest requests[] = {
        {"oai_dc", {}, {}, "", {1000, "UCLG-2021-0042-T"}},
        {"oai_datacite", 5, 6, "section:west~20africa", {1000, "UCLG-2021-0042-T"}},
    };
    for (const auto& request : requests) {
        const auto read = parseToken(formatToken(request));
        ASSERT_TRUE(read) << formatToken(request);
        EXPECT_EQ(*read, request);
    }
}

TEST(Resumption, refusesWhatIsNoToken)
{
    for (const auto* token : {"", "x", "2/oai_dc////5/A", "1/////5/A", "1/oai_dc/x///5/A", "1/oai_dc////-5/A",
                              "1/oai_dc/////A", "1/oai_dc////5/", "1/oai_dc////5/A/B", "1/oai_dc////5x/A"}) {
        EXPECT_FALSE(parseToken(token)) << token;
    }
    EXPECT_TRUE(parseToken("1/oai_dc////5/A"));
    EXPECT_FALSE(parseToken("1/oai_dc////5/" + std::string(2000, 'A')));
}

} // namespace
} // namespace acervo::oai
