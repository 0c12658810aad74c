#include "indexer/extract/detail/sniff.h"

#include <gtest/gtest.h>

#include <string>

namespace acervo::extract::detail {
namespace {

using namespace std::string_literals;

struct SniffCase {
    std::string_view name;
    std::string bytes;
    std::string_view fileName;
    std::string_view expected; // media type, or the error's code
};
void PrintTo(const SniffCase& c, std::ostream* out)
{
    *out << c.fileName;
}

class Sniff : public testing::TestWithParam<SniffCase> {};

TEST_P(Sniff, looksAtContentFirst)
{
    const auto sniffed = sniff(GetParam().bytes, GetParam().fileName);
    EXPECT_EQ(sniffed ? sniffed->mediaType : std::string{nameOf(sniffed.error().code)}, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    , Sniff,
    testing::Values(SniffCase{"pdf_named_text", "%PDF-1.4\n", "a.txt", "application/pdf"},
                    SniffCase{"pdf_after_junk", "junk\n%PDF-1.4\n", "a", "application/pdf"},
                    SniffCase{"rtf_named_doc", "{\\rtf1 a}", "a.doc", "application/rtf"},
                    SniffCase{"html_without_name", "<!DOCTYPE html><p>a", "a", "text/html"},
                    SniffCase{"xhtml", "<?xml version='1.0'?><html xmlns='x'>", "a", "text/html"},
                    SniffCase{"text_about_html", "The <html> element", "a", "text/plain"},
                    SniffCase{"markdown_by_name", "# a", "a.MD", "text/markdown"},
                    SniffCase{"text_named_docx", "hello", "a.docx", "corruptInput"},
                    SniffCase{"text_named_doc", "hello", "a.doc", "text/plain"},
                    SniffCase{"empty", "", "a.txt", "corruptInput"},
                    SniffCase{"svg", "<svg xmlns='x'/>", "a.svg", "unsupported"},
                    SniffCase{"xml", "<?xml version='1.0'?><a/>", "a.xml", "unsupported"},
                    SniffCase{"image", "\x89PNG\r\n\x1a\n", "a.png", "unsupported"},
                    SniffCase{"binary", "\x01\x02\x03\x04\x00\x06\x07\x08"s, "a.bin", "unsupported"},
                    SniffCase{"zip_of_nothing_known", "PK\x05\x06" + std::string(18, '\0'), "a.zip", "unsupported"},
                    SniffCase{"zip_cut_short", "PK\x03\x04", "a.docx",
                              "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
                    SniffCase{"ole_cut_short", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a", "corruptInput"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(AppleSingle, isUnwrapped)
{
    std::string file = "\x00\x05\x16\x00"s + "\x00\x02\x00\x00"s + std::string(16, '\0') + "\x00\x01"s +
                       "\x00\x00\x00\x01\x00\x00\x00\x26\x00\x00\x00\x05"s + "%PDF-resource";
    EXPECT_EQ(unwrapAppleSingle(file), "%PDF-");
    EXPECT_EQ(unwrapAppleSingle("plain"), "plain");
    for (std::size_t size = 0; size < file.size(); ++size) {
        unwrapAppleSingle(std::string_view{file}.substr(0, size)); // must not read beyond the end
    }
}

} // namespace
} // namespace acervo::extract::detail
