#include "indexer/pipeline/import.h"

#include "source_fixture.h"

#include <gmock/gmock.h>

namespace acervo::pipeline {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Import : public WithSource {
protected:
    RunReport import(const std::string& lines, const std::string& audience = "public")
    {
        const auto file = library.folder().write("lines.jsonl", lines);
        auto report =
            importJsonLines(config, file, "bulk", audience, library.catalogue(), support::shippedVocabularies(), {});
        EXPECT_TRUE(report) << report.error().message;
        if (!report) {
            return {};
        }
        EXPECT_TRUE(sumsUp(report->counts));
        EXPECT_EQ(library.problems(), std::vector<std::string>{});
        return *report;
    }
};

TEST_F(Import, takesEveryField)
{
    const auto report = import(
        R"({"id": "a", "work": "w", "title": "L’eau", "language": "fr", "type": "Rapport annuel", "section": "Afrique",)"
        R"( "year": 2021, "themes": ["local-finance"], "countries": "SN", "sdgs": [6, 11], "authors": ["Awa Ndiaye"],)"
        R"( "abstract": "Résumé", "pages": ["Une page", {"label": "iv", "heading": "H", "language": "en", "text": "Two"}]})"
        "\n"
        R"({"id": "b", "work": "w", "title": "Water", "language": "en", "text": "Drinking water"})"
        "\n");
    EXPECT_EQ(report.counts.indexed, 2U);
    EXPECT_THAT(report.warnings, IsEmpty());
    const auto documents = current();
    ASSERT_THAT(documents, SizeIs(2));
    const auto& a = documents.at("a");
    EXPECT_EQ(a.workId, documents.at("b").workId);
    EXPECT_EQ(a.metadata.section, "africa");
    EXPECT_EQ(a.metadata.type, "annual-report");
    EXPECT_EQ(a.metadata.date, "2021");
    EXPECT_EQ(a.metadata.countries, std::vector<std::string>{"SN"});
    EXPECT_EQ(a.metadata.sdgs, (std::vector<std::string>{"6", "11"}));
    const auto pages = library.catalogue().pages(a.versionId).value();
    ASSERT_THAT(pages, SizeIs(2));
    EXPECT_EQ(pages[1].label, "iv");
    EXPECT_EQ(pages[1].language, "en");
}

TEST_F(Import, aSecondImportChangesNothing)
{
    const std::string lines = R"({"id": "a", "title": "A", "text": "water"})"
                              "\n"
                              R"({"id": "b", "title": "B", "text": "housing"})";
    EXPECT_EQ(import(lines).counts.indexed, 2U);
    const auto again = import(lines);
    EXPECT_EQ(again.counts.unchanged, 2U);
    EXPECT_EQ(again.added, 0U);
    EXPECT_EQ(import(R"({"id": "b", "title": "B", "text": "homes"})").counts.indexed, 1U);
    EXPECT_EQ(current().at("b").versionNumber, 2U);
}

TEST_F(Import, anUnknownAudienceIsTheStrictest)
{
    const auto report = import(R"({"id": "a", "title": "A", "text": "x", "audience": "everyone"})"
                               "\n"
                               R"({"id": "b", "title": "B", "text": "y", "audience": null})"
                               "\n"
                               R"({"id": "c", "title": "C", "text": "z", "audience": "members"})"
                               "\n"
                               R"({"id": "d", "title": "D", "text": "w"})",
                               "members");
    EXPECT_THAT(report.warnings, SizeIs(2));
    const auto documents = current();
    EXPECT_EQ(documents.at("a").audience, "staff");
    EXPECT_EQ(documents.at("b").audience, "staff");
    EXPECT_EQ(documents.at("c").audience, "members");
    EXPECT_EQ(documents.at("d").audience, "members");
}

TEST_F(Import, hostileLinesAreRows)
{
    std::string deep(200'000, '[');
    const auto report = import(deep + "\n" + R"({"id": {"a": 1}, "text": "x"})" + "\n" + R"({"id": "", "text": "x"})" +
                               "\n" + R"({"id": "ok", "title": ["list"], "text": 5, "pages": "no list"})" + "\n" +
                               R"({"id": "nul\u0000byte", "title": "N\u0000", "text": "a\u0000b"})" + "\n" +
                               R"({"id": "pages", "title": "P", "pages": [1, null, {"text": 7}, "real"]})" + "\n" +
                               R"({"id": "date", "title": "D", "date": "yesterday", "text": "words"})" + "\n\r\n \n" +
                               std::string(1000, '\0') + "\n" + R"({"id": "last", "title": "L", "text": "end"})");
    EXPECT_EQ(report.counts.seen, 9U);
    EXPECT_EQ(report.counts.failed, 4U);
    EXPECT_EQ(current().at("last").metadata.title, "L");
    EXPECT_EQ(current().at("date").metadata.date, "");
}

TEST_F(Import, sayWhatIsNoFile)
{
    const auto at = [&](const std::filesystem::path& file) {
        return importJsonLines(config, file, "bulk", "public", library.catalogue(), support::shippedVocabularies(), {});
    };
    EXPECT_EQ(at(library.folder().path() / "none.jsonl").error().code, ErrorCode::notFound);
    EXPECT_EQ(at(library.folder().path()).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(import("").counts.seen, 0U);
}

} // namespace
} // namespace acervo::pipeline
