#include "searchd/search/detail/answers.h"

#include <Poco/ExpireLRUCache.h>

#include <sstream>

namespace acervo::search::detail {

namespace {

// What the index does not tell, new aliases of a work, is in answers after so long.
constexpr long kMilliseconds = 60'000;

// Each part with its length, so that no two requests are written alike.
class Key {
public:
    void add(std::string_view part)
    {
        _text += std::to_string(part.size());
        _text += ':';
        _text += part;
    }
    void add(std::int64_t number) { add(std::string_view{std::to_string(number)}); }

    std::string take() { return std::move(_text); }

private:
    std::string _text;
};

std::string withSingleSpaces(const std::string& text)
{
    std::istringstream words{text};
    std::string single;
    for (std::string word; words >> word;) {
        single += single.empty() ? "" : " ";
        single += word;
    }
    return single;
}

} // namespace

std::string listKeyOf(const SearchRequest& request, const std::string& state)
{
    Key key;
    key.add(state);
    key.add(withSingleSpaces(request.q));
    for (const auto& values : request.filters) {
        key.add(static_cast<std::int64_t>(values.size()));
        for (const auto& value : values) {
            key.add(value);
        }
    }
    key.add(request.yearFrom.value_or(-1));
    key.add(request.yearTo.value_or(-1));
    key.add(static_cast<std::int64_t>(request.sort));
    key.add(static_cast<std::int64_t>(request.interfaceLanguage));
    key.add(static_cast<std::int64_t>(request.translate));
    for (const auto& off : request.without) {
        key.add(off);
    }
    return key.take();
}

std::string keyOf(const SearchRequest& request, const std::string& state)
{
    Key key;
    key.add(listKeyOf(request, state));
    key.add(request.cursor);
    key.add(request.page);
    key.add(request.size);
    key.add(std::int64_t{request.facets} << 2 | std::int64_t{request.snippets} << 1 | std::int64_t{request.spelling});
    return key.take();
}

struct Answers::Cache {
    explicit Cache(std::size_t kept) : answers(static_cast<long>(kept), kMilliseconds) {}

    Poco::ExpireLRUCache<std::string, SearchAnswer> answers;
};

Answers::Answers(std::size_t kept) : _cache(kept == 0 ? nullptr : std::make_unique<Cache>(kept)) {}
Answers::~Answers() = default;

std::shared_ptr<const SearchAnswer> Answers::find(const std::string& key)
{
    if (!_cache) {
        return nullptr;
    }
    const auto found = _cache->answers.get(key);
    return found.isNull() ? nullptr : std::shared_ptr<const SearchAnswer>{found.get(), [found](const auto*) {}};
}

void Answers::keep(const std::string& key, const SearchAnswer& answer)
{
    if (_cache && answer.hits.size() <= kMostHits) {
        _cache->answers.update(key, answer);
    }
}

} // namespace acervo::search::detail
