#include "corpus/index/columns.h"

#include <unordered_map>

namespace acervo::index {

namespace {

std::uint32_t numberOf(std::unordered_map<std::string, std::uint32_t>& numbers, std::vector<std::string>& values,
                       std::string value)
{
    const auto [entry, isNew] = numbers.try_emplace(std::move(value), static_cast<std::uint32_t>(values.size()));
    if (isNew) {
        values.push_back(entry->first);
    }
    return entry->second;
}

Column loadColumn(const Xapian::Database& database, schema::Slot slot, Xapian::docid lastDocid)
{
    Column column;
    column.starts.assign(lastDocid + 2, 0);
    std::unordered_map<std::string, std::uint32_t> numbers;
    Xapian::docid next = 0;
    const auto number = static_cast<Xapian::valueno>(slot);
    for (auto it = database.valuestream_begin(number); it != database.valuestream_end(number); ++it) {
        const auto id = it.get_docid();
        for (; next <= id; ++next) {
            column.starts[next] = static_cast<std::uint32_t>(column.numbers.size());
        }
        for (auto& value : schema::splitValues(*it)) {
            column.numbers.push_back(numberOf(numbers, column.values, std::move(value)));
        }
    }
    for (; next < column.starts.size(); ++next) {
        column.starts[next] = static_cast<std::uint32_t>(column.numbers.size());
    }
    return column;
}

} // namespace

Columns loadColumns(const Xapian::Database& database)
{
    Columns columns;
    columns.lastDocid = database.get_doccount() == 0 ? 0 : database.get_lastdocid();
    columns.workOf.assign(columns.lastDocid + 1, kNoWork);

    std::unordered_map<std::string, std::uint32_t> works;
    const auto workSlot = static_cast<Xapian::valueno>(schema::Slot::work);
    for (auto it = database.valuestream_begin(workSlot); it != database.valuestream_end(workSlot); ++it) {
        columns.workOf[it.get_docid()] = works.try_emplace(*it, static_cast<std::uint32_t>(works.size())).first->second;
    }
    columns.workCount = static_cast<std::uint32_t>(works.size());

    // Counting sort of the docids by work.
    columns.workStarts.assign(columns.workCount + 1, 0);
    for (const auto work : columns.workOf) {
        if (work != kNoWork) {
            ++columns.workStarts[work + 1];
        }
    }
    for (std::size_t work = 1; work < columns.workStarts.size(); ++work) {
        columns.workStarts[work] += columns.workStarts[work - 1];
    }
    columns.workDocids.resize(columns.workStarts.back());
    auto fill = columns.workStarts;
    for (Xapian::docid id = 1; id <= columns.lastDocid; ++id) {
        if (const auto work = columns.workOf[id]; work != kNoWork) {
            columns.workDocids[fill[work]++] = id;
        }
    }
    for (const auto& info : schema::kFacets) {
        columns.facets[static_cast<std::size_t>(info.facet)] = loadColumn(database, info.slot, columns.lastDocid);
    }
    return columns;
}

} // namespace acervo::index
