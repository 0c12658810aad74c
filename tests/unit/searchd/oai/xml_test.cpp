#include "searchd/oai/xml.h"

#include <gtest/gtest.h>

namespace acervo::oai {
namespace {

TEST(Xml, escapesWhatHasAMeaning)
{
    EXPECT_EQ(escapeXml("a<b> & \"c\" 'd' é"), "a&lt;b&gt; &amp; &quot;c&quot; 'd' é");
}

TEST(Xml, leavesOutWhatItCannotHold)
{
    EXPECT_EQ(escapeXml(std::string{"a\0b\x01\x1F"
                                    "c\t\n",
                                    8}),
              "abc\t\n");
    EXPECT_EQ(escapeXml("a\xEF\xBF\xBE"
                        "b\xEF\xBF\xBF"
                        "c\xEF\xBF\xBD"),
              "abc\xEF\xBF\xBD");
    EXPECT_EQ(escapeXml("a\rb"), "a&#13;b");
}

TEST(Xml, closesWhatItOpened)
{
    XmlWriter page;
    page.open("a", {{"x", "1 & 2"}});
    page.element("b", "t");
    page.element("c", "");
    page.open("d");
    page.close();
    page.close();
    EXPECT_EQ(page.take(), "<a x=\"1 &amp; 2\">\n<b>t</b>\n<c/>\n<d>\n</d>\n</a>\n");
}

} // namespace
} // namespace acervo::oai
