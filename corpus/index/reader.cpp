#include "corpus/index/reader.h"

#include "corpus/index/generation.h"
#include "corpus/index/guarded.h"

#include <algorithm>

namespace acervo::index {

Result<Reader> Reader::open(const std::filesystem::path& root, const access::Filter& filter)
{
    Reader reader{root, filter};
    if (auto opened = reader.refresh(); !opened) {
        return opened.error();
    }
    return reader;
}

Result<void> Reader::refresh()
{
    // Opening, too, reads a revision that a writer may replace meanwhile.
    constexpr int kAttempts = 10;
    for (int attempt = 1;; ++attempt) {
        auto refreshed = refreshOnce();
        if (refreshed || attempt == kAttempts || refreshed.error().code != ErrorCode::conflict) {
            return refreshed;
        }
    }
}

Result<void> Reader::refreshOnce()
{
    auto generation = currentGeneration(_root);
    if (!generation) {
        return generation.error();
    }
    if (*generation != _generation) {
        auto opened = openGeneration(*generation);
        // One that was replaced and removed after its name was read: there is another.
        if (const auto now = currentGeneration(_root); !opened && now && *now != *generation) {
            return Error{ErrorCode::conflict, opened.error().message};
        }
        return opened;
    }
    return guarded("reopen the index", [&] { _database.reopen(); });
}

Result<void> Reader::openGeneration(const std::string& generation)
{
    const auto manifest = readManifest(_root, generation);
    if (!manifest) {
        return manifest.error();
    }
    return guarded("open the index in " + (_root / generation).string(), [&] {
        std::vector<Xapian::Database> parts;
        Xapian::Database combined;
        for (const auto& audience : manifest->audiences) {
            if (_filter.mayRead(audience)) {
                parts.emplace_back((_root / generation / audience).string());
                combined.add_database(parts.back());
            }
        }
        _parts = std::move(parts);
        _database = combined;
        _generation = generation;
    });
}

std::string Reader::snapshot() const
{
    std::string key = _generation;
    for (const auto& part : _parts) {
        key += ':';
        key += std::to_string(part.get_revision());
    }
    return key;
}

} // namespace acervo::index
