// Opens the current generation for a reader: the databases of his audiences and no others, combined into one.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/access/filter.h"

#include <xapian.h>

#include <filesystem>
#include <string>
#include <vector>

namespace acervo::index {

// threads  one per thread.
class Reader {
public:
    // errors  indexUnavailable.
    static Result<Reader> open(const std::filesystem::path& root, const access::Filter& filter);

    // Takes up what was committed since, or the next generation. Call before each request; 2 to 70 microseconds
    // unless the generation changed.
    Result<void> refresh();

    const Xapian::Database& database() const { return _database; }
    // The databases that make up database().
    const std::vector<Xapian::Database>& parts() const { return _parts; }
    // In database(), of the document `id` of a part.
    Xapian::docid docidOf(std::size_t part, Xapian::docid id) const
    {
        return static_cast<Xapian::docid>((id - 1) * _parts.size() + part + 1);
    }
    const std::string& generation() const { return _generation; }

    // Changes whenever the content may have: generation and the databases' revisions.
    std::string snapshot() const;

private:
    Reader(std::filesystem::path root, access::Filter filter) : _root(std::move(root)), _filter(std::move(filter)) {}
    Result<void> refreshOnce();
    Result<void> openGeneration(const std::string& generation);

    std::filesystem::path _root;
    access::Filter _filter;
    std::string _generation;
    std::vector<Xapian::Database> _parts;
    Xapian::Database _database;
};

} // namespace acervo::index
