#include "searchd/http/markup.h"

#include <gtest/gtest.h>

namespace acervo::http {
namespace {

TEST(EscapeHtml, leavesNoMarkup)
{
    EXPECT_EQ(escapeHtml("<a href=\"x\" title='y'>&</a>"),
              "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
    EXPECT_EQ(escapeHtml("péréquation"), "péréquation");
}

TEST(MarkedHtml, escapesThenMarks)
{
    EXPECT_EQ(markedHtml("l'eau <b>", {{2, 5}}), "l&#39;<mark>eau</mark> &lt;b&gt;");
    EXPECT_EQ(markedHtml("<x>", {{0, 3}}), "<mark>&lt;x&gt;</mark>");
    EXPECT_EQ(markedHtml("abc", {}), "abc");
}

TEST(MarkedHtml, leavesOutImpossibleSpans)
{
    EXPECT_EQ(markedHtml("abcdef", {{0, 2}, {1, 3}, {5, 9}, {4, 4}, {3, 4}}), "<mark>ab</mark>c<mark>d</mark>ef");
}

TEST(QuotedHtml, escapesThenMarksTheOnePassage)
{
    EXPECT_EQ(quotedHtml("a <b> c", {2, 5}), "a <mark id=\"quote\" class=\"quoted\">&lt;b&gt;</mark> c");
    for (const auto& outside : {text::ByteSpan{3, 3}, text::ByteSpan{5, 2}, text::ByteSpan{0, 8}}) {
        EXPECT_EQ(quotedHtml("a <b> c", outside), "a &lt;b&gt; c");
    }
}

} // namespace
} // namespace acervo::http
