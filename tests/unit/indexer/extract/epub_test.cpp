#include "indexer/extract/detail/format.h"

#include "zip_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

using test::allText;
using test::Parts;
using test::zipOf;
using testing::ElementsAre;
using testing::HasSubstr;

Parts book(const std::string& one, const std::string& two)
{
    return {{"META-INF/container.xml",
             "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>"},
            {"OPS/book.opf",
             "<package version='3.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>Guide</dc:title>"
             "<dc:creator>A. Ba</dc:creator><dc:language>fr</dc:language><dc:subject>eau</dc:subject>"
             "<dc:date>2018</dc:date></metadata><manifest>"
             "<item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>"
             "<item id='b' href='text/chapter%20two.xhtml' media-type='application/xhtml+xml'/>"
             "<item id='a' href='text/one.xhtml' media-type='application/xhtml+xml'/>"
             "<item id='p' href='cover.png' media-type='image/png'/></manifest>"
             "<spine><itemref idref='n'/><itemref idref='p'/><itemref idref='a'/><itemref idref='b'/>"
             "<itemref idref='a'/></spine></package>"},
            {"OPS/nav.xhtml", "<html><body>contents</body></html>"},
            {"OPS/text/one.xhtml", one},
            {"OPS/text/chapter two.xhtml", two}};
}

TEST(Epub, readsTheSpineInItsOrder)
{
    const auto document = readEpub(zipOf(book("<html><body><h1>First</h1><p>déjà</p></body></html>",
                                              "<html><body><p>second</p><script>no</script></body></html>")),
                                   {});
    ASSERT_TRUE(document) << document.error().message;
    ASSERT_EQ(document->pages.size(), 2U);
    EXPECT_EQ(allText(*document), "First déjà second");
    EXPECT_EQ(document->metadata.title, "Guide");
    EXPECT_EQ(document->metadata.language, "fr");
    EXPECT_EQ(document->metadata.date, "2018");
    EXPECT_THAT(document->metadata.keywords, ElementsAre("eau"));
    EXPECT_EQ(document->properties.find("epub:version")->second, "3.0");
}

TEST(Epub, readsABookPackedWithTheFolderAroundIt)
{
    auto parts = book("<html><body>one</body></html>", "<html><body>two</body></html>");
    for (auto& part : parts) {
        part.first.insert(0, "epub/");
    }
    const auto document = readEpub(zipOf(parts), {});
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(allText(*document), "one two");
    parts.push_back({"epub/META-INF/encryption.xml",
                     "<encryption><EncryptedData><CipherData><CipherReference "
                     "URI='OPS/text/one.xhtml'/></CipherData></EncryptedData></encryption>"});
    EXPECT_EQ(readEpub(zipOf(parts), {}).error().code, ErrorCode::encrypted);
}

TEST(Epub, doesNotReadEntitiesOfChapters)
{
    const auto document = readEpub(
        zipOf(book("<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body>a &x; b</body></html>",
                   "<html><body>c</body></html>")),
        {});
    ASSERT_TRUE(document);
    EXPECT_EQ(allText(*document).find("root:"), std::string::npos);
}

TEST(Epub, saysWhenChaptersAreEncrypted)
{
    auto parts = book("x", "y");
    parts.push_back({"META-INF/encryption.xml",
                     "<encryption><EncryptedData><CipherData><CipherReference "
                     "URI='OPS/text/one.xhtml'/></CipherData></EncryptedData></encryption>"});
    EXPECT_EQ(readEpub(zipOf(parts), {}).error().code, ErrorCode::encrypted);
}

TEST(Epub, keepsTheChaptersThatCanBeRead)
{
    auto parts = book("<html><body>kept</body></html>", "x");
    parts.pop_back();
    const auto document = readEpub(zipOf(parts), {});
    ASSERT_TRUE(document);
    EXPECT_EQ(allText(*document), "kept");
    EXPECT_THAT(document->warnings, ElementsAre(HasSubstr("chapter two")));
}

TEST(Epub, needsAContainer)
{
    EXPECT_EQ(readEpub(zipOf({{"mimetype", "application/epub+zip"}}), {}).error().code, ErrorCode::corruptInput);
}

} // namespace
} // namespace acervo::extract::detail
