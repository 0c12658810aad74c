#include "indexer/extract/detail/format.h"

#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-memory.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t width)
{
    if (bytes.size() < at + width) {
        bytes.resize(at + width, '\0');
    }
    for (std::size_t i = 0; i < width; ++i) {
        bytes[at + i] = static_cast<char>(value >> (8 * i));
    }
}

std::string oleFile(const std::vector<std::pair<std::string, std::string>>& streams)
{
    auto* memory = gsf_output_memory_new();
    auto* root = gsf_outfile_msole_new(memory);
    for (const auto& [name, bytes] : streams) {
        auto* child = gsf_outfile_new_child(root, name.c_str(), FALSE);
        gsf_output_write(child, bytes.size(), reinterpret_cast<const guint8*>(bytes.data()));
        gsf_output_close(child);
        g_object_unref(child);
    }
    gsf_output_close(GSF_OUTPUT(root));
    g_object_unref(root);
    std::string result{reinterpret_cast<const char*>(gsf_output_memory_get_bytes(GSF_OUTPUT_MEMORY(memory))),
                       static_cast<std::size_t>(gsf_output_size(memory))};
    g_object_unref(memory);
    return result;
}

struct TextPiece {
    std::string bytes;
    bool wide = false;
};

constexpr std::size_t kTextAt = 2'048;

// A Word 97 file: its pieces stand in the stream in reverse, as after a fast save.
std::string wordFile(const std::vector<TextPiece>& pieces, std::uint32_t bodyLength, std::uint32_t footnoteLength = 0,
                     std::uint16_t flags = 0)
{
    std::string word(kTextAt, '\0');
    put(word, 0, 0xA5EC, 2);
    put(word, 2, 193, 2);
    put(word, 0x0A, flags, 2);
    put(word, 0x4C, bodyLength, 4);
    put(word, 0x50, footnoteLength, 4);
    std::vector<std::size_t> offsets(pieces.size());
    for (std::size_t i = pieces.size(); i-- > 0;) {
        offsets[i] = word.size();
        word += pieces[i].bytes;
    }
    std::string plc;
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        put(plc, i * 4, at, 4);
        at += static_cast<std::uint32_t>(pieces[i].bytes.size() / (pieces[i].wide ? 2 : 1));
    }
    put(plc, pieces.size() * 4, at, 4);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto descriptor = (pieces.size() + 1) * 4 + i * 8;
        put(plc, descriptor + 2, pieces[i].wide ? offsets[i] : offsets[i] * 2 | 0x4000'0000U, 4);
        put(plc, descriptor + 6, 0, 2);
    }
    std::string table = "\x02";
    put(table, 1, plc.size(), 4);
    table += plc;
    put(word, 0x1A2, 0, 4);
    put(word, 0x1A6, table.size(), 4);
    return oleFile({{"WordDocument", word}, {"0Table", table}});
}

std::string textOf(const std::string& file)
{
    const auto document = readLegacyWord(file, {});
    EXPECT_TRUE(document) << document.error().message;
    return document && !document->pages.empty() ? document->pages[0].text : std::string{};
}

TEST(LegacyWord, joinsPiecesOfBothWidths)
{
    const std::string wide{"\xA3\x03\r\0", 4}; // Σ and a paragraph's end in UTF-16
    EXPECT_EQ(textOf(wordFile({{"\xC9t\xE9 \x80 "}, {wide, true}, {"last\r"}}, 13)), "Été € Σ\nlast");
}

TEST(LegacyWord, readsFootnotesAfterTheBody)
{
    EXPECT_EQ(textOf(wordFile({{"body\x02\rnote\r"}}, 6, 5)), "body\nnote");
}

TEST(LegacyWord, showsWhatFieldsShow)
{
    EXPECT_EQ(textOf(wordFile({{"a \x13 PAGE \x13 X \x14 y \x15 \x14"
                                "7\x15 b\r"}},
                              29)),
              "a 7 b");
}

TEST(LegacyWord, partsTablesAndPages)
{
    EXPECT_EQ(textOf(wordFile({{"a\x07"
                                "b\x07\x0B"
                                "c\r"}},
                              7)),
              "a\tb\t\nc");
    const auto document = readLegacyWord(wordFile({{"one\r\x0Ctwo\r"}}, 9), {});
    ASSERT_TRUE(document);
    EXPECT_EQ(document->pages.size(), 2U);
}

TEST(LegacyWord, saysWhenAPasswordIsNeeded)
{
    EXPECT_EQ(readLegacyWord(wordFile({{"x\r"}}, 2, 0, 0x0100), {}).error().code, ErrorCode::encrypted);
}

TEST(LegacyWord, survivesLiesAboutLengths)
{
    EXPECT_EQ(textOf(wordFile({{"short\r"}}, 0xFFFF'FFFF, 0xFFFF'FFFF)), "short");
    EXPECT_FALSE(readLegacyWord(oleFile({{"WordDocument", std::string("\xEC\xA5", 2)}}), {}));
    EXPECT_FALSE(readLegacyWord(oleFile({{"Other", "x"}}), {}));
    EXPECT_FALSE(readLegacyWord("no OLE2 file at all", {}));
}

TEST(LegacyWord, survivesDamageAnywhere)
{
    const auto whole = wordFile({{"one\r"}, {"two\r"}, {"three\r"}}, 14);
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(~damaged[at]);
        (void)readLegacyWord(damaged, {}); // any answer will do, a crash will not
    }
    for (std::size_t length = 0; length < whole.size(); length += 97) {
        (void)readLegacyWord(std::string_view{whole}.substr(0, length), {});
    }
}

} // namespace
} // namespace acervo::extract::detail
