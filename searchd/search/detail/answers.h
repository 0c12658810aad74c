// Answers given lately, for those who ask the same: by the state of the index and everything the request says.
#pragma once

#include "searchd/search/engine.h"

#include <memory>
#include <string>

namespace acervo::search::detail {

// What an answer depends on. Spaces around and between words do not make another request.
// state  of the index and of the lexicon.
std::string keyOf(const SearchRequest& request, const std::string& state);

// As keyOf(), but for the page asked for.
std::string listKeyOf(const SearchRequest& request, const std::string& state);

// threads  safe.
class Answers {
public:
    static constexpr std::size_t kMostHits = 20; // who takes more at a time is copying, and does not come again

    // kept  at most so many, of no more than kMostHits results each; 0: none.
    explicit Answers(std::size_t kept);
    ~Answers();

    std::shared_ptr<const SearchAnswer> find(const std::string& key);
    void keep(const std::string& key, const SearchAnswer& answer);

private:
    struct Cache;
    std::unique_ptr<Cache> _cache; // null: none are kept
};

} // namespace acervo::search::detail
