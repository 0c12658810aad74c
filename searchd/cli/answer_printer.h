// Shows a search answer in a terminal.
#pragma once

#include "searchd/http/services.h"

#include <cstdio>

namespace acervo::cli {

// styled  bold marks with escape sequences; otherwise marked words stand between asterisks.
void printAnswer(const http::Services& services, const search::SearchRequest& request,
                 const search::SearchAnswer& answer, bool styled, std::FILE* out);

} // namespace acervo::cli
