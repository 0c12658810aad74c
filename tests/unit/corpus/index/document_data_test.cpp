#include "corpus/index/document_data.h"

#include <gtest/gtest.h>

#include <random>

namespace acervo::index {
namespace {

DocumentData full()
{
    DocumentData data;
    data.editionId = 9'000'000'000;
    data.versionId = 12;
    data.citableId = "UCLG-2021-0042-X";
    data.title = "L’eau « potable »";
    data.language = "fr";
    data.type = "report";
    data.section = "africa";
    data.date = "2021-06";
    data.authors = {"Awa Ndiaye", ""};
    data.mediaType = "application/pdf";
    data.abstractText = "Résumé";
    data.pageCount = 3;
    data.pages = PageTable{{{1, 1000, "i"}, {3, 1500, ""}, {4, 4'000'000'000U, "2"}}};
    return data;
}

TEST(DocumentData, comesBackAsItWas)
{
    const auto before = full();
    const auto after = decode(encode(before));
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(encode(*after), encode(before));
    EXPECT_EQ(after->editionId, before.editionId);
    EXPECT_EQ(after->authors, before.authors);
    ASSERT_EQ(after->pages.size(), 3U);
    EXPECT_EQ(after->pages.firstPosition(2), 4'000'000'000U);
    EXPECT_EQ(after->pages.at(0).label, "i");
    EXPECT_EQ(after->pages.at(1).label, "");
    EXPECT_TRUE(decode(encode(DocumentData{})));
}

TEST(DocumentData, headIsWhatStandsBeforeThePages)
{
    const auto before = full();
    const auto head = decodeHead(encode(before));
    ASSERT_TRUE(head) << head.error().message;
    EXPECT_EQ(head->editionId, before.editionId);
    EXPECT_EQ(head->versionId, before.versionId);
    EXPECT_EQ(head->citableId, before.citableId);
    EXPECT_EQ(head->title, before.title);
    EXPECT_EQ(head->language, before.language);
    EXPECT_EQ(head->type, before.type);
    EXPECT_EQ(head->section, before.section);
    EXPECT_EQ(head->date, before.date);
    EXPECT_EQ(head->authors, before.authors);
    EXPECT_EQ(head->mediaType, before.mediaType);
    EXPECT_EQ(head->abstractText, before.abstractText);
    EXPECT_TRUE(head->pages.empty());
    EXPECT_TRUE(decodeHead(encode(DocumentData{})));
}

TEST(DocumentData, damageIsAnError)
{
    const auto good = encode(full());
    EXPECT_EQ(decode("").error().code, ErrorCode::corruptInput);
    EXPECT_EQ(decodeHead("").error().code, ErrorCode::corruptInput);
    EXPECT_FALSE(decodeHead(good.substr(0, 40)));
    for (std::size_t length = 0; length < good.size(); ++length) {
        EXPECT_FALSE(decode(std::string_view{good}.substr(0, length))) << length;
    }
    std::mt19937 random{1};
    for (int round = 0; round < 5000; ++round) { // must only not crash: some flips are other data
        auto bad = good;
        bad[random() % bad.size()] = static_cast<char>(random());
        (void)decode(bad).has_value();
        (void)decodeHead(bad).has_value();
    }
}

} // namespace
} // namespace acervo::index
