// Engines and catalogue readers of one reader class, lent to one request at a time.
#pragma once

#include "analyzers/base/result.h"
#include "corpus/catalogue/catalogue.h"
#include "corpus/config/config.h"
#include "searchd/search/engine.h"

#include <memory>
#include <mutex>
#include <vector>

namespace acervo::http {

// Where and how to search, as the configuration says.
search::EngineOptions engineOptions(const config::Config& config);

struct Readers {
    search::Engine engine;
    catalogue::Catalogue catalogue;
};

// threads  safe.
class ReaderPool {
public:
    // Gives its readers back when it goes.
    class Loan {
    public:
        Loan(ReaderPool& pool, std::unique_ptr<Readers> readers) : _pool(&pool), _readers(std::move(readers)) {}
        Loan(Loan&&) noexcept = default;
        Loan& operator=(Loan&&) = delete;
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        ~Loan();

        search::Engine& engine() { return _readers->engine; }
        catalogue::Catalogue& catalogue() { return _readers->catalogue; }

        // Do not lend these again: they failed in a way that opening anew may mend.
        void discard() { _readers.reset(); }

    private:
        ReaderPool* _pool;
        std::unique_ptr<Readers> _readers;
    };

    ReaderPool(search::EngineOptions options, access::Filter filter, const vocabulary::Vocabularies& vocabularies);

    // Opens new ones when all are lent: there are never more than requests in flight.
    // errors  as search::Engine::open and catalogue::Catalogue::open.
    Result<Loan> borrow();
    const access::Filter& filter() const { return _filter; }

private:
    const search::EngineOptions _options;
    const access::Filter _filter;
    const vocabulary::Vocabularies& _vocabularies;
    const std::shared_ptr<search::SharedState> _shared; // with every engine of this pool
    std::mutex _mutex;
    std::vector<std::unique_ptr<Readers>> _idle; // guarded by _mutex
};

} // namespace acervo::http
