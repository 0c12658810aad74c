// Plain text, Markdown and HTML through extract(): what a page says, whatever its charset and furniture.
#include "indexer/extract/extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace acervo::extract {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::string_literals;

ExtractedDocument read(std::string_view bytes, std::string_view name, const Limits& limits = {})
{
    auto document = extract(bytes, name, limits);
    EXPECT_TRUE(document) << document.error().message;
    return document ? std::move(*document) : ExtractedDocument{};
}

std::string allText(const ExtractedDocument& document)
{
    std::string text;
    for (const auto& page : document.pages) {
        text += page.text + '\n';
    }
    return text;
}

struct CharsetCase {
    std::string_view name;
    std::string bytes;
    std::string_view charset;
    std::string_view expected;
};
void PrintTo(const CharsetCase& c, std::ostream* out)
{
    *out << c.charset;
}

class Charset : public testing::TestWithParam<CharsetCase> {};

TEST_P(Charset, becomesUtf8)
{
    const auto document = read(GetParam().bytes, "note.txt");
    EXPECT_EQ(document.pages.at(0).text, GetParam().expected);
    EXPECT_EQ(document.properties.find("Content-Encoding")->second, GetParam().charset);
}

INSTANTIATE_TEST_SUITE_P(
    , Charset,
    testing::Values(CharsetCase{"utf8_mark", "\xEF\xBB\xBFL\xC3\xA9gal", "UTF-8", "Légal"},
                    CharsetCase{"utf8", "L\xC3\xA9gal", "UTF-8", "Légal"},
                    CharsetCase{"utf16_le_mark", "\xFF\xFEL\0\xE9\0"s, "UTF-16LE", "Lé"},
                    CharsetCase{"utf16_be_mark", "\xFE\xFF\0L\0\xE9"s, "UTF-16BE", "Lé"},
                    CharsetCase{"utf16_le_bare", "c\0i\0t\0\xE9\0"s, "UTF-16LE", "cité"},
                    CharsetCase{"windows_1252",
                                "Les municipalit\xE9s et l\x92\xE9tat fran\xE7"
                                "ais",
                                "windows-1252", "Les municipalités et l’état français"},
                    CharsetCase{"ebcdic",
                                "\x93\x96\x83\x81\x93\x40\x86\x89\x95\x81\x95\x83\x85\x40\x94\x81\xA3\xA3\x85\x99\xA2",
                                "IBM500", "local finance matters"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(PlainText, isCutAtParagraphsAndFormFeeds)
{
    const std::string paragraph = std::string(900, 'a') + "\n\n";
    std::string text = "A title\n\n";
    for (int i = 0; i < 9; ++i) {
        text += paragraph;
    }
    const auto document = read(text + "\flast page", "long.txt");
    ASSERT_GE(document.pages.size(), 4U);
    EXPECT_EQ(document.metadata.title, "A title");
    EXPECT_EQ(document.pages.back().text, "last page");
    std::size_t letters = 0;
    for (const auto& page : document.pages) {
        EXPECT_LE(page.text.size(), 6'000U);
        letters += static_cast<std::size_t>(std::count(page.text.begin(), page.text.end(), 'a'));
        EXPECT_EQ(page.number, static_cast<std::uint32_t>(&page - document.pages.data() + 1));
    }
    EXPECT_EQ(letters, 9 * 900 + 2U); // nothing lost: also "last", "page"
}

TEST(PlainText, withoutTextIsKeptWithAWarning)
{
    const auto document = read(" \n \n", "blank.txt");
    ASSERT_EQ(document.pages.size(), 1U);
    EXPECT_THAT(document.warnings, ElementsAre(HasSubstr("no text")));
}

TEST(Limits, cutTextAndPages)
{
    Limits limits;
    limits.maxTextBytes = 7;
    const auto cut = read("h\xC3\xA9h\xC3\xA9h\xC3\xA9", "a.txt", limits);
    EXPECT_TRUE(cut.truncated);
    EXPECT_EQ(allText(cut), "héhéh\n"); // not inside a character
    Limits pages;
    pages.maxPages = 2;
    const auto short_ = read("1\f2\f3\f4", "a.txt", pages);
    EXPECT_TRUE(short_.truncated);
    EXPECT_EQ(short_.pages.size(), 2U);
}

TEST(Markdown, readsFrontMatterAndSections)
{
    const auto document = read("---\n"
                               "title: \"L'eau: un bien commun\"\n"
                               "authors:\n  - Awa Diop\n  - 'Benito Ruiz'\n"
                               "date: 2021-06-15\nlang: fr-FR\nkeywords: [eau, 'biens communs']\n---\n"
                               "# Ignored as title\n\nSome *marked* text &amp; `code`.\n\n"
                               "| a | b |\n|---|---|\n| one | two |\n",
                               "note.md");
    EXPECT_EQ(document.mediaType, "text/markdown");
    EXPECT_EQ(document.metadata.title, "L'eau: un bien commun");
    EXPECT_THAT(document.metadata.authors, ElementsAre("Awa Diop", "Benito Ruiz"));
    EXPECT_EQ(document.metadata.date, "2021-06-15");
    EXPECT_EQ(document.metadata.language, "fr");
    EXPECT_THAT(document.metadata.keywords, ElementsAre("eau", "biens communs"));
    EXPECT_THAT(allText(document), HasSubstr("Some marked text & code."));
    EXPECT_THAT(allText(document), HasSubstr("one\ttwo"));
    EXPECT_THAT(allText(document), Not(HasSubstr("authors")));
}

TEST(Markdown, ruleAtTheTopIsNoFrontMatter)
{
    EXPECT_THAT(allText(read("---\n\nText: kept\n", "a.md")), HasSubstr("Text: kept"));
}

TEST(Html, prefersTheMainTextToItsFurniture)
{
    const auto document = read("<!doctype html><html lang=es><title>Vivienda - Portal</title><body>"
                               "<header><nav>Menu item</nav></header><main><h1>Vivienda</h1><p>Texto principal.</p>"
                               "<script>bad()</script><template>hidden</template><div hidden>unseen</div></main>"
                               "<aside>Related</aside><footer>Address</footer></body></html>",
                               "page.html");
    EXPECT_EQ(allText(document), "Vivienda\n\nTexto principal.\n");
    EXPECT_EQ(document.metadata.language, "es");
    EXPECT_EQ(document.metadata.title, "Vivienda");
}

TEST(Html, looksFurtherWhenTheTitleIsANumber)
{
    const auto titleOf = [](const std::string& html) {
        return read("<!doctype html>" + html, "a.html").metadata.title;
    };
    EXPECT_EQ(
        titleOf("<title>Consolidated TEXT: 31976L0207 \u2014 EN \u2014 15.08.2006</title><p>31976L0207</p>"
                "<p class='title-doc-first'>COUNCIL DIRECTIVE</p><p class='title-doc-first'>of 9 February 1976</p>"
                "<p class='title-doc-last'>on equal treatment</p><p>Article 1</p><p class='doc-ti'>Annex</p>"),
        "COUNCIL DIRECTIVE of 9 February 1976 on equal treatment");
    EXPECT_EQ(titleOf("<title>Portal - 32004R0139 - EN</title><meta name='DC.description' content='Regulation on the "
                      "control of concentrations'><h1>32004R0139</h1><p>Text</p>"),
              "Regulation on the control of concentrations");
    EXPECT_EQ(titleOf("<title>REF-20210017</title><h1>Water for all the towns</h1><h1>More</h1><p>Text</p>"),
              "Water for all the towns");
    EXPECT_EQ(titleOf("<title>Presupuesto municipal de 2014 y 20152016</title><p>Text</p>"),
              "Presupuesto municipal de 2014 y 20152016");
    EXPECT_EQ(titleOf("<title>We &lt;del>lost&lt;/del> adapted</title><p>Text</p>"), "We lost adapted");
}

TEST(Html, keepsTextThatStandsInFurnitureAlone)
{
    EXPECT_THAT(allText(read("<html><body><nav>Only this</nav></body></html>", "a.html")), HasSubstr("Only this"));
    EXPECT_THAT(allText(read("<body><header><h2>Preamble</h2><p>Whereas.</p></header><p>Article.</p>", "a.html")),
                HasSubstr("Whereas."));
}

TEST(Html, separatesBlocksCellsAndItemsButNotInlineElements)
{
    EXPECT_EQ(allText(read("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a.html")), "a\tb\nc\n");
    EXPECT_EQ(allText(read("<ul><li>one</li><li>two</li></ul>", "a.html")), "one\ntwo\n");
    EXPECT_EQ(allText(read("<p>inter<b>nat</b>ional <i>law</i></p>", "a.html")), "international law\n");
    EXPECT_EQ(allText(read("<p>a</p><iframe srcdoc='<p>framed</p>'></iframe>", "a.html")), "a\n\nframed\n");
}

TEST(Html, findsACharsetDeclaredFarDown)
{
    const auto page = "<html><!--" + std::string(5'000, '-') +
                      "--><meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>\xCC\xE8\xF0</p>";
    EXPECT_THAT(allText(read(page, "a.html")), HasSubstr("Мир"));
}

TEST(Html, makesPagesOfSectionsWhenLong)
{
    std::string page = "<html><body>";
    for (int i = 1; i <= 4; ++i) {
        page +=
            "<h2>Part " + std::to_string(i) + "</h2><p>" + std::string(1'500, 'x') + "</p><h4>Detail</h4><p>more</p>";
    }
    const auto document = read(page, "a.html");
    ASSERT_EQ(document.pages.size(), 4U);
    EXPECT_EQ(document.pages[2].heading, "Part 3");
    ASSERT_EQ(document.outline.size(), 8U);
    EXPECT_EQ(document.outline[4].title, "Part 3");
    EXPECT_EQ(document.outline[4].page, 3U);
    EXPECT_EQ(document.outline[5].level, 4U);
    EXPECT_EQ(document.outline[5].page, 3U);
}

TEST(Html, survivesDeepNesting)
{
    for (const std::size_t depth : {5'000U, 200'000U}) {
        std::string page = "<html><body>";
        for (std::size_t i = 0; i < depth; ++i) {
            page += "<div>";
        }
        EXPECT_THAT(allText(read(page + "deep down", "a.html")), HasSubstr("deep down")) << depth;
    }
}

} // namespace
} // namespace acervo::extract
