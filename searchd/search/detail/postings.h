// Posting lists of the index, decoded: read once for a search, and those of common words once for many searches.
#pragma once

#include "corpus/index/document_set.h"
#include "corpus/index/reader.h"
#include "searchd/search/detail/deadline.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace acervo::search::detail {

// The documents that have a term.
struct Postings {
    std::vector<Xapian::docid> ids;    // ascending
    std::vector<std::uint16_t> counts; // by place in `ids`: how often, as it is ranked
    index::DocumentSet set;            // the same documents; empty when they are few

    bool areMany() const { return !set.isNothing(); }
};

void add(const Postings& postings, index::DocumentSet& set);

// Keeps the postings of common words: a library is asked for the same words again and again, and a word that a tenth of
// a million documents have takes longer to decode than all the rest of a search. Of one state of the index.
//
// threads  safe.
class PostingsCache {
public:
    static constexpr std::size_t kMaxBytes = std::size_t{128} << 20U;

    std::shared_ptr<const Postings> find(const std::string& term);
    void keep(const std::string& term, std::shared_ptr<const Postings> postings);

private:
    using Shelf = std::unordered_map<std::string, std::shared_ptr<const Postings>>;

    std::mutex _mutex;
    // What is used moves to the first shelf; when that is full, what is left on the second is forgotten.
    Shelf _recent;
    Shelf _older;
    std::size_t _recentBytes = 0;
};

// threads  for one search.
// errors   throws Xapian::Error; Xapian::NetworkTimeoutError (ErrorCode::timeout) past the deadline.
class PostingReader {
public:
    PostingReader(const index::Reader& reader, Xapian::docid lastDocid, PostingsCache& cache, const Deadline& deadline)
        : _reader(reader), _lastDocid(lastDocid), _cache(cache), _deadline(deadline)
    {
    }

    const Postings& of(const std::string& term);

    // Terms that begin so, the `most` most frequent.
    const std::vector<std::string>& beginningWith(const std::string& beginning, std::size_t most);

    Deadline& deadline() { return _deadline; }
    const index::Reader& index() const { return _reader; }

private:
    Postings read(const std::string& term);

    const index::Reader& _reader;
    Xapian::docid _lastDocid;
    PostingsCache& _cache;
    Deadline _deadline;
    std::unordered_map<std::string, std::shared_ptr<const Postings>> _read;
    std::map<std::string, std::vector<std::string>> _begun;
};

} // namespace acervo::search::detail
