// The function words of the three languages, in folded form.
#include "analyzers/text/analyzer.h"

#include <string_view>
#include <unordered_set>

namespace acervo::text {

namespace {

using Words = std::unordered_set<std::string_view>;

// Words that could be the whole matter of a report are left out on purpose: "will", "may" and "state" in English,
// "est" (east) stays in French because the verb is so frequent.
const Words& english()
{
    static const Words words{
        "a",        "about",     "above",  "across",     "after",   "again",   "against",   "all",     "also",
        "although", "am",        "among",  "an",         "and",     "another", "any",       "are",     "aren't",
        "around",   "as",        "at",     "be",         "because", "been",    "before",    "being",   "below",
        "between",  "both",      "but",    "by",         "can",     "can't",   "cannot",    "could",   "couldn't",
        "did",      "didn't",    "do",     "does",       "doesn't", "doing",   "don't",     "down",    "during",
        "each",     "either",    "else",   "etc",        "ever",    "every",   "few",       "for",     "from",
        "further",  "had",       "has",    "hasn't",     "have",    "haven't", "having",    "he",      "hence",
        "her",      "here",      "hers",   "herself",    "him",     "himself", "his",       "how",     "however",
        "i",        "i'm",       "i've",   "if",         "in",      "into",    "is",        "isn't",   "it",
        "its",      "itself",    "just",   "many",       "me",      "might",   "more",      "most",    "much",
        "must",     "my",        "myself", "neither",    "no",      "nor",     "not",       "of",      "off",
        "on",       "once",      "one",    "only",       "onto",    "or",      "other",     "others",  "our",
        "ours",     "ourselves", "out",    "over",       "own",     "per",     "rather",    "same",    "shall",
        "she",      "should",    "since",  "so",         "some",    "such",    "than",      "that",    "the",
        "their",    "theirs",    "them",   "themselves", "then",    "there",   "therefore", "these",   "they",
        "they're",  "this",      "those",  "though",     "through", "thus",    "to",        "too",     "toward",
        "towards",  "under",     "until",  "up",         "upon",    "us",      "very",      "via",     "was",
        "wasn't",   "we",        "we're",  "were",       "what",    "when",    "where",     "whereas", "whether",
        "which",    "while",     "who",    "whom",       "whose",   "why",     "with",      "within",  "without",
        "won't",    "would",     "yet",    "you",        "your",    "yours",   "yourself"};
    return words;
}

const Words& french()
{
    static const Words words{
        "a",          "afin",     "ai",       "ainsi",     "alors",   "apres",    "as",     "au",      "aucun",
        "aucune",     "aussi",    "autre",    "autres",    "aux",     "avaient",  "avait",  "avant",   "avec",
        "avez",       "avoir",    "avons",    "ayant",     "c",       "car",      "ce",     "ceci",    "cela",
        "celle",      "celles",   "celui",    "cependant", "ces",     "cet",      "cette",  "ceux",    "chaque",
        "chez",       "ci",       "comme",    "comment",   "d",       "dans",     "de",     "depuis",  "des",
        "donc",       "dont",     "du",       "elle",      "elles",   "en",       "encore", "entre",   "es",
        "est",        "et",       "etaient",  "etait",     "etant",   "etc",      "etes",   "etre",    "eu",
        "eux",        "fait",     "faire",    "font",      "fut",     "ici",      "il",     "ils",     "j",
        "je",         "jusqu",    "jusque",   "l",         "la",      "laquelle", "le",     "lequel",  "les",
        "lesquelles", "lesquels", "leur",     "leurs",     "lors",    "lorsque",  "lui",    "m",       "ma",
        "mais",       "me",       "meme",     "memes",     "mes",     "moi",      "moins",  "mon",     "n",
        "ne",         "ni",       "nos",      "notamment", "notre",   "nous",     "on",     "ont",     "ou",
        "par",        "parce",    "parmi",    "pas",       "pendant", "peu",      "peut",   "peuvent", "plus",
        "plusieurs",  "pour",     "pourquoi", "puis",      "puisque", "qu",       "quand",  "que",     "quel",
        "quelle",     "quelles",  "quels",    "qui",       "quoi",    "quoique",  "s",      "sa",      "sans",
        "sauf",       "se",       "selon",    "sera",      "seront",  "ses",      "si",     "soi",     "soient",
        "soit",       "sommes",   "son",      "sont",      "sous",    "suis",     "sur",    "t",       "ta",
        "tandis",     "te",       "tel",      "telle",     "telles",  "tels",     "tes",    "toi",     "ton",
        "toujours",   "tous",     "tout",     "toute",     "toutes",  "tres",     "tu",     "un",      "une",
        "vers",       "voici",    "voila",    "vos",       "votre",   "vous",     "y"};
    return words;
}

const Words& spanish()
{
    static const Words words{
        "a",        "aca",   "ahi",     "al",       "algo",     "algun",     "alguna",  "algunas",  "alguno",
        "algunos",  "alla",  "alli",    "ante",     "antes",    "aquel",     "aquella", "aquellas", "aquello",
        "aquellos", "aqui",  "asi",     "aun",      "aunque",   "bajo",      "cabe",    "cada",     "casi",
        "como",     "con",   "contra",  "cual",     "cuales",   "cualquier", "cuando",  "cuanto",   "cuya",
        "cuyas",    "cuyo",  "cuyos",   "de",       "del",      "desde",     "despues", "donde",    "dos",
        "durante",  "e",     "el",      "ella",     "ellas",    "ello",      "ellos",   "en",       "entonces",
        "entre",    "era",   "eran",    "eres",     "es",       "esa",       "esas",    "ese",      "eso",
        "esos",     "esta",  "estaba",  "estan",    "estar",    "estas",     "este",    "esto",     "estos",
        "estoy",    "etc",   "fue",     "fueron",   "ha",       "haber",     "habia",   "han",      "has",
        "hasta",    "hay",   "he",      "hemos",    "incluso",  "la",        "las",     "le",       "les",
        "lo",       "los",   "luego",   "mas",      "me",       "mediante",  "mi",      "mientras", "mis",
        "mismo",    "misma", "mismos",  "mismas",   "mucha",    "muchas",    "mucho",   "muchos",   "muy",
        "nada",     "ni",    "no",      "nos",      "nosotras", "nosotros",  "nuestra", "nuestras", "nuestro",
        "nuestros", "o",     "os",      "otra",     "otras",    "otro",      "otros",   "para",     "pero",
        "poco",     "por",   "porque",  "pues",     "que",      "quien",     "quienes", "se",       "segun",
        "ser",      "si",    "sido",    "siempre",  "siendo",   "sin",       "sino",    "sobre",    "sois",
        "somos",    "son",   "soy",     "su",       "sus",      "tal",       "tales",   "tambien",  "tampoco",
        "tan",      "tanto", "te",      "tiene",    "tienen",   "toda",      "todas",   "todavia",  "todo",
        "todos",    "tras",  "tu",      "tus",      "u",        "un",        "una",     "unas",     "uno",
        "unos",     "usted", "ustedes", "vosotras", "vosotros", "vuestra",   "vuestro", "y",        "ya",
        "yo"};
    return words;
}

} // namespace

bool isStopword(std::string_view folded, Language language)
{
    switch (language) {
    case Language::en:
        return english().contains(folded);
    case Language::fr:
        return french().contains(folded);
    case Language::es:
        return spanish().contains(folded);
    case Language::other:
        break;
    }
    return false;
}

} // namespace acervo::text
