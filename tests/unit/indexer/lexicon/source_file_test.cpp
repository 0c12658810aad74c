#include "indexer/lexicon/source_file.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::lexicon {

namespace {

using testing::HasSubstr;
using text::Language;

constexpr std::string_view kHead = "# acervo lexicon source 1\n# name: words\n# origin: dictionary\n";

std::string problemOf(const std::string& content)
{
    const auto source = parseSource(content, "words.tsv");
    return source ? "" : source.error().message;
}

TEST(SourceFile, readsWhatItWrites)
{
    Source source;
    source.name = "words";
    source.origin = Origin::thesaurus;
    source.title = "A title";
    source.licence = "CC0";
    source.pairs = {{Language::fr, "eau\tpotable", Language::en, "drinking water", 0.25}};
    source.labels = {{"urn:a", Language::es, "Agua", LabelKind::preferred},
                     {"urn:a", Language::es, "Aguas", LabelKind::alternative},
                     {"urn:a", Language::en, "Watre", LabelKind::hidden}};
    source.broader = {{"urn:a", "urn:b"}};
    source.themes = {{"urn:a", "water"}};

    const auto read = parseSource(textOf(source), "words.tsv");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->name, "words");
    EXPECT_EQ(read->origin, Origin::thesaurus);
    EXPECT_EQ(read->title, "A title");
    EXPECT_EQ(read->licence, "CC0");
    ASSERT_EQ(read->pairs.size(), 1U);
    EXPECT_EQ(read->pairs[0].phrase, "eau potable");
    EXPECT_EQ(read->pairs[0].weight, 0.25);
    ASSERT_EQ(read->labels.size(), 3U);
    EXPECT_EQ(read->labels[2].kind, LabelKind::hidden);
    EXPECT_EQ(read->broader[0].target, "urn:b");
    EXPECT_EQ(read->themes[0].target, "water");
}

TEST(SourceFile, keepsNotesBehindTheColumns)
{
    const auto read =
        parseSource(std::string{kHead} + "\n# a comment\npair\tfr\teau\ten\twater\t1\t2024-05-31\tAna\n", "f");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->pairs.size(), 1U);
}

TEST(SourceFile, saysWhatIsWrongAndInWhichLine)
{
    const std::string head{kHead};
    EXPECT_THAT(problemOf("eau\twater\n"), HasSubstr("words.tsv:1: the first line"));
    EXPECT_THAT(problemOf("# acervo lexicon source 1\n# name: words\n"), HasSubstr("# origin"));
    EXPECT_THAT(problemOf("# acervo lexicon source 1\n# name: ../x\n"), HasSubstr("words.tsv:2: a name"));
    EXPECT_THAT(problemOf("# acervo lexicon source 1\n# origin: hearsay\n"), HasSubstr("words.tsv:2: the origin"));
    EXPECT_THAT(problemOf(head + "eau\twater\n"), HasSubstr("words.tsv:4: a row begins"));
    EXPECT_THAT(problemOf(head + "pair\tfr\teau\ten\twater\n"), HasSubstr("five columns"));
    EXPECT_THAT(problemOf(head + "pair\tfr\teau\tde\tWasser\t1\n"), HasSubstr("en, fr and es"));
    EXPECT_THAT(problemOf(head + "pair\tfr\teau\ten\twater\t2\n"), HasSubstr("from 0 to 1"));
    EXPECT_THAT(problemOf(head + "pair\tfr\teau\ten\twater\tnan\n"), HasSubstr("from 0 to 1"));
    EXPECT_THAT(problemOf(head + "pair\tfr\teau\ten\twater\t0\n"), HasSubstr("only a source of origin staff"));
    EXPECT_THAT(problemOf(head + "pair\tfr\t \ten\twater\t1\n"), HasSubstr("empty"));
    EXPECT_THAT(problemOf(head + "label\tc\tfr\teau\tmain\n"), HasSubstr("pref, alt, hidden or narrower"));
    EXPECT_THAT(problemOf(head + "broader\tc\n"), HasSubstr("two columns more"));
    EXPECT_EQ(problemOf(head), "");
}

TEST(SourceFile, readsAFolderByNameAndRefusesFilesOfAnotherName)
{
    const support::TemporaryFolder folder;
    EXPECT_EQ(readSources(folder.path() / "none").value().size(), 0U);
    Source source;
    source.name = "zz";
    ASSERT_TRUE(writeSource(folder.path() / "lexicon", source));
    source.name = "aa";
    ASSERT_TRUE(writeSource(folder.path() / "lexicon", source));
    folder.write("lexicon/README.txt", "not read");

    const auto sources = readSources(folder.path() / "lexicon");
    ASSERT_TRUE(sources) << sources.error().message;
    ASSERT_EQ(sources->size(), 2U);
    EXPECT_EQ(sources->front().name, "aa");

    folder.write("lexicon/other.tsv", textOf(source));
    EXPECT_FALSE(readSources(folder.path() / "lexicon"));
}

TEST(SourceFile, refusesNamesThatLeadElsewhere)
{
    const support::TemporaryFolder folder;
    Source source;
    for (const auto* name : {"", "../x", "a b", "Ä", "A"}) {
        source.name = name;
        EXPECT_FALSE(writeSource(folder.path(), source)) << name;
    }
}

} // namespace

} // namespace acervo::lexicon
