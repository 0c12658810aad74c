#include "searchd/http/public_url.h"

#include <gtest/gtest.h>

namespace acervo::http {
namespace {

TEST(PublicHost, isTheNameWithoutPortAndPath)
{
    EXPECT_EQ(publicHost("https://acervo.example.org"), "acervo.example.org");
    EXPECT_EQ(publicHost("http://127.0.0.1:8080"), "127.0.0.1");
    EXPECT_EQ(publicHost("https://example.org/acervo"), "example.org");
    EXPECT_EQ(publicHost("http://[::1]/x"), "[::1]");
}

} // namespace
} // namespace acervo::http
