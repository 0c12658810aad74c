#include "analyzers/text/language.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace acervo::text {

std::string_view codeOf(Language language)
{
    switch (language) {
    case Language::en:
        return "en";
    case Language::fr:
        return "fr";
    case Language::es:
        return "es";
    case Language::other:
        break;
    }
    return "";
}

Language languageOf(std::string_view tag)
{
    std::string primary{tag.substr(0, tag.find_first_of("-_"))};
    std::ranges::transform(primary, primary.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (primary == "en" || primary == "eng") {
        return Language::en;
    }
    if (primary == "fr" || primary == "fra" || primary == "fre") {
        return Language::fr;
    }
    if (primary == "es" || primary == "spa") {
        return Language::es;
    }
    return Language::other;
}

} // namespace acervo::text
