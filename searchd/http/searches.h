// Asks the engine and answers of what it found.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <functional>

namespace acervo::http {

using OnSearch = std::function<Answer(ReaderPool::Loan&, const search::SearchAnswer&)>;

// Failures  those of the readers and of Engine::search; readers that failed are not lent again.
Answer onSearch(const Services& services, const search::SearchRequest& wanted, const OnSearch& answer);

} // namespace acervo::http
