#include "corpus/index/detail/segments.h"

#include "analyzers/base/durable_file.h"
#include "corpus/index/guarded.h"

#include <algorithm>
#include <span>
#include <vector>

namespace acervo::index::detail {

namespace fs = std::filesystem;

namespace {

// Databases open at the same time: each takes four file descriptors, of which a process has a thousand.
constexpr std::size_t kMostMerged = 128;

std::vector<fs::path> databasesIn(const fs::path& folder)
{
    std::vector<fs::path> databases;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        databases.push_back(entry.path());
    }
    std::ranges::sort(databases);
    return databases;
}

// Tables are merged one after the other. What the parts had of one is given back to the disk as soon as the next one is
// begun: else the parts would stay whole beside the whole that is made of them. (They are open, so that removing them
// would free nothing.)
class Freeing : public Xapian::Compactor {
public:
    explicit Freeing(std::span<const fs::path> sources) : _sources(sources) {}

    void set_status(const std::string& table, const std::string&) override
    {
        if (table == _table) {
            return;
        }
        for (const auto& source : _sources) {
            std::error_code ignored; // a table that was never written
            fs::resize_file(source / (_table + ".glass"), 0, ignored);
        }
        _table = table;
    }

private:
    std::span<const fs::path> _sources;
    std::string _table;
};

Result<void> mergeAndRemove(std::span<const fs::path> sources, const fs::path& target)
{
    auto merged = guarded("merge the parts of the index into " + target.string(), [&] {
        Xapian::Database all;
        for (const auto& source : sources) {
            all.add_database(Xapian::Database{source.string()});
        }
        Freeing freeing{sources};
        all.compact(target.string(), Xapian::Compactor::FULL, 0, freeing);
    });
    for (const auto& source : sources) {
        std::error_code problem;
        if (merged) {
            fs::remove_all(source, problem);
        }
        if (problem) {
            return errorFromErrno(problem.value(), "remove " + source.string());
        }
    }
    return merged;
}

} // namespace

std::string segmentName(std::size_t number)
{
    constexpr std::size_t kDigits = 9;
    auto digits = std::to_string(number);
    return std::string(digits.size() < kDigits ? kDigits - digits.size() : 0, '0') + digits;
}

Result<void> mergeSegments(const fs::path& folder, const fs::path& target)
{
    auto databases = databasesIn(folder);
    for (std::size_t round = 1; databases.size() > kMostMerged; ++round) {
        for (std::size_t first = 0; first < databases.size(); first += kMostMerged) {
            const auto count = std::min(kMostMerged, databases.size() - first);
            // Sorts among the others where its parts stood.
            const auto merged = databases[first].string() + "m" + std::to_string(round);
            if (auto done = mergeAndRemove(std::span{databases}.subspan(first, count), merged); !done) {
                return done;
            }
        }
        databases = databasesIn(folder);
    }
    if (databases.empty()) {
        return {};
    }
    if (auto merged = mergeAndRemove(databases, target); !merged) {
        return merged;
    }
    return syncTree(target);
}

} // namespace acervo::index::detail
