// acervo-indexer works ...: what people decide about works by hand, each with a line in the journal.
#pragma once

#include "corpus/config/arguments.h"

#include <string_view>

namespace acervo::cli {

inline constexpr std::string_view kWorksUsage =
    R"(  acervo-indexer works list [WORD...] [--withdrawn] [--json]
  acervo-indexer works show ID [--json]
      what the library holds; a work with its editions, aliases, former IDs and journal
  acervo-indexer works edit ID FIELD=VALUE... [--language L] [--reset FIELD]...
      says something better than the documents do; lists are separated by ";"
  acervo-indexer works merge ID INTO-ID
  acervo-indexer works split ID --language L [--audience NAME]
      two works are one, and the first ID leads to the second; an edition is a work of its own
  acervo-indexer works withdraw ID --reason TEXT [--successor ID]
  acervo-indexer works restore ID
      takes a work away, with a notice in its place; brings it back
  acervo-indexer works alias ID ALIAS... [--remove]
      ISBN, DOI, handle, old address or report number that leads to the work too
  acervo-indexer works journal [ID] [--limit N] [--json]
      who changed what, when, from what to what
      every change takes [--by NAME] [--note TEXT]
)";

// All of the above; `words()[1]` chooses.
int worksCommand(const config::Arguments& arguments);

} // namespace acervo::cli
