// Writes N invented documents as JSON lines for acervo-indexer import: same N and seed, same bytes.
//
// usage: bench_make_documents N [SEED]
//
// Words follow Zipf's law as those of real texts do: a few hundred words of the subject in one of three languages at
// the head, tens of thousands of invented ones behind, so that the index has the postings and the spread of a real one.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kInventedWords = 60'000; // a language
constexpr std::size_t kMinWords = 120;         // a document
constexpr std::size_t kMaxWords = 480;

// xorshift64*: the standard's distributions differ between libraries, this does not.
class Random {
public:
    explicit Random(std::uint64_t seed) : _state(seed * 2 + 1) {}

    std::uint64_t next()
    {
        _state ^= _state >> 12U;
        _state ^= _state << 25U;
        _state ^= _state >> 27U;
        return _state * 0x2545F4914F6CDD1DULL;
    }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() >> 11U) % bound; }
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

private:
    std::uint64_t _state;
};

struct Language {
    std::string_view code;
    std::vector<std::string> words; // by rank
};

constexpr std::string_view kEnglish =
    "the of and to in a for that local is on with city public as by finance are from region climate housing service "
    "development transport water council policy government budget citizen food energy equality migration culture "
    "report municipality resource territory participation decentralisation tax revenue health education security "
    "network data right woman youth partnership planning mobility waste resilience employment association democracy";
constexpr std::string_view kFrench =
    "de la le et les des en à du un pour que local est sur avec ville public par finances sont région climat logement "
    "service développement transport eau conseil politique gouvernement budget citoyen alimentation énergie égalité "
    "migration culture rapport commune ressource territoire participation décentralisation impôt recette santé "
    "éducation sécurité réseau données droit femme jeunesse partenariat planification mobilité déchets résilience";
constexpr std::string_view kSpanish =
    "de la el y los las en a del un para que local es sobre con ciudad público por finanzas son región clima vivienda "
    "servicio desarrollo transporte agua consejo política gobierno presupuesto ciudadano alimentación energía "
    "igualdad migración cultura informe municipio recurso territorio participación descentralización impuesto ingreso "
    "salud educación seguridad red datos derecho mujer juventud alianza planificación movilidad residuos resiliencia";

constexpr std::array<std::string_view, 10> kSections{
    "world", "africa", "aspac", "eurasia", "europe", "mewa", "regions", "latin-america", "north-america", "metropolis"};
constexpr std::array<std::string_view, 8> kTypes{"annual-report", "thematic-report", "country-report", "policy-brief",
                                                 "case-study",    "position-paper",  "declaration",    "resolution"};
constexpr std::array<std::string_view, 12> kThemes{
    "local-finance", "decentralisation", "climate-change",    "housing", "migration",  "gender-equality",
    "food-systems",  "public-transport", "energy-transition", "culture", "resilience", "open-data"};
constexpr std::array<std::string_view, 12> kCountries{"SN", "MA", "FR", "ES", "MX", "BR",
                                                      "CA", "TR", "ID", "KE", "CO", "DE"};

Language makeLanguage(std::string_view code, std::string_view head, Random& random)
{
    Language language{code, {}};
    while (!head.empty()) {
        const auto end = std::min(head.find(' '), head.size());
        language.words.emplace_back(head.substr(0, end));
        head.remove_prefix(std::min(end + 1, head.size()));
    }
    constexpr std::array<std::string_view, 24> syllables{"ba", "cor", "di",  "fen", "ga",  "lor", "mi", "nal",
                                                         "o",  "per", "qui", "ra",  "sen", "ti",  "u",  "ver",
                                                         "zo", "tra", "pli", "men", "cla", "do",  "el", "sta"};
    while (language.words.size() < kInventedWords) {
        std::string word;
        for (std::size_t left = 2 + random.below(3); left > 0; --left) {
            word += syllables[random.below(syllables.size())];
        }
        language.words.push_back(std::move(word));
    }
    return language;
}

// Zipf with exponent 1 by inversion: rank r with weight about 1 / r.
const std::string& anyWord(const Language& language, Random& random)
{
    const double rank = std::exp(random.unit() * std::log(static_cast<double>(language.words.size())));
    return language.words[static_cast<std::size_t>(rank) - 1];
}

void appendWords(std::string& out, const Language& language, std::size_t count, Random& random)
{
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) {
            out += i % 13 == 0 ? ". " : " ";
        }
        out += anyWord(language, random);
    }
}

template <std::size_t size>
std::string_view oneOf(const std::array<std::string_view, size>& values, Random& random)
{
    return values[random.below(size)];
}

} // namespace

int main(int argc, char** argv)
{
    std::array<std::uint64_t, 2> numbers{0, 1};
    bool valid = argc == 2 || argc == 3;
    for (int i = 1; valid && i < argc; ++i) {
        const char* const end = argv[i] + std::strlen(argv[i]);
        const auto read = std::from_chars(argv[i], end, numbers[static_cast<std::size_t>(i) - 1]);
        valid = read.ec == std::errc{} && read.ptr == end;
    }
    if (!valid) {
        std::fputs("usage: bench_make_documents N [SEED]\n", stderr);
        return 2;
    }
    Random random{numbers[1]};
    const std::array<Language, 3> languages{makeLanguage("en", kEnglish, random), makeLanguage("fr", kFrench, random),
                                            makeLanguage("es", kSpanish, random)};
    std::string line;
    for (std::uint64_t number = 0; number < numbers[0]; ++number) {
        const auto& language = languages[random.below(languages.size())];
        line = R"({"id":"generated-)" + std::to_string(number) + R"(","language":")" + std::string{language.code} +
               R"(","title":")";
        appendWords(line, language, 6, random);
        line += R"(","type":")";
        line += oneOf(kTypes, random);
        line += R"(","section":")";
        line += oneOf(kSections, random);
        line += R"(","year":)" + std::to_string(2005 + random.below(20)) + R"(,"themes":[")";
        line += oneOf(kThemes, random);
        line += R"("],"countries":[")";
        line += oneOf(kCountries, random);
        line += R"("],"audience":"public","text":")";
        appendWords(line, language, kMinWords + random.below(kMaxWords - kMinWords), random);
        line += "\"}\n";
        if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) {
            std::perror("bench_make_documents");
            return 1;
        }
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}
