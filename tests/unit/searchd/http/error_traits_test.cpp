#include "searchd/http/error_traits.h"

#include <gtest/gtest.h>

namespace acervo::http {
namespace {

TEST(ErrorTraits, knowEveryCode)
{
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        const auto& traits = traitsOf(static_cast<ErrorCode>(code));
        EXPECT_FALSE(reasonOf(traits.status).empty()) << nameOf(traits.code);
        EXPECT_EQ(traits.retryAfter.count() > 0, traits.status == 503) << nameOf(traits.code);
    }
}

} // namespace
} // namespace acervo::http
