#include "indexer/lexicon/gettext.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace acervo::lexicon {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;
using testing::ElementsAre;

void putNumber(std::string& bytes, std::size_t value, bool bigEndian)
{
    for (unsigned i = 0; i < 4; ++i) {
        bytes += static_cast<char>((value >> (8U * (bigEndian ? 3 - i : i))) & 0xFFU);
    }
}

// A compiled catalogue: header, table of originals, table of translations, the strings.
std::string compiled(const Entries& entries, bool bigEndian = false)
{
    const std::size_t originals = 28;
    const auto translations = originals + 8 * entries.size();
    auto at = translations + 8 * entries.size();
    std::string bytes;
    for (const auto value :
         {std::size_t{0x950412DE}, std::size_t{0}, entries.size(), originals, translations, std::size_t{0}, at}) {
        putNumber(bytes, value, bigEndian);
    }
    std::string texts;
    const auto table = [&](auto part) {
        for (const auto& entry : entries) {
            const std::string& text = entry.*part;
            putNumber(bytes, text.size(), bigEndian);
            putNumber(bytes, at, bigEndian);
            texts += text + '\0';
            at += text.size() + 1;
        }
    };
    table(&Entries::value_type::first);
    table(&Entries::value_type::second);
    return bytes + texts;
}

const std::string kHeader = "Content-Type: text/plain; charset=UTF-8\n";

std::vector<std::string> shown(const Result<std::vector<Message>>& messages)
{
    std::vector<std::string> lines;
    if (!messages) {
        return {messages.error().message};
    }
    for (const auto& message : *messages) {
        lines.push_back(message.original + " = " + message.translation);
    }
    return lines;
}

TEST(ReadCatalogue, givesOriginalsAndTranslations)
{
    const Entries entries{{"", kHeader}, {"town hall", "mairie"}, {"water", "eau"}};
    EXPECT_THAT(shown(readCatalogue(compiled(entries))), ElementsAre("town hall = mairie", "water = eau"));
}

TEST(ReadCatalogue, readsEitherByteOrder)
{
    EXPECT_THAT(shown(readCatalogue(compiled({{"", kHeader}, {"water", "eau"}}, true))), ElementsAre("water = eau"));
}

TEST(ReadCatalogue, takesContextAndPluralsApart)
{
    using namespace std::string_literals;
    const Entries entries{{"", kHeader},
                          {"noun\x04"
                           "vote",
                           "voix"},
                          {"%d city\0%d cities"s, "%d ville\0%d villes"s}};
    const auto messages = readCatalogue(compiled(entries));
    EXPECT_THAT(shown(messages), ElementsAre("vote = voix", "%d city = %d ville"));
    // The context is part of what tells two messages apart.
    EXPECT_NE((*messages)[0].id, "vote");
}

TEST(ReadCatalogue, leavesOutWhatIsNotTranslated)
{
    EXPECT_THAT(shown(readCatalogue(compiled({{"", kHeader}, {"water", ""}, {"air", "air"}}))),
                ElementsAre("air = air"));
}

TEST(ReadCatalogue, refusesAnotherCharset)
{
    const auto messages = readCatalogue(compiled({{"", "Content-Type: text/plain; charset=ISO-8859-1\n"}, {"a", "b"}}));
    ASSERT_FALSE(messages);
    EXPECT_EQ(messages.error().code, ErrorCode::unsupported);
}

TEST(ReadCatalogue, refusesWhatIsNone)
{
    for (const std::string bytes : {"", "no catalogue at all, but long enough to be one", "\xDE\x12\x04\x95"}) {
        const auto messages = readCatalogue(bytes);
        ASSERT_FALSE(messages) << bytes;
        EXPECT_EQ(messages.error().code, ErrorCode::corruptInput);
    }
}

TEST(ReadCatalogue, refusesEveryTruncation)
{
    const auto whole = compiled({{"", kHeader}, {"town hall", "mairie"}, {"water", "eau"}});
    // The last byte is the NUL behind the last string, which nobody reads.
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        EXPECT_FALSE(readCatalogue(std::string_view{whole}.substr(0, size))) << size << " bytes";
    }
}

TEST(ReadCatalogue, refusesBrokenOffsets)
{
    const auto whole = compiled({{"", kHeader}, {"water", "eau"}});
    // The count, where the tables are, and each length and offset in them.
    for (std::size_t at = 8; at < 28 + 2 * 16; at += 4) {
        if (at == 20 || at == 24) {
            continue; // the hash table, which we do not use
        }
        for (const std::string value : {"\xFF\xFF\xFF\xFF", "\xF0\xFF\xFF\x7F"}) {
            auto broken = whole;
            broken.replace(at, 4, value);
            EXPECT_FALSE(readCatalogue(broken)) << "number at " << at;
        }
    }
}

struct PlainCase {
    std::string_view name;
    std::string_view message;
    std::string_view expected;
};
void PrintTo(const PlainCase& c, std::ostream* out)
{
    *out << c.message;
}

class PlainMessageTable : public testing::TestWithParam<PlainCase> {};

TEST_P(PlainMessageTable, leavesWhatIsRead)
{
    // Spaces do not matter to what comes after.
    auto plain = plainMessage(GetParam().message);
    std::string single;
    std::unique_copy(plain.begin(), plain.end(), std::back_inserter(single),
                     [](char a, char b) { return a == ' ' && b == ' '; });
    EXPECT_EQ(single, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(, PlainMessageTable,
                         testing::Values(PlainCase{"accelerators", "_Open, ~Save && E_xit", "Open, Save && Exit"},
                                         PlainCase{"formats", "%s of %1$d at %.2f", " of at "},
                                         PlainCase{"named", "Hello %(name)s, {count} new in $city", "Hello , new in "},
                                         PlainCase{"product", "About %PRODUCTNAME", "About "},
                                         PlainCase{"per_cent", "100% sure", "100 sure"},
                                         PlainCase{"markup", "a <b>bold</b> plan", "a bold plan"},
                                         PlainCase{"less_than", "if a < b then", "if a < b then"},
                                         PlainCase{"ends_in_marks", "half & half <", "half & half <"}),
                         [](const auto& row) { return std::string{row.param.name}; });

} // namespace
} // namespace acervo::lexicon
