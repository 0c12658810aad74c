#include "searchd/http/reader_pool.h"

namespace acervo::http {

search::EngineOptions engineOptions(const config::Config& config)
{
    search::EngineOptions options;
    options.indexRoot = config.indexRoot();
    options.catalogueFile = config.catalogueFile();
    options.lexiconFile = config.lexiconFile();
    options.budget.cpu = config.search.queryCpu;
    options.keptAnswers = config.search.keptAnswers;
    options.identifiers = {config.identifierPrefix};
    return options;
}

ReaderPool::Loan::~Loan()
{
    if (_readers) {
        const std::lock_guard lock{_pool->_mutex};
        _pool->_idle.push_back(std::move(_readers));
    }
}

ReaderPool::ReaderPool(search::EngineOptions options, access::Filter filter,
                       const vocabulary::Vocabularies& vocabularies)
    : _options(std::move(options)),
      _filter(std::move(filter)),
      _vocabularies(vocabularies),
      _shared(search::makeSharedState(options.keptAnswers))
{
}

Result<ReaderPool::Loan> ReaderPool::borrow()
{
    {
        const std::lock_guard lock{_mutex};
        if (!_idle.empty()) {
            auto readers = std::move(_idle.back());
            _idle.pop_back();
            return Loan{*this, std::move(readers)};
        }
    }
    auto engine = search::Engine::open(_options, _filter, _vocabularies, _shared);
    if (!engine) {
        return engine.error();
    }
    auto catalogue =
        catalogue::Catalogue::open(_options.catalogueFile, catalogue::Mode::readOnly, _options.identifiers);
    if (!catalogue) {
        return catalogue.error();
    }
    return Loan{*this, std::make_unique<Readers>(Readers{std::move(*engine), std::move(*catalogue)})};
}

} // namespace acervo::http
