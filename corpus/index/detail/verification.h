// Looks whether a new generation holds what it should, before readers get it.
#pragma once

#include "corpus/index/writer.h"

#include <string>

namespace acervo::index::detail {

// Its databases have as many documents as the catalogue has editions for their audiences, but for those that were
// refused; and editions from all over the catalogue are found by their titles, among the first results.
//
// errors  internal: it is not to be used.
Result<void> verify(const WriterOptions& options, const std::string& generation, const catalogue::Catalogue& catalogue,
                    const CatchUp& report);

} // namespace acervo::index::detail
