// The texts of web-ui/i18n: three languages with the same keys and holes, all of them explained to translators.
#include "searchd/http/messages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <regex>
#include <set>

namespace acervo::http {
namespace {

using testing::HasSubstr;

const std::filesystem::path kFolder = std::filesystem::path{ACERVO_SOURCE_DIR} / "web-ui" / "i18n";

nlohmann::json fileOf(const std::string& language)
{
    std::ifstream in{kFolder / (language + ".json")};
    return nlohmann::json::parse(in, nullptr, false);
}

std::set<std::string> holesOf(const std::string& message)
{
    static const std::regex hole{"\\{([a-z0-9_]+)[,}]"};
    std::set<std::string> holes;
    for (std::sregex_iterator found{message.begin(), message.end(), hole}, end; found != end; ++found) {
        holes.insert((*found)[1]);
    }
    return holes;
}

TEST(Texts, existInThreeLanguagesWithTheSameHoles)
{
    const auto english = fileOf("en");
    ASSERT_TRUE(english.is_object());
    ASSERT_GT(english.size(), 50U);
    for (const std::string language : {"fr", "es", "qqq"}) {
        const auto texts = fileOf(language);
        ASSERT_TRUE(texts.is_object()) << language;
        for (const auto& [key, value] : english.items()) {
            ASSERT_TRUE(texts.contains(key)) << language << " lacks " << key;
            EXPECT_FALSE(texts[key].get<std::string>().empty()) << language << " " << key;
            if (language != "qqq") {
                EXPECT_EQ(holesOf(texts[key]), holesOf(value)) << language << " " << key;
            }
        }
        for (const auto& [key, value] : texts.items()) {
            EXPECT_TRUE(english.contains(key)) << language << " has " << key << " that English lacks";
        }
    }
}

TEST(Texts, holdNoMarkup)
{
    for (const std::string language : {"en", "fr", "es"}) {
        const auto texts = fileOf(language);
        for (const auto& [key, value] : texts.items()) {
            EXPECT_THAT(value.get<std::string>(), testing::Not(HasSubstr("<"))) << language << " " << key;
        }
    }
}

// The list in searchd/query/note.h.
TEST(Texts, sayEveryNoteOfTheQueryLanguage)
{
    std::ifstream in{std::filesystem::path{ACERVO_SOURCE_DIR} / "searchd" / "query" / "note.h"};
    std::string header{std::istreambuf_iterator<char>{in}, {}};
    const auto begin = header.find("Codes:");
    ASSERT_NE(begin, std::string::npos);
    header = header.substr(begin, header.find("struct Note") - begin);
    const auto messages = Messages::load(kFolder);
    ASSERT_TRUE(messages) << messages.error().message;
    static const std::regex code{"\\b[a-z]+[A-Z][A-Za-z]*"};
    int codes = 0;
    for (std::sregex_iterator found{header.begin(), header.end(), code}, end; found != end; ++found) {
        EXPECT_TRUE(messages->has("note." + found->str())) << found->str();
        ++codes;
    }
    EXPECT_GE(codes, 14);
}

TEST(Messages, countAsEachLanguageDoes)
{
    const auto messages = Messages::load(kFolder);
    ASSERT_TRUE(messages) << messages.error().message;
    const auto total = [&](text::Language language, std::int64_t count) {
        return messages->text(language, "search.total", {{"count", count}});
    };
    EXPECT_EQ(total(text::Language::en, 1), "1 document found");
    EXPECT_EQ(total(text::Language::en, 1234), "1,234 documents found");
    EXPECT_EQ(total(text::Language::fr, 1), "1 document trouvé");
    EXPECT_EQ(total(text::Language::fr, 1234), "1\u202f234 documents trouvés");
    EXPECT_EQ(total(text::Language::es, 0), "Ningún documento encontrado");
}

TEST(Messages, fillNumberedHolesAndKeepWhatTheyAreFilledWith)
{
    const auto messages = Messages::load(kFolder);
    ASSERT_TRUE(messages) << messages.error().message;
    EXPECT_THAT(messages->text(text::Language::en, "note.badYear", {{"0", "{l'an} 'x'"}}), HasSubstr("{l'an} 'x'"));
    EXPECT_EQ(messages->text(text::Language::en, "no.such.key"), "no.such.key");
}

TEST(LanguageName, isInTheReadersLanguage)
{
    EXPECT_EQ(languageName("fr", text::Language::fr), "Français");
    EXPECT_EQ(languageName("fr", text::Language::es), "Francés");
    EXPECT_EQ(languageName("pt", text::Language::en), "Portuguese");
    EXPECT_EQ(languageName("", text::Language::en), "");
}

TEST(FormatDate, writesWhatIsKnown)
{
    EXPECT_EQ(formatDate("2021-06-15", text::Language::fr), "15 juin 2021");
    EXPECT_EQ(formatDate("2021-06", text::Language::es), "junio de 2021");
    EXPECT_EQ(formatDate("2021", text::Language::en), "2021");
    EXPECT_EQ(formatDate("2021-13", text::Language::en), "2021-13");
    EXPECT_EQ(formatDate("", text::Language::en), "");
}

} // namespace
} // namespace acervo::http
