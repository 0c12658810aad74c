#include "searchd/http/access_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace acervo::http {
namespace {

TEST(AccessLine, isOneLineOfJson)
{
    const auto line = accessLine({"GET", "/en/", 200, 1.26, 42, ""}, 1'600'000'000'123);
    EXPECT_EQ(line, "{\"time\":\"2020-09-13T12:26:40.123Z\",\"method\":\"GET\",\"path\":\"/en/\",\"status\":200,"
                    "\"ms\":1.3,\"bytes\":42}\n");
}

TEST(AccessLine, keepsOneLineWhateverIsAsked)
{
    const auto line = accessLine({"G\nT", "/a\r\nb\"\xff\x01", 404, 0, 0, "x\ny"}, 0);
    EXPECT_EQ(std::ranges::count(line, '\n'), 1);
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json["method"], "G\nT");
    EXPECT_EQ(json["problem"], "x\ny");
}

} // namespace
} // namespace acervo::http
