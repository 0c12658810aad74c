#include "indexer/extract/detail/xml.h"

#include <gtest/gtest.h>

namespace acervo::extract::detail {
namespace {

class Recorder : public XmlHandler {
public:
    Walk startElement(const XmlElement& element) override
    {
        log += "<" + std::string{element.name()} + ">";
        if (const auto id = element.attribute("id")) {
            log += "id=" + *id + ";";
        }
        if (const auto id = element.attributeIn("/relationships", "id")) {
            log += "r:id=" + *id + ";";
        }
        return element.name() == "skipped" ? Walk::skip : element.name() == "last" ? Walk::stop : Walk::into;
    }
    void characters(std::string_view text) override { log += text; }
    void endElement(std::string_view name) override { log += "</" + std::string{name} + ">"; }

    std::string log;
};

TEST(Xml, walksThroughElementsAndText)
{
    Recorder recorder;
    ASSERT_TRUE(walkXml("<a>one<b/>two<![CDATA[<three>]]></a>", {}, recorder));
    EXPECT_EQ(recorder.log, "<a>one<b></b>two<three></a>");
}

TEST(Xml, tellsAttributesApartByNamespace)
{
    Recorder recorder;
    ASSERT_TRUE(walkXml("<a xmlns:r='http://example.org/relationships' r:id='r7' id='256'/>", {}, recorder));
    EXPECT_EQ(recorder.log, "<a>id=256;r:id=r7;</a>");
}

TEST(Xml, skipsAndStops)
{
    Recorder recorder;
    ASSERT_TRUE(walkXml("<a><skipped>no<b/></skipped>yes<last>no</last>no</a>", {}, recorder));
    EXPECT_EQ(recorder.log, "<a><skipped></skipped>yes<last>");
}

TEST(Xml, handsOverWhatCameBeforeAnError)
{
    Recorder recorder;
    EXPECT_EQ(walkXml("<a>kept<b>", {}, recorder).error().code, ErrorCode::corruptInput);
    EXPECT_EQ(recorder.log, "<a>kept<b>");
}

TEST(Xml, refusesDocumentTypes)
{
    const std::string bomb = "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>";
    std::string utf16 = "\xFF\xFE";
    for (const char c : bomb) {
        utf16 += c;
        utf16 += '\0';
    }
    const auto behindComment = "<?xml version='1.0'?><!-- <a> -->\n" + bomb;
    for (const std::string& text : {bomb, utf16, behindComment}) {
        Recorder recorder;
        EXPECT_EQ(walkXml(text, {}, recorder).error().code, ErrorCode::corruptInput);
        EXPECT_EQ(recorder.log, "");
    }
}

TEST(Xml, refusesAnEndlessProlog)
{
    Recorder recorder;
    const auto text = "<!--" + std::string(1 << 20, 'x') + "--><!DOCTYPE a><a/>";
    EXPECT_EQ(walkXml(text, {}, recorder).error().code, ErrorCode::resourceLimit);
}

TEST(Xml, limitsDepth)
{
    Recorder recorder;
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += "<d>";
    }
    EXPECT_EQ(walkXml(text, {.maxDepth = 100}, recorder).error().code, ErrorCode::resourceLimit);
    std::string deeper;
    for (int i = 0; i < 200'000; ++i) {
        deeper += "<d>";
    }
    EXPECT_FALSE(walkXml(deeper, {.maxDepth = 1'000'000}, recorder)); // libxml2's own limit
}

TEST(Xml, readsOtherEncodings)
{
    Recorder recorder;
    ASSERT_TRUE(walkXml("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9t\xE9</a>", {}, recorder));
    EXPECT_EQ(recorder.log, "<a>été</a>");
}

} // namespace
} // namespace acervo::extract::detail
