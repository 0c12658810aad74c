// Where a page of results begins, written so that who asks for the next one need not count: of one search, on one state
// of the index.
#pragma once

#include "analyzers/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace acervo::search::detail {

// listKey  of the search, see listKeyOf(); the state of the index is in it.
std::string cursorAt(std::size_t offset, std::string_view listKey);

// errors  invalidArgument: no such cursor, or of another search, or the index has changed since.
Result<std::size_t> offsetOf(std::string_view cursor, std::string_view listKey);

} // namespace acervo::search::detail
