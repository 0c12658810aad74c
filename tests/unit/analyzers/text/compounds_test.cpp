// Words written joined, hyphenated and apart.
#include "analyzers/text/analyzer.h"

#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string>
#include <string_view>

namespace acervo::text {

namespace {

constexpr auto en = Language::en;
constexpr auto fr = Language::fr;
constexpr auto es = Language::es;

// "token index:folded" of each compound.
std::string compoundsOf(std::string_view text, Language language)
{
    std::string out;
    for (const auto& form : Analyzer{language}.analyzeWithCompounds(text).compounds) {
        out += (out.empty() ? "" : " ") + std::to_string(form.token) + ":" + form.folded;
    }
    return out;
}

std::set<std::string> stemsOf(std::string_view text, Language language)
{
    const auto analysis = Analyzer{language}.analyzeWithCompounds(text);
    std::set<std::string> stems;
    for (const auto& token : analysis.tokens) {
        stems.insert(token.stem);
    }
    for (const auto& form : analysis.compounds) {
        stems.insert(form.stem);
    }
    return stems;
}

struct CompoundCase {
    std::string_view name;
    Language language;
    std::string_view text;
    std::string_view expected;
};

void PrintTo(const CompoundCase& c, std::ostream* out)
{
    *out << c.text << " [" << codeOf(c.language) << "]";
}

class Compounds : public testing::TestWithParam<CompoundCase> {};

TEST_P(Compounds, areFound)
{
    EXPECT_EQ(compoundsOf(GetParam().text, GetParam().language), GetParam().expected);
}

const auto kRowName = [](const auto& row) { return std::string{row.param.name}; };

INSTANTIATE_TEST_SUITE_P(
    Hyphens, Compounds,
    testing::Values(
        CompoundCase{"french", fr, "la co-gestion socio-économique", "1:cogestion 3:socioeconomique"},
        CompoundCase{"elided", fr, "l'inter-municipalité d'arrière-pays", "0:intermunicipalite 2:arrierepays"},
        CompoundCase{"english", en, "e-government, sub-national", "0:egovernment 2:subnational"},
        CompoundCase{"possessive", en, "the sub-region's", "1:subregion"},
        CompoundCase{"spanish", es, "el décimo-segundo", "1:decimosegundo"},
        CompoundCase{"no_break_hyphen", fr, "multi\u2011niveaux co\u2010gestion", "0:multiniveaux 2:cogestion"},
        CompoundCase{"three_parts", en, "a state-of-the-art", "1:stateoftheart"},
        CompoundCase{"too_many_parts", en, "a-b-c-d-e-f", ""},
        CompoundCase{"acronym_and_number", en, "COP-21, SDG-11", "0:cop21 2:sdg11"},
        CompoundCase{"years", en, "2015-2030 and 10-year", ""},
        CompoundCase{"capital_on_the_next_line", fr, "en Rhône-\nAlpes", "1:rhonealpes"},
        CompoundCase{"dash_with_spaces", en, "city - region", ""}, CompoundCase{"two_hyphens", en, "city--region", ""},
        CompoundCase{"hyphen_at_the_end", en, "pre- and post-", ""},
        CompoundCase{"french_particles", fr, "est-ce celui-ci lui-même a-t-il dit-elle", ""},
        CompoundCase{"separate_words", en, "local government", ""}),
    kRowName);

INSTANTIATE_TEST_SUITE_P(Spaces, Compounds,
                         testing::Values(CompoundCase{"combining_form", fr, "la co gestion", "1:cogestion"},
                                         CompoundCase{"not_across_a_comma", fr, "pro, gestion", ""},
                                         CompoundCase{"not_across_a_line", en, "inter\nmunicipal", ""},
                                         CompoundCase{"two_words_only", en, "sub national level", "0:subnational"},
                                         CompoundCase{"everyday_word", es, "para todos, sobre todo", ""}),
                         kRowName);

INSTANTIATE_TEST_SUITE_P(
    LineEnds, Compounds,
    testing::Values(CompoundCase{"ordinary_word", es, "informe-\nciones", ""},
                    CompoundCase{"combining_form", es, "del décimo-\nsegundo", "1:decimo 1:segundo"},
                    CompoundCase{"halves_used_elsewhere", en, "long-\nterm plans: the term is long", "0:long 0:term"},
                    CompoundCase{"one_half_used", en, "develop-\nment, develop", ""},
                    CompoundCase{"elided", fr, "l'inter-\nmunicipal", "0:inter 0:municipal"},
                    CompoundCase{"soft_hyphen", fr, "inter\u00AD\nmunicipal", ""}),
    kRowName);

struct SameCase {
    std::string_view name;
    Language language;
    std::string_view joined; // one word
    std::string_view hyphenated;
    std::string_view apart; // "" when the first part is an everyday word or a letter
};

void PrintTo(const SameCase& c, std::ostream* out)
{
    *out << c.hyphenated;
}

class CompoundSpellings : public testing::TestWithParam<SameCase> {};

TEST_P(CompoundSpellings, meetInOneStem)
{
    const auto& row = GetParam();
    const auto joined = stemsOf(row.joined, row.language);
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_TRUE(stemsOf(row.hyphenated, row.language).contains(*joined.begin()));
    if (!row.apart.empty()) {
        EXPECT_TRUE(stemsOf(row.apart, row.language).contains(*joined.begin()));
    }
}

INSTANTIATE_TEST_SUITE_P(
    , CompoundSpellings,
    testing::Values(SameCase{"cogestion", fr, "cogestion", "co-gestion", "co gestion"},
                    SameCase{"cogestions", fr, "cogestion", "CO\u2011GESTIONS", "Co Gestions"},
                    SameCase{"socioeconomique", fr, "socioéconomiques", "socio-économique", "socio économique"},
                    SameCase{"intermunicipal", fr, "intermunicipale", "inter-municipal", "inter municipal"},
                    SameCase{"egovernment", en, "egovernment", "e-government", ""},
                    SameCase{"subnational", en, "subnational", "sub-national", "sub national"},
                    SameCase{"multilevel", en, "multilevel", "multi-levels", "multi level"},
                    SameCase{"cooperation", en, "cooperation", "co-operation", "co operation"},
                    SameCase{"decimosegundo", es, "decimosegundo", "décimo-segundo", "décimo segundo"},
                    SameCase{"line_end", es, "decimosegundo", "décimo-\nsegundo", ""}),
    kRowName);

TEST(AnalyzerCompounds, leaveTheTokensAsTheyAre)
{
    const std::string_view text =
        "Co-gestion des eaux,\nsocio-\néconomique et multi-niveaux; 2015-2030; Rhône-\nAlpes.";
    const Analyzer analyzer{fr};
    const auto plain = analyzer.analyze(text);
    const auto full = analyzer.analyzeWithCompounds(text);
    ASSERT_EQ(full.tokens.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        EXPECT_EQ(full.tokens[i].folded, plain[i].folded);
        EXPECT_EQ(full.tokens[i].position, plain[i].position);
        EXPECT_EQ(full.tokens[i].span.begin, plain[i].span.begin);
    }
    for (const auto& form : full.compounds) {
        EXPECT_LE(form.token + form.count, plain.size());
        EXPECT_EQ(form.stem, analyzer.stem(form.folded));
    }
}

TEST(AnalyzerCompounds, areNotLongerThanWords)
{
    const std::string half(kMaxTokenChars, 'x');
    EXPECT_EQ(compoundsOf(half + "-" + half + "-" + half + "-" + half, en), "");
    EXPECT_EQ(compoundsOf("pre-" + std::string(kMaxTokenChars + 1, 'x') + "-war", en), "");
}

} // namespace

} // namespace acervo::text
