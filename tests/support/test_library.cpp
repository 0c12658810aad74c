#include "tests/support/test_library.h"

#include "analyzers/lexicon/compiler.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/config/config.h"
#include "corpus/identifier/alias.h"
#include "corpus/index/writer.h"
#include "corpus/vocabulary/vocabulary.h"
#include "indexer/lexicon/house.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <vector>

namespace acervo::support {

namespace {

struct Words {
    std::string_view title;
    std::string_view subject; // one sentence
};

struct Work {
    std::string_view key;
    std::string_view type;
    std::string_view section;
    std::vector<std::string> themes;
    std::vector<std::string> countries;
    std::vector<std::string> sdgs;
    std::string_view date;
    std::array<Words, 3> words; // en, fr, es; no title: no such edition
    std::string_view audience = "public";
};

constexpr std::array<std::string_view, 3> kLanguages{"en", "fr", "es"};

// clang-format off
const std::vector<Work>& works()
{
    static const std::vector<Work> all{
        {"water", "thematic-report", "africa", {"water-and-sanitation", "local-public-services"}, {"SN", "MA"}, {"6"}, "2019-03-22",
         {{{"Water for every district", "Drinking water networks are run by local utilities with tariffs that the poorest can pay."},
           {"L’eau pour chaque quartier", "Les réseaux d’eau potable sont gérés par des régies locales avec des tarifs que les plus pauvres peuvent payer."},
           {"Agua para cada barrio", "Las redes de agua potable son gestionadas por empresas locales con tarifas que los más pobres pueden pagar."}}}},
        {"housing", "declaration", "world", {"right-to-housing", "housing"}, {"FR", "ES"}, {"11"}, "2018",
         {{{"Cities for adequate housing", "The right to housing asks for land kept out of speculation."},
           {"Villes pour un logement digne", "Le droit au logement demande des terrains soustraits à la spéculation."},
           {"Ciudades por una vivienda digna", "El derecho a la vivienda pide suelo protegido de la especulación."}}}},
        {"budget", "case-study", "latin-america", {"participatory-budgeting", "citizen-participation"}, {"BR"}, {"16"}, "2015-06",
         {{{"Participatory budgeting after ten years", "Assemblies of residents decide on a share of the investment budget."},
           {"Le budget participatif dix ans après", "Des assemblées d’habitants décident d’une part du budget d’investissement."},
           {"El presupuesto participativo diez años después", "Asambleas de vecinos deciden sobre una parte del presupuesto de inversión."}}}},
        {"finance", "annual-report", "africa", {"local-finance", "fiscal-equalisation"}, {"CM"}, {"17"}, "2021",
         {{{"Local finance outlook", "Fiscal equalisation reduces the gap between rich and poor territories."},
           {"Perspectives des finances locales", "La péréquation réduit l’écart entre territoires riches et pauvres."},
           {"Perspectivas de las finanzas locales", "La nivelación fiscal reduce la brecha entre territorios ricos y pobres."}}}},
        {"climate", "policy-brief", "aspac", {"climate-adaptation", "resilience"}, {"PH"}, {"13"}, "2022-11",
         {{{"Coasts that adapt", "Mangroves protect coastal towns against storm surges."},
           {"Des côtes qui s’adaptent", "Les mangroves protègent les villes côtières des ondes de tempête."},
           {"Costas que se adaptan", "Los manglares protegen las ciudades costeras de las marejadas."}}}},
        {"food", "thematic-report", "europe", {"food-systems", "urban-agriculture"}, {"IT", "FR"}, {"2", "12"}, "2020-10-16",
         {{{"Feeding the city region", "School canteens buy from farms of the neighbouring countryside."},
           {"Nourrir la région urbaine", "Les cantines scolaires achètent aux fermes de la campagne voisine."},
           {"Alimentar la región urbana", "Los comedores escolares compran a las granjas del campo vecino."}}}},
        {"gender", "working-paper", "mewa", {"gender-equality", "local-democracy"}, {"TR", "LB"}, {"5"}, "2017-03-08",
         {{{"Women in local councils", "Quotas raise the number of women elected, mentoring keeps them in office."},
           {"Les femmes dans les conseils locaux", "Les quotas augmentent le nombre d’élues, le mentorat les maintient en fonction."},
           {"Mujeres en los consejos locales", "Las cuotas aumentan el número de electas, la mentoría las mantiene en el cargo."}}}},
        {"migration", "position-paper", "europe", {"migration", "refugees"}, {"ES", "GR"}, {"10"}, "2016",
         {{{"Cities that welcome", "Newcomers need an address to enter school and health care."},
           {"Des villes qui accueillent", "Les nouveaux arrivants ont besoin d’une adresse pour accéder à l’école et aux soins."},
           {"Ciudades que acogen", "Los recién llegados necesitan una dirección para acceder a la escuela y a la salud."}}}},
        {"mobility", "data-note", "metropolis", {"urban-mobility", "public-transport"}, {"CO"}, {"11"}, "2023",
         {{{"Buses, bicycles and walking", "Dedicated bus lanes move more people than another car lane."},
           {"Bus, vélos et marche", "Les voies réservées aux bus transportent plus de monde qu’une voie automobile de plus."},
           {"Autobuses, bicicletas y caminar", "Los carriles exclusivos de autobús mueven a más gente que otro carril de coches."}}}},
        {"training", "country-report", "eurasia", {"human-resources", "training-of-officials"}, {"KZ"}, {"8"}, "2014",
         {{{"Training local officials", "Civil servants learn best from their peers in other towns."},
           {"Former les agents locaux", "Les agents publics apprennent le mieux de leurs pairs d’autres villes."},
           {"Formar al personal local", "Los funcionarios aprenden mejor de sus pares de otras ciudades."}}}},
        {"solidarity", "working-paper", "latin-america", {"social-economy", "employment"}, {"AR", "UY"}, {"8"}, "2019",
         {{{"The social economy at work", "Cooperatives of waste pickers win contracts for recycling."},
           {"L’économie sociale au travail", "Des coopératives de récupérateurs obtiennent des contrats de recyclage."},
           {"La economía social en acción", "Cooperativas de recicladores ganan contratos de reciclaje."}}}},
        {"sdgs", "progress-report", "world", {"sdg-localisation", "voluntary-local-reviews"}, {}, {"11", "17"}, "2024-07",
         {{{"Localising the goals", "Voluntary local reviews tell what statistics of the nation hide."},
           {"Territorialiser les objectifs", "Les examens locaux volontaires disent ce que cachent les statistiques nationales."},
           {"Localizar los objetivos", "Los informes locales voluntarios dicen lo que esconden las estadísticas nacionales."}}}},
        {"regions", "resolution", "regions", {"decentralisation", "regional-governments"}, {"CA"}, {"16"}, "2012-05",
         {{{"Regions and subsidiarity", "Powers belong to the level closest to the people that can carry them."},
           {"Régions et subsidiarité", "Les compétences reviennent au niveau le plus proche des habitants qui peut les porter."},
           {"Regiones y subsidiariedad", "Las competencias corresponden al nivel más próximo a la gente que pueda asumirlas."}}}},
        {"quoted", "statement", "world", {"culture"}, {"FR"}, {}, "2011",
         {{{"", ""},
           {"Gras <b> & «\"l'esprit\"» des lieux", "Le balisage <script>alert(1)</script> n’est que du texte ici."},
           {"", ""}}}},
        {"members", "working-paper", "world", {"advocacy"}, {}, {}, "2023",
         {{{"Negotiation brief for members", "The zanzibarine strategy is for members."}, {"", ""}, {"", ""}}}, "members"},
        {"withdrawn", "statement", "world", {"peace"}, {}, {}, "2013",
         {{{"A statement taken back", "This text was withdrawn."}, {"", ""}, {"", ""}}}},
    };
    return all;
}

// What each page says besides the subject, by language and page.
constexpr std::array<std::array<std::string_view, 3>, 3> kPages{{
    {"Each municipality begins from its own experience.", "The municipality publishes its figures every year; other municipalities compare them.", "Recommendations: give municipalities the means, measure, and tell what failed."},
    {"Chaque municipalité part de sa propre expérience.", "La municipalité publie ses chiffres chaque année ; d’autres municipalités les comparent.", "Recommandations : donner des moyens aux municipalités, mesurer, et dire ce qui a échoué."},
    {"Cada municipio parte de su propia experiencia.", "El municipio publica sus cifras cada año; otros municipios las comparan.", "Recomendaciones: dar medios a los municipios, medir, y contar lo que fracasó."},
}};
// clang-format on

constexpr std::array<std::string_view, 3> kLabels{"i", "1", "2"};

catalogue::NewDocument documentOf(const Work& work, std::size_t language)
{
    const auto& words = work.words[language];
    const std::string code{kLanguages[language]};
    catalogue::NewDocument document;
    document.audience = work.audience;
    document.mediaType = "application/pdf";
    auto& metadata = document.metadata;
    metadata.workKey = work.key;
    metadata.type = work.type;
    metadata.section = work.section;
    metadata.themes = work.themes;
    metadata.countries = work.countries;
    metadata.sdgs = work.sdgs;
    metadata.date = work.date;
    metadata.language = code;
    metadata.title = words.title;
    metadata.authors = {"Awa Ndiaye", "Luis Ortega"};
    metadata.abstractText = words.subject;
    for (std::size_t page = 0; page < kPages[language].size(); ++page) {
        std::string text{kPages[language][page]};
        if (page == 1) {
            text = std::string{words.subject} + "\n" + text;
        }
        document.pages.push_back({static_cast<std::uint32_t>(page + 1), std::string{kLabels[page]},
                                  std::string{words.title}, code, std::move(text)});
        document.outline.push_back({page == 2 ? 2U : 1U, std::string{words.title} + " " + std::to_string(page + 1),
                                    static_cast<std::uint32_t>(page + 1)});
    }
    auto& location = document.location;
    location.source = "tests";
    location.uri = std::string{work.key} + "." + code + ".pdf";
    location.byteSize = 1000;
    location.modifiedAt = 1'600'000'000'000'000'000;
    // Any 64 hexadecimal digits, different for each file.
    std::string digits;
    for (const char c : location.uri) {
        constexpr std::string_view kHex = "0123456789abcdef";
        digits += kHex[static_cast<unsigned char>(c) >> 4U];
        digits += kHex[static_cast<unsigned char>(c) & 15U];
    }
    digits.resize(64, '0');
    location.sha256 = digits;
    location.outcome = catalogue::Outcome::indexed;
    return document;
}

const Work& workWith(std::string_view key)
{
    return *std::ranges::find(works(), key, &Work::key);
}

// A second version of "budget" in English, with a preface and another share; and two more of "finance" in English, the
// middle one a draft for members.
Result<void> publishAgain(catalogue::Catalogue& catalogue)
{
    auto budget = documentOf(workWith("budget"), 0);
    budget.location.sha256.front() = budget.location.sha256.front() == 'f' ? 'e' : 'f';
    for (auto& page : budget.pages) {
        ++page.number;
    }
    budget.metadata.subtitle = "Second edition";
    budget.pages.insert(budget.pages.begin(), {1, "", "Preface", "en", "Preface to the second edition."});
    auto& text = budget.pages[2].text;
    text = "Assemblies of residents decide on a fifth of the investment budget.\n" + text.substr(text.find('\n') + 1);
    auto draft = documentOf(workWith("finance"), 0);
    auto final = draft;
    draft.audience = "members";
    draft.location.sha256.front() = final.location.sha256.front() == 'f' ? 'e' : 'f';
    draft.pages[1].text = "The secret draft said otherwise.";
    for (const auto& document : {budget, draft, final}) {
        if (auto stored = catalogue.store(document); !stored) {
            return stored.error().within("publish again");
        }
    }
    return {};
}

Result<void> fill(catalogue::Catalogue& catalogue, TestLibrary& library)
{
    for (const auto& work : works()) {
        for (std::size_t language = 0; language < kLanguages.size(); ++language) {
            if (work.words[language].title.empty()) {
                continue;
            }
            const auto stored = catalogue.store(documentOf(work, language));
            if (!stored) {
                return stored.error().within("store " + std::string{work.key});
            }
            for (const auto& [key, id] : {std::pair{"water", &library.waterId},
                                          {"budget", &library.versionedId},
                                          {"finance", &library.openedId},
                                          {"quoted", &library.frenchOnlyId},
                                          {"members", &library.membersId},
                                          {"withdrawn", &library.withdrawnId}}) {
                if (work.key == key) {
                    *id = stored->citableId;
                }
            }
        }
    }
    if (auto published = publishAgain(catalogue); !published) {
        return published;
    }
    const catalogue::Signature signature{"tests", ""};
    if (auto added = catalogue.addAlias(library.waterId, *identifier::urlAlias(kOldWaterAddress), signature); !added) {
        return added;
    }
    return catalogue.withdrawWork(library.withdrawnId, "taken back by its authors", library.waterId, signature);
}

// The house's own glossary, and one pair that staff chose.
Result<void> compileLexicon(const config::Config& config, const vocabulary::Vocabularies& vocabularies)
{
    auto house = lexicon::houseSource(vocabularies, config.glossaryFolder());
    if (!house) {
        return house.error();
    }
    lexicon::Source staff;
    staff.name = "staff";
    staff.origin = lexicon::Origin::staff;
    staff.pairs = {{text::Language::en, "canteen", text::Language::es, "comedor", 1.0}};
    const auto compiled = lexicon::compile({staff, *house}, config.lexiconFile());
    return compiled ? Result<void>{} : compiled.error();
}

} // namespace

Result<TestLibrary> makeTestLibrary(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    TestLibrary library;
    library.folder = folder;
    library.configFile = folder / "acervo.toml";
    std::ofstream{library.configFile} << "data = \"data\"\n[search]\nport = 0\nthreads = 4\naccess_log = "
                                         "\"access.log\"\n";
    const auto config = config::load(library.configFile, config::sharedFolder());
    if (!config) {
        return config.error();
    }
    const auto vocabularies = vocabulary::load(config->vocabulary);
    if (!vocabularies) {
        return vocabularies.error();
    }
    std::filesystem::create_directories(config->data);
    auto catalogue = catalogue::Catalogue::open(config->catalogueFile(), catalogue::Mode::readWrite);
    if (!catalogue) {
        return catalogue.error();
    }
    if (auto begun = catalogue->begin(); !begun) {
        return begun.error();
    }
    if (auto filled = fill(*catalogue, library); !filled) {
        return filled.error();
    }
    if (auto committed = catalogue->commit(); !committed) {
        return committed.error();
    }
    index::WriterOptions writer;
    writer.root = config->indexRoot();
    writer.audiences.names = config->audiences;
    const auto indexed = index::catchUp(writer, *catalogue, *vocabularies);
    if (!indexed) {
        return indexed.error();
    }
    if (!indexed->refused.empty()) {
        return Error{ErrorCode::internal, "the index refused " + indexed->refused.front()};
    }
    if (auto compiled = compileLexicon(*config, *vocabularies); !compiled) {
        return compiled.error().within("compile the lexicon");
    }
    return library;
}

} // namespace acervo::support
