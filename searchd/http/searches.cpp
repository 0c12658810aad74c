#include "searchd/http/searches.h"

namespace acervo::http {

Answer onSearch(const Services& services, const search::SearchRequest& wanted, const OnSearch& answer)
{
    auto readers = services.readers.borrow();
    if (!readers) {
        return Failure{readers.error()};
    }
    const auto found = readers->engine().search(wanted);
    if (!found) {
        readers->discard();
        return Failure{found.error()};
    }
    return answer(*readers, *found);
}

} // namespace acervo::http
