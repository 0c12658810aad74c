#include "corpus/config/config.h"

#include "corpus/config/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace acervo::config {
namespace {

using testing::HasSubstr;

class ConfigFile : public testing::Test {
protected:
    Result<Config> read(const std::string& text)
    {
        _file = testing::TempDir() + "acervo-config-" + testing::UnitTest::GetInstance()->current_test_info()->name() +
                ".toml";
        std::ranges::replace(_file.begin() + static_cast<std::ptrdiff_t>(testing::TempDir().size()), _file.end(), '/',
                             '-');
        std::ofstream{_file} << text;
        return load(_file, "/shared");
    }
    void TearDown() override { std::filesystem::remove(_file); }

    std::string _file;
};

TEST_F(ConfigFile, whatInitWritesIsValidAndHasTheDefaults)
{
    const auto config = read(defaultText("my data", "reports", "/srv/it's \"here\""));
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->data, std::filesystem::path{_file}.parent_path() / "my data");
    ASSERT_EQ(config->sources.size(), 1U);
    EXPECT_EQ(config->sources[0].folder, "/srv/it's \"here\"");
    EXPECT_EQ(config->sources[0].audience, "public");
    const Config defaults;
    EXPECT_EQ(config->indexer.maxTextBytes, defaults.indexer.maxTextBytes);
    EXPECT_EQ(config->search.port, defaults.search.port);
    EXPECT_EQ(config->audiences, defaults.audiences);
}

TEST_F(ConfigFile, aSourceWithoutAudienceIsForTheStrictest)
{
    const auto config = read("[[source]]\nname = \"a\"\nfolder = \"docs\"\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->sources[0].audience, "staff");
}

TEST_F(ConfigFile, readsEveryKey)
{
    const auto config =
        read("data = \"d\"\nidentifier_prefix = \"CITY\"\naudiences = [\"public\", \"team\"]\n"
             "vocabulary = \"v\"\nweb_ui = \"w\"\n"
             "[[source]]\nname = \"a\"\nfolder = \"docs\"\naudience = \"team\"\nsection = \"africa\"\n"
             "type = \"report\"\nlanguage = \"fr\"\nexclude = [\"*.tmp\"]\n"
             "path_patterns = [\"{year}/{work}.{ext}\"]\n"
             "[indexer]\nworkers = 3\nmax_file_mb = 7\nmax_text_mb = 2\nworker_memory_mb = 512\n"
             "worker_cpu_seconds = 5\nworker_wall_seconds = 6\n"
             "[search]\naddress = \"0.0.0.0\"\nport = 0\nthreads = 2\n"
             "base_url = \"https://x.example\"\naccess_log = \"a.log\"\nquery_cpu_ms = 99\ncontact = \"a@x.example\"\n"
             "default_language = \"es\"\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->identifierPrefix, "CITY");
    EXPECT_EQ(config->sources[0].pathPatterns, std::vector<std::string>{"{year}/{work}.{ext}"});
    EXPECT_EQ(config->indexer.maxFileBytes, 7ULL << 20U);
    EXPECT_EQ(config->indexer.workerWall.count(), 6);
    EXPECT_EQ(config->search.threads, 2U);
    EXPECT_EQ(config->search.queryCpu.count(), 99);
    EXPECT_EQ(config->search.defaultLanguage, "es");
    EXPECT_EQ(config->search.contact, "a@x.example");
}

struct WrongCase {
    std::string_view name;
    std::string_view text;
    std::string_view expected; // in the message, which also names the file
};
void PrintTo(const WrongCase& wrong, std::ostream* out)
{
    *out << wrong.text;
}

class WrongConfig : public ConfigFile, public testing::WithParamInterface<WrongCase> {};

TEST_P(WrongConfig, namesFileLineAndWhatIsExpected)
{
    const auto config = read(std::string{GetParam().text});
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().code, ErrorCode::invalidArgument);
    EXPECT_THAT(config.error().message, HasSubstr(_file));
    EXPECT_THAT(config.error().message, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    , WrongConfig,
    testing::Values(
        WrongCase{"syntax", "data = \n", ":1:"},
        WrongCase{"unknown_key", "\ndatta = \"d\"\n", ":2: unknown key \"datta\""},
        WrongCase{"unknown_key_in_table", "[search]\n\nprot = 1\n", ":3: unknown key \"prot\" in [search]; known are:"},
        WrongCase{"type", "[search]\nport = \"80\"\n", ":2: \"port\" must be a number from 0 to 65535"},
        WrongCase{"range", "[search]\nport = 70000\n", ":2: \"port\" must be a number from 0 to 65535"},
        WrongCase{"list", "audiences = \"public\"\n", ":1: \"audiences\" must be a list of texts"},
        WrongCase{"public_first", "audiences = [\"staff\", \"public\"]\n", "from the widest, \"public\""},
        WrongCase{"source_without_folder", "[[source]]\nname = \"a\"\n", "lacks \"folder\""},
        WrongCase{"source_name", "[[source]]\nname = \"A b\"\nfolder = \"d\"\n", ":2: \"name\" must be of lower-case"},
        WrongCase{"source_twice",
                  "[[source]]\nname = \"a\"\nfolder = \"d\"\n[[source]]\nname = \"a\"\nfolder = \"e\"\n",
                  ":5: \"name\" must be different"},
        WrongCase{"source_audience", "[[source]]\nname = \"a\"\nfolder = \"d\"\naudience = \"all\"\n",
                  ":4: \"audience\" must be one of the configured audiences"},
        WrongCase{"source_as_table", "[source]\nname = \"a\"\n", "written as [[source]]"},
        WrongCase{"language", "[search]\ndefault_language = \"pt\"\n", ":2: \"default_language\" must be"},
        WrongCase{"contact", "[search]\ncontact = \"Ann <a@x.org>\"\n", ":2: \"contact\" must be"},
        WrongCase{"base_url", "[search]\nbase_url = \"x.org\"\n", ":2: \"base_url\" must be"}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(ConfigLoad, aFolderIsNoConfiguration)
{
    const auto config = load(testing::TempDir(), "/shared");
    ASSERT_FALSE(config) << "it would be one without sources";
}

TEST(ConfigLoad, aMissingFileIsNotFound)
{
    const auto config = load("/nowhere/acervo.toml", "/shared");
    ASSERT_FALSE(config);
    EXPECT_EQ(config.error().code, ErrorCode::notFound);
    EXPECT_THAT(config.error().message, HasSubstr("/nowhere/acervo.toml"));
}

TEST(Arguments, takesWordsOptionsAndFlagsInAnyOrder)
{
    const char* words[] = {"program", "--size=3", "right to housing", "--json", "--section", "africa", "--section",
                           "world",   "--",       "--not-an-option"};
    const auto arguments =
        Arguments::parse(10, words, {{"size"}, {"json", false}, {"section", true, true}, {"unused"}});
    ASSERT_TRUE(arguments) << arguments.error().message;
    EXPECT_EQ(arguments->words(), (std::vector<std::string>{"right to housing", "--not-an-option"}));
    EXPECT_EQ(arguments->value("size"), "3");
    EXPECT_EQ(arguments->values("section"), (std::vector<std::string>{"africa", "world"}));
    EXPECT_TRUE(arguments->has("json"));
    EXPECT_EQ(arguments->value("unused", "fallback"), "fallback");
}

TEST(Arguments, refusesWhatItDoesNotKnow)
{
    const auto messageOf = [](std::vector<const char*> words) {
        words.insert(words.begin(), "program");
        const auto arguments =
            Arguments::parse(static_cast<int>(words.size()), words.data(), {{"size"}, {"json", false}});
        return arguments ? std::string{} : arguments.error().message;
    };
    EXPECT_EQ(messageOf({"--sise", "3"}), "unknown option --sise");
    EXPECT_EQ(messageOf({"--size"}), "option --size needs a value");
    EXPECT_EQ(messageOf({"--json=yes"}), "option --json takes no value");
    EXPECT_EQ(messageOf({"--size", "1", "--size", "2"}), "option --size is given twice");
}

} // namespace
} // namespace acervo::config
