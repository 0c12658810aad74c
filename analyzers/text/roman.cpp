#include "analyzers/text/roman.h"

#include <array>
#include <string_view>
#include <utility>

namespace acervo::text {

std::string romanNumeral(std::uint32_t number)
{
    using Part = std::pair<std::uint32_t, std::string_view>;
    constexpr std::array<Part, 13> kParts{{{1000, "m"},
                                           {900, "cm"},
                                           {500, "d"},
                                           {400, "cd"},
                                           {100, "c"},
                                           {90, "xc"},
                                           {50, "l"},
                                           {40, "xl"},
                                           {10, "x"},
                                           {9, "ix"},
                                           {5, "v"},
                                           {4, "iv"},
                                           {1, "i"}}};
    std::string letters;
    if (number > kMostRoman) {
        return letters;
    }
    for (const auto& [worth, part] : kParts) {
        for (; number >= worth; number -= worth) {
            letters += part;
        }
    }
    return letters;
}

} // namespace acervo::text
