#include "analyzers/text/detail/stem_rules.h"

#include <algorithm>
#include <array>

namespace acervo::text::detail {

namespace {

using std::string_view;

struct Ending {
    string_view written;
    string_view readAs;
};

// The word with its ending replaced, when at least `minLetters` stand before it.
bool replaceEnding(std::string& word, const Ending& ending, std::size_t minLetters)
{
    if (word.size() < ending.written.size() + minLetters || !word.ends_with(ending.written)) {
        return false;
    }
    word.resize(word.size() - ending.written.size());
    word += ending.readAs;
    return true;
}

template <std::size_t Size>
bool replaceFirstOf(std::string& word, const std::array<Ending, Size>& endings, std::size_t minLetters)
{
    return std::ranges::any_of(endings, [&](const Ending& ending) { return replaceEnding(word, ending, minLetters); });
}

template <std::size_t Size>
bool endsWithAny(string_view word, const std::array<string_view, Size>& endings)
{
    return std::ranges::any_of(endings, [&](string_view ending) { return word.ends_with(ending); });
}

bool isVowel(char c)
{
    return string_view{"aeiouy"}.find(c) != string_view::npos;
}

// British z-spellings become s-spellings, not the other way round: "organization" would lose all but "organ".
constexpr std::array<Ending, 17> kEnglish{{
    {"ization", "isation"},
    {"izations", "isations"},
    {"izational", "isational"},
    {"ize", "ise"},
    {"izes", "ises"},
    {"ized", "ised"},
    {"izing", "ising"},
    {"izer", "iser"},
    {"izers", "isers"},
    {"izable", "isable"},
    {"yze", "yse"},
    {"yzes", "yses"},
    {"yzed", "ysed"},
    {"yzing", "ysing"},
    {"yzer", "yser"},
    {"yzers", "ysers"},
    {"izability", "isability"},
}};

void english(std::string& word)
{
    replaceFirstOf(word, kEnglish, 3); // three letters before it leave "size", "prize" and "seize" alone
}

constexpr std::array<Ending, 17> kFrench{{
    {"iere", "ier"}, // Snowball knows -ière with its accent only
    {"ieres", "iers"},
    {"trice", "teur"}, // "directrice", "actrice": Snowball knows -atrice alone
    {"trices", "teurs"},
    {"fier", "fie"}, // "modifier" meets "modifie", "modifié" and "modification"
    {"fiant", "fie"},
    {"fient", "fie"},
    {"ciee", "cier"}, // so do "associée" and "associer"
    {"ciees", "cier"},
    {"ocie", "ocier"},
    {"ocies", "ocier"},
    {"recie", "recier"},
    {"recies", "recier"},
    {"neficie", "neficier"},
    {"neficies", "neficier"},
    {"ee", "e"}, // participles: "engagée" folds to "engagee", whose "ee" Snowball does not know
    {"ees", "es"},
}};

// Adjectives and nouns in -us, -os whose s is no plural, by their endings.
constexpr std::array<string_view, 10> kFrenchKeepsS{"clus", "fus", "abus", "ous",  "plus",
                                                    "gros", "pos", "dos",  "clos", "heros"};

void french(std::string& word)
{
    if (word == "matrice" || word == "matrices") {
        return;
    }
    replaceFirstOf(word, kFrench, 2);
    // Snowball leaves the s of a plural after u and o: "prévus", "contenus", "euros".
    const bool plural = word.size() > 4 && (word.ends_with("us") || word.ends_with("os"));
    if (plural && !endsWithAny(string_view{word}, kFrenchKeepsS)) {
        word.pop_back();
    }
}

// Endings whose accent Snowball needs and folding took.
constexpr std::array<Ending, 7> kSpanishAccents{{
    {"acion", "aci\u00F3n"},
    {"ucion", "uci\u00F3n"},
    {"arian", "ar\u00EDan"},
    {"erian", "er\u00EDan"},
    {"irian", "ir\u00EDan"},
    {"iamos", "\u00EDamos"},
    {"ian", "\u00EDan"},
}};

// Plurals whose singular ends like an infinitive or a verb, and is stemmed as one.
constexpr std::array<string_view, 5> kSpanishEs{"ares", "eres", "ires", "enes", "anes"};
constexpr std::array<string_view, 6> kSpanishKeepsS{"mos", "arnos", "irnos", "ndonos", "ais", "eis"};

void spanish(std::string& word)
{
    if (replaceFirstOf(word, kSpanishAccents, 2)) {
        return;
    }
    const std::size_t size = word.size();
    if (size > 3 && word.ends_with("ad")) {
        word += "es"; // "ciudad" would lose its -ad as an imperative, "ciudades" only its -es
    } else if (size > 5 && endsWithAny(string_view{word}, kSpanishEs)) {
        word.resize(size - 2);
    } else if (size > 3 && (word.ends_with("as") || word.ends_with("os"))) {
        // -s after a or o is a plural whatever stands before it; Snowball takes "gobiernos" for "gobier" + "nos".
        if (!endsWithAny(string_view{word}, kSpanishKeepsS)) {
            word.pop_back();
        }
    } else if (size <= 5 && size > 3 && word.ends_with("es") && isVowel(word[0])) {
        word.pop_back(); // "ejes", "artes": too short for Snowball to see an ending
    }
}

} // namespace

std::string respelled(std::string_view folded, Language language)
{
    std::string word{folded};
    switch (language) {
    case Language::en:
        english(word);
        break;
    case Language::fr:
        french(word);
        break;
    case Language::es:
        spanish(word);
        break;
    case Language::other:
        break;
    }
    return word;
}

} // namespace acervo::text::detail
