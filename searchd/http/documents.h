// Finds a work by what stands in a URL, and shows of it only what the reader may see.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <variant>
#include <vector>

namespace acervo::http {

// typedId: any form of the ID, a former ID, or an alias. The current editions a reader may see, never empty; the one in
// `preferred` first, then en, fr, es, others. Failures  notFound (never given, or not for this reader: the same answer,
// with the nearest IDs), withdrawn (with a tombstone).
std::variant<std::vector<model::Edition>, Failure> findEditions(const Services& services, ReaderPool::Loan& readers,
                                                                const std::string& typedId, std::string_view preferred);

// The edition in `language`; "" takes the first. nullptr when there is none.
const model::Edition* editionIn(const std::vector<model::Edition>& editions, std::string_view language);

} // namespace acervo::http
