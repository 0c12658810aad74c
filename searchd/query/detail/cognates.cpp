#include "searchd/query/detail/cognates.h"

#include <algorithm>
#include <array>

namespace acervo::query {

namespace {

// An ending in the three languages, folded; "" where a language has no regular counterpart.
struct Ending {
    std::string_view en;
    std::string_view fr;
    std::string_view es;

    std::string_view in(text::Language language) const
    {
        return language == text::Language::en ? en : language == text::Language::fr ? fr : es;
    }
};

// Longest first where one is the end of another.
constexpr std::array kEndings{
    Ending{"isation", "isation", "izacion"},
    Ending{"ization", "isation", "izacion"},
    Ending{"ication", "ication", "icacion"},
    Ending{"ability", "abilite", "abilidad"},
    Ending{"ibility", "ibilite", "ibilidad"},
    Ending{"iarity", "iarite", "iariedad"},
    Ending{"ation", "ation", "acion"},
    Ending{"ution", "ution", "ucion"},
    Ending{"ition", "ition", "icion"},
    Ending{"ction", "ction", "ccion"},
    Ending{"ssion", "ssion", "sion"},
    Ending{"tion", "tion", "cion"},
    Ending{"sion", "sion", "sion"},
    Ending{"ology", "ologie", "ologia"},
    Ending{"graphy", "graphie", "grafia"},
    Ending{"cracy", "cratie", "cracia"},
    Ending{"nomy", "nomie", "nomia"},
    Ending{"ement", "ement", "amiento"},
    Ending{"ment", "ment", "mento"},
    Ending{"ical", "ique", "ico"},
    Ending{"ic", "ique", "ico"},
    Ending{"ism", "isme", "ismo"},
    Ending{"ist", "iste", "ista"},
    Ending{"ance", "ance", "ancia"},
    Ending{"ence", "ence", "encia"},
    Ending{"ency", "ence", "encia"},
    Ending{"ary", "aire", "ario"},
    Ending{"ory", "oire", "orio"},
    Ending{"ator", "ateur", "ador"},
    Ending{"tor", "teur", "tor"},
    Ending{"ive", "if", "ivo"},
    Ending{"ive", "ive", "iva"},
    Ending{"ous", "eux", "oso"},
    Ending{"able", "able", "able"},
    Ending{"ible", "ible", "ible"},
    Ending{"ity", "ite", "idad"},
    Ending{"ty", "te", "dad"},
    Ending{"ure", "ure", "ura"},
    Ending{"al", "el", "al"},
    Ending{"al", "al", "al"},
    Ending{"ise", "iser", "izar"},
    Ending{"ize", "iser", "izar"},
    Ending{"ify", "ifier", "ificar"},
    Ending{"ate", "er", "ar"},
};

void replaceAll(std::string& word, std::string_view what, std::string_view with)
{
    for (auto at = word.find(what); at != std::string::npos; at = word.find(what, at + with.size())) {
        word.replace(at, what.size(), with);
    }
}

// Spanish writes sounds where the two others keep Greek and Latin letters.
std::string spanishSpelling(std::string word)
{
    for (const auto& [what, with] : {std::pair{"ph", "f"},
                                     {"th", "t"},
                                     {"rh", "r"},
                                     {"mm", "m"},
                                     {"ll", "l"},
                                     {"tt", "t"},
                                     {"ss", "s"},
                                     {"pp", "p"},
                                     {"ff", "f"},
                                     {"bb", "b"},
                                     {"y", "i"}}) {
        replaceAll(word, what, with);
    }
    const bool startsWithS = word.size() > 2 && word[0] == 's' && (word[1] == 't' || word[1] == 'p' || word[1] == 'c');
    return startsWithS ? "e" + word : word;
}

} // namespace

std::vector<std::pair<text::Language, std::string>> cognatesOf(std::string_view folded, text::Language from)
{
    std::vector<std::pair<text::Language, std::string>> found;
    if (folded.size() < kMinCognateBytes || from == text::Language::other) {
        return found;
    }
    const auto add = [&](text::Language language, std::string word) {
        std::pair candidate{language, std::move(word)};
        if (std::ranges::find(found, candidate) == found.end()) {
            found.push_back(std::move(candidate));
        }
    };
    for (const auto& ending : kEndings) {
        const auto here = ending.in(from);
        if (here.empty() || !folded.ends_with(here)) {
            continue;
        }
        const std::string root{folded.substr(0, folded.size() - here.size())};
        for (const auto language : text::kLanguages) {
            if (language == from) {
                continue;
            }
            const std::string ended = root + std::string{ending.in(language)};
            add(language, ended);
            if (language == text::Language::es) {
                add(language, spanishSpelling(ended));
            }
        }
    }
    return found;
}

} // namespace acervo::query
