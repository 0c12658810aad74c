#include "searchd/http/templates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

namespace acervo::http {
namespace {

using testing::HasSubstr;

class TemplatesTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string pattern = testing::TempDir() + "templatesXXXXXX";
        _folder = mkdtemp(pattern.data());
        auto messages = Messages::load(std::filesystem::path{ACERVO_SOURCE_DIR} / "web-ui" / "i18n");
        ASSERT_TRUE(messages) << messages.error().message;
        _messages = std::make_unique<Messages>(std::move(*messages));
    }
    void TearDown() override { std::filesystem::remove_all(_folder); }

    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream{_folder / (name + ".mustache")} << text;
    }
    std::string rendered(const nlohmann::json& view) const
    {
        const auto templates = Templates::load(_folder, *_messages);
        EXPECT_TRUE(templates) << templates.error().message;
        return templates->render("page", text::Language::fr, view);
    }

    std::filesystem::path _folder;
    std::unique_ptr<Messages> _messages;
};

TEST_F(TemplatesTest, escapeMarkupAndQuotes)
{
    write("page", "<a title=\"{{x}}\" id='{{x}}'>{{x}}</a>");
    EXPECT_EQ(rendered({{"x", "<\"'&>"}}), "<a title=\"&lt;&quot;&apos;&amp;&gt;\" id='&lt;&quot;&apos;&amp;&gt;'>"
                                           "&lt;&quot;&apos;&amp;&gt;</a>");
}

TEST_F(TemplatesTest, doNotReadTagsInValues)
{
    write("page", "{{x}}");
    EXPECT_EQ(rendered({{"x", "{{{y}}} {{t:site.name}}"}, {"y", "<b>"}}), "{{{y}}} {{t:site.name}}");
}

TEST_F(TemplatesTest, takeTextsPartsListsAndEmptyAsFalse)
{
    write("page", "{{t:search.button}}:{{#list}}{{> item}}{{/list}}{{#empty}}no{{/empty}}{{^empty}}yes{{/empty}}");
    write("item", "[{{name}}]");
    EXPECT_EQ(rendered({{"list", {{{"name", "a"}}, {{"name", "b"}}}}, {"empty", ""}}), "Rechercher:[a][b]yes");
}

TEST_F(TemplatesTest, refuseUnknownTextsAndParts)
{
    for (const std::string wrong : {"{{t:no.such}}", "{{> missing}}", "{{#open}}", "{{> page}}"}) {
        write("page", wrong);
        EXPECT_FALSE(Templates::load(_folder, *_messages)) << wrong;
    }
}

TEST_F(TemplatesTest, shippedOnesAreSound)
{
    const auto templates =
        Templates::load(std::filesystem::path{ACERVO_SOURCE_DIR} / "web-ui" / "templates", *_messages);
    ASSERT_TRUE(templates) << templates.error().message;
}

} // namespace
} // namespace acervo::http
