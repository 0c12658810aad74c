#include "indexer/lexicon/learn.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace acervo::lexicon {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

using Translations = std::vector<std::array<std::string, 3>>; // en, fr, es

const Translations kNouns{{"school", "école", "escuela"},
                          {"bridge", "pont", "puente"},
                          {"market", "marché", "mercado"},
                          {"harbour", "port", "puerto"},
                          {"garden", "jardin", "jardín"}};
const Translations kAdjectives{{"new", "nouveau", "nuevo"},
                               {"large", "grand", "grande"},
                               {"old", "vieux", "viejo"},
                               {"closed", "fermé", "cerrado"}};

// Each noun with each adjective, a paragraph each. language: 0 en, 1 fr, 2 es.
std::string townsIn(std::size_t language)
{
    const std::array<std::array<std::string, 2>, 3> frames{{{"the ", " is "}, {"leur ", " est "}, {"el ", " es "}}};
    std::string text;
    for (const auto& noun : kNouns) {
        for (const auto& adjective : kAdjectives) {
            text += frames[language][0] + noun[language] + frames[language][1] + adjective[language] + "\n\n";
        }
    }
    return text;
}

std::string contentOf(const fs::path& file)
{
    std::ifstream stream{file, std::ios::binary};
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

class Learn : public testing::Test {
protected:
    void write(const std::string& name, const std::string& content) const
    {
        const auto file = _folder.path() / name;
        fs::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary} << content;
    }

    void writeTowns() const
    {
        write("texts/en/towns.txt", townsIn(0));
        write("texts/fr/towns.txt", townsIn(1));
        write("texts/es/towns.txt", townsIn(2));
    }

    LearnRequest request() const
    {
        LearnRequest request;
        request.output = _folder.path() / "lexicon";
        request.workerProgram = ACERVO_EXTRACT_WORKER;
        return request;
    }

    std::string table(const std::string& name) const { return contentOf(_folder.path() / "lexicon" / (name + ".tsv")); }
    fs::path path(const std::string& name) const { return _folder.path() / name; }

private:
    support::TemporaryFolder _folder;
};

TEST_F(Learn, writesATableForEveryTwoLanguages)
{
    writeTowns();
    auto asked = request();
    asked.folders = {path("texts")};
    const auto report = learn(asked);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->problems, testing::IsEmpty());
    ASSERT_EQ(report->tables.size(), 3U);
    EXPECT_EQ(report->tables[0].pairs, kNouns.size() * kAdjectives.size());
    EXPECT_EQ(report->sources.at(0).texts, 1U);

    const auto english = table("learned-en-fr");
    EXPECT_THAT(english, testing::StartsWith("# acervo lexicon source 1\n# name: learned-en-fr\n# origin: learned\n"));
    EXPECT_THAT(english, HasSubstr("\npair\ten\tschool\tfr\técole\t0."));
    EXPECT_THAT(english, HasSubstr("\npair\tfr\técole\ten\tschool\t0."));
    EXPECT_THAT(table("learned-en-es"), HasSubstr("\npair\tes\tpuente\ten\tbridge\t0."));
    EXPECT_THAT(table("learned-es-fr"), HasSubstr("\npair\tes\tmercado\tfr\tmarché\t0."));
}

TEST_F(Learn, writesTheSameWhateverTheThreads)
{
    writeTowns();
    write("texts/en/more/water.html", "<html><body><h1>Water</h1><p>The bridge is large</p></body></html>");
    write("texts/fr/more/water.html", "<html><body><h1>Eau</h1><p>Leur pont est grand</p></body></html>");
    auto asked = request();
    asked.folders = {path("texts")};
    std::map<std::string, std::string> first;
    for (const unsigned threads : {1U, 2U, 3U}) {
        asked.threads = threads;
        ASSERT_TRUE(learn(asked));
        for (const auto* name : {"learned-en-fr", "learned-en-es", "learned-es-fr"}) {
            const auto known = first.try_emplace(name, table(name)).first->second;
            EXPECT_EQ(table(name), known) << name << " with " << threads << " threads";
        }
    }
}

TEST_F(Learn, readsCompiledCatalogues)
{
    // One message, far too few to learn from; what matters is that it was read, in both files.
    using namespace std::string_literals;
    const auto catalogue = [](const std::string& translation) {
        const std::string header = "Content-Type: text/plain; charset=UTF-8\n";
        std::string texts = "\0"s + "water\0"s + header + "\0"s + translation + "\0"s;
        std::string bytes;
        const auto put = [&](std::size_t value) {
            for (unsigned i = 0; i < 4; ++i) {
                bytes += static_cast<char>((value >> (8U * i)) & 0xFFU);
            }
        };
        const std::size_t start = 28 + 4 * 8;
        for (const auto value : {std::size_t{0x950412DE}, std::size_t{0}, std::size_t{2}, std::size_t{28},
                                 std::size_t{44}, std::size_t{0}, start}) {
            put(value);
        }
        for (const auto& [length, offset] : {std::pair<std::size_t, std::size_t>{0, 0},
                                             {5, 1},
                                             {header.size(), 7},
                                             {translation.size(), 8 + header.size()}}) {
            put(length);
            put(start + offset);
        }
        return bytes + texts;
    };
    write("texts/fr/town.mo", catalogue("eau"));
    write("texts/es/town.mo", catalogue("agua"));
    write("alone.mo", catalogue("eau"));
    auto asked = request();
    asked.folders = {path("texts")};
    asked.gettextFiles = {{path("alone.mo"), text::Language::en, text::Language::fr}};
    const auto report = learn(asked);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(report->problems, testing::IsEmpty());
    ASSERT_EQ(report->sources.size(), 2U);
    EXPECT_EQ(report->sources[0].counts.sentences, 3U) << "en-fr, en-es, es-fr";
    EXPECT_EQ(report->sources[1].counts.sentences, 1U);
    EXPECT_EQ(report->tables[0].pairs, 1U);
    EXPECT_EQ(report->tables[0].repeated, 1U);
}

TEST_F(Learn, namesWhatItCannotRead)
{
    writeTowns();
    write("texts/fr/broken.mo", "this is no catalogue");
    write("texts/en/broken.pdf", "%PDF-1.7 and nothing else");
    write("texts/fr/broken.pdf", "%PDF-1.7 and nothing else");
    auto asked = request();
    asked.folders = {path("texts")};
    const auto report = learn(asked);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->sources.at(0).unreadable, 3U);
    EXPECT_THAT(report->problems, testing::Contains(HasSubstr("broken.mo")));
    EXPECT_THAT(report->problems, testing::Contains(HasSubstr("broken.pdf")));
    EXPECT_THAT(table("learned-en-fr"), HasSubstr("école"));
}

TEST_F(Learn, learnsFromEditionsThatEverybodyMayRead)
{
    auto works = catalogue::Catalogue::open(path("catalogue.sqlite"), catalogue::Mode::readWrite);
    ASSERT_TRUE(works) << works.error().message;
    const auto store = [&](const std::string& work, const std::string& language, const std::string& audience,
                           const std::string& text) {
        catalogue::NewDocument document;
        document.location.source = "tests";
        document.location.uri = work + "." + language + ".txt";
        document.location.sha256 = work + language;
        document.audience = audience;
        document.mediaType = "text/plain";
        document.metadata.workKey = work;
        document.metadata.language = language;
        document.metadata.title = work;
        document.pages.push_back({1, "", "", language, text});
        ASSERT_TRUE(works->store(document));
    };
    store("towns", "en", "public", townsIn(0));
    store("towns", "fr", "public", townsIn(1));
    store("secret", "en", "staff", townsIn(0));
    store("secret", "es", "staff", townsIn(2));
    auto asked = request();
    asked.works = &*works;
    const auto report = learn(asked);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->sources.at(0).texts, 1U);
    EXPECT_THAT(table("learned-en-fr"), HasSubstr("\npair\ten\tgarden\tfr\tjardin\t0."));
    EXPECT_FALSE(fs::exists(path("lexicon/learned-en-es.tsv")));
}

TEST_F(Learn, takesAwayATableThatNothingSupportsAnyMore)
{
    writeTowns();
    auto asked = request();
    asked.folders = {path("texts")};
    ASSERT_TRUE(learn(asked));
    ASSERT_TRUE(fs::exists(path("lexicon/learned-en-es.tsv")));
    fs::remove_all(path("texts/es"));
    ASSERT_TRUE(learn(asked));
    EXPECT_FALSE(fs::exists(path("lexicon/learned-en-es.tsv")));
    EXPECT_TRUE(fs::exists(path("lexicon/learned-en-fr.tsv")));
}

TEST_F(Learn, refusesWhatMakesNoSense)
{
    auto asked = request();
    const auto codeOf = [&] {
        const auto report = learn(asked);
        return report ? ErrorCode::internal : report.error().code;
    };
    EXPECT_EQ(codeOf(), ErrorCode::invalidArgument) << "nothing to read";
    write("texts/en/a.txt", "A text");
    asked.folders = {path("texts")};
    EXPECT_EQ(codeOf(), ErrorCode::invalidArgument) << "one language";
    write("texts/fr/a.txt", "Un texte");
    asked.name = "../elsewhere";
    EXPECT_EQ(codeOf(), ErrorCode::invalidArgument) << "a name that is a path";
    asked.name = "learned";
    asked.gettextFiles = {{path("missing.mo"), text::Language::en, text::Language::fr}};
    EXPECT_EQ(codeOf(), ErrorCode::notFound);
}

} // namespace
} // namespace acervo::lexicon
