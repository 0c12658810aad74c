// Finds a work by what stands in a URL, and shows of it only what the reader may see.
#pragma once

#include "searchd/http/message.h"
#include "searchd/http/services.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::http {

// The current editions of a work that the reader may see; empty when there are none.
Result<std::vector<model::Edition>> currentEditions(const Services& services, ReaderPool::Loan& readers,
                                                    const std::string& citableId);

// What is answered of a work: its current editions that the reader may see, never empty; the one in the preferred
// language first, then en, fr, es, others.
using OnWork = std::function<Answer(ReaderPool::Loan&, const std::vector<model::Edition>&)>;
using OnEdition = std::function<Answer(ReaderPool::Loan&, const std::vector<model::Edition>&, const model::Edition&)>;

// Finds the work and answers of it. typedId: any form of the ID, a former ID, or an alias.
// Failures  notFound (never given, or not for this reader: the same answer, with the nearest IDs), withdrawn (with a
//           tombstone); those of the readers.
Answer onWork(const Services& services, const std::string& typedId, text::Language preferred, const OnWork& answer);

// Likewise of its edition in `language`, which may be "" for the first.
Answer onEdition(const Services& services, const std::string& typedId, text::Language preferred,
                 std::string_view language, const OnEdition& answer);

// The answer to an address that names a language which the work does not have.
Failure noSuchEdition(std::string parameter = "language");

// The edition in `language`; "" takes the first. nullptr when there is none.
const model::Edition* editionIn(const std::vector<model::Edition>& editions, std::string_view language);

} // namespace acervo::http
