#include "searchd/oai/provider.h"

#include "searchd/oai/datestamp.h"
#include "tests/unit/corpus/catalogue/fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <ostream>
#include <regex>

namespace acervo::oai {
namespace {

using catalogue::makeDocument;
using testing::HasSubstr;
using testing::Not;

class Provides : public catalogue::WithCatalogue {
protected:
    void SetUp() override
    {
        WithCatalogue::SetUp();
        settings.baseUrl = "https://x.example/oai";
        settings.repositoryName = "Test & co";
        settings.adminEmail = "a@x.example";
        settings.identifierDomain = "x.example";
        settings.sampleId = "UCLG-2021-0042-T";
        settings.formats = {{"oai_dc", "https://x.example/a.xsd", "https://x.example/a",
                             [](const auto& record) { return "<t>" + record.editions[0].metadata.title + "</t>"; }}};
        settings.pageSize = 3;
    }

    std::string answer(const Arguments& arguments)
    {
        const auto answered =
            Provider{settings, reader, *catalogue, vocabularies}.answer(arguments, std::time(nullptr));
        EXPECT_TRUE(answered) << answered.error().message;
        return answered ? *answered : "";
    }

    static std::string identifier(const std::string& id) { return "oai:x.example:" + id; }

    static std::vector<std::string> matches(const std::string& text, const char* pattern)
    {
        const std::regex expression{pattern};
        std::vector<std::string> all;
        for (std::sregex_iterator at{text.begin(), text.end(), expression}, end; at != end; ++at) {
            all.push_back((*at)[1]);
        }
        return all;
    }

    Settings settings;
    access::Filter reader = access::Filter::publicOnly();
    vocabulary::Vocabularies vocabularies;
};

TEST_F(Provides, identity)
{
    const auto text = answer({{"verb", "Identify"}});
    EXPECT_THAT(text, HasSubstr("<request verb=\"Identify\">https://x.example/oai</request>"));
    EXPECT_THAT(text, HasSubstr("<repositoryName>Test &amp; co</repositoryName>"));
    EXPECT_THAT(text, HasSubstr("<deletedRecord>persistent</deletedRecord>"));
}

TEST_F(Provides, aListInPartsThatJoin)
{
    std::vector<std::string> stored;
    for (int i = 0; i < 8; ++i) {
        stored.push_back(identifier(store(makeDocument(std::to_string(i), std::to_string(i))).citableId));
    }
    std::vector<std::string> listed;
    Arguments arguments{{"verb", "ListIdentifiers"}, {"metadataPrefix", "oai_dc"}};
    for (int part = 1;; ++part) {
        const auto text = answer(arguments);
        const auto ids = matches(text, "<identifier>([^<]*)</identifier>");
        listed.insert(listed.end(), ids.begin(), ids.end());
        const auto token = matches(text, "<resumptionToken>([^<]*)</resumptionToken>");
        if (part == 3) {
            EXPECT_THAT(text, HasSubstr("<resumptionToken/>"));
            break;
        }
        ASSERT_EQ(token.size(), 1U);
        arguments = {{"verb", "ListIdentifiers"}, {"resumptionToken", token[0]}};
        reopen(); // a token needs nothing that a server remembers
    }
    EXPECT_THAT(listed, testing::UnorderedElementsAreArray(stored));
}

TEST_F(Provides, aListThatFitsWithoutToken)
{
    store(makeDocument("a", "A"));
    EXPECT_THAT(answer({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}}),
                testing::AllOf(HasSubstr("<t>Title of A</t>"), Not(HasSubstr("resumptionToken"))));
}

TEST_F(Provides, deletedRecordsWithoutMetadata)
{
    const auto id = store(makeDocument("a", "A")).citableId;
    ASSERT_TRUE(catalogue->withdraw("reports", "a", "gone"));
    for (const auto& arguments :
         {Arguments{{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}},
          Arguments{{"verb", "GetRecord"}, {"metadataPrefix", "oai_dc"}, {"identifier", identifier(id)}}}) {
        const auto text = answer(arguments);
        EXPECT_THAT(text, HasSubstr("<header status=\"deleted\">"));
        EXPECT_THAT(text, HasSubstr(identifier(id)));
        EXPECT_THAT(text, Not(HasSubstr("<metadata>")));
    }
}

TEST_F(Provides, nothingOfWhatTheReaderNeverSaw)
{
    auto secret = makeDocument("a", "A");
    secret.audience = "staff";
    secret.metadata.section = "hidden";
    const auto id = store(secret).citableId;
    ASSERT_TRUE(catalogue->withdraw("reports", "a", "gone"));
    EXPECT_THAT(answer({{"verb", "ListRecords"}, {"metadataPrefix", "oai_dc"}}), HasSubstr("noRecordsMatch"));
    EXPECT_THAT(answer({{"verb", "GetRecord"}, {"metadataPrefix", "oai_dc"}, {"identifier", identifier(id)}}),
                HasSubstr("idDoesNotExist"));
    EXPECT_THAT(answer({{"verb", "ListMetadataFormats"}, {"identifier", identifier(id)}}), HasSubstr("idDoesNotExist"));
    EXPECT_THAT(answer({{"verb", "ListSets"}}), HasSubstr("noSetHierarchy"));
}

TEST_F(Provides, setsAndTimes)
{
    auto document = makeDocument("a", "A");
    document.metadata.section = "West Africa";
    const auto id = store(document).citableId;
    store(makeDocument("b", "B"));
    const auto ids = [&](const Arguments& more) {
        Arguments arguments{{"verb", "ListIdentifiers"}, {"metadataPrefix", "oai_dc"}};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return matches(answer(arguments), "<identifier>([^<]*)</identifier>");
    };
    EXPECT_THAT(answer({{"verb", "ListSets"}}), HasSubstr("<setSpec>section:West~20Africa</setSpec>"));
    EXPECT_THAT(ids({{"set", "section:West~20Africa"}}), testing::ElementsAre(identifier(id)));
    EXPECT_EQ(ids({{"from", "2020-01-01"}}).size(), 2U);
    EXPECT_EQ(ids({{"until", "2020-01-01"}}).size(), 0U);
    const auto today = formatDatestamp(std::time(nullptr)).substr(0, 10);
    EXPECT_EQ(ids({{"from", "2020-01-01"}, {"until", today}}).size(), 2U) << "until the end of the day";
}

struct WrongRequest {
    std::string_view name;
    Arguments arguments;
    std::string_view code;
};
void PrintTo(const WrongRequest& one, std::ostream* out)
{
    *out << one.name;
}

class ProvidesNot : public Provides, public testing::WithParamInterface<WrongRequest> {};

TEST_P(ProvidesNot, wrongRequests)
{
    store(makeDocument("a", "A"));
    const auto text = answer(GetParam().arguments);
    EXPECT_THAT(text, HasSubstr("<error code=\"" + std::string{GetParam().code} + "\">"));
    if (GetParam().code == "badVerb" || GetParam().code == "badArgument") {
        EXPECT_THAT(text, HasSubstr("<request>https://x.example/oai</request>"));
    }
}

const std::pair<std::string, std::string> kList{"verb", "ListRecords"};
const std::pair<std::string, std::string> kDc{"metadataPrefix", "oai_dc"};

INSTANTIATE_TEST_SUITE_P(
    , ProvidesNot,
    testing::Values(
        WrongRequest{"no_verb", {}, "badVerb"}, WrongRequest{"wrong_verb", {{"verb", "<x>"}}, "badVerb"},
        WrongRequest{"two_verbs", {{"verb", "Identify"}, {"verb", "Identify"}}, "badArgument"},
        WrongRequest{"unknown_argument", {{"verb", "Identify"}, {"x", "1"}}, "badArgument"},
        WrongRequest{"no_prefix", {kList}, "badArgument"},
        WrongRequest{"unknown_prefix", {kList, {"metadataPrefix", "marc"}}, "cannotDisseminateFormat"},
        WrongRequest{"prefix_of_other_letters", {kList, {"metadataPrefix", "a b"}}, "badArgument"},
        WrongRequest{"set_of_other_letters", {kList, kDc, {"set", "section::a"}}, "badArgument"},
        WrongRequest{"no_date", {kList, kDc, {"from", "today"}}, "badArgument"},
        WrongRequest{"two_granularities",
                     {kList, kDc, {"from", "2020-01-01"}, {"until", "2020-01-01T00:00:00Z"}},
                     "badArgument"},
        WrongRequest{"from_after_until", {kList, kDc, {"from", "2021-01-01"}, {"until", "2020-01-01"}}, "badArgument"},
        WrongRequest{"unknown_set", {kList, kDc, {"set", "x"}}, "noRecordsMatch"},
        WrongRequest{"nothing_then", {kList, kDc, {"until", "1990-01-01"}}, "noRecordsMatch"},
        WrongRequest{"bad_token", {kList, {"resumptionToken", "x"}}, "badResumptionToken"},
        WrongRequest{"token_and_more", {kList, kDc, {"resumptionToken", "1/oai_dc////5/A"}}, "badArgument"},
        WrongRequest{"token_of_another_format", {kList, {"resumptionToken", "1/marc////5/A"}}, "badResumptionToken"},
        WrongRequest{"sets_resumed", {{"verb", "ListSets"}, {"resumptionToken", "x"}}, "badResumptionToken"},
        WrongRequest{"unknown_id",
                     {{"verb", "GetRecord"}, kDc, {"identifier", "oai:x.example:UCLG-1999-0001-X"}},
                     "idDoesNotExist"},
        WrongRequest{"other_library", {{"verb", "GetRecord"}, kDc, {"identifier", "x"}}, "idDoesNotExist"}),
    [](const auto& row) { return std::string{row.param.name}; });

} // namespace
} // namespace acervo::oai
