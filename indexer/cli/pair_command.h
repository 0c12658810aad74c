// works pair: language editions of one work, found by evidence and confirmed by people.
#pragma once

#include "corpus/config/arguments.h"

#include <string_view>

namespace acervo::cli {

inline constexpr std::string_view kPairUsage =
    R"(  acervo-indexer works pair [--json]
      proposes works that are likely to be one in several languages, with a score, the evidence and what is in doubt
  acervo-indexer works pair --review
      asks about them one by one; a no is remembered
  acervo-indexer works pair --accept N,N-N
      merges proposals by their numbers in the last list
  acervo-indexer works pair --yes-above SCORE
      merges the proposals with that score (0 to 1) or a higher one that nothing speaks against; 0.97 is tried
      every merge takes [--by NAME] [--note TEXT]
)";

int pairCommand(const config::Arguments& arguments);

} // namespace acervo::cli
