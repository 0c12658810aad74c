#include "analyzers/base/result.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

namespace acervo {
namespace {

Result<std::string> half(int number)
{
    if (number % 2 != 0) {
        return Error{ErrorCode::invalidArgument, "odd"};
    }
    return std::to_string(number / 2);
}

TEST(Result, holdsAValueOrAnError)
{
    EXPECT_EQ(*half(4), "2");
    ASSERT_FALSE(half(3));
    EXPECT_EQ(half(3).error().code, ErrorCode::invalidArgument);
}

TEST(Result, readingTheWrongSideIsABug)
{
    EXPECT_THROW((void)half(3).value(), std::logic_error);
    EXPECT_THROW((void)half(4).error(), std::logic_error);
    EXPECT_THROW((void)Result<void>{}.error(), std::logic_error);
}

TEST(Error, eachLayerSaysWhatItWasDoing)
{
    EXPECT_EQ(half(3).error().within("halve").within("share").message, "share: halve: odd");
}

TEST(Error, errnoValuesBecomeCodes)
{
    EXPECT_EQ(errorFromErrno(ENOSPC, "write x").code, ErrorCode::diskFull);
    EXPECT_EQ(errorFromErrno(EACCES, "open x").code, ErrorCode::permissionDenied);
    EXPECT_EQ(errorFromErrno(ENOENT, "open x").code, ErrorCode::notFound);
    EXPECT_EQ(errorFromErrno(EIO, "open x").message, "open x: Input/output error");
}

} // namespace
} // namespace acervo
