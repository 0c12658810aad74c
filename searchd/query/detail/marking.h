// What of a query a reader should see marked, and what its results are weighed again by.
#pragma once

#include "searchd/query/detail/run.h"
#include "searchd/query/plan.h"

#include <string>
#include <vector>

namespace acervo::query {

// Each word of the run, with what it is also searched as.
void mark(const Run& run, Marks& marks);

// One word, by its stems.
void mark(const std::vector<std::string>& stems, Marks& marks);

} // namespace acervo::query
