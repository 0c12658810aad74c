// The last step of every run: the index takes up what the catalogue learned.
#pragma once

#include "indexer/pipeline/run.h"

namespace acervo::pipeline::detail {

// Outside of a transaction of the catalogue. Adds to the report what was written and what the index refused.
Result<void> updateIndex(const config::Config& config, const catalogue::Catalogue& catalogue,
                         const vocabulary::Vocabularies& vocabularies, const Control& control, RunReport& report);

} // namespace acervo::pipeline::detail
