// Finds the page of a translation that says what a page of the original says.
#pragma once

#include "corpus/model/document.h"

#include <cstdint>
#include <vector>

namespace acervo::passage {

// By what languages share: numbers, names, words of the same root; and by where the page stands. A guess near the right
// page at worst. 0 when `to` has no pages.
//
// number  of a page in `from`.
std::uint32_t parallelPage(const std::vector<model::Page>& from, std::uint32_t number,
                           const std::vector<model::Page>& to);

} // namespace acervo::passage
