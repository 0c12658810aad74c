#include "corpus/index/columns.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>

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

// Texts become ranks in their order, from 1, by docid: a search compares numbers.
struct Ranks {
    std::vector<std::uint32_t> byDocid; // 0: none
    std::vector<std::string> texts;     // by rank; the first is that of none
};

Ranks ranksOf(const Xapian::Database& database, schema::Slot slot, Xapian::docid lastDocid)
{
    const auto number = static_cast<Xapian::valueno>(slot);
    std::vector<std::pair<std::string, Xapian::docid>> texts;
    for (auto it = database.valuestream_begin(number); it != database.valuestream_end(number); ++it) {
        texts.emplace_back(*it, it.get_docid());
    }
    std::ranges::sort(texts);
    Ranks ranks{std::vector<std::uint32_t>(lastDocid + 1, 0), {""}};
    for (auto& [text, id] : texts) {
        if (text != ranks.texts.back()) {
            ranks.texts.push_back(std::move(text));
        }
        ranks.byDocid[id] = static_cast<std::uint32_t>(ranks.texts.size() - 1);
    }
    return ranks;
}

// From "YYYYMMDD" with "00" for what is not known.
float yearsOf(const std::string& published)
{
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = 0;
        if (published.size() >= at + length) {
            std::from_chars(published.data() + at, published.data() + at + length, value);
        }
        return static_cast<float>(value);
    };
    return number(0, 4) + std::max(0.0F, number(4, 2) - 1.0F) / 12.0F;
}

std::vector<std::uint32_t> lengthsOf(const Xapian::Database& database, Xapian::docid lastDocid)
{
    std::vector<std::uint32_t> lengths(lastDocid + 1, 0);
    for (auto document = database.postlist_begin(""); document != database.postlist_end(""); ++document) {
        lengths[*document] = document.get_doclength();
    }
    return lengths;
}

Sharing sharingOf(const std::vector<Xapian::docid>& holders, const Columns& columns)
{
    bool one = true;
    bool all = true;
    std::unordered_map<std::uint32_t, std::uint32_t> ofWork; // of works with several documents
    for (const auto id : holders) {
        if (columns.severalEditions.has(id)) {
            one = ++ofWork[columns.workOf[id]] == 1 && one;
        }
    }
    for (const auto& [work, count] : ofWork) {
        all = all && count == columns.documentsOf(work).size();
    }
    return one ? Sharing::oneOfEach : all ? Sharing::allOfEach : Sharing::some;
}

void addHolders(Column& column, const Columns& columns)
{
    std::vector<std::vector<Xapian::docid>> documents(column.values.size());
    for (Xapian::docid id = 1; id <= columns.lastDocid; ++id) {
        // A document without a work is none: its values count for nothing.
        for (const auto value : columns.workOf[id] == kNoWork ? std::span<const std::uint32_t>{} : column.of(id)) {
            if (documents[value].empty() || documents[value].back() != id) {
                documents[value].push_back(id);
            }
        }
    }
    for (auto& ids : documents) {
        Holders holders;
        holders.count = static_cast<std::uint32_t>(ids.size());
        holders.sharing = sharingOf(ids, columns);
        // Testing one document costs about what eight words of bits cost.
        if (ids.size() * 8 > columns.lastDocid / 64) {
            holders.set = DocumentSet{columns.lastDocid};
            for (const auto id : ids) {
                holders.set.add(id);
            }
        } else {
            holders.few = std::move(ids);
        }
        column.holders.push_back(std::move(holders));
    }
}

} // namespace

void add(const Holders& holders, DocumentSet& set)
{
    if (holders.areMany()) {
        set |= holders.set;
    }
    for (const auto id : holders.few) {
        set.add(id);
    }
}

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
    columns.documents = DocumentSet{columns.lastDocid};
    columns.severalEditions = DocumentSet{columns.lastDocid};
    for (Xapian::docid id = 1; id <= columns.lastDocid; ++id) {
        if (const auto work = columns.workOf[id]; work != kNoWork) {
            columns.documents.add(id);
            if (columns.documentsOf(work).size() > 1) {
                columns.severalEditions.add(id);
            }
        }
    }
    auto dates = ranksOf(database, schema::Slot::published, columns.lastDocid);
    columns.published = std::move(dates.byDocid);
    columns.lastPublished = static_cast<std::uint32_t>(dates.texts.size() - 1);
    std::ranges::transform(dates.texts, std::back_inserter(columns.years), yearsOf);
    columns.lengths = lengthsOf(database, columns.lastDocid);
    for (const auto& info : schema::kFacets) {
        auto& column = columns.facets[static_cast<std::size_t>(info.facet)];
        column = loadColumn(database, info.slot, columns.lastDocid);
        addHolders(column, columns);
    }
    return columns;
}

std::vector<std::uint32_t> loadTitleOrder(const Xapian::Database& database, Xapian::docid lastDocid)
{
    return ranksOf(database, schema::Slot::titleKey, lastDocid).byDocid;
}

} // namespace acervo::index
