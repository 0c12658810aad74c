#include "analyzers/lexicon/lexicon.h"

#include "analyzers/lexicon/detail/format.h"
#include "tests/unit/analyzers/lexicon/fixture.h"

#include <gmock/gmock.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

namespace acervo::lexicon {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kEn = Language::en;
constexpr auto kFr = Language::fr;
constexpr auto kEs = Language::es;

std::string bytesOf(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

// A little of everything that a file can hold.
std::vector<Source> someOfAll()
{
    auto house = sourceOf("house", Origin::glossary, {},
                          {{"urn:b", kFr, "Budget participatif", LabelKind::preferred},
                           {"urn:b", kEn, "Participatory budgeting", LabelKind::preferred},
                           {"urn:b", kEs, "Presupuesto participativo", LabelKind::preferred},
                           {"urn:a", kFr, "Démocratie participative", LabelKind::preferred},
                           {"urn:a", kEn, "Participatory democracy", LabelKind::preferred}});
    house.title = "House glossary";
    house.licence = "CC0";
    house.broader = {{"urn:b", "urn:a"}};
    house.themes = {{"urn:b", "participation"}, {"urn:b", "finance"}};
    auto words = sourceOf("words", Origin::dictionary,
                          {{kFr, "budget", kEn, "budget", 1},
                           {kFr, "logement", kEn, "housing", 1},
                           {kFr, "logement", kEn, "dwelling", 0.8},
                           {kFr, "loger", kEn, "to lodge", 1},
                           {kFr, "participatif", kEn, "participatory", 1}});
    return {house, words};
}

// The labels that begin a text, as ids.
std::vector<std::string> labelsAt(const Lexicon& lexicon, Language language, std::string_view text)
{
    std::vector<std::string> ids;
    for (const auto place : lexicon.longestLabel(text::Analyzer{language}.analyze(text), language).concepts) {
        ids.push_back(lexicon.conceptAt(place).id);
    }
    return ids;
}

TEST(Lexicon, findsLabelsAndNothingElse)
{
    auto sources = someOfAll();
    sources[1].pairs.push_back({kFr, "budget participatif annuel", kEn, "yearly participatory budget", 1});
    const CompiledLexicon compiled{sources};
    const auto lexicon = compiled.open();
    EXPECT_THAT(labelsAt(lexicon, kFr, "budgets participatifs annuels"), ElementsAre("urn:b"))
        << "a longer phrase of a dictionary hides no concept";
    EXPECT_THAT(labelsAt(lexicon, kFr, "budget de la ville"), IsEmpty());
    EXPECT_THAT(labelsAt(lexicon, kEn, "budget participatif"), IsEmpty());
    EXPECT_THAT(labelsAt(lexicon, kFr, ""), IsEmpty());
    EXPECT_TRUE(lexicon.beginsLabel("budget", kFr));
    EXPECT_FALSE(lexicon.beginsLabel("budg", kFr)) << "the whole stem counts";
    EXPECT_FALSE(lexicon.beginsLabel("log", kFr)) << "a word of a dictionary is no concept";
    EXPECT_FALSE(lexicon.beginsLabel("budget", Language::other));
}

TEST(Lexicon, findsTheLongestPhrase)
{
    const CompiledLexicon lexicon{someOfAll()};

    const auto match = lexicon.match(kFr, "budget participatif de la ville");
    EXPECT_EQ(match.tokens, 2U);
    ASSERT_EQ(match.renderings.size(), 2U);
    EXPECT_EQ(match.renderings[0].text, "Participatory budgeting");
    EXPECT_THAT(match.renderings[0].stems, ElementsAre("particip", "budget"));
    EXPECT_EQ(match.renderings[0].source, "house");
    EXPECT_EQ(match.renderings[1].language, kEs);
    EXPECT_THAT(match.concepts, ElementsAre("urn:b"));
    EXPECT_EQ(lexicon.match(kFr, "budget de la ville").tokens, 1U);
}

TEST(Lexicon, findsInflectionsThroughTheStems)
{
    const CompiledLexicon lexicon{someOfAll()};

    EXPECT_EQ(lexicon.match(kFr, "BUDGETS PARTICIPATIFS").tokens, 2U);
    EXPECT_THAT(lexicon.match(kFr, "budgets participatifs").concepts, ElementsAre("urn:b"));
}

TEST(Lexicon, tellsPhrasesWithTheSameStemsApart)
{
    const CompiledLexicon lexicon{someOfAll()}; // logement and loger share the stem "log"

    EXPECT_THAT(lexicon.renderings(kFr, "logement", kEn), ElementsAre("housing", "dwelling"));
    EXPECT_THAT(lexicon.renderings(kFr, "logements", kEn), ElementsAre("housing", "dwelling"));
}

TEST(Lexicon, letsRelatedWordsHelpWhereAWordHasFewRenderings)
{
    const CompiledLexicon lexicon{someOfAll()};

    EXPECT_THAT(lexicon.renderings(kFr, "loger", kEn), ElementsAre("to lodge", "housing", "dwelling"));
    EXPECT_LT(lexicon.weight(kFr, "loger", kEn, "housing"), lexicon.weight(kFr, "logement", kEn, "housing"));
}

TEST(Lexicon, givesNoConceptForAnotherWordOfTheSameStem)
{
    const CompiledLexicon lexicon{{sourceOf("house", Origin::glossary, {},
                                            {{"urn:h", kEn, "Housing", LabelKind::preferred},
                                             {"urn:c", kEn, "City", LabelKind::preferred},
                                             {"urn:s", kEn, "Town", LabelKind::preferred}})}};

    EXPECT_THAT(lexicon.match(kEn, "housing").concepts, ElementsAre("urn:h"));
    EXPECT_THAT(lexicon.match(kEn, "house").concepts, IsEmpty());
    EXPECT_THAT(lexicon.match(kEn, "cities").concepts, ElementsAre("urn:c"));
}

TEST(Lexicon, ordersConceptsByOrigin)
{
    const CompiledLexicon lexicon{
        {sourceOf("unesco", Origin::thesaurus, {}, {{"urn:1", kEn, "Water", LabelKind::preferred}}),
         sourceOf("house", Origin::glossary, {}, {{"urn:2", kEn, "water", LabelKind::preferred}})}};

    EXPECT_THAT(lexicon.match(kEn, "water").concepts, ElementsAre("urn:2", "urn:1"));
}

TEST(Lexicon, knowsNothingOfOtherLanguagesAndEmptyTexts)
{
    const CompiledLexicon lexicon{someOfAll()};

    EXPECT_EQ(lexicon.match(kEn, "logement").tokens, 0U);
    EXPECT_EQ(lexicon.match(Language::other, "logement").tokens, 0U);
    EXPECT_EQ(lexicon.match(kFr, "").tokens, 0U);
    EXPECT_EQ(CompiledLexicon{{}}.match(kFr, "logement").tokens, 0U);
}

TEST(Lexicon, describesConcepts)
{
    const auto lexicon = CompiledLexicon{someOfAll()}.open();

    ASSERT_EQ(lexicon.conceptCount(), 2U);
    EXPECT_EQ(lexicon.conceptAt(0).id, "urn:a");
    EXPECT_THAT(lexicon.conceptAt(0).broader, IsEmpty());
    EXPECT_EQ(lexicon.conceptAt(2).id, "");
    const auto info = lexicon.conceptInfo("urn:b");
    ASSERT_TRUE(info);
    EXPECT_EQ(info->labels.at("es"), "Presupuesto participativo");
    EXPECT_EQ(info->labels.size(), 3U);
    EXPECT_THAT(info->broader, ElementsAre("urn:a"));
    EXPECT_THAT(info->themes, ElementsAre("finance", "participation"));
    EXPECT_EQ(info->origin, Origin::glossary);
    EXPECT_EQ(info->source, "house");
    EXPECT_FALSE(lexicon.conceptInfo("urn:aa"));
    EXPECT_FALSE(lexicon.conceptInfo("urn:c"));
}

TEST(Lexicon, changesItsFingerprintWithItsContent)
{
    const auto first = CompiledLexicon{someOfAll()}.open().fingerprint();
    auto changed = someOfAll();
    changed[1].pairs[0].rendering = "budgets";

    EXPECT_EQ(CompiledLexicon{someOfAll()}.open().fingerprint(), first);
    EXPECT_NE(CompiledLexicon{changed}.open().fingerprint(), first);
}

TEST(Lexicon, namesOrigins)
{
    for (std::size_t i = 0; i < kOrigins; ++i) {
        const auto origin = static_cast<Origin>(i);
        EXPECT_EQ(originOf(nameOf(origin)), origin);
    }
    EXPECT_FALSE(originOf("hearsay"));
}

TEST(LexiconFile, missingIsNotFound)
{
    const support::TemporaryFolder folder;
    const auto lexicon = Lexicon::open(folder.path() / "lexicon.bin");
    ASSERT_FALSE(lexicon);
    EXPECT_EQ(lexicon.error().code, ErrorCode::notFound);
}

TEST(LexiconFile, ofAnotherAnalyserIsRefusedWithWhatToDo)
{
    const CompiledLexicon compiled{someOfAll()};
    auto bytes = bytesOf(compiled.file());
    ++bytes[offsetof(Header, analyzerVersion)];
    const support::TemporaryFolder folder;

    const auto lexicon = Lexicon::open(folder.write("old.bin", bytes));
    ASSERT_FALSE(lexicon);
    EXPECT_EQ(lexicon.error().code, ErrorCode::indexUnavailable);
    EXPECT_THAT(lexicon.error().message, testing::HasSubstr("acervo-indexer lexicon build"));
}

TEST(LexiconFile, cutShortIsCorruptWhereverItEnds)
{
    const CompiledLexicon compiled{someOfAll()};
    const auto bytes = bytesOf(compiled.file());
    const support::TemporaryFolder folder;
    for (std::size_t length = 0; length < bytes.size(); length += 7) {
        const auto lexicon = Lexicon::open(folder.write("short.bin", std::string_view{bytes}.substr(0, length)));
        ASSERT_FALSE(lexicon) << length;
        EXPECT_EQ(lexicon.error().code, ErrorCode::corruptInput) << length;
    }
}

TEST(LexiconFile, aSingleChangedByteIsNoticed)
{
    const CompiledLexicon compiled{someOfAll()};
    const auto bytes = bytesOf(compiled.file());
    const support::TemporaryFolder folder;
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        auto changed = bytes;
        changed[place] = static_cast<char>(changed[place] ^ 0x40);
        if (place >= offsetof(Header, zero) && place < sizeof(Header)) {
            continue; // says nothing
        }
        EXPECT_FALSE(Lexicon::open(folder.write("changed.bin", changed))) << place;
    }
}

// Damage that the checksum was made to hide: the reader stays within the file whatever the offsets say.
TEST(LexiconFile, wrongOffsetsDoNoHarm)
{
    const CompiledLexicon compiled{someOfAll()};
    const auto bytes = bytesOf(compiled.file());
    const support::TemporaryFolder folder;
    std::mt19937 random{20240917};
    for (int round = 0; round < 2000; ++round) {
        auto changed = bytes;
        for (int i = 0; i < 1 + round % 4; ++i) {
            const auto place = sizeof(Header) + random() % (bytes.size() - sizeof(Header));
            changed[place] = static_cast<char>(round % 3 == 0 ? 0xFF : random());
        }
        const auto checksum = checksumOf(std::string_view{changed}.substr(sizeof(Header)));
        std::memcpy(changed.data() + offsetof(Header, checksum), &checksum, sizeof checksum);
        const auto lexicon = Lexicon::open(folder.write("wrong.bin", changed));
        ASSERT_TRUE(lexicon) << lexicon.error().message;
        for (const auto* phrase : {"budget participatif", "logements", "démocratie participative"}) {
            const auto match = lexicon->longestMatch(text::Analyzer{kFr}.analyze(phrase), kFr);
            EXPECT_LE(match.tokens, 2U);
        }
        for (std::size_t i = 0; i < lexicon->conceptCount(); ++i) {
            EXPECT_LE(lexicon->conceptAt(i).labels.size(), 3U);
        }
        EXPECT_LE(lexicon->statistics().pairs.size(), 60U);
        (void)lexicon->conceptInfo("urn:b");
    }
}

} // namespace

} // namespace acervo::lexicon
