#include "corpus/cite/xml_writer.h"

#include <gtest/gtest.h>

namespace acervo::cite {
namespace {

std::string written(std::string_view text)
{
    XmlWriter page{Declaration::no};
    page.element("t", text);
    const auto xml = page.finished();
    return xml.substr(3, xml.size() - 8); // between <t> and </t>\n
}

TEST(XmlWriter, escapesWhatHasAMeaning)
{
    EXPECT_EQ(written("a<b> & \"c\" 'd' é"), "a&lt;b&gt; &amp; &quot;c&quot; 'd' é");
}

TEST(XmlWriter, leavesOutWhatItCannotHold)
{
    EXPECT_EQ(written(std::string{"a\0b\x01\x1F"
                                  "c\t\n",
                                  8}),
              "abc\t\n");
    EXPECT_EQ(written("a\xEF\xBF\xBE"
                      "b\xEF\xBF\xBF"
                      "c\xEF\xBF\xBD"),
              "abc\xEF\xBF\xBD");
    EXPECT_EQ(written("a\rb"), "a&#13;b");
}

TEST(XmlWriter, closesWhatItOpened)
{
    XmlWriter page{Declaration::no};
    page.open("a", {{"x", "1 & \"2\"\x01"}});
    page.element("b", "t");
    page.element("c", "");
    page.open("d");
    page.close();
    page.raw("<e/>");
    EXPECT_EQ(page.finished(), "<a x=\"1 &amp; &quot;2&quot;\">\n <b>t</b>\n <c/>\n <d/>\n<e/></a>\n");
}

TEST(XmlWriter, declaresADocument)
{
    XmlWriter page{Declaration::yes};
    page.element("a", "");
    EXPECT_EQ(page.finished(), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>\n");
}

} // namespace
} // namespace acervo::cite
