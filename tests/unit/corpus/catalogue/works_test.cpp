// What people decide about works stays, whatever the sources say afterwards.
#include "corpus/catalogue/detail/sqlite.h"
#include "corpus/identifier/citable_id.h"
#include "tests/unit/corpus/catalogue/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Signature kStaff{"ana", "asked by the secretariat"};

class Works : public WithCatalogue {
protected:
    std::string resolved(std::string_view typed)
    {
        const auto found = catalogue->resolve(typed);
        EXPECT_TRUE(found) << found.error().message;
        return found && *found ? **found : "";
    }

    std::vector<model::Edition> editions(std::string_view id)
    {
        auto found = catalogue->editionsOfWork(id);
        EXPECT_TRUE(found);
        return found ? *found : std::vector<model::Edition>{};
    }

    // A document of a work with a key of its own.
    Stored storeOf(const std::string& key, const std::string& language, const std::string& bytes)
    {
        return store(makeDocument(key + "." + language + ".pdf", bytes, language, key));
    }

    std::optional<Tombstone> publicTombstone(std::string_view id)
    {
        const auto found = catalogue->tombstone(access::Filter::publicOnly(), id);
        EXPECT_TRUE(found);
        return found ? *found : std::nullopt;
    }

    static void done(const Result<void>& result) { ASSERT_TRUE(result) << result.error().message; }
};

TEST_F(Works, anEditOutlivesReadingAgainAndCanBeReset)
{
    auto document = makeDocument("a.pdf", "one");
    document.metadata.themes = {"housing"};
    const auto stored = store(document);
    done(catalogue->editWork(stored.citableId,
                             {{"title", "", {"Better"}}, {"themes", "", {"water", "climate"}}, {"date", "", {"2019"}}},
                             kStaff));
    const auto expectEdited = [&] {
        const auto now = edition(stored.editionId);
        EXPECT_EQ(now.metadata.title, "Better");
        EXPECT_THAT(now.metadata.themes, ElementsAre("water", "climate"));
        EXPECT_EQ(now.metadata.date, "2019");
        EXPECT_EQ(now.citableId, stored.citableId);
    };
    expectEdited();
    EXPECT_FALSE(store(document).changed); // nothing new for the index
    expectEdited();
    auto newer = makeDocument("a.pdf", "two");
    newer.metadata.themes = {"transport"};
    newer.metadata.title = "What the second version says";
    EXPECT_EQ(store(newer).how, StoredAs::newVersion);
    expectEdited();
    done(catalogue->editWork(stored.citableId, {{"title", "", {}, true}, {"themes", "", {}, true}}, kStaff));
    const auto now = edition(stored.editionId);
    EXPECT_EQ(now.metadata.title, "What the second version says");
    EXPECT_THAT(now.metadata.themes, ElementsAre("transport"));
    EXPECT_EQ(now.metadata.date, "2019");
    expectSound();
}

TEST_F(Works, anEditIsAChangeForTheIndex)
{
    const auto id = store(makeDocument("a.pdf", "one")).citableId;
    const auto before = catalogue->statistics()->lastChange;
    done(catalogue->editWork(id, {{"section", "", {"asia-pacific"}}}, kStaff));
    const auto changes = catalogue->changesAfter(before, 10);
    ASSERT_TRUE(changes);
    ASSERT_EQ(changes->size(), 1U);
    EXPECT_EQ(changes->front().edition.metadata.section, "asia-pacific");
}

TEST_F(Works, aTitleOfSeveralLanguagesNeedsTheLanguage)
{
    const auto id = storeOf("k", "fr", "f").citableId;
    storeOf("k", "en", "e");
    const auto refused = catalogue->editWork(id, {{"title", "", {"x"}}}, kStaff);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("--language; there are: fr, en"));
    done(catalogue->editWork(id, {{"title", "en", {"English"}}}, kStaff));
    for (const auto& edition : editions(id)) {
        EXPECT_EQ(edition.metadata.title == "English", edition.metadata.language == "en");
    }
    EXPECT_THAT(catalogue->editWork(id, {{"title", "es", {"x"}}}, kStaff).error().message, HasSubstr("fr, en"));
    EXPECT_THAT(catalogue->editWork(id, {{"colour", "", {"x"}}}, kStaff).error().message, HasSubstr("title, "));
    EXPECT_THAT(catalogue->editWork(id, {{"type", "fr", {"x"}}}, kStaff).error().message, HasSubstr("--language"));
    EXPECT_EQ(catalogue->editWork("UCLG-1999-0001-X", {}, kStaff).error().code, ErrorCode::notFound);
    EXPECT_FALSE(catalogue->editWork(id, {{"title", "en", {"x"}}}, Signature{}));
}

TEST_F(Works, aWithdrawnWorkStaysSoWhateverTheSourceDoes)
{
    const auto stored = storeOf("a", "fr", "one");
    const auto other = storeOf("b", "fr", "other").citableId;
    EXPECT_FALSE(publicTombstone(stored.citableId));
    done(catalogue->withdrawWork(stored.citableId, "wrong figures", other, kStaff));
    const auto expectWithdrawn = [&] {
        for (const auto& edition : editions(stored.citableId)) {
            EXPECT_EQ(edition.state, model::EditionState::withdrawn);
            EXPECT_EQ(edition.withdrawnReason, "wrong figures");
        }
        const auto stone = publicTombstone(stored.citableId);
        ASSERT_TRUE(stone);
        EXPECT_EQ(stone->reason, "wrong figures");
        EXPECT_GT(stone->withdrawnAt, 0);
        EXPECT_EQ(stone->successor, other);
    };
    expectWithdrawn();
    storeOf("a", "fr", "one");
    storeOf("a", "fr", "two");
    storeOf("a", "en", "english");
    ASSERT_TRUE(catalogue->noteUnchanged("reports", "a.fr.pdf"));
    expectWithdrawn();
    ASSERT_TRUE(catalogue->withdraw("reports", "a.fr.pdf", "file gone"));
    storeOf("a", "fr", "three");
    expectWithdrawn();
    EXPECT_EQ(editions(stored.citableId).size(), 2U);
    auto moved = makeDocument("a.fr.pdf", "four", "fr", "a");
    moved.metadata.assignedId = identifier::format("UCLG", 2018, 5);
    EXPECT_EQ(store(moved).citableId, stored.citableId); // no other ID brings it back
    done(catalogue->restoreWork(stored.citableId, kStaff));
    EXPECT_FALSE(publicTombstone(stored.citableId));
    for (const auto& edition : editions(stored.citableId)) {
        EXPECT_EQ(edition.state, model::EditionState::current);
    }
    expectSound();
}

TEST_F(Works, aTombstoneShowsNothingThatTheReaderMayNotSee)
{
    auto secret = makeDocument("s.pdf", "s");
    secret.audience = "staff";
    const auto hidden = store(secret).citableId;
    const auto shown = store(makeDocument("a.pdf", "a")).citableId;
    done(catalogue->withdrawWork(shown, "replaced", hidden, kStaff));
    EXPECT_EQ(publicTombstone(shown)->successor, "");
    EXPECT_EQ((*catalogue->tombstone(access::Filter{{"public", "staff"}}, shown))->successor, hidden);
    done(catalogue->withdrawWork(hidden, "secret reason", "", kStaff));
    EXPECT_FALSE(publicTombstone(hidden));
}

TEST_F(Works, aWorkWhoseFilesAreGoneHasATombstoneToo)
{
    const auto id = store(makeDocument("a.pdf", "a")).citableId;
    ASSERT_TRUE(catalogue->withdraw("reports", "a.pdf", "not found twice"));
    const auto stone = publicTombstone(id);
    ASSERT_TRUE(stone);
    EXPECT_EQ(stone->reason, "not found twice");
    EXPECT_EQ(stone->successor, "");
    EXPECT_THAT(catalogue->restoreWork(id, kStaff).error().message, HasSubstr("files"));
}

TEST_F(Works, mergedIdsLeadToTheWorkThatIsLeftForEver)
{
    const auto french = storeOf("rapport", "fr", "f");
    const auto english = storeOf("report", "en", "e");
    ASSERT_NE(french.citableId, english.citableId);
    done(catalogue->mergeWorks(english.citableId, french.citableId, kStaff));
    EXPECT_EQ(editions(french.citableId).size(), 2U);
    EXPECT_EQ(resolved(english.citableId), french.citableId);
    EXPECT_THAT(*catalogue->formerIds(french.citableId), ElementsAre(english.citableId));
    // The source knows nothing of it.
    EXPECT_EQ(storeOf("report", "en", "e2").citableId, french.citableId);
    EXPECT_EQ(storeOf("report", "es", "s").citableId, french.citableId);
    auto renamed = makeDocument("report.en.pdf", "e3", "en", "another-key");
    EXPECT_EQ(store(renamed).citableId, french.citableId);
    const auto third = storeOf("informe", "pt", "p");
    done(catalogue->mergeWorks(french.citableId, third.citableId, kStaff));
    EXPECT_EQ(resolved(english.citableId), third.citableId);
    EXPECT_EQ(editions(third.citableId).size(), 4U);
    EXPECT_THAT(catalogue->mergeWorks(english.citableId, third.citableId, kStaff).error().message,
                HasSubstr("one work already"));
    expectSound();
}

TEST_F(Works, aDuplicateThatIsMergedIsHiddenAndRedirects)
{
    const auto kept = storeOf("a", "fr", "one");
    const auto twin = storeOf("b", "fr", "nearly one");
    done(catalogue->mergeWorks(twin.citableId, kept.citableId, kStaff));
    EXPECT_EQ(resolved(twin.citableId), kept.citableId);
    ASSERT_EQ(editions(kept.citableId).size(), 1U);
    EXPECT_EQ(editions(kept.citableId)[0].editionId, kept.editionId);
    storeOf("b", "fr", "nearly one, second version");
    EXPECT_EQ(edition(twin.editionId).state, model::EditionState::withdrawn);
    EXPECT_EQ(edition(kept.editionId).state, model::EditionState::current);
    EXPECT_EQ(catalogue->statistics()->works, 1U);
    EXPECT_FALSE(publicTombstone(kept.citableId));
    expectSound();
}

TEST_F(Works, aSplitEditionStaysApart)
{
    const auto id = storeOf("k", "fr", "f").citableId;
    const auto english = storeOf("k", "en", "e");
    const auto split = catalogue->splitWork(id, "en", "", kStaff);
    ASSERT_TRUE(split) << split.error().message;
    EXPECT_NE(*split, id);
    EXPECT_EQ(edition(english.editionId).citableId, *split);
    EXPECT_EQ(storeOf("k", "en", "e2").citableId, *split);
    EXPECT_EQ(storeOf("k", "fr", "f2").citableId, id);
    // Moved: the old place is missing, the same bytes are elsewhere.
    ASSERT_TRUE(catalogue->noteMissing("reports", "k.en.pdf"));
    EXPECT_EQ(store(makeDocument("new/k.en.pdf", "e2", "en", "k")).citableId, *split);
    EXPECT_THAT(catalogue->splitWork(id, "fr", "", kStaff).error().message, HasSubstr("only this edition"));
    EXPECT_THAT(catalogue->splitWork(id, "pt", "", kStaff).error().message, HasSubstr("it has: fr (public)"));
    expectSound();
}

TEST_F(Works, numbersOfOthersLeadToTheWork)
{
    auto document = makeDocument("a.pdf", "a");
    document.metadata.isbn = "978-92-1-132640-6";
    document.metadata.doi = "10.1000/ABC";
    document.metadata.series = "Policy Papers";
    document.metadata.number = "12";
    const auto id = store(document).citableId;
    for (const std::string_view typed : {"9789211326406", "ISBN 978-92-1-132640-6", "https://doi.org/10.1000/abc",
                                         "policy papers 12", "Policy Papers, 12"}) {
        EXPECT_EQ(resolved(typed), id) << typed;
    }
    EXPECT_EQ(resolved("https://uclg.org/old/report.pdf"), "");
    const auto url = *identifier::readAlias("http://www.uclg.org/old/report.pdf");
    done(catalogue->addAlias(id, url, kStaff));
    EXPECT_EQ(resolved("https://uclg.org/old/report.pdf"), id);
    // Another work with the same ISBN: neither, until a person decides.
    auto second = makeDocument("b.pdf", "b");
    second.metadata.isbn = document.metadata.isbn;
    const auto stored = store(second);
    EXPECT_THAT(stored.warnings, testing::Contains(HasSubstr("same isbn 9789211326406")));
    EXPECT_EQ(resolved("9789211326406"), "");
    const auto isbn = *identifier::readAlias("9789211326406");
    done(catalogue->addAlias(stored.citableId, isbn, kStaff));
    EXPECT_EQ(resolved("9789211326406"), stored.citableId);
    EXPECT_THAT(catalogue->addAlias(id, isbn, kStaff).error().message, HasSubstr(stored.citableId));
    done(catalogue->mergeWorks(stored.citableId, store(makeDocument("c.pdf", "c", "en")).citableId, kStaff));
    EXPECT_EQ(resolved("9789211326406"), resolved(stored.citableId));
    done(catalogue->removeAlias(id, url, kStaff));
    EXPECT_EQ(resolved("https://uclg.org/old/report.pdf"), "");
    EXPECT_EQ(catalogue->removeAlias(id, url, kStaff).error().code, ErrorCode::notFound);
    // What the document no longer says leads nowhere.
    document.metadata.doi = "10.1000/other";
    store(document);
    EXPECT_EQ(resolved("10.1000/abc"), "");
    EXPECT_EQ(resolved("doi:10.1000/OTHER"), id);
}

TEST_F(Works, aliasesOfAnOlderCatalogueAreFilledIn)
{
    auto document = makeDocument("a.pdf", "a");
    document.metadata.isbn = "978-92-1-132640-6";
    const auto id = store(document).citableId;
    catalogue.reset();
    {
        auto connection = detail::Connection::open(file(), detail::Access::readWrite);
        ASSERT_TRUE(connection);
        ASSERT_TRUE(connection->execute("DELETE FROM alias_said; "
                                        "UPDATE counter SET value = 1 WHERE name = 'aliases_to_fill'"));
    }
    reopen();
    EXPECT_EQ(resolved("9789211326406"), id);
}

TEST_F(Works, theJournalSaysWhoDidWhatAndCannotBeRewritten)
{
    const auto stored = store(makeDocument("a.pdf", "a"));
    done(catalogue->editWork(stored.citableId, {{"title", "", {"Better"}}}, kStaff));
    done(catalogue->withdrawWork(stored.citableId, "old", "", {"luc", ""}));
    const auto refused = catalogue->editWork(stored.citableId, {{"title", "", {"x"}}, {"colour", "", {}}}, kStaff);
    EXPECT_FALSE(refused); // and leaves nothing behind, in the journal neither
    const auto entries = catalogue->journal(stored.citableId, 10);
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 2U);
    EXPECT_EQ((*entries)[0].by, "luc");
    EXPECT_EQ((*entries)[0].action, "withdraw");
    EXPECT_EQ((*entries)[1].action, "edit title [fr]");
    EXPECT_EQ((*entries)[1].before, "Title of a");
    EXPECT_EQ((*entries)[1].after, "Better");
    EXPECT_EQ((*entries)[1].note, kStaff.note);
    EXPECT_EQ(catalogue->journal("", 1)->size(), 1U);
    catalogue.reset();
    auto connection = detail::Connection::open(file(), detail::Access::readWrite);
    EXPECT_FALSE(connection->execute("DELETE FROM journal"));
    EXPECT_FALSE(connection->execute("UPDATE journal SET by = 'nobody'"));
}

TEST_F(Works, areListedById)
{
    const auto first = storeOf("k", "fr", "f").citableId;
    storeOf("k", "en", "e");
    const auto second = storeOf("l", "es", "s").citableId;
    done(catalogue->withdrawWork(second, "old", "", kStaff));
    const auto lines = catalogue->works();
    ASSERT_TRUE(lines);
    ASSERT_EQ(lines->size(), 2U);
    EXPECT_EQ((*lines)[0].citableId, first);
    EXPECT_THAT((*lines)[0].languages, ElementsAre("fr", "en"));
    EXPECT_FALSE((*lines)[0].withdrawn);
    EXPECT_TRUE((*lines)[1].withdrawn);
}

} // namespace
} // namespace acervo::catalogue
