#include "corpus/index/document_builder.h"

#include "corpus/index/document_data.h"
#include "corpus/index/generation.h"
#include "corpus/schema/fields.h"
#include "tests/support/concept_lexicon.h"
#include "tests/support/indexed_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

namespace acervo::index {
namespace {

using support::shippedVocabularies;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

// The concept terms of a document, and how often they count.
std::map<std::string, Xapian::termcount> conceptsIn(const Xapian::Document& document)
{
    std::map<std::string, Xapian::termcount> concepts;
    for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
        if ((*term).starts_with("C:")) {
            concepts[(*term).substr(2)] = term.get_wdf();
        }
    }
    return concepts;
}

model::Edition edition(const std::string& title = "Untitled")
{
    model::Edition edition;
    edition.editionId = 1;
    edition.citableId = "X";
    edition.metadata.language = "en";
    edition.metadata.title = title;
    return edition;
}

std::string repeated(const std::string& text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text + " ";
    }
    return all;
}

class Concepts : public testing::Test {
protected:
    Xapian::Document build(const model::Edition& edition, const std::string& text, const std::string& language = "en")
    {
        return _builder.build(edition, {{1, "", "", language, text}});
    }

    std::vector<std::string> automaticThemes(const model::Edition& edition, const std::string& text)
    {
        return decode(build(edition, text).get_data()).value().automaticThemes;
    }

private:
    support::ConceptLexicon _file;
    lexicon::Lexicon _lexicon = _file.open();
    DocumentBuilder _builder{shippedVocabularies(), &_lexicon};
};

TEST_F(Concepts, theLongestLabelWins)
{
    EXPECT_THAT(conceptsIn(build(edition(), "Council housing, then the council and its councils.")),
                UnorderedElementsAre(Pair("urn:x:council-housing", 1U), Pair("urn:x:council", 2U)));
}

TEST_F(Concepts, aPageIsReadInItsOwnLanguage)
{
    EXPECT_THAT(conceptsIn(build(edition(), "Du logement social pour les locataires.", "fr")),
                UnorderedElementsAre(Pair("urn:x:council-housing", 1U), Pair("urn:x:tenant", 1U)));
    EXPECT_THAT(conceptsIn(build(edition(), "Du logement social pour les locataires.", "en")), IsEmpty());
    EXPECT_THAT(conceptsIn(build(edition(), "Du logement social pour les locataires.", "pt")), IsEmpty());
}

TEST_F(Concepts, shortAcronymsCountInCapitalsOnly)
{
    EXPECT_THAT(conceptsIn(build(edition(), "The mayor led the way.")), IsEmpty());
    EXPECT_THAT(conceptsIn(build(edition(), "A strategy for LED.")), UnorderedElementsAre(Pair("urn:x:led", 1U)));
}

TEST_F(Concepts, whatADocumentIsIsNoSubject)
{
    EXPECT_THAT(conceptsIn(build(edition(), "This report.")), IsEmpty());
}

TEST_F(Concepts, theTitleCountsMoreAndEverythingUpToALimit)
{
    EXPECT_EQ(conceptsIn(build(edition("Tenants"), ""))["urn:x:tenant"], 6U);
    EXPECT_EQ(conceptsIn(build(edition(), repeated("tenant.", 500)))["urn:x:tenant"], 30U);
}

TEST_F(Concepts, whatADocumentIsAboutBecomesItsTheme)
{
    const auto text =
        "Council housing is let to tenants. A tenant of social housing pays less. " + repeated("word", 300);
    const auto document = build(edition(), text);
    EXPECT_THAT(decode(document.get_data()).value().automaticThemes, ElementsAre("housing"));
    EXPECT_THAT(schema::splitValues(document.get_value(static_cast<Xapian::valueno>(schema::Slot::theme))),
                Contains("housing"));
    std::vector<std::string> terms(document.termlist_begin(), document.termlist_end());
    EXPECT_THAT(terms, Contains("XTHM:housing"));
    for (const auto* ancestor : shippedVocabularies().themes.ancestors("housing")) {
        EXPECT_THAT(terms, Contains("XTHM:" + ancestor->notation));
    }
}

TEST_F(Concepts, aWordInPassingIsNoTheme)
{
    EXPECT_THAT(automaticThemes(edition(), "A tenant in social housing. " + repeated("word", 3000)), IsEmpty());
    EXPECT_THAT(automaticThemes(edition(), repeated("tenant word word", 100)), IsEmpty())
        << "one concept proves little";
    EXPECT_THAT(automaticThemes(edition("Tenants"), repeated("tenant word word", 100)), ElementsAre("housing"))
        << "unless the title says so";
}

TEST_F(Concepts, whatEveryTextNamesIsNoTheme)
{
    EXPECT_THAT(automaticThemes(edition("The council"), repeated("council", 50)), IsEmpty());
}

TEST_F(Concepts, themesThatPeopleGaveStayAlone)
{
    auto given = edition("Tenants");
    given.metadata.themes = {"culture"};
    const auto document = build(given, repeated("tenant of social housing", 50));
    EXPECT_THAT(decode(document.get_data()).value().automaticThemes, IsEmpty());
    EXPECT_THAT(schema::splitValues(document.get_value(static_cast<Xapian::valueno>(schema::Slot::theme))),
                Not(Contains("housing")));
    EXPECT_THAT(conceptsIn(document), Contains(Pair("urn:x:tenant", testing::Ge(6U))))
        << "concepts are terms all the same";
}

TEST_F(Concepts, nothingStaysForTheNextDocument)
{
    build(edition("Tenants"), repeated("tenant of social housing", 50));
    const auto next = build(edition(), "Nothing.");
    EXPECT_THAT(conceptsIn(next), IsEmpty());
    EXPECT_THAT(decode(next.get_data()).value().automaticThemes, IsEmpty());
}

TEST(ConceptsOfAnIndex, noneWithoutALexicon)
{
    DocumentBuilder builder{shippedVocabularies()};
    const auto document =
        builder.build(edition("Tenants"), {{1, "", "", "en", repeated("tenant of social housing", 50)}});
    EXPECT_THAT(conceptsIn(document), IsEmpty());
    EXPECT_THAT(decode(document.get_data()).value().automaticThemes, IsEmpty());
}

TEST(ConceptsOfAnIndex, theManifestTellsTheLexicon)
{
    support::IndexedCatalogue library;
    library.store(support::makeDocument("a", "en", {"tenant"}));
    library.catchUp();
    EXPECT_EQ(readManifest(library.options().root, "g000001").value().lexicon, "");
    const support::ConceptLexicon lexicon;
    library.options().lexiconFile = lexicon.file();
    EXPECT_EQ(library.catchUp().added, 0U) << "a new lexicon is no reason to refuse the index, nor to write it anew";
    library.rebuild();
    EXPECT_EQ(readManifest(library.options().root, "g000002").value().lexicon, lexicon.open().fingerprint());
}

TEST(ConceptsOfAnIndex, aLexiconThatCannotBeReadIsSaid)
{
    support::IndexedCatalogue library;
    library.store(support::makeDocument("a", "en", {"tenant"}));
    library.options().lexiconFile = library.folder().path() / "absent.bin";
    EXPECT_EQ(library.catchUp().lexiconProblem, "");
    library.options().lexiconFile = library.folder().path() / "broken.bin";
    std::ofstream{library.options().lexiconFile} << "no lexicon";
    const auto built = library.rebuild();
    EXPECT_EQ(built.added, 1U);
    EXPECT_NE(built.lexiconProblem, "");
}

} // namespace
} // namespace acervo::index
