// works list, show, journal: the ones that only look; and which work a typed ID means.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "corpus/config/arguments.h"
#include "indexer/cli/library.h"

#include <string>
#include <string_view>

namespace acervo::cli {

// errors  notFound, naming the works that may have been meant.
Result<std::string> workMeant(const Library& library, std::string_view typed);

int worksList(const config::Arguments& arguments);
int worksShow(const config::Arguments& arguments);
int worksJournal(const config::Arguments& arguments);

} // namespace acervo::cli
