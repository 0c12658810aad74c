#include "indexer/pipeline/metadata_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace acervo::pipeline {
namespace {

using testing::ElementsAre;

struct PathCase {
    std::string_view name;
    std::string_view uri;
    std::string_view pattern;
    std::string_view language;
    std::string_view workKey;
    std::string_view section;
    std::string_view date;
};
void PrintTo(const PathCase& c, std::ostream* out)
{
    *out << c.uri;
}

class PathTable : public testing::TestWithParam<PathCase> {};

TEST_P(PathTable, saysWhatItSays)
{
    const auto& c = GetParam();
    std::vector<std::string> patterns;
    if (!c.pattern.empty()) {
        patterns.emplace_back(c.pattern);
    }
    const auto metadata = metadataFromPath(c.uri, patterns);
    EXPECT_EQ(metadata.language, c.language);
    EXPECT_EQ(metadata.workKey, c.workKey);
    EXPECT_EQ(metadata.section, c.section);
    EXPECT_EQ(metadata.date, c.date);
}

INSTANTIATE_TEST_SUITE_P(
    , PathTable,
    testing::Values(PathCase{"dot", "a/report.fr.pdf", "", "fr", "a/report", "", ""},
                    PathCase{"underscore_capitals", "a/report_FR.pdf", "", "fr", "a/report", "", ""},
                    PathCase{"dash", "report-es.docx", "", "es", "report", "", ""},
                    PathCase{"whole_word", "report_english.docx", "", "en", "report", "", ""},
                    PathCase{"only_the_language", "acts/2013/fr.html", "", "fr", "acts/2013/{language}", "", ""},
                    PathCase{"only_the_language_on_top", "fr.html", "", "fr", "{language}", "", ""},
                    PathCase{"folder", "fr/finance/report.pdf", "", "fr", "{language}/finance/report", "", ""},
                    PathCase{"folder_within", "finance/es/report.pdf", "", "es", "finance/{language}/report", "", ""},
                    PathCase{"no_language", "finance/report.pdf", "", "", "", "", ""},
                    PathCase{"not_a_language_of_ours", "report.pt.pdf", "", "", "", "", ""},
                    PathCase{"pattern", "africa/2019/budget.fr.pdf", "{section}/{year}/{work}.{language}.{ext}", "fr",
                             "budget", "africa", "2019"},
                    PathCase{"pattern_that_does_not_fit", "budget.fr.pdf", "{section}/{year}/{work}.{language}.{ext}",
                             "fr", "budget", "", ""},
                    PathCase{"pattern_then_names", "africa/budget.fr.pdf", "{section}/{file}", "fr", "africa/budget",
                             "africa", ""}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(TidyDate, takesWhatPeopleAndProgramsWrite)
{
    EXPECT_EQ(tidyDate("2021"), "2021");
    EXPECT_EQ(tidyDate("2021-06"), "2021-06");
    EXPECT_EQ(tidyDate("2021-06-15"), "2021-06-15");
    EXPECT_EQ(tidyDate("2021-06-15T10:00:00Z"), "2021-06-15");
    EXPECT_EQ(tidyDate("D:20210615120000+02'00'"), "2021-06-15");
    EXPECT_EQ(tidyDate("juin 2021"), "2021");
    EXPECT_EQ(tidyDate("2021-13-40"), "2021");
    EXPECT_EQ(tidyDate("2021-2022"), "2021");
    EXPECT_EQ(tidyDate("no 12345"), "");
    EXPECT_EQ(tidyDate("1492"), "");
    EXPECT_EQ(tidyDate(""), "");
}

class Merging : public testing::Test {
protected:
    void SetUp() override
    {
        auto loaded = vocabulary::load(ACERVO_SOURCE_DIR "/corpus/vocabulary");
        ASSERT_TRUE(loaded) << loaded.error().message;
        vocabularies = std::move(*loaded);
    }

    static model::Page page(std::string language, std::string text)
    {
        model::Page made;
        made.number = 1;
        made.language = std::move(language);
        made.text = std::move(text);
        return made;
    }

    vocabulary::Vocabularies vocabularies;
    config::Source source;
};

TEST_F(Merging, sidecarThenPropertiesThenPathThenContent)
{
    model::Metadata sidecar;
    sidecar.title = "From the sidecar";
    model::Metadata properties;
    properties.title = "From the properties";
    properties.date = "D:20190101";
    properties.language = "fr-CA";
    source.section = "world";
    const auto merged = mergeMetadata(&sidecar, properties, "a/report.en.pdf", {page("fr", "Le texte du rapport")},
                                      source, vocabularies);
    EXPECT_EQ(merged.metadata.title, "From the sidecar");
    EXPECT_EQ(merged.metadata.date, "2019-01-01");
    EXPECT_EQ(merged.metadata.language, "en") << "a file is named for a language on purpose";
    EXPECT_EQ(merged.metadata.section, "world") << "the source's default last";
    EXPECT_EQ(merged.metadata.workKey, "a/report");
}

TEST_F(Merging, aLanguagePropertyThatTheTextContradictsIsATemplatesMistake)
{
    model::Metadata properties;
    properties.language = "en-US";
    const auto merged =
        mergeMetadata(nullptr, properties, "r.pdf", {page("es", "El texto del informe")}, source, vocabularies);
    EXPECT_EQ(merged.metadata.language, "es");
}

TEST_F(Merging, labelsBecomeNotationsAndUnknownValuesAreKeptAndReported)
{
    model::Metadata sidecar;
    sidecar.section = "Afrique";
    sidecar.themes = {"Finances locales", "local-finance", "something new"};
    sidecar.countries = {"SN", "Maroc"};
    const auto merged = mergeMetadata(&sidecar, {}, "r.pdf", {page("fr", "texte")}, source, vocabularies);
    EXPECT_EQ(merged.metadata.section, "africa");
    EXPECT_THAT(merged.metadata.themes, ElementsAre("local-finance", "something new"));
    EXPECT_THAT(merged.metadata.countries, ElementsAre("SN", "MA"));
    EXPECT_THAT(merged.unknownValues, ElementsAre("theme \"something new\""));
}

TEST_F(Merging, theTitleFallsBackToHeadingLineAndName)
{
    auto headed = page("en", "Some text\nmore");
    headed.heading = "The heading";
    EXPECT_EQ(mergeMetadata(nullptr, {}, "r.pdf", {headed}, source, vocabularies).metadata.title, "The heading");
    EXPECT_EQ(mergeMetadata(nullptr, {}, "r.pdf",
                            {page("en", "\nFirst real line\n\nThen the text begins, and goes on.\n")}, source,
                            vocabularies)
                  .metadata.title,
              "First real line");
    EXPECT_EQ(mergeMetadata(nullptr, {}, "a/annual_report-2020.pdf", {}, source, vocabularies).metadata.title,
              "annual report 2020");
}

TEST(DetectLanguages, shortPagesGoWithTheDocument)
{
    std::vector<model::Page> pages(3);
    pages[0].text = "2021";
    pages[1].text = "Les collectivités territoriales disposent de ressources propres et de dotations de l’État, "
                    "dont le montant dépend de la population et de la richesse de chacune.";
    pages[2].text = "1 234 567\n89 %";
    detectLanguages(pages);
    EXPECT_EQ(pages[0].language, "fr");
    EXPECT_EQ(pages[1].language, "fr");
    EXPECT_EQ(pages[2].language, "fr");
}

} // namespace
} // namespace acervo::pipeline
