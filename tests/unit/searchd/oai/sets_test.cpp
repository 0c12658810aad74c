#include "searchd/oai/sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace acervo::oai {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

vocabulary::Vocabularies withTypes()
{
    const auto named = [](std::string notation, std::string broader) {
        vocabulary::Concept one;
        one.notation = notation;
        one.labels = {{"en", notation}, {"fr", notation}, {"es", notation}};
        one.broader = std::move(broader);
        return one;
    };
    vocabulary::Vocabularies vocabularies;
    auto types = vocabulary::Scheme::make("test", {named("report", ""), named("annual-report", "report")});
    EXPECT_TRUE(types);
    vocabularies.types = std::move(*types);
    return vocabularies;
}

TEST(Sets, holdEveryValueAndGiveItBack)
{
    for (const std::string value : {"africa", "Afrique de l’Ouest", "a:b/c~d%", "\xC3\xA9"}) {
        const auto spec = setSpec(SetKind::section, value);
        EXPECT_EQ(spec.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()",
                                         std::string_view{"section:"}.size()),
                  std::string::npos)
            << spec;
        const auto set = parseSet(spec);
        ASSERT_TRUE(set) << spec;
        EXPECT_EQ(set->kind, SetKind::section);
        EXPECT_EQ(set->value, value);
    }
}

TEST(Sets, areNothingElse)
{
    for (const auto* spec :
         {"", "section", "section:", "theme:water", "type:a~", "type:a~1", "type:a~zz", "type:a b"}) {
        EXPECT_FALSE(parseSet(spec)) << spec;
    }
}

TEST(Sets, includeTheKindsOfAType)
{
    const auto vocabularies = withTypes();
    EXPECT_THAT(setsOf("africa", "annual-report", vocabularies),
                ElementsAre("section:africa", "type:annual-report", "type:report"));
    EXPECT_THAT(setsOf("", "", vocabularies), IsEmpty());
    EXPECT_THAT(setsOf("", "Memo", vocabularies), ElementsAre("type:Memo"));
    EXPECT_THAT(valuesOf({SetKind::type, "report"}, vocabularies), ElementsAre("report", "annual-report"));
    EXPECT_THAT(valuesOf({SetKind::type, "annual-report"}, vocabularies), ElementsAre("annual-report"));
    EXPECT_THAT(valuesOf({SetKind::section, "report"}, vocabularies), ElementsAre("report"));
}

} // namespace
} // namespace acervo::oai
