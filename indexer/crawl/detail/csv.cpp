#include "indexer/crawl/detail/csv.h"

#include <algorithm>
#include <utility>

namespace acervo::crawl::detail {

namespace {

char separatorOf(std::string_view text)
{
    const auto header = text.substr(0, text.find('\n'));
    if (header.find('\t') != std::string_view::npos) {
        return '\t';
    }
    return std::ranges::count(header, ';') > std::ranges::count(header, ',') ? ';' : ',';
}

} // namespace

std::vector<CsvRow> parseCsv(std::string_view text)
{
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    const auto separator = separatorOf(text);
    std::vector<CsvRow> rows;
    CsvRow row{1, {}};
    std::string cell;
    bool inQuotes = false;
    std::size_t line = 1;
    const auto endCell = [&] { row.cells.push_back(std::exchange(cell, {})); };
    const auto endRow = [&] {
        endCell();
        if (row.cells.size() > 1 || !row.cells.front().empty()) {
            rows.push_back(std::move(row));
        }
        row = {line + 1, {}};
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inQuotes) {
            if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
                cell += '"';
                ++i;
            } else if (c == '"') {
                inQuotes = false;
            } else {
                cell += c;
            }
        } else if (c == '"' && cell.empty()) {
            inQuotes = true;
        } else if (c == separator) {
            endCell();
        } else if (c == '\n') {
            endRow();
        } else if (c != '\r') {
            cell += c;
        }
        line += c == '\n' ? 1 : 0;
    }
    endRow();
    return rows;
}

} // namespace acervo::crawl::detail
