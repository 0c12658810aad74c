#include "corpus/cite/detail/name.h"

#include <algorithm>
#include <array>
#include <vector>

namespace acervo::cite::detail {

namespace {

constexpr std::size_t kMostWordsOfPerson = 6;

// Stand before a family name and belong to it.
constexpr auto kParticles =
    std::to_array<std::string_view>({"da", "das", "de",  "del", "della", "den", "der", "di",  "do",  "dos", "du",
                                     "el", "la",  "las", "le",  "los",   "ten", "van", "von", "bin", "ben", "ould"});

// Never part of a person's name, in any of the three languages.
constexpr auto kWordsOfOrganisations = std::to_array<std::string_view>({"of",           "for",
                                                                        "the",          "and",
                                                                        "on",           "in",
                                                                        "des",          "et",
                                                                        "pour",         "les",
                                                                        "sur",          "y",
                                                                        "para",         "por",
                                                                        "en",           "&",
                                                                        "forum",        "foro",
                                                                        "committee",    "comité",
                                                                        "commission",   "comisión",
                                                                        "council",      "conseil",
                                                                        "consejo",      "association",
                                                                        "asociación",   "federation",
                                                                        "fédération",   "federación",
                                                                        "union",        "unión",
                                                                        "network",      "réseau",
                                                                        "red",          "institute",
                                                                        "institut",     "instituto",
                                                                        "university",   "université",
                                                                        "universidad",  "ministry",
                                                                        "ministère",    "ministerio",
                                                                        "city",         "cities",
                                                                        "ville",        "villes",
                                                                        "ciudad",       "ciudades",
                                                                        "municipality", "municipalité",
                                                                        "municipio",    "ayuntamiento",
                                                                        "mairie",       "government",
                                                                        "governments",  "gouvernements",
                                                                        "gobiernos",    "secretariat",
                                                                        "secrétariat",  "secretaría",
                                                                        "section",      "sección",
                                                                        "team",         "équipe",
                                                                        "equipo",       "group",
                                                                        "groupe",       "grupo",
                                                                        "centre",       "center",
                                                                        "centro",       "observatory",
                                                                        "observatoire", "observatorio",
                                                                        "organisation", "organization",
                                                                        "organización", "agency",
                                                                        "agence",       "agencia",
                                                                        "foundation"});

std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find(' ', begin), text.size());
        if (end > begin) {
            words.push_back(text.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    return words;
}

std::string joined(const std::vector<std::string_view>& words, std::size_t begin, std::size_t end)
{
    std::string all;
    for (std::size_t i = begin; i < end; ++i) {
        all += (all.empty() ? "" : " ") + std::string{words[i]};
    }
    return all;
}

std::string lowered(std::string_view word)
{
    std::string lower{word};
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& list)
{
    return std::ranges::find(list, word) != list.end();
}

// Three letters at least, none of them a small one: "NDIAYE", and not "J." or "O.".
bool isInCapitals(std::string_view word)
{
    const auto letters = std::ranges::count_if(word, [](char c) { return c >= 'A' && c <= 'Z'; });
    return letters >= 3 && std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

// Spanish patronymics: as second of three or more words, they begin a double family name.
bool isPatronymic(std::string_view word)
{
    constexpr std::array<std::string_view, 8> kEndings{"ez", "éz", "az", "iz", "oz", "áñez", "íez", "dez"};
    return word.size() > 4 && std::ranges::any_of(kEndings, [&](auto ending) { return word.ends_with(ending); });
}

bool isOrganisation(const std::vector<std::string_view>& words)
{
    if (words.size() < 2 || words.size() > kMostWordsOfPerson) {
        return true;
    }
    return std::ranges::any_of(words, [](auto word) {
        return isOneOf(lowered(word), kWordsOfOrganisations) ||
               word.find_first_of("0123456789()[]{}\"/\\&@:;<>%$#^_~=+|") != std::string_view::npos;
    });
}

} // namespace

Name nameOf(std::string_view written)
{
    const auto comma = written.find(',');
    if (comma != std::string_view::npos) {
        const auto family = wordsOf(written.substr(0, comma));
        const auto given = wordsOf(written.substr(comma + 1));
        auto all = family;
        all.insert(all.end(), given.begin(), given.end());
        const bool oneComma = written.find(',', comma + 1) == std::string_view::npos;
        if (!family.empty() && !given.empty() && oneComma && !isOrganisation(all)) {
            return {joined(family, 0, family.size()), joined(given, 0, given.size()), ""};
        }
        return {"", "", std::string{written}};
    }
    const auto words = wordsOf(written);
    if (isOrganisation(words)) {
        return {"", "", std::string{written}};
    }
    const auto capitals = static_cast<std::size_t>(std::ranges::count_if(words, isInCapitals));
    if (capitals == words.size()) {
        return {"", "", std::string{written}}; // all in capitals says nothing, and acronyms are
    }
    if (capitals > 0 && isInCapitals(words.front())) {
        const auto end = static_cast<std::size_t>(std::ranges::find_if_not(words, isInCapitals) - words.begin());
        return {joined(words, 0, end), joined(words, end, words.size()), ""};
    }
    std::size_t begin = words.size() - 1;
    if (capitals > 0) {
        begin = static_cast<std::size_t>(std::ranges::find_if(words, isInCapitals) - words.begin());
    } else {
        for (std::size_t i = 1; i < begin; ++i) {
            begin = isPatronymic(words[i]) ? i : begin;
        }
    }
    while (begin > 1 && isOneOf(words[begin - 1], kParticles)) {
        --begin;
    }
    return {joined(words, begin, words.size()), joined(words, 0, begin), ""};
}

std::string initialsOf(std::string_view given)
{
    std::string initials;
    for (const auto word : wordsOf(given)) {
        initials += initials.empty() ? "" : " ";
        for (std::size_t begin = 0; begin < word.size();) {
            const auto end = std::min(word.find('-', begin), word.size());
            std::size_t letter = 1; // the bytes of the first character
            while (begin + letter < end && (static_cast<unsigned char>(word[begin + letter]) & 0xC0U) == 0x80U) {
                ++letter;
            }
            if (end > begin) {
                initials += (begin > 0 ? "-" : "") + std::string{word.substr(begin, letter)} + ".";
            }
            begin = end + 1;
        }
    }
    return initials;
}

} // namespace acervo::cite::detail
