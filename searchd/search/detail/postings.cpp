#include "searchd/search/detail/postings.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace acervo::search::detail {

namespace {

// Fewer are decoded about as fast as they are found in the cache.
constexpr std::size_t kWorthKeeping = 256;

// From so many on, in each 64 docids one, a set is read faster than the list.
constexpr Xapian::docid kShareOfMany = 64;

std::size_t bytesOf(const std::string& term, const Postings& postings)
{
    constexpr std::size_t kOverhead = 200;
    return kOverhead + term.size() + postings.ids.size() * (sizeof(Xapian::docid) + sizeof(std::uint16_t)) +
           postings.set.bytes();
}

} // namespace

void add(const Postings& postings, index::DocumentSet& set)
{
    if (postings.areMany()) {
        set |= postings.set;
        return;
    }
    for (const auto id : postings.ids) {
        set.add(id);
    }
}

std::shared_ptr<const Postings> PostingsCache::find(const std::string& term)
{
    const std::lock_guard lock{_mutex};
    if (const auto recent = _recent.find(term); recent != _recent.end()) {
        return recent->second;
    }
    const auto older = _older.find(term);
    if (older == _older.end()) {
        return nullptr;
    }
    auto found = older->second;
    _recentBytes += bytesOf(term, *found);
    _recent.insert(_older.extract(older));
    return found;
}

void PostingsCache::keep(const std::string& term, std::shared_ptr<const Postings> postings)
{
    const auto bytes = bytesOf(term, *postings);
    const std::lock_guard lock{_mutex};
    if (_recentBytes + bytes > kMaxBytes / 2) {
        _older = std::exchange(_recent, {});
        _recentBytes = 0;
    }
    if (_recent.emplace(term, std::move(postings)).second) {
        _recentBytes += bytes;
    }
}

const Postings& PostingReader::of(const std::string& term)
{
    auto& read = _read[term];
    if (!read) {
        read = _cache.find(term);
    }
    if (!read) {
        read = std::make_shared<const Postings>(this->read(term));
        if (read->ids.size() >= kWorthKeeping) {
            _cache.keep(term, read);
        }
    }
    return *read;
}

Postings PostingReader::read(const std::string& term)
{
    Postings postings;
    const auto& parts = _reader.parts();
    std::vector<std::pair<Xapian::docid, std::uint16_t>> several; // of several parts, out of order
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const auto end = parts[part].postlist_end(term);
        for (auto posting = parts[part].postlist_begin(term); posting != end; ++posting) {
            _deadline.keep();
            const auto id = _reader.docidOf(part, *posting);
            const auto count = static_cast<std::uint16_t>(
                std::min<Xapian::termcount>(posting.get_wdf(), std::numeric_limits<std::uint16_t>::max()));
            if (parts.size() == 1) {
                postings.ids.push_back(id);
                postings.counts.push_back(count);
            } else {
                several.emplace_back(id, count);
            }
        }
    }
    std::ranges::sort(several);
    for (const auto& [id, count] : several) {
        postings.ids.push_back(id);
        postings.counts.push_back(count);
    }
    if (postings.ids.size() > _lastDocid / kShareOfMany) {
        postings.set = index::DocumentSet{_lastDocid};
        for (const auto id : postings.ids) {
            postings.set.add(id);
        }
    }
    return postings;
}

const std::vector<std::string>& PostingReader::beginningWith(const std::string& beginning, std::size_t most)
{
    const auto [entry, isNew] = _begun.try_emplace(beginning);
    if (isNew) {
        const auto& database = _reader.database();
        std::vector<std::pair<Xapian::doccount, std::string>> terms;
        const auto end = database.allterms_end(beginning);
        for (auto term = database.allterms_begin(beginning); term != end; ++term) {
            _deadline.keep();
            terms.emplace_back(term.get_termfreq(), *term);
        }
        const auto kept = std::min(most, terms.size());
        std::ranges::partial_sort(terms, terms.begin() + static_cast<std::ptrdiff_t>(kept),
                                  [](const auto& a, const auto& b) { return a.first > b.first; });
        for (std::size_t i = 0; i < kept; ++i) {
            entry->second.push_back(std::move(terms[i].second));
        }
    }
    return entry->second;
}

} // namespace acervo::search::detail
