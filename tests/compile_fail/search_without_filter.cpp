// Nobody searches without saying for whom: Filter has no default, and nothing turns into one by itself.
#include "searchd/search/engine.h"

#include <string>
#include <utility>
#include <vector>

acervo::Result<acervo::search::Engine> open(const acervo::search::EngineOptions& options,
                                            const acervo::vocabulary::Vocabularies& vocabularies,
                                            std::shared_ptr<acervo::search::SharedState> shared)
{
#if ACERVO_WRONG == 1
    return acervo::search::Engine::open(options, {}, vocabularies, std::move(shared));
#elif ACERVO_WRONG == 2
    const acervo::access::Filter everyone;
    return acervo::search::Engine::open(options, everyone, vocabularies, std::move(shared));
#elif ACERVO_WRONG == 3
    const std::vector<std::string> audiences{"public"};
    return acervo::search::Engine::open(options, audiences, vocabularies, std::move(shared));
#else
    return acervo::search::Engine::open(options, acervo::access::Filter::publicOnly(), vocabularies, std::move(shared));
#endif
}
