// What one reader was ever shown of works: the table "sighting", read for some audiences.
#pragma once

#include "corpus/access/filter.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/catalogue/detail/sqlite.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace acervo::catalogue::detail {

// Gives everything changed after that change number this time: what was written over minutes appears at once.
void stampChanges(Script& script, std::int64_t changeBefore, std::int64_t now);

class Records {
public:
    Records(Script& script, const access::Filter& reader);

    // See Catalogue. cost  one look into an index per audience and record, whatever the size of the library.
    std::vector<WorkRecord> list(const RecordRange& range, const RecordBookmark& after, std::size_t limit);
    std::optional<WorkRecord> find(std::string_view citableId);
    std::vector<WorkRecord> after(std::string_view citableId, std::size_t limit);
    std::vector<std::string> every(std::size_t step);
    std::vector<RecordBookmark> latest(const std::optional<RecordBookmark>& before, std::size_t limit);
    Catalogue::RecordSummary summary();

private:
    void listAudience(std::string_view audience, const RecordRange& range, const RecordBookmark& after,
                      std::size_t limit, std::vector<WorkRecord>& found);
    void addEditions(WorkRecord& record);
    std::vector<std::string> distinct(std::string_view column);

    Script& _script;
    const access::Filter& _reader;
    std::string _audiences; // JSON array, for json_each
};

} // namespace acervo::catalogue::detail
