// Where works are changed by hand: the library, held alone, who changes it, and the index that follows.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "corpus/config/arguments.h"
#include "indexer/cli/library.h"

#include <string>

namespace acervo::cli {

struct Desk : Library {
    catalogue::Signature signature;
};

// --by, else who called; --note
catalogue::Signature signatureFrom(const config::Arguments& arguments);

Result<Desk> openDesk(const config::Arguments& arguments);

// Brings the index up to what was changed and returns the exit status; says so when it cannot.
int shown(const Desk& desk, const std::string& message);

} // namespace acervo::cli
