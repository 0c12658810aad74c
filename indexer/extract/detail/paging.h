// Cuts long text that has no pages of its own.
#pragma once

#include <string_view>
#include <vector>

namespace acervo::extract::detail {

// Pieces of about `target` bytes, cut at empty lines, else at line ends, else at spaces; a form feed always cuts.
// Never longer than twice the target. Pieces of white space alone are left out.
std::vector<std::string_view> paged(std::string_view text, std::size_t target);

} // namespace acervo::extract::detail
