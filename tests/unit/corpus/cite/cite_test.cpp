#include "corpus/cite/cite.h"

#include "tests/unit/corpus/cite/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace acervo::cite {

namespace {

using testing::HasSubstr;
using testing::Not;

std::string bibtexOf(const std::string& title)
{
    auto work = waterWork();
    work.editions.front().metadata.title = title;
    return bibtex(std::span{&work, 1});
}

TEST(Formats, areFoundByNameAndMediaType)
{
    std::set<std::string_view> names;
    for (const auto& format : formats()) {
        EXPECT_TRUE(names.insert(format.name).second);
        EXPECT_TRUE(format.ofWork != nullptr || format.ofList != nullptr);
        EXPECT_EQ(formatNamed(format.name), &format);
        EXPECT_EQ(formatOfMedia(format.mediaType), &format);
        if (format.ofWork != nullptr) {
            EXPECT_THAT(format.ofWork(waterWork()), HasSubstr("Water for every district")) << format.name;
        }
        if (format.ofList != nullptr) {
            const std::vector<Work> none{Work{}};
            EXPECT_NO_THROW(format.ofList(none)) << format.name;
        }
    }
    EXPECT_EQ(formatNamed("word"), nullptr);
    EXPECT_EQ(formatOfMedia("text/html"), nullptr);
}

TEST(Bibtex, escapesWhatLatexUnderstands)
{
    EXPECT_THAT(bibtexOf("100 % of {A} & B_C #1 $2 ~ ^ \\end"),
                HasSubstr("title = {{100 \\% of \\{A\\} \\& B\\_C \\#1 \\$2 "
                          "\\textasciitilde{} \\textasciicircum{} \\textbackslash{}end}}"));
    EXPECT_THAT(bibtexOf("a -- b ''c''"), HasSubstr("title = {{a -{}- b '{}'c'{}'}}"));
    EXPECT_THAT(bibtexOf("one\r\n  two\ttwo"), HasSubstr("title = {{one two two}}"));
}

TEST(Bibtex, bracesAreBalancedWhateverTheTitle)
{
    for (const auto* title : {"}", "{", "}}}", "\\}", "@report{x,", "a } b { c"}) {
        const auto text = bibtexOf(title);
        EXPECT_EQ(std::ranges::count(text, '{'), std::ranges::count(text, '}')) << title;
    }
}

TEST(Ris, oneLineIsOneTag)
{
    auto work = waterWork();
    work.editions.front().metadata.title = "Water\r\nER  - \r\nTY  - BOOK";
    work.editions.front().metadata.abstractText = "a\xE2\x80\xA8TI  - b";
    const auto text = ris(std::span{&work, 1});
    EXPECT_THAT(text, HasSubstr("TI  - Water ER - TY - BOOK\r\n"));
    EXPECT_THAT(text, HasSubstr("AB  - a TI - b\r\n"));
    EXPECT_THAT(text, HasSubstr("AU  - Ndiaye, Awa\r\n"));
    EXPECT_THAT(text, HasSubstr("DA  - 2019/03/22/\r\n"));
    EXPECT_TRUE(text.ends_with("ER  - \r\n"));
}

TEST(CslJson, hasWhatIsKnownAndNothingElse)
{
    auto work = waterWork();
    auto item = nlohmann::json::parse(cslJson(std::span{&work, 1})).at(0);
    EXPECT_EQ(item["issued"]["date-parts"], (nlohmann::json{{2019, 3, 22}}));
    EXPECT_EQ(item["author"][0], (nlohmann::json{{"family", "Ndiaye"}, {"given", "Awa"}}));
    work.editions.front().metadata.date = "";
    work.editions.front().metadata.authors = {"Forum of Regions"};
    item = nlohmann::json::parse(cslJson(std::span{&work, 1})).at(0);
    EXPECT_FALSE(item.contains("issued"));
    EXPECT_FALSE(item.contains("DOI"));
    EXPECT_EQ(item["author"][0], (nlohmann::json{{"literal", "Forum of Regions"}}));
}

TEST(Csv, noCellBeginsAFormula)
{
    for (const auto* title :
         {"=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\"=1", "x;=1", "x,@y", "x | -2", "＝1", "'=1", "x;\"=1"}) {
        auto work = waterWork();
        work.editions.front().metadata.title = title;
        const auto text = csv(std::span{&work, 1});
        const auto row = text.substr(text.find("\r\n") + 2);
        for (std::size_t at = 0; at < row.size(); ++at) {
            const auto sign = std::string_view{row}.substr(at);
            if (!sign.starts_with("＝") && std::string_view{"=+-@"}.find(row[at]) == std::string_view::npos) {
                continue;
            }
            const auto before = row.find_last_not_of(" \"", at - 1);
            const char c = before == std::string::npos ? ',' : row[before];
            EXPECT_TRUE(std::string_view{",;|\t"}.find(c) == std::string_view::npos) << title << ": " << row;
        }
    }
}

TEST(Csv, quotesEveryCell)
{
    auto work = waterWork();
    work.editions.front().metadata.title = "Say \"water\", they\nsaid";
    const auto text = csv(std::span{&work, 1});
    EXPECT_TRUE(text.starts_with("\xEF\xBB\xBF\"id\",\"title\","));
    EXPECT_THAT(text, HasSubstr("\"Say \"\"water\"\", they said\",\"Awa Ndiaye | Luis Ortega\",\"2019-03-22\""));
    EXPECT_THAT(text, HasSubstr("\"en | fr\""));
}

TEST(Highwire, speaksOfOneEditionOnly)
{
    auto work = waterWork();
    std::swap(work.editions[0], work.editions[1]);
    const auto tags = highwire(work);
    const auto has = [&](const char* name, const char* value) {
        return std::ranges::find(tags, std::pair<std::string, std::string>{name, value}) != tags.end();
    };
    EXPECT_TRUE(has("citation_title", "L’eau pour chaque quartier"));
    EXPECT_TRUE(has("citation_language", "fr"));
    EXPECT_TRUE(has("citation_author", "Ortega, Luis"));
    EXPECT_TRUE(has("citation_publication_date", "2019/03/22"));
    EXPECT_TRUE(has("citation_technical_report_institution", "Cités unies"));
    EXPECT_FALSE(has("citation_title", "Water for every district"));
}

TEST(JsonLd, isSafeWithinAScript)
{
    auto work = waterWork();
    work.editions.front().metadata.title = "</script><!-- & <b>";
    const auto text = jsonLd(work);
    EXPECT_THAT(text, Not(HasSubstr("<")));
    const auto node = nlohmann::json::parse(text);
    EXPECT_EQ(node["name"], "</script><!-- & <b>");
    EXPECT_EQ(node["workTranslation"].size(), 2U);
    EXPECT_EQ(node["workTranslation"][1]["inLanguage"], "fr");
    EXPECT_EQ(node["workTranslation"][1]["translationOfWork"]["@id"], "https://library.example/id/UCLG-2019-0007-K");
}

TEST(Xml, escapesAndDropsWhatXmlRefuses)
{
    auto work = waterWork();
    work.editions.front().metadata.title = "a <b> & \"c\" \x01 \xEF\xBF\xBF d";
    for (const auto& text : {dublinCore(work, Declaration::yes), dataCite(work, Declaration::yes)}) {
        EXPECT_TRUE(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
        EXPECT_THAT(text, HasSubstr("xml:lang=\"en\">a &lt;b&gt; &amp; &quot;c&quot; d</"));
        EXPECT_THAT(text, HasSubstr("quartier</"));
    }
    EXPECT_TRUE(dublinCore(work, Declaration::no).starts_with("<oai_dc:dc "));
}

TEST(DataCite, withoutADateTheYearIsWhenTheLibraryMadeItAvailable)
{
    auto work = waterWork();
    EXPECT_THAT(dataCite(work, Declaration::no), HasSubstr("<publicationYear>2019</publicationYear>"));
    work.editions.front().metadata.date = "";
    const auto text = dataCite(work, Declaration::no);
    EXPECT_THAT(text, HasSubstr("<publicationYear>2023</publicationYear>"));
    EXPECT_THAT(text, Not(HasSubstr("Issued")));
}

TEST(Licenses, ofCreativeCommonsHaveAddresses)
{
    EXPECT_EQ(licenseUrl("CC-BY-4.0"), "https://creativecommons.org/licenses/by/4.0/");
    EXPECT_EQ(licenseUrl("CC BY-NC-SA 3.0"), "https://creativecommons.org/licenses/by-nc-sa/3.0/");
    EXPECT_EQ(licenseUrl("CC0-1.0"), "https://creativecommons.org/publicdomain/zero/1.0/");
    EXPECT_EQ(licenseUrl("https://example.org/l"), "https://example.org/l");
    EXPECT_EQ(licenseUrl("All rights reserved"), "");
}

} // namespace

} // namespace acervo::cite
