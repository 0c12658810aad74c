#include "indexer/lexicon/importer.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace acervo::lexicon {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using text::Language;

class Import : public testing::Test {
protected:
    std::vector<std::string> pairsOf(const ImportRequest& request) const
    {
        const auto imported = importFile(request);
        EXPECT_TRUE(imported) << imported.error().message;
        std::vector<std::string> pairs;
        if (imported) {
            for (const auto& pair : imported->source.pairs) {
                pairs.push_back(pair.phrase + " = " + pair.rendering);
            }
        }
        return pairs;
    }

    ImportRequest request(const std::string& name, std::string_view content, Format format) const
    {
        return {_folder.write(name, content), format, {}, Language::other, Language::other};
    }

    ImportRequest between(ImportRequest request, Language from, Language to) const
    {
        request.from = from;
        request.to = to;
        return request;
    }

    support::TemporaryFolder _folder;
};

TEST_F(Import, guessesFormats)
{
    EXPECT_EQ(guessFormat(_folder.write("a.ttl", "")), Format::skos);
    EXPECT_EQ(guessFormat(_folder.write("a.xml", "<?xml version='1.0'?><rdf:RDF>")), Format::skos);
    EXPECT_EQ(guessFormat(_folder.write("a.dict.dz", "")), Format::freedict);
    EXPECT_EQ(guessFormat(_folder.write("a.txt", "mot {m} :: word\n")), Format::wiktionary);
    EXPECT_EQ(guessFormat(_folder.write("a", "0\t1\ta\tb\t0.0\n")), Format::apertium);
    EXPECT_EQ(guessFormat(_folder.write("b", "hello")), std::nullopt);
    for (const auto format : {Format::skos, Format::tsv, Format::wiktionary, Format::apertium, Format::freedict}) {
        EXPECT_EQ(formatOf(nameOf(format)), format);
    }
}

TEST_F(Import, tablesMayHaveWeightsOrMoreRenderings)
{
    const auto table = between(request("a.tsv", "# comment\neau\twater\t0.5\nville\tcity\ttown\n\n", Format::tsv),
                               Language::fr, Language::en);
    const auto imported = importFile(table);
    ASSERT_TRUE(imported) << imported.error().message;
    EXPECT_EQ(imported->source.pairs[0].weight, 0.5);
    EXPECT_THAT(pairsOf(table), ElementsAre("eau = water", "ville = city", "ville = town"));
}

TEST_F(Import, tablesNeedTheirLanguagesAndTwoColumns)
{
    EXPECT_FALSE(importFile(request("a.tsv", "eau\twater\n", Format::tsv)));
    const auto broken =
        importFile(between(request("b.tsv", "eau\twater\nville\n", Format::tsv), Language::fr, Language::en));
    ASSERT_FALSE(broken);
    EXPECT_THAT(broken.error().message, HasSubstr("b.tsv:2:"));
}

struct GlossCase {
    std::string_view name;
    std::string_view line;
    std::vector<std::string> expected;
};
void PrintTo(const GlossCase& c, std::ostream* out)
{
    *out << c.line;
}

class WiktionaryTable : public testing::TestWithParam<GlossCase> {};

TEST_P(WiktionaryTable, keepsShortRenderings)
{
    const support::TemporaryFolder folder;
    const auto& [name, line, expected] = GetParam();
    const auto file =
        folder.write("fr.txt", "# French :: English dictionary\nmot {m} :: word\n" + std::string{line} + "\n");
    const auto imported = importFile({file, Format::wiktionary, {}, Language::other, Language::other});
    ASSERT_TRUE(imported) << imported.error().message;
    std::vector<std::string> renderings;
    for (const auto& pair : imported->source.pairs) {
        if (pair.phrase != "mot") {
            EXPECT_EQ(pair.from, Language::fr);
            renderings.push_back(pair.rendering);
        }
    }
    EXPECT_EQ(renderings, expected);
}

INSTANTIATE_TEST_SUITE_P(
    , WiktionaryTable,
    testing::Values(
        GlossCase{"list", "logement {m} :: housing, abode; dwelling", {"housing", "abode", "dwelling"}},
        GlossCase{"brackets", "larguer {vt} [nautical] :: to drop (a bomb, parachute)", {"drop"}},
        GlossCase{"or", "las {adj} :: weary or tired", {"weary", "tired"}},
        GlossCase{"definition", "eau {f} :: Water, a liquid that is transparent, colorless and odorless", {"Water"}},
        GlossCase{"article", "budget {m} :: A budget", {"budget"}},
        GlossCase{"sentence", "abacost {m} :: Said of a boat stopped by water's stillness; becalmed", {}},
        GlossCase{"form", "larronne {f} :: feminine form of larron", {}},
        GlossCase{"spelling", "lascheté {f} :: obsolete spelling of lâcheté", {}},
        GlossCase{"long", "grève {f} :: the act of stopping work, strike", {}},
        GlossCase{"described", "blanc {m} :: football team in Valladolid", {}},
        GlossCase{"phrasal_verb", "soportar {v} :: to put up with", {"put up with"}},
        GlossCase{"function_word", "de {prep} :: of, from", {}}, GlossCase{"affix", "-tion {suffix} :: -tion", {}},
        GlossCase{"same_name", "Aarau {prop} :: Aarau", {}},
        GlossCase{"other_name", "Londres {prop} :: London (capital)", {"London"}},
        GlossCase{"surname", "Larousse {prop} :: French surname", {}},
        GlossCase{"formula", "eau {f} :: H2O; x=y", {"H2O"}}, GlossCase{"empty", "invitarme {v} [x] ::", {}},
        GlossCase{"no_kind", "rien du tout", {}}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST_F(Import, wiktionaryTrustsFirstSensesMost)
{
    const auto imported = importFile(request("a.txt",
                                             "# Spanish :: English\nderecho {m} :: law, right\nderecho {m} :: duty\n"
                                             "derecho {m} [archaic] :: toll\n",
                                             Format::wiktionary));
    ASSERT_TRUE(imported) << imported.error().message;
    const auto& pairs = imported->source.pairs;
    ASSERT_EQ(pairs.size(), 4U);
    EXPECT_GT(pairs[0].weight, pairs[1].weight);
    EXPECT_GT(pairs[0].weight, pairs[2].weight);
    EXPECT_LT(pairs[3].weight, pairs[2].weight / 1.5);
    EXPECT_EQ(pairs[0].from, Language::es);
}

constexpr std::string_view kTurtle = R"(@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
<urn:x:scheme> a skos:ConceptScheme ; skos:prefLabel "Scheme"@en .
<urn:x:water> a skos:Concept ;
    skos:prefLabel "Water"@en , "Eau"@fr-CA , "Wasser"@de ;
    skos:altLabel "H2O"@en ; skos:hiddenLabel "Watre"@en ;
    xl:altLabel <urn:x:l1> ;
    skos:broader <urn:x:nature> ; skos:broadMatch <urn:acervo:themes:water> .
<urn:x:l1> xl:literalForm "Agua"@es .
<urn:x:nature> a skos:Concept ; skos:prefLabel "Nature"@en ; skos:narrower <urn:x:rain> .
<urn:x:rain> a skos:Concept ; skos:prefLabel "Rain"@en .
)";

void expectWater(const Result<Imported>& imported)
{
    ASSERT_TRUE(imported) << imported.error().message;
    std::vector<std::string> labels;
    for (const auto& label : imported->source.labels) {
        labels.push_back(label.conceptId + " " + std::string{text::codeOf(label.language)} + " " + label.text + " " +
                         std::to_string(static_cast<int>(label.kind)));
    }
    EXPECT_THAT(labels, testing::IsSupersetOf({"urn:x:water en Water 0", "urn:x:water fr Eau 0"}));
    EXPECT_EQ(imported->source.origin, Origin::thesaurus);
}

TEST_F(Import, skosFromTurtle)
{
    const auto imported = importFile(request("a.ttl", kTurtle, Format::skos));
    expectWater(imported);
    ASSERT_TRUE(imported);
    EXPECT_EQ(imported->source.labels.size(), 7U); // 5 of water, 1 each of nature and rain
    EXPECT_EQ(imported->source.broader.size(), 2U);
    ASSERT_EQ(imported->source.themes.size(), 1U);
    EXPECT_EQ(imported->source.themes[0].target, "water");
    EXPECT_EQ(imported->skipped.at("labels in other languages or in none"), 1U);
    EXPECT_EQ(imported->skipped.at("labels of what is no concept"), 1U);
}

TEST_F(Import, skosFromRdfXmlAndNTriples)
{
    expectWater(importFile(request("a.rdf", R"(<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="urn:x:water"><skos:prefLabel xml:lang="en">Water</skos:prefLabel>
<skos:prefLabel xml:lang="fr">Eau</skos:prefLabel></skos:Concept></rdf:RDF>)",
                                   Format::skos)));
    expectWater(importFile(request("a.nt",
                                   "<urn:x:water> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Water\"@en .\n"
                                   "<urn:x:water> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Eau\"@fr .\n",
                                   Format::skos)));
}

TEST_F(Import, skosReadsNothingOutsideTheFile)
{
    const auto secret = _folder.write("secret.txt", "Secret");
    const auto imported = importFile(request("a.rdf",
                                             R"(<?xml version="1.0"?>
<!DOCTYPE r [<!ENTITY s SYSTEM "file://)" + secret.string() +
                                                 R"(">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="urn:x:w"><skos:prefLabel xml:lang="en">Water</skos:prefLabel>
<skos:altLabel xml:lang="en">a &s; b</skos:altLabel></skos:Concept></rdf:RDF>)",
                                             Format::skos));
    if (imported) {
        for (const auto& label : imported->source.labels) {
            EXPECT_THAT(label.text, testing::Not(HasSubstr("Secret")));
        }
    }
}

TEST_F(Import, skosNamesTheLineOfAnError)
{
    const auto imported =
        importFile(request("a.ttl", "@prefix skos: <http://x/> .\n\n<urn:a> skos:b \"open\n", Format::skos));
    ASSERT_FALSE(imported);
    EXPECT_EQ(imported.error().code, ErrorCode::corruptInput);
    EXPECT_THAT(imported.error().message, HasSubstr("a.ttl:"));
}

// a -> b -> final, with a loop beside and a name.
constexpr std::string_view kTransducer =
    "0\t1\te\tw\t0.0\n1\t2\ta\ta\t0.0\n2\t3\tu\tt\t0.0\n3\t4\tε\te\t0.0\n"
    "4\t5\tε\tr\t0.0\n5\t6\t<n>\t<n>\t0.0\n6\t0.0\n"
    "0\t7\t1\t1\t0.0\n7\t7\t1\t1\t0.0\n7\t8\t<num>\t<num>\t0.0\n8\t0.0\n"
    "0\t9\tA\tA\t0.0\n9\t10\tn\tn\t0.0\n10\t11\t<np>\t<np>\t0.0\n11\t12\t<ant>\t<ant>\t0.0\n12\t0.0\n"
    "--\n0\t1\tb\th\t0.0\n1\t2\t \t \t0.0\n2\t3\tc\ti\t0.0\n3\t4\t<adj>\t<adj>\t0.0\n4\t0.0\n";

TEST_F(Import, apertiumWalksAllPathsOfAllSections)
{
    const auto transducer = between(request("a.att", kTransducer, Format::apertium), Language::fr, Language::en);
    EXPECT_THAT(pairsOf(transducer), UnorderedElementsAre("eau = water", "b c = h i"));
    EXPECT_EQ(importFile(transducer)->skipped.at("names of persons and organisations"), 1U);
}

TEST_F(Import, apertiumComposesThroughALanguageBetween)
{
    auto first =
        between(request("fr-ca.att", "0\t1\te\tx\t0\n1\t2\t<n>\t<n>\t0\n2\t0\n0\t3\tf\ty\t0\n3\t4\t<n>\t<n>\t0\n4\t0\n",
                        Format::apertium),
                Language::fr, Language::en);
    first.via = _folder.write("ca-en.att",
                              "0\t1\tx\tw\t0\n1\t2\t<n>\t<n>\t0\n2\t0\n0\t3\ty\tz\t0\n3\t4\t<adj>\t<adj>\t0\n4\t0\n");
    EXPECT_THAT(pairsOf(first), ElementsAre("e = w")); // y is a noun on one side and an adjective on the other
}

TEST_F(Import, apertiumNamesTheLineOfAnError)
{
    const auto imported = importFile(
        between(request("a.att", "0\t1\ta\tb\t0\nx\t1\ta\tb\t0\n", Format::apertium), Language::fr, Language::en));
    ASSERT_FALSE(imported);
    EXPECT_THAT(imported.error().message, HasSubstr("a.att:2:"));
}

// A number of a dictd index, below 4096.
std::string indexNumber(std::size_t number)
{
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return {kDigits[number / 64], kDigits[number % 64]};
}

TEST_F(Import, freedictTakesTheFirstLineOfEachSense)
{
    const std::string spider = "toile d'araignée /twal/ <n, fem>\ntela de araña, telaraña\nnota\n";
    const std::string novel = "roman /ʁɔmɑ̃/ <adj>\n1. románico\nArte\n 2. novela\n";
    _folder.write("freedict-fra-spa.index", "toile daraignée\tA\t" + indexNumber(spider.size()) + "\nroman\t" +
                                                indexNumber(spider.size()) + "\t" + indexNumber(novel.size()) + "\n");
    const auto dictionary = request("freedict-fra-spa.dict", spider + novel, Format::freedict);
    EXPECT_THAT(pairsOf(dictionary), ElementsAre("toile d'araignée = tela de araña", "toile d'araignée = telaraña",
                                                 "roman = románico", "roman = novela"));
}

TEST_F(Import, freedictRefusesPlacesOutsideTheText)
{
    _folder.write("freedict-fra-spa.index", "mot\tA\t//\n");
    EXPECT_FALSE(importFile(request("freedict-fra-spa.dict", "mot\npalabra\n", Format::freedict)));
    _folder.write("freedict-fra-spa.index", "mot\tA\t?\n");
    EXPECT_FALSE(importFile(request("freedict-fra-spa.dict", "mot\npalabra\n", Format::freedict)));
}

TEST_F(Import, missingFilesAndBrokenGzipAreErrors)
{
    EXPECT_EQ(importFile({_folder.path() / "none.ttl", Format::skos, {}, {}, {}}).error().code, ErrorCode::notFound);
    const auto broken =
        importFile(between(request("a.tsv", "\x1f\x8b\x08 not gzip", Format::tsv), Language::fr, Language::en));
    ASSERT_FALSE(broken);
}

// Whatever the bytes are, an importer answers and stays within its limits.
TEST_F(Import, surviveDamagedInput)
{
    std::mt19937 random{7};
    _folder.write("freedict-fra-spa.index", "eau\tA\tQ\nville\tQ\tQ\n");
    const std::vector<std::pair<Format, std::string>> samples{
        {Format::skos, std::string{kTurtle}},
        {Format::wiktionary, "# French :: English\neau {f} [x] :: Water, a liquid (H[2]O)\n"},
        {Format::apertium, std::string{kTransducer}},
        {Format::tsv, "eau\twater\t0.5\nville\tcity\ttown\n"},
        {Format::freedict, "eau /o/ <n>\nagua, 2. x\nville\n1. ciudad 2.\n"}};
    for (const auto& [format, sample] : samples) {
        for (int round = 0; round < 200; ++round) {
            auto bytes = sample;
            for (int i = 0; i < 3; ++i) {
                bytes[random() % bytes.size()] = static_cast<char>(random());
            }
            const auto name = format == Format::skos ? "a.ttl" : "freedict-fra-spa.dict";
            const auto imported = importFile(between(request(name, bytes, format), Language::fr, Language::es));
            if (imported) {
                EXPECT_LE(imported->source.pairs.size() + imported->source.labels.size(), 100U);
            }
        }
    }
}

} // namespace

} // namespace acervo::lexicon
