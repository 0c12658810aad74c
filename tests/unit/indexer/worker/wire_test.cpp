#include "indexer/worker/detail/wire.h"

#include <gtest/gtest.h>

namespace acervo::worker::detail {
namespace {

extract::ExtractedDocument sample()
{
    extract::ExtractedDocument document;
    document.mediaType = "application/pdf";
    document.metadata.title = "L'eau, bien commun";
    document.metadata.authors = {"A. Diop", "B. Ortiz"};
    document.metadata.keywords = {"eau", "agua"};
    document.metadata.date = "2021-06";
    document.properties.emplace("dc:creator", "A. Diop");
    document.properties.emplace("dc:creator", "B. Ortiz");
    for (std::uint32_t number = 1; number <= 3; ++number) {
        model::Page page;
        page.number = number;
        page.label = number == 1 ? "i" : "";
        page.heading = "Heading";
        page.text = "Text of page " + std::to_string(number);
        document.pages.push_back(page);
    }
    document.outline.push_back({2, "Heading", 3});
    document.warnings.emplace_back("1 of 3 pages have no text: scanned?");
    document.truncated = true;
    return document;
}

TEST(Wire, returnsWhatWasSent)
{
    const auto reply = decodeReply(encode(Result<extract::ExtractedDocument>{sample()}));
    ASSERT_TRUE(reply);
    ASSERT_TRUE(*reply) << reply->error().message;
    const auto& document = **reply;
    const auto expected = sample();
    EXPECT_EQ(document.mediaType, expected.mediaType);
    EXPECT_EQ(document.metadata.title, expected.metadata.title);
    EXPECT_EQ(document.metadata.authors, expected.metadata.authors);
    EXPECT_EQ(document.metadata.keywords, expected.metadata.keywords);
    EXPECT_EQ(document.metadata.date, expected.metadata.date);
    EXPECT_EQ(document.properties, expected.properties);
    EXPECT_EQ(document.warnings, expected.warnings);
    EXPECT_TRUE(document.truncated);
    ASSERT_EQ(document.pages.size(), 3U);
    EXPECT_EQ(document.pages[0].label, "i");
    EXPECT_EQ(document.pages[2].number, 3U);
    EXPECT_EQ(document.pages[2].text, "Text of page 3");
    ASSERT_EQ(document.outline.size(), 1U);
    EXPECT_EQ(document.outline[0].page, 3U);
}

TEST(Wire, returnsErrors)
{
    const auto reply = decodeReply(encode(Result<extract::ExtractedDocument>{Error{ErrorCode::encrypted, "locked"}}));
    ASSERT_TRUE(reply);
    ASSERT_FALSE(*reply);
    EXPECT_EQ(reply->error().code, ErrorCode::encrypted);
    EXPECT_EQ(reply->error().message, "locked");
}

TEST(Wire, refusesEveryTruncation)
{
    const auto whole = encode(Result<extract::ExtractedDocument>{sample()});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_FALSE(decodeReply(std::string_view{whole}.substr(0, size))) << size;
    }
    EXPECT_FALSE(decodeReply(whole + "x"));
}

// Whatever byte is changed to whatever value: no crash, no huge allocation, and what comes out keeps its promises.
TEST(Wire, survivesEveryChangedByte)
{
    const auto whole = encode(Result<extract::ExtractedDocument>{sample()});
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const int value : {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
            auto changed = whole;
            changed[at] = static_cast<char>(value);
            const auto reply = decodeReply(changed);
            if (reply && *reply) {
                for (const auto& entry : (*reply)->outline) {
                    EXPECT_LE(entry.page, (*reply)->pages.size());
                    EXPECT_GE(entry.level, 1U);
                    EXPECT_LE(entry.level, 6U);
                }
            }
        }
    }
}

TEST(Wire, returnsRequests)
{
    Request request;
    request.fileName = "rapport.pdf";
    request.limits.maxPages = 12;
    request.limits.maxTextBytes = 1ULL << 40U;
    request.cpuSeconds = 60;
    const auto bytes = encode(request);
    const auto decoded = decodeRequest(bytes);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->fileName, "rapport.pdf");
    EXPECT_EQ(decoded->limits.maxPages, 12U);
    EXPECT_EQ(decoded->limits.maxTextBytes, 1ULL << 40U);
    EXPECT_EQ(decoded->cpuSeconds, 60U);
    EXPECT_FALSE(decodeRequest(std::string_view{bytes}.substr(1)));
}

} // namespace
} // namespace acervo::worker::detail
