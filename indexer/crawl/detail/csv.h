// Comma-separated values as spreadsheets write them: quotes, doubled quotes, line breaks in cells; ';' as separator
// too.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::crawl::detail {

struct CsvRow {
    std::size_t line = 0; // where it begins, from 1
    std::vector<std::string> cells;
};

// text  valid UTF-8, a byte order mark is dropped. Empty lines are left out. The separator is ',' unless the first line
//       has tabs or more ';' than ',' outside of quotes.
// source RFC 4180.
std::vector<CsvRow> parseCsv(std::string_view text);

} // namespace acervo::crawl::detail
